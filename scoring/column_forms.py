"""How the values of a field look in arrays and in the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import models

Columns = dict[str, np.ndarray]

EPOCH = date(2000, 1, 1).toordinal()  # PostgreSQL counts days from here
NO_DAY, NO_NUMBER = 0, -1


@dataclass(frozen=True)
class Form:
    """How values of a field look: as PostgreSQL's binary, which its function `send` gives, and here."""

    binary: str
    send: str
    native: type
    null: str
    is_day: bool = False


DAY = Form(">i4", "date_send", np.int32, "'0001-01-01'::date - 1", is_day=True)
SMALL = Form(">i2", "int2send", np.int16, "'-1'")
FORMS: tuple[tuple[type[Any], Form], ...] = (
    (models.DateField, DAY),
    (models.BooleanField, Form(">u1", "boolsend", np.bool_, "false")),
    (models.FloatField, Form(">f8", "float8send", np.float64, "-1")),
    (models.BigIntegerField, Form(">i8", "int8send", np.int64, "-1")),
    (models.SmallAutoField, SMALL),
    (models.PositiveSmallIntegerField, SMALL),
    (models.SmallIntegerField, SMALL),
    (models.IntegerField, Form(">i4", "int4send", np.int32, "-1")),
)


def form_of(field: Any) -> Form:
    """The form of a field, or of the key that it refers to. Raises TypeError without a fixed width."""
    field = getattr(field, "target_field", field)
    for kind, form in FORMS:
        if isinstance(field, kind):
            return form
    raise TypeError(f"{field} has no fixed width")


def form_in(model: type[models.Model], name: str, column: np.ndarray) -> Form:
    if column.dtype.kind == "S":
        return Form(column.dtype.str, "", bytes, "")
    return form_of(model._meta.get_field(name))
