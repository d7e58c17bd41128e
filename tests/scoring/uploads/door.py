"""Uploads as they come through the door, with real files and a real reading process."""

from django.core.files.uploadedfile import SimpleUploadedFile

from scoring import recompute, uploads
from scoring.models import Activity, Holding, Tally, Trace, Upload
from tests.moments import NOON, TODAY

CSV = b"Date,Link,Message\n2026-11-18 10:00:00,https://l.example/1,Hello\n2026-11-18 11:00:00,,Again\n"


def received(user, data=CSV, *, at=NOON, **more):
    seller = getattr(user, "seller", None)
    return uploads.receive(
        SimpleUploadedFile("My own name.csv", data),
        seller_id=seller and seller.pk,
        made_by=user,
        now=at,
        **more,
    )


def previewed(user, data=CSV, *, at=NOON):
    upload = received(user, data, at=at)
    assert uploads.read(upload.pk, today=TODAY, now=at)
    return Upload.objects.get(pk=upload.pk)


def confirmed(user, data=CSV):
    upload = previewed(user, data)
    assert uploads.confirm(upload.pk, items=[], now=NOON)
    return upload


def done(user, data=CSV):
    upload = confirmed(user, data)
    for seller in uploads.take_in(upload.pk, today=TODAY, now=NOON):
        recompute.settle(seller, today=TODAY)
    return Upload.objects.get(pk=upload.pk)


def state_of(upload):
    return Upload.objects.get(pk=upload.pk).state


def files():
    return [path.name for path in uploads.folder().iterdir()]


def nothing_is_stored():
    return not any(model.objects.exists() for model in (Activity, Tally, Trace, Holding))
