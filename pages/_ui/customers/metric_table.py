"""Tables of customers and of what they buy: columns as their metrics declare them, on screen and in files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import FAMILIES
from core.metrics.spec import Format
from pages._ui.components.downloads import Download, table_downloads
from pages._ui.customers.listing.card_link import open_card
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.spec import Metric

ROW_HEIGHT, MOST_ROWS = 35, 10
# More rows than this are read in the exported file, not on a screen.
LARGEST = 2_000
BARS = ("cumulated", "known", "coverage", "account_share")
_DIGITS = {
    Format.PERCENT: (100.0, 1, "%.1f"),
    Format.CHANGE: (100.0, 1, "%+.1f"),
    Format.SCORE: (1.0, 1, "%.1f"),
    Format.INTEGER: (1.0, 0, "localized"),
}


@dataclass(frozen=True)
class Shape:
    """What a table shows.

    Parameters
    ----------
    keys
        Columns after the name, of the family ``customers``.
    title
        Heading of the name.
    kind
        Whose card a click opens: ``dealer``, ``terminal``, or nobody's.
    titles
        Headings that differ from the metric's own, by key.
    """

    keys: tuple[str, ...]
    title: str
    kind: str = ""
    titles: tuple[tuple[str, str], ...] = ()

    def heading(self, key: str) -> str:
        """Return a column's heading with its unit."""
        declared = FAMILIES["customers"][key]
        label = dict(self.titles).get(key) or _(declared.label)
        if declared.format is Format.MONEY:
            return numbers.heading(label, numbers.money_unit())
        return numbers.heading(label, "%") if declared.format in {Format.PERCENT, Format.CHANGE} else label


def word(kind: str, code: object) -> str:
    """Return the word of a code; one of the company's own stays as it is, a missing one is a dash."""
    if numbers.is_missing(code):
        return numbers.MISSING
    labels = FAMILIES["customers"].words[kind]
    return _(labels[str(code)]) if str(code) in labels else str(code)


def shown(table: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Return the columns in the units of the screen, under their headings."""
    columns = {shape.title: table["name"]}
    for key in shape.keys:
        columns[shape.heading(key)] = _values(table[key], FAMILIES["customers"][key])
    return pd.DataFrame(columns).reset_index(drop=True)


def metric_table(table: pd.DataFrame, shape: Shape, *, key: str) -> None:
    """Show rows in their order; a click on a customer opens its card.

    Parameters
    ----------
    table
        ``name`` and the columns of the shape, on the id.
    """
    rows = table.head(LARGEST)
    select: dict[str, Any] = {}
    if shape.kind:
        ids = tuple(map(str, rows.index))
        select = {
            "on_select": in_language(partial(_clicked, key, shape.kind, ids)),
            "selection_mode": "single-row",
        }
    frame, patterns = shown(rows, shape), {}
    for name in shape.keys:
        if FAMILIES["customers"][name].format is Format.MONEY:
            title = shape.heading(name)
            frame[title], patterns[name] = numbers.money_column(frame[title])
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config={
            shape.title: st.column_config.TextColumn(shape.title, pinned=True),
            **{
                shape.heading(name): _column(name, shape.heading(name), patterns.get(name, ""))
                for name in shape.keys
            },
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


def downloads(table: pd.DataFrame, shape: Shape, file_name: str) -> list[Download]:
    """Return the table as files, with the headings of the screen and the IDs."""

    def files() -> pd.DataFrame:
        made = shown(table, shape)
        made.insert(0, _("ID"), table.index.to_numpy())
        return made

    return table_downloads(files, file_name)


def _values(values: pd.Series, declared: Metric) -> pd.Series:
    if declared.format is Format.CODE:
        return values.map(partial(word, declared.codes)).replace(numbers.MISSING, None)
    if declared.format is Format.MONEY:
        return (values.astype("float64") / numbers.money_divisor()).round(1)
    if declared.format in _DIGITS:
        factor, digits, _pattern = _DIGITS[declared.format]
        return (values.astype("float64") * factor).round(digits)
    return values


def _column(key: str, label: str, money: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    declared = FAMILIES["customers"][key]
    text = f"{_(declared.formula)} — {_(declared.explanation)}"
    if key in BARS:
        return st.column_config.ProgressColumn(
            label, help=text, format="%.1f", min_value=0, max_value=100, color="#0072B2"
        )
    if declared.format is Format.MONEY:
        return st.column_config.NumberColumn(label, help=text, format=money)
    if declared.format in _DIGITS:
        return st.column_config.NumberColumn(label, help=text, format=_DIGITS[declared.format][2])
    return st.column_config.TextColumn(label, help=text)


def _clicked(key: str, kind: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        open_card(kind, ids[rows[0]])
