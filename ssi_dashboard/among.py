"""The lookups `among` and `each_within`: `in` with all values in one array, where the database has arrays."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.lookups import In
from django.utils.datastructures import OrderedSet


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(In):
    """Whether a field has one of some values, or of what a queryset of one column gives.

    PostgreSQL is sent one array then, so a statement stays the same however many values there are, but for
    one alone, and need be planned once only (`scoring/prepared.py`). Of a queryset it makes the array itself,
    and looks up these rows and no others. Other databases get the list of `in`.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs_is_direct_value():
            return self._among_rows(compiler, connection)
        some = OrderedSet(value for value in self.rhs if value is not None)
        if not some:
            raise EmptyResultSet
        lhs, parameters = self.process_lhs(compiler, connection)
        _marks, values = self.batch_process_rhs(compiler, connection, some)
        if len(values) == 1:
            return f"{lhs} = %s", [*parameters, *values]
        return f"{lhs} = ANY(%s)", [*parameters, list(values)]

    def _among_rows(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, parameters = self.process_lhs(compiler, connection)
        rows, more = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY(ARRAY{rows})", [*parameters, *more]


@models.DateField.register_lookup
class EachWithin(In):
    """Whether a day is one of those from a first to a last, both given and included; each is looked up.

    For keys that begin with the day: `range` would read all that anybody has of these days. PostgreSQL is
    told the ends and names the days itself: of a hundred, sending them was a seventh of the question.
    """

    lookup_name = "each_within"

    def get_prep_lookup(self) -> Any:
        first, last = self.rhs
        self.rhs = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return super().get_prep_lookup()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs:
            raise EmptyResultSet
        lhs, parameters = self.process_lhs(compiler, connection)
        days = "SELECT %s::date + n FROM generate_series(0, %s) AS n"
        return f"{lhs} = ANY(ARRAY({days}))", [*parameters, self.rhs[0], len(self.rhs) - 1]
