"""Plans that sellers accepted: promises, to be checked when their days are over."""

import uuid
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula, Kind

FIGURES = ("result", "restated", "not_done", "besides", "other_formula", "is_done", "is_undisturbed")


class AcceptedPlanQuerySet(models.QuerySet["AcceptedPlan"]):
    def of(self, seller: Any) -> Self:
        return self.filter(seller=seller)

    def open(self) -> Self:
        """Those that run, or wait for their figures."""
        return self.filter(closed_on=None, dropped_on=None)

    def closed(self) -> Self:
        return self.filter(closed_on__isnull=False)


class AcceptedPlan(models.Model):
    """A plan as it was accepted, and later what became of its promise.

    predicted, idle, target and result are indexes in hundredths, the latter of the last day; restated,
    not_done, besides and other_formula add up to result - predicted, exactly (scoring/formula/promise.py).
    `known` is a fingerprint of what was known of the seller on the day that it was planned from, at the
    moment of `accepted_at`; of the oldest plans that moment is not known.
    is_undisturbed: done to the letter, nothing besides, nothing of before changed, the same formula. Then the
    promise must hold to a hundredth.
    """

    seller = models.ForeignKey(
        "teams.Seller", models.CASCADE, verbose_name=_("seller"), related_name="accepted_plans"
    )
    accepted_on = models.DateField(_("accepted on"))
    accepted_at = models.DateTimeField(auto_now_add=True, null=True)
    first = models.DateField(_("from"))
    until = models.DateField(_("until"), help_text=_("The first day that is no longer planned."))
    minutes = models.PositiveIntegerField(_("minutes"))
    target = models.PositiveSmallIntegerField(_("target"), null=True)
    predicted = models.PositiveSmallIntegerField(_("predicted"))
    idle = models.PositiveSmallIntegerField(_("with nothing done"))
    formula = models.ForeignKey(Formula, models.PROTECT, verbose_name=_("formula"), related_name="+")
    known = models.UUIDField(editable=False)
    dropped_on = models.DateField(_("given up on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    result = models.PositiveSmallIntegerField(_("result"), null=True)
    restated = models.SmallIntegerField(_("history changed"), null=True)
    not_done = models.SmallIntegerField(_("not done"), null=True)
    besides = models.SmallIntegerField(_("done besides"), null=True)
    other_formula = models.SmallIntegerField(_("formula"), null=True)
    is_done = models.BooleanField(_("done fully"), null=True)
    is_undisturbed = models.BooleanField(_("done fully, and nothing else changed"), null=True)

    objects = AcceptedPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("accepted plan")
        verbose_name_plural = _("accepted plans")
        ordering = ["-accepted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller"],
                condition=Q(closed_on=None, dropped_on=None),
                name="accepted_plan_one_open_a_seller",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="accepted_plan_has_a_day"),
            models.CheckConstraint(
                condition=Q(closed_on=None, **dict.fromkeys(FIGURES))
                | Q(dropped_on=None, **{f"{figure}__isnull": False for figure in ("closed_on", *FIGURES)}),
                name="accepted_plan_closed_with_all_figures",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | Q(
                    result=F("predicted") + F("restated") + F("not_done") + F("besides") + F("other_formula")
                ),
                name="accepted_plan_figures_add_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=Q(closed_on=None, dropped_on=None), name="accepted_plan_to_close"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.first:%Y-%m-%d}"

    @property
    def last(self) -> date:
        """The last of its days."""
        return self.until - timedelta(days=1)

    def runs_on(self, day: date) -> bool:
        return day < self.until


class PlannedAct(models.Model):
    """What of a kind is to be done on a day of an accepted plan; gain in hundredths of the index.

    `token` is that of the act which ticking it off logs, so that two taps log one. An act that is taken back
    takes its token with it.
    """

    plan = models.ForeignKey(AcceptedPlan, models.CASCADE, verbose_name=_("plan"), related_name="acts")
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"), db_index=False)
    day = models.DateField(_("day"))
    times = models.PositiveSmallIntegerField(_("times"))
    minutes = models.PositiveIntegerField(_("minutes"))
    gain = models.SmallIntegerField(_("gain"))
    token = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("planned act")
        verbose_name_plural = _("planned acts")
        ordering = ["day", "kind_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "day"], name="planned_act_once_a_day"),
            models.CheckConstraint(condition=Q(times__gte=1), name="planned_act_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.kind}"
