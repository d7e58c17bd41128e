from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """What it was that changed past scores."""

    LATE = "late", _("Logged late")
    CHANGED = "changed", _("Activity changed")
    DELETED = "deleted", _("Activity deleted")
    RESTORED = "restored", _("Activity restored")
    ITEM = "item", _("Profile item")
    IMPORT = "import", _("Import")
    UNDONE = "undone", _("Import undone")
    LEAVE = "leave", _("Leave")
    MEMBERSHIP = "member", _("Membership")
    LEAVING = "leaving", _("Day of leaving")
    SEVERAL = "several", _("Several changes")
    ANEW = "anew", _("Computed anew")


class Correction(models.Model):
    """What a change did to the scores of a seller's past days, as they are shown.

    The changed days are between first and last, both included; `most` is the largest change of an index among
    them, in hundredths, with its sign. made_by is None for what nobody did by hand, and for several people.
    """

    seller = models.ForeignKey(
        "teams.Seller", models.CASCADE, related_name="corrections", verbose_name=_("seller")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
        blank=True,
    )
    cause = models.CharField(_("what"), max_length=8, choices=Cause)
    first = models.DateField(_("first changed day"))
    last = models.DateField(_("last changed day"))
    days = models.PositiveIntegerField(_("changed days"))
    most = models.IntegerField(_("largest change"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")) & models.Q(days__gte=1) & ~models.Q(most=0),
                name="correction_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"
