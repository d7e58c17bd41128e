"""What a formula that is not in force yet would have done: tried on the stored past, for administrators."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula


class TrialState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STALE = "stale", _("stopped: the numbers were changed")


class Trial(models.Model):
    """One try of a formula, compared with what is stored up to `day`, the newest day that boards showed.

    `numbers` are those of the formula when it was begun (`scoring/trials/numbers.py`): changed meanwhile,
    it says nothing about the formula any more. Worked off in the order of the sellers' keys: all up to
    `reached` are done. A worker that has a part ready writes it only where `reached` is still where it
    began, so that no part counts twice. `totals` adds up (`scoring/trials/totals.py`).
    """

    formula = models.OneToOneField(
        Formula, models.CASCADE, verbose_name=_("formula version"), related_name="trial"
    )
    day = models.DateField(_("compared on"))
    state = models.CharField(_("state"), max_length=7, choices=TrialState.choices, default=TrialState.RUNNING)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("asked for by"), null=True, related_name="+"
    )
    numbers = models.JSONField(default=dict, editable=False)
    reached = models.IntegerField(default=0, editable=False)
    sellers = models.PositiveIntegerField(_("sellers"))
    done = models.PositiveIntegerField(_("of them done"), default=0)
    totals = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("trial of a formula")
        verbose_name_plural = _("trials of formulas")

    def __str__(self) -> str:
        return f"{self.formula_id}: {self.day:%Y-%m-%d}"


class TrialScore(models.Model):
    """A seller's index on the day of a trial, in hundredths: as stored, and as the formula would have it.

    `team` is that of the day. Ranks are told once all are done, of sellers who are shown on boards; the
    others have none. `moved` is how far the index would move, whichever way.
    """

    pk = models.CompositePrimaryKey("trial_id", "seller_id")
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="scores", db_index=False)
    seller = models.ForeignKey("teams.Seller", models.CASCADE, related_name="+")
    team = models.ForeignKey(
        "teams.Team", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    before = models.SmallIntegerField(_("before"))
    after = models.SmallIntegerField(_("after"))
    moved = models.SmallIntegerField(_("moved by"))
    rank_before = models.IntegerField(_("rank before"), null=True)
    rank_after = models.IntegerField(_("rank after"), null=True)

    class Meta:
        verbose_name = _("index in a trial")
        verbose_name_plural = _("indexes in a trial")
        indexes = [
            models.Index(fields=["trial", "-moved", "seller"], name="trial_largest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id}: {self.before / 100:.2f}, {self.after / 100:.2f}"
