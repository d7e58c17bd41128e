"""What sellers did, one row an act."""

from datetime import timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.formula.catalogue import NETWORKS
from scoring.labels import network_choices
from scoring.models.formula import Kind
from scoring.models.links import LinkField, is_web_link

MOST_AT_ONCE = 1000
UNDO_FOR = timedelta(days=30)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, sellers: Any) -> Self:
        """Of one seller, or of those in a queryset."""
        return (
            self.filter(seller__in=sellers)
            if isinstance(sellers, models.QuerySet)
            else self.filter(seller=sellers)
        )

    def live(self) -> Self:
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        return self.filter(deleted_at__isnull=False)


class Activity(models.Model):
    """An act of an event kind on a day.

    What makes it the same act when it comes again: `token` for a submission from a form; for an imported
    row `content` (a digest of seller, kind, day, quantity, network and link as they came in) and `occurrence`
    (it was the n-th such row of its file). An entry made by hand, and an act of a network's archive (which is
    known by its traces, see `Trace`), have a `content` and no `occurrence` until an imported row takes them
    over. Both stay through edits and deletion; `edited_content` is the digest of what an edited act says
    now. `version` rises with each change, deletion and restoration: a form that was made for an older one
    comes a second time, and does nothing.
    """

    class Source(models.TextChoices):
        HAND = "hand", _("by hand")
        FILE = "file", _("from a file")
        ARCHIVE = "arch", _("from an archive")

    seller = models.ForeignKey(
        "teams.Seller",
        models.CASCADE,
        verbose_name=_("seller"),
        related_name="activities",
        db_index=False,  # the one of seller and day serves
    )
    # Kinds come with the product and are never deleted: no row need be looked up for each act of an import.
    kind = models.ForeignKey(
        Kind, models.PROTECT, verbose_name=_("kind"), db_index=False, db_constraint=False
    )
    network = models.CharField(_("network"), max_length=10, blank=True, choices=network_choices())
    day = models.DateField(_("day"))
    quantity = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)]
    )
    link = LinkField(_("link"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=4, choices=Source.choices, default=Source.HAND)
    token = models.UUIDField(_("token"), null=True, editable=False)
    content = models.UUIDField(_("content at intake"), editable=False)
    occurrence = models.PositiveIntegerField(_("occurrence"), null=True, editable=False)
    edited_content = models.UUIDField(_("content now, when edited"), null=True, editable=False)
    created_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    version = models.PositiveIntegerField(_("times changed"), default=0, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "token"],
                condition=Q(token__isnull=False),
                name="activity_same_token_same_act",
            ),
            models.UniqueConstraint(
                fields=["seller", "content", "occurrence"], name="activity_same_row_same_act"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_AT_ONCE), name="activity_quantity_in_range"
            ),
            models.CheckConstraint(condition=Q(network__in=["", *NETWORKS]), name="activity_network_known"),
            models.CheckConstraint(condition=is_web_link("link"), name="activity_link_on_the_web"),
        ]
        indexes = [
            models.Index(fields=["seller", "day"], name="activity_seller_day"),
            models.Index(
                fields=["seller", "edited_content"],
                condition=Q(edited_content__isnull=False),
                name="activity_edited_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.kind}"
