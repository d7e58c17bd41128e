"""The ready-made groups: what an administrator, a manager and a seller may do by permission.

Whom a manager or a seller may see follows from memberships (`teams/access.py`); their permissions only say
that they may look. The administration is for administrators: it knows no rows that are "mine".
"""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

ADMINISTRATOR, MANAGER, SELLER = "Administrator", "Manager", "Seller"

_EVERYTHING = ("add", "change", "delete", "view")
GROUPS: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    ADMINISTRATOR: {
        "teams": {
            **dict.fromkeys(("user", "team", "seller", "membership", "leave", "industry"), _EVERYTHING),
            "follow": ("view",),
        },
        "scoring": {
            "activity": ("change", "delete", "view"),
            "correction": ("view",),
            "formula": ("add", "change", "delete", "view"),
            "formulakind": ("change", "view"),
            "kind": ("view",),
            "officialscore": ("change", "delete", "view"),
            "run": ("change", "view"),
            "runchunk": ("view",),
            "score": ("view",),
            "seat": _EVERYTHING,
            "seniorityphrase": _EVERYTHING,
            "upload": ("view",),
        },
        "auth": {"group": ("view",)},
    },
    MANAGER: {
        "teams": dict.fromkeys(("team", "seller", "membership", "leave", "industry"), ("view",)),
        "scoring": dict.fromkeys(("activity", "kind", "officialscore", "score"), ("view",)),
    },
    SELLER: {
        "teams": dict.fromkeys(("team", "industry"), ("view",)),
        "scoring": dict.fromkeys(("kind", "score"), ("view",)),
    },
}


def make_groups(*, apps: Any = installed, using: str = "default", **_signal: Any) -> None:
    """Make the groups, and give each what it lacks of its own; what an administrator added stays.

    Runs after every migration, so that a new release brings its new permissions. Who wants a group that may
    less makes one of their own.
    """
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    for label in ("auth", "teams", "scoring"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    for name, wanted in GROUPS.items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*_permissions(permission_model.objects.using(using), wanted))


def _permissions(permissions: Any, wanted: dict[str, dict[str, tuple[str, ...]]]) -> list[Any]:
    return [
        permission
        for label, models in wanted.items()
        for permission in permissions.filter(
            content_type__app_label=label,
            codename__in=[f"{action}_{model}" for model, actions in models.items() for action in actions],
        )
    ]
