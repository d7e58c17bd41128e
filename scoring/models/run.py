"""The ledger of nights: which local days are scored, and who is at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    DUE = "due", _("due")
    RUNNING = "running", _("running")
    COMPLETE = "complete", _("complete")
    FAILED = "failed", _("failed")


class Step(models.TextChoices):
    SCORE = "score", _("score")
    WRITE = "write", _("write")


class Run(models.Model):
    """The night of one local day. Due from 00:00 of that day; keyed by it, so twice is once.

    Once it is published, the scores of some sellers are replayed from what is stored of their past
    (`scoring/replay.py`); what should not be, a difference, stays here for the administration to show.
    """

    day = models.DateField(_("day"), unique=True)
    state = models.CharField(_("state"), max_length=8, choices=RunState.choices, default=RunState.DUE)
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    scored = models.PositiveIntegerField(_("scored"), default=0)
    problem = models.TextField(_("problem"), blank=True)
    ranks_stale = models.BooleanField(
        _("to be ranked anew"),
        default=False,
        help_text=_("Scores of the day were restated since it was published."),
    )
    replayed_at = models.DateTimeField(_("sample replayed at"), null=True)
    replayed = models.PositiveIntegerField(_("sellers in the sample"), default=0)
    replay_differences = models.PositiveIntegerField(_("differences in the sample"), default=0)
    replay_problem = models.TextField(_("what differs"), blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class RunChunk(models.Model):
    """A part of a night that one worker claims: the sellers with keys from `first_seller` to `last_seller`.

    It is worked on twice: scored and, when everybody is ranked, written. In between its handovers hold the
    scores and their places, and no board can show half a night. A claim is an update that must change exactly
    one row; it raises `attempt`, and a worker whose attempt is no longer the row's finds nothing to write.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="chunks")
    first_seller = models.BigIntegerField()
    last_seller = models.BigIntegerField()
    step = models.CharField(max_length=5, choices=Step.choices, default=Step.SCORE)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.DUE)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    scored = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("part of a run")
        verbose_name_plural = _("parts of a run")
        ordering = ["first_seller"]
        constraints = [
            models.UniqueConstraint(fields=["run", "first_seller"], name="run_chunk_unique"),
            models.CheckConstraint(
                condition=Q(last_seller__gte=models.F("first_seller")), name="run_chunk_has_an_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.first_seller}–{self.last_seller}"


class Handover(models.Model):
    """What a part of a night leaves for a later step, column by column as bytes; None before and after.

    It has rows of its own: SQLite writes all bytes of a row with every change of it, and a part has many.
    """

    class Of(models.TextChoices):
        SCORES = "scores", _("scores")
        PLACES = "places", _("places")

    pk = models.CompositePrimaryKey("chunk_id", "of")
    chunk = models.ForeignKey(RunChunk, models.CASCADE, related_name="handovers", db_index=False)
    of = models.CharField(max_length=6, choices=Of.choices)
    data = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("handover of a part")
        verbose_name_plural = _("handovers of parts")

    def __str__(self) -> str:
        return f"{self.chunk_id}: {self.of}"
