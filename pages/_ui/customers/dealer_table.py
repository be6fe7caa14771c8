"""Tables of dealers: columns as :mod:`core.metrics` declares them, on screen and in the export."""

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

ROW_HEIGHT, MOST_ROWS = 35, 11
# A column takes the width of its first rows, where a date may be missing.
DATE_WIDTH = 105
BARS = ("part", "all", "sell_through")
# Factor and decimals on the screen; money has the factor of the language.
_DIGITS = {
    Format.MONEY: (1.0, 1),
    Format.PERCENT: (100.0, 1),
    Format.CHANGE: (100.0, 1),
    Format.POINTS: (100.0, 1),
    Format.MULTIPLE: (1.0, 2),
    Format.INTEGER: (1.0, 0),
}


def word(kind: str, code: object) -> str:
    """Return the word of a code; one that nobody declared stays as it is, a missing one is a dash."""
    if numbers.is_missing(code):
        return numbers.MISSING
    labels = FAMILIES["dealers"].words[kind]
    return _(labels[str(code)]) if str(code) in labels else str(code)


def shown(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the columns in the units of the screen, under their headings.

    Parameters
    ----------
    table
        Rows with ``name``, the dealer's.
    keys
        Columns after the name, of the family ``dealers``.
    """
    columns = {_("Dealer"): table["name"]}
    for key in keys:
        columns[heading(key)] = _values(table[key], FAMILIES["dealers"][key])
    return pd.DataFrame(columns).reset_index(drop=True)


def heading(key: str) -> str:
    """Return a column's heading with its unit."""
    declared = FAMILIES["dealers"][key]
    label = _(declared.label)
    units = {Format.MONEY: numbers.money_unit(), Format.POINTS: _("pts")}
    if declared.format in {Format.PERCENT, Format.CHANGE}:
        return numbers.heading(label, "%")
    unit = units.get(declared.format)
    return numbers.heading(label, unit) if unit else label


def dealer_table(
    table: pd.DataFrame, keys: Sequence[str], *, key: str, section: str = "", kind: str = "dealer"
) -> None:
    """Show dealers; a click on a row opens the dealer's card.

    Parameters
    ----------
    table
        Rows with ``dealer_id``, in the index or as a column (``terminal_id`` for shops), and ``name``.
    section
        Section of the card that a click opens.
    kind
        ``terminal`` for shops.
    """
    first = _("Dealer") if kind == "dealer" else _("Terminal")
    frame = shown(table, keys).rename(columns={_("Dealer"): first})
    patterns = {}
    for name in keys:
        if FAMILIES["dealers"][name].format is Format.MONEY:
            frame[heading(name)], patterns[name] = numbers.money_column(frame[heading(name)])
    column = f"{kind}_id"
    ids = table[column].tolist() if column in table else table.index.tolist()
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(frame), MOST_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config={
            first: st.column_config.TextColumn(first, pinned=True),
            **{heading(name): _column(name, patterns.get(name, "")) for name in keys},
        },
        on_select=in_language(partial(_clicked, key, kind, ids, section)),
        selection_mode="single-row",
    )


def _values(values: pd.Series, declared: Metric) -> pd.Series:
    if declared.format is Format.CODE:
        return values.map(partial(word, declared.codes)).replace(numbers.MISSING, None)
    if declared.format is Format.FLAG:
        return values.map({True: _("yes"), False: ""}).fillna("")
    if declared.format in _DIGITS:
        factor, digits = _DIGITS[declared.format]
        factor = 1 / numbers.money_divisor() if declared.format is Format.MONEY else factor
        return (values.astype("float64") * factor).round(digits)
    return pd.to_datetime(values).dt.date if pd.api.types.is_datetime64_any_dtype(values) else values


def _column(key: str, money: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    declared = FAMILIES["dealers"][key]
    text = f"{_(declared.formula)} — {_(declared.explanation)}"
    label = heading(key)
    if key in BARS:
        return st.column_config.ProgressColumn(
            label, help=text, format="%.1f%%", min_value=0, max_value=100, color="#0072B2"
        )
    formats = {
        Format.MONEY: money,
        Format.PERCENT: "%.1f",
        Format.CHANGE: "%+.1f",
        Format.POINTS: "%+.1f",
        Format.MULTIPLE: "%.1f",
        Format.INTEGER: "localized",
    }
    if declared.format in formats:
        return st.column_config.NumberColumn(label, help=text, format=formats[declared.format])
    if key.endswith(("_on", "_call")) or key in {"opened", "due"}:
        return st.column_config.DateColumn(label, help=text, format="YYYY-MM-DD", width=DATE_WIDTH)
    return st.column_config.TextColumn(label, help=text)


def _clicked(key: str, kind: str, ids: Sequence[str], section: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        open_card(kind, str(ids[rows[0]]), section)
