"""The lookup `among`: `in` with all values in one array, where the database has arrays."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.lookups import In
from django.utils.datastructures import OrderedSet


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(In):
    """Whether a field has one of some values, which are no querysets and no expressions.

    PostgreSQL is sent one array then, so a statement stays the same however many values there are, but for
    one alone, and need be planned once only (`scoring/prepared.py`). Other databases get the list of `in`.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        some = OrderedSet(value for value in self.rhs if value is not None)
        if not some:
            raise EmptyResultSet
        lhs, parameters = self.process_lhs(compiler, connection)
        _marks, values = self.batch_process_rhs(compiler, connection, some)
        if len(values) == 1:
            return f"{lhs} = %s", [*parameters, *values]
        return f"{lhs} = ANY(%s)", [*parameters, list(values)]
