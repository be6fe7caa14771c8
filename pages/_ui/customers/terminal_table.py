"""Tables of terminals, reps and regions: columns as :mod:`core.metrics` declares them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import FAMILIES
from core.metrics.spec import Format
from pages._ui.customers.listing.card_link import open_card
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.spec import Metric

ROW_HEIGHT, MOST_ROWS, LARGEST = 35, 10, 2_000
BARS = ("nd", "wd", "share", "development_rate", "workbook")
_DIGITS = {
    Format.MONEY: (1.0, 1, "%.1f"),
    Format.PERCENT: (100.0, 1, "%.1f"),
    Format.POINTS: (100.0, 2, "%+.2f"),
    Format.MULTIPLE: (1.0, 2, "%.2f"),
    Format.SCORE: (1.0, 1, "%.1f"),
    Format.INTEGER: (1.0, 0, "localized"),
}


def word(kind: str, code: object) -> str:
    """Return the word of a code; one of the company's own stays as it is, a missing one is a dash."""
    if numbers.is_missing(code):
        return numbers.MISSING
    labels = FAMILIES["terminals"].words[kind]
    return _(labels[str(code)]) if str(code) in labels else str(code)


def heading(key: str) -> str:
    """Return a column's heading with its unit."""
    declared = FAMILIES["terminals"][key]
    label = _(declared.label)
    if declared.format is Format.PERCENT:
        return numbers.heading(label, "%")
    units = {Format.MONEY: numbers.money_unit(), Format.POINTS: _("pts")}
    unit = units.get(declared.format)
    return numbers.heading(label, unit) if unit else label


def shown(table: pd.DataFrame, keys: Sequence[str], title: str) -> pd.DataFrame:
    """Return ``name`` and some columns in the units of the screen, under their headings."""
    columns = {title: table["name"]}
    for key in keys:
        columns[heading(key)] = _values(table[key], FAMILIES["terminals"][key])
    return pd.DataFrame(columns).reset_index(drop=True)


def terminal_table(
    table: pd.DataFrame, keys: Sequence[str], title: str, *, key: str, card: str = "", section: str = ""
) -> None:
    """Show rows; where they are customers, a click opens the card.

    Parameters
    ----------
    table
        ``name`` and the columns, on the customer's id.
    keys
        Columns after the name, of the family ``terminals``.
    title
        Heading of the name.
    key
        Of the table.
    card
        ``dealer`` or ``terminal``; empty where rows are no customers.
    section
        Section of the card that a click opens.
    """
    rows = table.head(LARGEST)
    select: dict[str, Any] = {}
    if card:
        ids = tuple(map(str, rows.index))
        select = {
            "on_select": in_language(partial(_clicked, key, card, ids, section)),
            "selection_mode": "single-row",
        }
    frame, patterns = shown(rows, keys, title), {}
    for name in keys:
        if FAMILIES["terminals"][name].format is Format.MONEY:
            frame[heading(name)], patterns[name] = numbers.money_column(frame[heading(name)])
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config={
            title: st.column_config.TextColumn(title, pinned=True),
            **{heading(name): _column(name, patterns.get(name, "")) for name in keys},
        },
        **select,
    )
    if len(table) > LARGEST:
        st.caption(
            _(
                "The first {shown} of {all} are shown; the exported file has all of them.",
                shown=numbers.count(LARGEST),
                all=numbers.count(len(table)),
            )
        )


def _values(values: pd.Series, declared: Metric) -> pd.Series:
    if declared.format is Format.CODE:
        return values.map(partial(word, declared.codes)).replace(numbers.MISSING, None)
    if declared.format in _DIGITS:
        factor, digits, _pattern = _DIGITS[declared.format]
        factor = 1 / numbers.money_divisor() if declared.format is Format.MONEY else factor
        return (values.astype("float64") * factor).round(digits)
    return values


def _column(key: str, money: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    declared = FAMILIES["terminals"][key]
    explanation = _(declared.explanation) if declared.explanation else ""
    text = " — ".join(part for part in (_(declared.formula), explanation) if part)
    label = heading(key)
    if key in BARS:
        return st.column_config.ProgressColumn(
            label, help=text, format="%.1f", min_value=0, max_value=100, color="#0072B2"
        )
    if declared.format in _DIGITS:
        return st.column_config.NumberColumn(label, help=text, format=money or _DIGITS[declared.format][2])
    return st.column_config.TextColumn(label, help=text)


def _clicked(key: str, card: str, ids: Sequence[str], section: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        open_card(card, ids[rows[0]], section)
