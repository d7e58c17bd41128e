"""The names of models and their fields as a statement of SQL has them."""

from collections.abc import Iterable

from django.db import connection, models


def listed(model: type[models.Model], names: Iterable[str]) -> str:
    return ", ".join(quoted(model, name) for name in names)


def quoted_table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def quoted(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(name).column))  # type: ignore[union-attr]
