from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teams.models.seller import Seller


class Follow(models.Model):
    """A colleague whom a seller counts into their own network; the colleague sees it."""

    follower = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("follower"), related_name="follows")
    followed = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("followed"), related_name="followers")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="follow_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.follower} → {self.followed}"
