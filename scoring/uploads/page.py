"""One upload as its page and the list of uploads show it, by the state that it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring import charts
from scoring.formula_marks import all_changes
from scoring.labels import kind_label
from scoring.models.upload import Upload, UploadState
from scoring.rulebook import Rulebook
from scoring.uploads.preview import FAULTS_SHOWN, Preview, counted, days_covered, preview_of
from scoring.uploads.progress import Progress
from scoring.uploads.words import words_of_refusal

FORMAT_LABELS: dict[str, str | Promise] = {
    "linkedin": gettext_lazy("LinkedIn archive"),
    "x": gettext_lazy("X archive"),
    "mastodon": gettext_lazy("Mastodon archive"),
    "facebook": gettext_lazy("Facebook archive"),
    "instagram": gettext_lazy("Instagram archive"),
    "sales_navigator": gettext_lazy("Sales Navigator activity"),
    "plain": gettext_lazy("Table of activities"),
}


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class ProgressShown:
    """Of so many of a phase's total; a total of 0 is not known yet."""

    phase: str
    told: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class UploadRow:
    """An upload in the list of those before it."""

    pk: int
    url: str
    label: str
    state: str
    is_standing: bool
    may_undo: bool
    at: datetime
    told: str


@dataclass(frozen=True)
class UploadView:
    """Everything the page of an upload says; problem is a sentence, empty unless it failed."""

    pk: int
    url: str
    back: str
    back_label: str
    title: str
    lede: str
    is_waiting: bool
    may_confirm: bool
    may_cancel: bool
    may_undo: bool
    problem: str
    note: str
    question: str
    confirm_label: str
    onward: str
    onward_label: str
    progress: ProgressShown | None
    preview: Preview | None
    tiles: list[Tile]
    chart: charts.Chart | None
    fault_count: str
    more_faults: str
    download_label: str


def label_of(upload: Upload) -> str:
    """What it was recognised as; until then only that it is a file."""
    return str(FORMAT_LABELS.get(upload.format, _("File")))


def is_organisations(upload: Upload) -> bool:
    return upload.seller_id is None


def url_of(upload: Upload) -> str:
    return reverse("upload", args=[upload.pk])


def home_of(upload: Upload) -> str:
    """The list it stands in."""
    return reverse("seats" if is_organisations(upload) else "uploads")


def rows_of(uploads: Iterable[Upload]) -> list[UploadRow]:
    return [
        UploadRow(
            pk=upload.pk,
            url=url_of(upload),
            label=label_of(upload),
            state=upload.get_state_display(),
            is_standing=upload.state == UploadState.DONE,
            may_undo=upload.state == UploadState.DONE,
            at=upload.created_at,
            told=_told(upload),
        )
        for upload in uploads
    ]


def view_of(upload: Upload, progress: Progress | None = None) -> UploadView:
    """Put a page together; progress is what a worker last told of its work."""
    state = UploadState(upload.state)
    is_ready = state is UploadState.PREVIEWED
    preview = _preview(upload)
    return UploadView(
        pk=upload.pk,
        url=url_of(upload),
        back=home_of(upload),
        back_label=_("Sales Navigator") if is_organisations(upload) else _("All imports"),
        title=_title(upload),
        lede=_lede(upload, preview),
        is_waiting=upload.is_at_work,
        may_confirm=is_ready,
        may_cancel=state in (UploadState.RECEIVED, UploadState.READING, UploadState.CONFIRMED),
        may_undo=state is UploadState.DONE,
        problem=words_of_refusal(upload.problem, upload.facts) if state is UploadState.FAILED else "",
        note=_note(upload, preview),
        question=_("Shall this count?"),
        confirm_label=_confirm_label(preview),
        onward=reverse("seats" if is_organisations(upload) else "my-index"),
        onward_label=_("Sales Navigator") if is_organisations(upload) else _("To my index"),
        progress=progress_shown(upload, progress) if upload.is_at_work else None,
        preview=preview,
        tiles=_tiles(upload, preview) if preview else [],
        chart=preview.chart if preview and is_ready else None,
        fault_count=counted(preview.fault_count) if preview else "",
        more_faults=_more_faults(preview) if preview else "",
        download_label=_download_label(preview) if preview else "",
    )


def _preview(upload: Upload) -> Preview | None:
    if not upload.report or upload.is_at_work:
        return None
    return preview_of(upload.report, all_changes(Rulebook()))


def progress_shown(upload: Upload, progress: Progress | None) -> ProgressShown:
    """In the unit of the phase: bytes while the file is read, rows afterwards."""
    state = UploadState(upload.state)
    if progress is None or state not in (UploadState.READING, UploadState.TAKING):
        return ProgressShown(phase=_waiting_for(state))
    done, total = min(progress.done, progress.total or progress.done), progress.total
    if progress.phase == "reading":
        words = {"done": filesizeformat(done), "total": filesizeformat(total)}
        told = _("%(done)s of %(total)s read") % words
    else:
        words = {"done": counted(done), "total": counted(total)}
        told = _("%(done)s of %(total)s rows") % words
    return ProgressShown(phase=_phase(progress.phase), told=told, done=done, total=total)


def _waiting_for(state: UploadState) -> str:
    """What there is to say without figures."""
    return {
        UploadState.RECEIVED: _("Waiting for a worker to read the file"),
        UploadState.READING: _("Reading the file"),
        UploadState.CONFIRMED: _("Waiting for a worker to take it in"),
        UploadState.TAKING: _("Taking in the rows"),
    }.get(state, _("Taking back what it brought"))


def _phase(phase: str) -> str:
    return {"reading": _("Reading the file"), "matching": _("Comparing it with what is known")}.get(
        phase, _("Taking in the rows")
    )


def _title(upload: Upload) -> str:
    return {
        UploadState.RECEIVED: _("Reading your file"),
        UploadState.READING: _("Reading your file"),
        UploadState.PREVIEWED: _("What is in your file"),
        UploadState.CONFIRMED: _("Taking it in"),
        UploadState.TAKING: _("Taking it in"),
        UploadState.DONE: _("Taken in"),
        UploadState.FAILED: _("This file cannot be taken in"),
        UploadState.CANCELLED: _("Cancelled"),
        UploadState.EXPIRED: _("Not confirmed in time"),
        UploadState.UNDOING: _("Taking it back"),
        UploadState.UNDONE: _("Taken back"),
    }[UploadState(upload.state)]


def _lede(upload: Upload, preview: Preview | None) -> str:
    """What it is, how large, and the days it speaks of."""
    size = filesizeformat(upload.size)
    days = days_covered(preview) if preview else ""
    words = {"what": label_of(upload), "size": size, "days": days}
    if days:
        return _("%(what)s, %(size)s, with acts from %(days)s.") % words
    return _("%(what)s, %(size)s.") % words if upload.format else size


def _note(upload: Upload, preview: Preview | None) -> str:
    state = UploadState(upload.state)
    if state is UploadState.PREVIEWED:
        if preview and preview.is_empty:
            return _("Nothing in it is new. Confirmed all the same, its acts stay when another import goes.")
        return ""
    if state is UploadState.DONE and upload.items:
        labels = ", ".join(kind_label(code) for code in upload.items)
        return _("On your checklist now: %(items)s.") % {"items": labels}
    return {
        UploadState.CANCELLED: _("Nothing was taken in, and the file is deleted."),
        UploadState.EXPIRED: _(
            "It waited for more than a day. Nothing was taken in, and the file is deleted."
        ),
        UploadState.UNDONE: _("Your index is as if this file had never been. You may bring it in again."),
    }.get(state, "")


def _confirm_label(preview: Preview | None) -> str:
    new = preview.totals["new"] if preview else 0
    if not new:
        return _("Confirm")
    return ngettext("Take in %(n)s act", "Take in %(n)s acts", new) % {"n": counted(new)}


def _tiles(upload: Upload, preview: Preview) -> list[Tile]:
    totals = preview.totals
    known = totals["known"] + totals["taken_over"] + totals["deleted_before"]
    new = _("Taken in") if upload.state in (UploadState.DONE, UploadState.UNDONE) else _("New acts")
    return [
        Tile(new, counted(totals["new"])),
        Tile(_("Known already"), counted(known), _by_hand(totals["taken_over"])),
        Tile(_("Beyond the cap"), counted(totals["beyond_cap"])),
        Tile(_("Not understood"), counted(totals["not_understood"])),
    ]


def _by_hand(n: int) -> str:
    if not n:
        return ""
    return ngettext("%(n)s of them typed by hand", "%(n)s of them typed by hand", n) % {"n": counted(n)}


def _more_faults(preview: Preview) -> str:
    more = preview.fault_count - len(preview.faults)
    if more <= 0 or preview.fault_count <= FAULTS_SHOWN:
        return ""
    return ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": counted(more)}


def _download_label(preview: Preview) -> str:
    if preview.faults_kept >= preview.fault_count:
        return _("All as CSV")
    return _("The first %(n)s as CSV") % {"n": counted(preview.faults_kept)}


def _told(upload: Upload) -> str:
    if upload.state == UploadState.FAILED:
        return words_of_refusal(upload.problem, upload.facts)
    if upload.state not in (UploadState.DONE, UploadState.UNDONE) or not upload.report:
        return ""
    new = sum(int(row.get("new", 0)) for row in upload.report.get("files", []))
    return ngettext("%(n)s act", "%(n)s acts", new) % {"n": counted(new)}
