"""What people bring in, and what is kept of its rows: no name, text or address."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.models.activity import Activity
from scoring.models.formula import Kind


class UploadState(models.TextChoices):
    RECEIVED = "received", _("received")
    READING = "reading", _("being read")
    PREVIEWED = "previewed", _("waiting for your confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    TAKING = "taking", _("being taken in")
    DONE = "done", _("taken in")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


AT_WORK = (UploadState.RECEIVED, UploadState.READING, UploadState.CONFIRMED, UploadState.TAKING)
OPEN = (*AT_WORK, UploadState.PREVIEWED)  # its file is there still
STANDING = (UploadState.DONE, UploadState.UNDOING)


class UploadQuerySet(models.QuerySet["Upload"]):
    def standing(self) -> Self:
        """Those whose acts count; while one is taken back, they still do."""
        return self.filter(state__in=STANDING)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Upload(models.Model):
    """A file on its way in, and later the report of what it brought; its own name is never kept.

    A worker claims it by an update that must change exactly one row, which raises `attempt`; one whose
    attempt is no longer the row's finds nothing to write. `file` is a random name under UPLOADS, and empty
    once the file is gone. `report` counts, see scoring/uploads/reports.py. What undoing needs is `day` and
    `newest_act`, the day on which it was taken in and the newest act of its sellers then; `held` are the
    standing items that it says.
    """

    seller = models.ForeignKey(
        "teams.Seller",
        models.CASCADE,
        verbose_name=_("seller"),
        related_name="uploads",
        null=True,
        help_text=_("None: the file of a whole organisation."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("brought by"), null=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=UploadState.choices, default=UploadState.RECEIVED
    )
    format = models.CharField(_("format"), max_length=20, blank=True)
    file = models.CharField(max_length=32, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    opted_in = models.JSONField(default=list, blank=True)
    items = models.JSONField(_("confirmed items"), default=list, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    held = models.JSONField(default=list, blank=True, editable=False)
    problem = models.CharField(_("problem"), max_length=40, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    day = models.DateField(_("taken in on"), null=True)
    newest_act = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("received at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | Q(state__in=OPEN), name="upload_file_only_while_it_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.format}".strip()

    @property
    def is_at_work(self) -> bool:
        """Whether something changes by itself: what a page polls for."""
        return self.state in (*AT_WORK, UploadState.UNDOING)

    @property
    def is_plain(self) -> bool:
        """Whether it is a table of activities, whose rows are what `import_activities` takes."""
        return self.format == PLAIN


PLAIN = "plain"


class Trace(models.Model):
    """A row of an upload that stands: a keyed fingerprint of the act, and which activity it is.

    It was the n-th of its mark in the file. All traces of the n-th of a mark name the same activity; without
    one it belongs to the base line of a file whose rows have no day (`undated` names it), or the act was
    purged by age. Kind, day, network and `link`, the fingerprint of an address, are what this row says. For a
    table of activities the mark is the content, see scoring/identity.py.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="traces")
    seller = models.ForeignKey("teams.Seller", models.CASCADE, related_name="+", db_index=False)
    mark = models.UUIDField()
    n = models.PositiveIntegerField()
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="traces")
    kind = models.ForeignKey(Kind, models.PROTECT, db_index=False, db_constraint=False, related_name="+")
    day = models.DateField(null=True)
    network = models.CharField(max_length=10, blank=True)
    link = models.UUIDField(null=True)
    undated = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("trace of an act")
        verbose_name_plural = _("traces of acts")
        constraints = [
            models.UniqueConstraint(fields=["seller", "mark", "n", "upload"], name="trace_once_an_upload"),
        ]
        indexes = [
            models.Index(fields=["seller", "undated"], condition=~Q(undated=""), name="trace_undated"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.mark}"
