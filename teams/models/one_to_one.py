import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.seller import Seller

LONGEST_NOTE = 4000  # characters
LONGEST_ACTION = 200


class BetweenTwo(models.QuerySet[Any]):
    """Rows that two people see: the seller, and who wrote them."""

    def seen_by(self, viewer: Any, seller: Seller) -> Self:
        """Of a seller's rows all for the seller, and for anybody else those that they wrote themselves."""
        rows = self.filter(seller=seller)
        return rows if seller.user_id == viewer.pk else rows.filter(author=viewer.pk)


class Note(models.Model):
    """What a manager wrote of a one-to-one; nobody reads it but the two, and it is in no administration.

    It goes with either of them: with the seller, whom it is about, and with the author, whose words it is.
    """

    seller = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("seller"), related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("author"), related_name="+"
    )
    day = models.DateField(_("day"))
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BetweenTwo.as_manager()

    class Meta:
        verbose_name = _("note of a one-to-one")
        verbose_name_plural = _("notes of one-to-ones")
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.day:%Y-%m-%d}"


class AgreedAction(models.Model):
    """What a seller and a manager agreed on, with the day by which; seen like a note."""

    seller = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("seller"), related_name="actions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("author"), related_name="+"
    )
    text = models.CharField(_("action"), max_length=LONGEST_ACTION)
    due = models.DateField(_("by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BetweenTwo.as_manager()

    class Meta:
        verbose_name = _("agreed action")
        verbose_name_plural = _("agreed actions")
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.due:%Y-%m-%d}"
