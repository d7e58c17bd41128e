from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A node of the tree of teams: a region, a store."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("The team's part of the address.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="children"
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("managers"),
        blank=True,
        related_name="managed_teams",
        help_text=_("They see the sellers of this team and of the teams below it."),
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="team_name_unique_below_parent",
                violation_error_message=_("There is such a team already."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(parent=None),
                name="team_name_unique_at_the_top",
                violation_error_message=_("There is such a team already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="team_not_its_own_parent",
                violation_error_message=_("A team cannot be part of itself."),
            ),
            models.CheckConstraint(condition=~models.Q(name__contains="/"), name="team_name_without_slash"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if "/" in self.name:
            raise ValidationError({"name": _("A team's name has no slash: it parts the names in a path.")})
        if self.pk and self.parent_id and self.pk in self._ancestors():
            raise ValidationError({"parent": _("A team cannot be part of one of its own sub-teams.")})

    def _ancestors(self) -> list[int]:
        """The keys of the teams above, nearest first; stops where a loop would begin."""
        above: list[int] = []
        parent = self.parent
        while parent is not None and parent.pk not in above:
            above.append(parent.pk)
            parent = parent.parent
        return above
