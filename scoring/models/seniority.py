from django.db import models
from django.utils.translation import gettext_lazy as _


class SeniorityPhrase(models.Model):
    """Words of a position that make a connection one with an executive; case and accents do not matter."""

    phrase = models.CharField(
        _("phrase"), max_length=60, unique=True, help_text=_("A question mark is any letter: C?O.")
    )

    class Meta:
        verbose_name = _("phrase for a senior position")
        verbose_name_plural = _("phrases for senior positions")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase
