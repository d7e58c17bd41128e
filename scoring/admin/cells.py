"""Names for the boxes of a table of rows: its headings alone tell a screen reader nothing."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _


class NamedCells(BaseInlineFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            box = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            if not box.is_hidden:
                box.attrs["aria-label"] = self._name(form.instance, field.label)

    def _name(self, row: Any, label: Any) -> str:
        """The row and what the box holds; of a new row only the latter."""
        if row.pk is None:
            return str(label)
        return _("%(row)s: %(field)s") % {"row": row, "field": label}
