"""One field of a form as a widget, and what a widget holds: its raw value.

Numbers and months are typed as text, so that “1,200”, “３５%” and what is no number reach the check, which
says in words what is wrong.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.customers.forms import Field, FieldKind
from core.customers.forms.reading import is_empty, read
from core.customers.forms.validate import display
from core.i18n import _, format_number

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE_HEIGHT = 96
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


def raw_value(field: Field, value: object) -> Any:  # noqa: ANN401 - what a widget holds depends on the field
    """Return what the widget of a field holds for a typed value, or for one kept as JSON."""
    if field.kind in {FieldKind.DATE, FieldKind.BOOLEAN}:
        typed, _finding = read(field, value)
        return typed
    if field.kind is FieldKind.CHOICE:
        return None if is_empty(value) else str(value)
    if field.kind is FieldKind.CHOICES:
        parts = [value] if isinstance(value, str) else value
        return [str(part) for part in parts] if isinstance(parts, list | tuple) and parts else []
    return value if isinstance(value, str) else display(field, value)


def widget(field: Field, key: str, start: Any, changed: Callable[[], None], *, disabled: bool = False) -> Any:  # noqa: ANN401 - see above
    """Draw a field and return its raw value.

    Parameters
    ----------
    changed
        Called when the user changed it.
    """
    label = f"{field.title} :red[*]" if field.required else field.title
    common: dict[str, Any] = {"key": key, "help": _hint(field), "on_change": changed, "disabled": disabled}
    if field.kind is FieldKind.NOTE:
        return st.text_area(label, start, height=NOTE_HEIGHT, **common)
    if field.kind is FieldKind.BOOLEAN:
        words = {True: _("Yes"), False: _("No")}
        return st.segmented_control(
            label, list(words), default=start, format_func=words.__getitem__, **common
        )
    if field.kind is FieldKind.DATE:
        return st.date_input(
            label, start, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD", **common
        )
    if field.kind is FieldKind.CHOICE:
        options = list(dict.fromkeys([*field.choices, *([str(start)] if start else [])]))
        index = options.index(str(start)) if start else None
        return st.selectbox(
            label, options, index, format_func=field.word, placeholder=_("Choose an option"), **common
        )
    if field.kind is FieldKind.CHOICES:
        chosen = [str(code) for code in start] if isinstance(start, list) else []
        options = list(dict.fromkeys([*field.choices, *chosen]))
        return st.multiselect(
            label, options, chosen, format_func=field.word, placeholder=_("Choose options"), **common
        )
    return st.text_input(label, start, placeholder=_placeholder(field), **common)


def _placeholder(field: Field) -> str:
    if field.kind is FieldKind.MONTH:
        return "2026-01"
    if not field.kind.is_number or (field.minimum is None and field.maximum is None):
        return ""
    low, high = (None if bound is None else _bound(float(bound)) for bound in (field.minimum, field.maximum))
    if high is None:
        return f"≥ {low}"
    return f"≤ {high}" if low is None else f"{low} – {high}"


def _bound(value: float) -> str:
    # A year has no thousands separator, and four digits are read without one.
    if value.is_integer() and abs(value) < 10_000:
        return f"{value:.0f}"
    return format_number(value, 0 if value.is_integer() else 2)


def _hint(field: Field) -> str | None:
    return _(field.note) if field.note else None


def same(field: Field, one: object, other: object) -> bool:
    """Tell whether two raw values mean the same: nothing is nothing, however it is written."""
    return (is_empty(one) and is_empty(other)) or raw_value(field, one) == raw_value(field, other)
