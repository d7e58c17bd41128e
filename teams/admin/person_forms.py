from typing import Any

from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from teams.models import User


class NewPersonForm(BaseUserCreationForm):
    """Somebody new; without a password they come in by an invitation."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False
        self.fields["password1"].help_text = _(
            "Leave it empty and invite the person: they then set one of their own."
        )

    def clean_email(self) -> str:
        """Addresses differ in more than the size of their letters."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """A repetition without a password is a mistake too."""
        if self.cleaned_data.get("password2") and not self.cleaned_data.get("password1"):
            self.add_error("password1", _("The two password fields didn’t match."))
        if self.cleaned_data.get("password1") and not self.cleaned_data.get("password2"):
            self.add_error("password2", _("The two password fields didn’t match."))
        return super().clean() or self.cleaned_data

    def set_password_and_save(self, user: User, *_fields: str, commit: bool = True) -> User:
        user.set_password(self.cleaned_data["password1"] or None)
        if commit:
            user.save()
        return user
