"""For what the administration shows and nobody edits."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Mixed into an admin: no adding, changing or deleting, whoever asks."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
