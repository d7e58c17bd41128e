"""What the seller who signs in brought in: one archive that counts, and one to be looked at."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from scoring import recompute, uploads
from scoring.models import Upload
from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Owner, Recipe
from scoring.uploads import files
from teams.demo.organisation import SEED, Person

TAKEN, LOOKED_AT = "x", "linkedin"
AGO = timedelta(days=40)  # when the first was brought in
COVERED = timedelta(days=45)
LEVEL = 0.25  # beside what the seller logged by hand


def bring_archives(person: Person, *, today: date, now: datetime) -> None:
    """Through the one door, as anybody would: the first is taken in, the second waits for a confirmation."""
    taken = _brought(person, TAKEN, today=today - AGO, now=now - AGO)
    uploads.confirm(taken.pk, items=(), now=now - AGO)
    uploads.take_in(taken.pk, today=today - AGO, now=now - AGO)
    recompute.settle(person.seller.pk, today=today)
    _brought(person, LOOKED_AT, today=today, now=now)


def _brought(person: Person, form: str, *, today: date, now: datetime) -> Upload:
    user = person.seller.user
    owner = Owner(user.first_name, user.last_name, slugify(user.get_full_name()))
    recipe = Recipe(today - COVERED, today, owner=owner, level=LEVEL, seed=SEED, zone=settings.TIME_ZONE)
    sample = FORMATS[form](recipe)
    file = SimpleUploadedFile(sample.name, sample.content)
    upload = uploads.receive(file, seller_id=person.seller.pk, made_by=user, now=now)
    uploads.read(upload.pk, today=today, now=now)
    return upload


def remove_files() -> None:
    """Remove the files of the demo's uploads that nobody decided on yet; their rows go with their sellers."""
    for name in Upload.objects.open().filter(seller__user__is_demo=True).values_list("file", flat=True):
        files.remove(name)
