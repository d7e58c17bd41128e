"""Reads an archive here and now, without a worker: shows what it brings, and takes it in when told to."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from scoring import restating, uploads
from scoring.labels import kind_label
from scoring.management.sellers import seller_id_of
from scoring.models import Upload
from scoring.models.upload import UploadState
from scoring.uploads.files import TooLarge
from scoring.uploads.words import words_of_refusal, words_of_skip
from ssi_dashboard import clock
from ssi_dashboard.numbers import shown

SKIPPED_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Bring in an archive of a network, a table of activities, or without a seller the activity of all "
        "seats of Sales Navigator. Prints what it would bring; only with --confirm it is taken in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--seller", metavar="EMAIL", help=_("whose archive it is"))
        parser.add_argument("--confirm", action="store_true", help=_("take it in, instead of only looking"))
        parser.add_argument(
            "--items", metavar="KIND,…", default="", help=_("standing items of it that are true: their codes")
        )
        parser.add_argument(
            "--opt-in", metavar="KIND,…", default="", help=_("kinds that are taken only when asked for")
        )
        parser.add_argument("--json", action="store_true", help=_("print the report as JSON"))

    def handle(
        self, *, file: Path, seller: str | None, confirm: bool, items: str, opt_in: str, json: bool, **_o: Any
    ) -> None:
        upload = self._received(file, None if seller is None else seller_id_of(seller), _codes(opt_in))
        try:
            upload = self._read(upload)
            chosen = _codes(items)
            if missing := [code for code in chosen if code not in upload.report["items"]]:
                raise CommandError(_("The archive does not show: %(items)s.") % {"items": ", ".join(missing)})
            if confirm:
                upload = self._take_in(upload, chosen)
        finally:
            uploads.discard(upload.pk, now=now())  # what is not taken in leaves no file and no row behind
        self._print(upload, as_json=json)

    def _received(self, path: Path, seller_id: int | None, opted_in: list[str]) -> Upload:
        try:
            with path.open("rb") as stream:
                return uploads.receive(
                    File(stream), seller_id=seller_id, made_by=None, now=now(), opted_in=opted_in
                )
        except OSError as error:
            words = {"file": path, "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be read: %(problem)s.") % words) from error
        except TooLarge as error:
            raise CommandError(_("The file is too large.")) from error

    def _read(self, upload: Upload) -> Upload:
        uploads.read(upload.pk, today=clock.today(), now=now())
        return _unless_failed(upload.pk, UploadState.PREVIEWED)

    def _take_in(self, upload: Upload, items: list[str]) -> Upload:
        uploads.confirm(upload.pk, items=items, now=now())
        waiting = uploads.take_in(upload.pk, today=clock.today(), now=now())
        taken = _unless_failed(upload.pk, UploadState.DONE)
        for group in restating.groups(waiting or ()):
            restating.settle(group, today=clock.today())
        return taken

    def _print(self, upload: Upload, *, as_json: bool) -> None:
        done = upload.state == UploadState.DONE
        if as_json:
            told = {"upload": upload.pk if done else None, "taken_in": done, **upload.report}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for line in _lines(upload.report):
            self.stdout.write(line)
        self.stdout.write(_("Taken in.") if done else _("Nothing was stored: say --confirm to take it in."))


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _unless_failed(upload_id: int, state: UploadState) -> Upload:
    upload = Upload.objects.get(pk=upload_id)
    if upload.state == state:
        return upload
    if upload.state == UploadState.FAILED:
        raise CommandError(words_of_refusal(upload.problem, upload.facts))
    raise CommandError(
        _("Somebody else has ended this upload: it is %(state)s.") % {"state": upload.get_state_display()}
    )


def _lines(report: dict[str, Any]) -> Iterator[str]:
    """The preview in words and figures."""
    words = _counted()
    for row in report["files"]:
        counts = ", ".join(f"{words[what]}: {row[what]}" for what in words if row[what])
        yield f"{row['file']}, {kind_label(row['kind'])}: {counts}"
    if report["first"]:
        yield _("Days: %(first)s to %(last)s") % {"first": report["first"], "last": report["last"]}
    for day, ssi in report["after"][-1:]:
        before = dict(map(tuple, report["before"])).get(day)
        yield _("The index of %(day)s: %(before)s before, %(after)s after") % {
            "day": day,
            "before": "–" if before is None else shown(before),
            "after": shown(ssi),
        }
    for entry in report["taken_over"]:
        yield _("By hand, and the same act: %(day)s %(kind)s") % {
            "day": entry["day"],
            "kind": kind_label(entry["kind"]),
        }
    if report["items"]:
        yield _("Standing items: %(codes)s") % {"codes": ", ".join(report["items"])}
    if report["seats"]["unknown"]:
        yield _("Seats of nobody: %(seats)s") % {"seats": ", ".join(report["seats"]["unknown"])}
    yield from _skipped(report)


def _counted() -> dict[str, str]:
    return {
        "read": _("read"),
        "new": _("new"),
        "known": _("known"),
        "taken_over": _("taken over from an entry by hand"),
        "deleted_before": _("deleted before, not revived"),
        "baseline": _("to compare with"),
        "beyond_cap": _("beyond the cap"),
    }


def _skipped(report: dict[str, Any]) -> Iterator[str]:
    yield _("Not understood: %(n)d") % {"n": report["skipped_count"]}
    for row in report["skipped"][:SKIPPED_SHOWN]:
        where = [row["file"], str(row["line"] or ""), row["column"], row["value"]]
        yield f"  {' · '.join(filter(None, where))}: {words_of_skip(row['reason'])}"
