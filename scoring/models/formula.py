"""The kinds of activity, and the dated versions of what they are worth."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scoring.formula.catalogue import CapPeriod, Nature
from scoring.labels import kind_label, pillar_choices
from scoring.signals import rules_changed


class Kind(models.Model):
    """Something that sellers do or hold, of one pillar; loaded from `scoring/data/catalogue.csv`."""

    class NatureChoice(models.TextChoices):
        EVENT = Nature.EVENT.value, _("event")
        STANDING = Nature.STANDING.value, _("standing")

    id = models.SmallAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    pillar = models.CharField(_("pillar"), max_length=6, choices=pillar_choices())
    nature = models.CharField(_("nature"), max_length=8, choices=NatureChoice.choices)
    name = models.CharField(_("name in English"), max_length=120)
    networks = models.CharField(_("networks"), max_length=60, help_text=_("Separated by spaces."))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    plan_per_week = models.FloatField(_("planned a week at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity kind")
        verbose_name_plural = _("activity kinds")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return kind_label(self.code)

    @property
    def is_standing(self) -> bool:
        return self.nature == Nature.STANDING

    @property
    def network_codes(self) -> tuple[str, ...]:
        return tuple(self.networks.split())


class FormulaInForce(ValidationError):
    """A version that has a day is history or a promise: it is copied, never edited."""


class Formula(models.Model):
    """A version of what activities are worth; a draft until it has a day from which it is in force."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    effective_from = models.DateField(_("in force from"), null=True, blank=True, unique=True, editable=False)
    half_life_days = models.FloatField(
        _("half-life in days"), default=30, validators=[MinValueValidator(7), MaxValueValidator(365)]
    )
    gap_brand = models.FloatField(
        _("points that halve the gap: brand"), default=30, validators=[MinValueValidator(0.01)]
    )
    gap_find = models.FloatField(
        _("points that halve the gap: find"), default=400, validators=[MinValueValidator(0.01)]
    )
    gap_engage = models.FloatField(
        _("points that halve the gap: engage"), default=450, validators=[MinValueValidator(0.01)]
    )
    gap_relate = models.FloatField(
        _("points that halve the gap: relate"), default=350, validators=[MinValueValidator(0.01)]
    )
    note = models.TextField(_("why"), blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("formula version")
        verbose_name_plural = _("formula versions")
        ordering = [F("effective_from").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_life_days__gte=7, half_life_days__lte=365), name="formula_half_life_in_range"
            ),
            models.CheckConstraint(
                condition=Q(gap_brand__gt=0, gap_find__gt=0, gap_engage__gt=0, gap_relate__gt=0),
                name="formula_gaps_above_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_dated()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_dated()
        return super().delete(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        return self.effective_from is None

    def put_in_force(self, on: date, *, today: date) -> None:
        """Give a draft the day from which it rules: tomorrow at the earliest, once and for ever."""
        if on <= today:
            raise ValidationError(
                _("A formula takes effect tomorrow at the earliest: past days keep theirs.")
            )
        if Formula.objects.filter(effective_from=on).exists():
            raise ValidationError(_("Another version takes effect on that day."))
        if not Formula.objects.filter(pk=self.pk, effective_from=None).update(effective_from=on):
            raise FormulaInForce(_("This version already has a start date."))
        self.effective_from = on
        transaction.on_commit(lambda: rules_changed.send(sender=Formula), robust=True)

    def copy(self, *, name: str, by: Any) -> "Formula":
        """Make a draft with the same numbers."""
        kinds = list(self.kinds.all())
        draft = Formula(
            **{field: getattr(self, field) for field in ("half_life_days", *GAP_FIELDS.values())},
            name=name,
            created_by=by,
        )
        draft.save()
        FormulaKind.objects.bulk_create(
            FormulaKind(formula=draft, kind_id=k.kind_id, points=k.points, cap=k.cap, cap_period=k.cap_period)
            for k in kinds
        )
        return draft

    def _refuse_when_dated(self) -> None:
        if self.pk and Formula.objects.filter(pk=self.pk, effective_from__isnull=False).exists():
            raise FormulaInForce(_("A version in force is never changed. Copy it and change the copy."))


GAP_FIELDS = {pillar: f"gap_{pillar}" for pillar in ("brand", "find", "engage", "relate")}


class FormulaKind(models.Model):
    """What one kind is worth in one version, and how much of it counts."""

    class Period(models.TextChoices):
        DAY = CapPeriod.DAY.value, _("day")
        WEEK = CapPeriod.WEEK.value, _("week")
        MONTH = CapPeriod.MONTH.value, _("month")

    formula = models.ForeignKey(
        Formula, models.CASCADE, verbose_name=_("formula version"), related_name="kinds"
    )
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"))
    points = models.FloatField(_("points"), validators=[MinValueValidator(0), MaxValueValidator(1000)])
    cap = models.PositiveIntegerField(_("cap"), null=True, blank=True, validators=[MinValueValidator(1)])
    cap_period = models.CharField(_("per"), max_length=5, blank=True, choices=Period.choices)

    class Meta:
        verbose_name = _("worth of a kind")
        verbose_name_plural = _("worth of the kinds")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["formula", "kind"], name="formula_kind_unique"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=1000), name="formula_kind_points_in_range"
            ),
            models.CheckConstraint(
                condition=Q(cap=None, cap_period="") | Q(cap__gte=1, cap_period__in=["day", "week", "month"]),
                name="formula_kind_cap_with_period",
                violation_error_message=_("A cap and its period come together."),
            ),
        ]

    def __str__(self) -> str:
        return self.kind.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.formula._refuse_when_dated()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.formula._refuse_when_dated()
        return super().delete(*args, **kwargs)
