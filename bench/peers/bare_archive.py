"""The least that one could do with an archive: DictReader and bulk_create, and nothing that makes it right.

No identity, so that a second import counts twice; no tallies, no index; all in the process that serves.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from scoring.identity import content_digest
from scoring.models import Activity, Kind

AT_ONCE = 5000

KINDS = {
    "Comments.csv": "comment_posted",
    "Reactions.csv": "post_recommended",
    "Shares.csv": "content_shared",
}


def take_in(path: Path, seller_id: int) -> int:
    kinds = dict(Kind.objects.values_list("code", "pk"))
    made = 0
    with zipfile.ZipFile(path) as archive, transaction.atomic():
        for name, code in KINDS.items():
            with archive.open(name) as stream:
                rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline=""))
                acts = _acts(rows, seller_id, code, kinds[code])
                while some := list(islice(acts, AT_ONCE)):
                    made += len(Activity.objects.bulk_create(some))
    return made


def _acts(rows: "csv.DictReader[str]", seller_id: int, code: str, kind: int) -> Iterator[Activity]:
    for row in rows:
        day = datetime.strptime(row["Date"], "%Y-%m-%d %H:%M:%S").date()
        yield Activity(
            seller_id=seller_id,
            kind_id=kind,
            day=day,
            network="linkedin",
            source=Activity.Source.FILE,
            content=content_digest(kind=code, day=day, quantity=1, network="linkedin", link=""),
        )
