"""The columns of the lists of customers: declared once for the screen, the sorting and the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.exchange.printing.customer_list import ListColumn
from core.i18n import N_, _, current_language
from core.known_words import KNOWN, known_word
from pages._ui.components.origins import with_origins
from pages._ui.customers.customer_labels import level_word, tier_word
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

WORDS: dict[str, Callable[[object], str]] = {
    "tier": tier_word,
    "level": level_word,
    "status": status_word,
    "outlet_type": known_word,
}


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    name
        Column of :func:`core.store.customers.lists.page`.
    kind
        text, word, money, share, growth, date, count, score.
    note
        What it says and how it is computed, marked with ``N_``.
    records
        The records its figures are made of.
    """

    name: str
    label: str
    kind: str = "text"
    note: str = ""
    records: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Title on the screen, money with its unit."""
        if self.kind == "money":
            return numbers.heading(_(self.label), numbers.money_unit())
        return _(self.label)


_SOLD = ("terminal_sales",)
_DELIVERED = ("dealer_sales",)
_SHARE = Column(
    "share",
    N_("In-store share"),
    "share",
    N_("Own sales ÷ all companies' sales recorded in these shops, over the period."),
    _SOLD,
)
_VISITED = Column("last_visit", N_("Last visit"), "date", N_("Up to the end of the period."), ("visit",))
_OWNER = Column("owner", N_("Owner"), note=N_("The employee who owns the account."))
TERMINAL = (
    Column("name", N_("Name")),
    Column("region", N_("Region")),
    Column("outlet_type", N_("Outlet type"), "word"),
    Column("grade", N_("Grade")),
    Column("status", N_("Status"), "word"),
    Column("own", N_("Own sales"), "money", N_("What this shop sold of ours in the period."), _SOLD),
    Column("growth", N_("Growth"), "growth", N_("Own sales against the same months a year earlier."), _SOLD),
    _SHARE,
    _VISITED,
    Column(
        "score",
        N_("Relationship score"),
        "score",
        N_("Total of the latest ten-item score sheet, 0 to 100 [S1 1-1]."),
        ("score_item",),
    ),
    _OWNER,
    Column("dealer", N_("Dealer")),
    Column("customer_id", N_("Terminal ID")),
)
DEALER = (
    Column("name", N_("Name")),
    Column("region", N_("Region")),
    Column("tier", N_("Tier"), "word"),
    Column("level", N_("Distribution level"), "word"),
    Column("sell_in", N_("Sell-in"), "money", N_("What we delivered in the period."), _DELIVERED),
    Column(
        "growth",
        N_("Growth"),
        "growth",
        N_("Sell-in against the same months a year earlier."),
        _DELIVERED,
    ),
    Column("own", N_("Sales of its shops"), "money", N_("What the shops it serves sold of ours."), _SOLD),
    _SHARE,
    Column("terminals", N_("Shops"), "count", N_("Terminals it serves."), ("terminal",)),
    _VISITED,
    Column(
        "score",
        N_("Relationship score"),
        "score",
        N_("Mean of the latest score sheets of its shops, 0 to 100."),
        ("score_item",),
    ),
    _OWNER,
    Column("backup", N_("Stand-in")),
    Column("customer_id", N_("Dealer ID")),
)
COLUMNS = {"dealer": DEALER, "terminal": TERMINAL}


def labels(kind: str) -> dict[str, str]:
    """Return the titles of a kind's columns by name."""
    return {column.name: column.title for column in COLUMNS[kind]}


def display_rows(kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a list in the units and words of the screen, columns by name."""
    table = rows[[column.name for column in COLUMNS[kind]]].copy()
    if current_language() == "en":
        table["region"] = rows["region_en"].fillna(rows["region"])
    for column in COLUMNS[kind]:
        values = table[column.name]
        if column.kind == "money":
            table[column.name], _format = numbers.money_column(values / numbers.money_divisor())
        elif column.kind in {"share", "growth"}:
            table[column.name] = values.astype("float64") * 100
        elif column.kind == "word":
            table[column.name] = values.map(WORDS[column.name], na_action="ignore")
    return table


def config(kind: str, table: pd.DataFrame) -> dict[str, Any]:
    """Return how Streamlit shows the columns of a table as :func:`shown` returns it."""
    return {
        column.name: _config(column, table[column.name], pinned=at == 0)
        for at, column in enumerate(COLUMNS[kind])
    }


def _config(column: Column, values: pd.Series, *, pinned: bool) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    note = _(column.note) if column.note else None
    if column.records:
        note = with_origins(note or "", column.records)
    if column.kind == "share":
        return st.column_config.ProgressColumn(
            column.title, help=note, format="%.1f%%", min_value=0, max_value=100, color="#0072B2"
        )
    if column.kind == "date":
        return st.column_config.DateColumn(column.title, help=note, format="YYYY-MM-DD")
    if column.kind == "money":
        _values, money = numbers.money_column(values)
        return st.column_config.NumberColumn(column.title, help=note, format=money)
    formats = {"growth": "%+.1f%%", "count": "localized", "score": "%.0f"}
    if column.kind in formats:
        return st.column_config.NumberColumn(column.title, help=note, format=formats[column.kind])
    return st.column_config.TextColumn(column.title, help=note, pinned=pinned or None)


def export_columns(kind: str) -> list[ListColumn]:
    """Return the columns of the files: amounts in yuan, codes as words, headers in the language."""
    kinds = {"money": "money", "share": "percent", "growth": "percent", "count": "count"}
    codes = {
        "tier": ("large", "medium", "small"),
        "level": ("first", "second"),
        "status": ("blank", "listed", "maintain", "consolidate", "improve", "closed"),
        "outlet_type": (*KNOWN, *KNOWN.values()),
    }
    return [
        ListColumn(
            column.name,
            _("{label} ({unit})", label=_(column.label), unit=_("yuan"))
            if column.kind == "money"
            else column.title,
            kinds.get(column.kind, ""),
            {code: WORDS[column.name](code) for code in codes.get(column.name, ())},
        )
        for column in COLUMNS[kind]
    ]
