from django.db import models
from django.utils.translation import gettext_lazy as _


class Industry(models.Model):
    """What a seller's "top x %" is measured against."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
