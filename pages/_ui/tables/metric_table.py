"""A table of KPIs: columns as the registry declares them, the same on the screen and in files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import (
    DISPLAYS,
    Format,
    Metric,
    adds_up,
    display_table,
    file_format,
    heading,
    help_text,
    metric,
)
from pages._ui.components.downloads import Download, table_downloads
from pages._ui.components.origins import with_origins
from pages._ui.customers.listing.card_link import open_card
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAME = "name"
ROW_HEIGHT, MAX_ROWS_IN_SIGHT, BAR_WIDTH = 35, 12, 130
# A column takes the width of its first rows, where a date may be missing.
DATE_WIDTH = 105
# More rows than this are read in the exported file, not on a screen.
MAX_ROWS_SHOWN = 2_000


@dataclass(frozen=True)
class MetricColumns:
    """What a table shows.

    Parameters
    ----------
    family
        Of the KPIs, a key of ``core.metrics.FAMILIES``.
    keys
        Columns after the name.
    title
        Heading of the name.
    card
        Whose card a click opens: ``dealer``, ``terminal``, or nobody's.
    section
        Section of that card; the first by default.
    headings
        Headings that differ from the KPI's own, by key.
    summed
        Whether the rows are parts of one whole, so that a workbook may sum them.
    """

    family: str
    keys: Sequence[str]
    title: str
    card: str = ""
    section: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    summed: bool = True

    @property
    def metrics(self) -> list[Metric]:
        """The KPIs of the columns."""
        return [metric(key, self.family) for key in self.keys]

    def heading(self, key: str, *, in_file: bool = False) -> str:
        """Return a column's heading with its unit; see :func:`core.metrics.heading`."""
        return heading(metric(key, self.family), dict(self.headings).get(key, ""), in_file=in_file)


def metric_table(
    table: pd.DataFrame,
    columns: MetricColumns,
    *,
    key: str,
    on_cell: Callable[[], None] | None = None,
) -> None:
    """Show rows in their order; a click on a customer opens its card.

    Parameters
    ----------
    table
        ``name`` and the columns, on the id of the customer or with it in a column.
    on_cell
        What a click on a cell does instead, in a table of something else than customers.
    """
    rows = table.head(MAX_ROWS_SHOWN)
    selection: dict[str, Any] = {}
    if on_cell is not None:
        selection = {"on_select": in_language(on_cell), "selection_mode": "single-cell"}
    elif columns.card:
        click = partial(_open_clicked, key, columns, _ids(rows, columns.card))
        selection = {"on_select": in_language(click), "selection_mode": "single-row"}
    frame = display_table(rows, columns.metrics)
    configuration = {NAME: st.column_config.TextColumn(columns.title, pinned=True)}
    for each in columns.metrics:
        pattern = ""
        if each.format is Format.MONEY:
            # From the figure itself: rounding what is rounded already would move it by a whole unit.
            amounts = rows[each.key].astype("float64").to_numpy() / numbers.money_divisor()
            frame[each.key], pattern = numbers.money_column(pd.Series(amounts))
        configuration[each.key] = _column(each, columns.heading(each.key), pattern)
    frame.insert(0, NAME, rows[NAME].to_numpy())
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(rows), MAX_ROWS_IN_SIGHT) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config=configuration,
        **selection,
    )
    if len(table) > MAX_ROWS_SHOWN:
        st.caption(
            _(
                "The first {shown} of {all} are shown; the exported file has all of them.",
                shown=numbers.count(MAX_ROWS_SHOWN),
                all=numbers.count(len(table)),
            )
        )


def export_rows(table: pd.DataFrame, columns: MetricColumns) -> pd.DataFrame:
    """Return the table as a file has it: the IDs of customers, headings with units, bare numbers."""
    rows = display_table(table, columns.metrics)
    headings = [columns.heading(key, in_file=True) for key in columns.keys]
    rows.columns = pd.Index(headings)
    rows.insert(0, columns.title, table[NAME].to_numpy(), allow_duplicates=True)
    if columns.card:
        rows.insert(0, _("ID"), list(_ids(table, columns.card)), allow_duplicates=True)
    declared = list(zip(headings, columns.metrics, strict=True))
    rows.attrs["formats"] = {heading: file_format(each) for heading, each in declared}
    rows.attrs["metrics"] = dict(declared)
    # Tables of classes or cells have a row of their own for all.
    rows.attrs["summed"] = [heading for heading, each in declared if adds_up(each)] if columns.summed else []
    return rows


def downloads(
    table: pd.DataFrame, columns: MetricColumns, file_name: str, *, period: str = ""
) -> list[Download]:
    """Return the table as files, the workbook with its period in words."""
    return table_downloads(partial(export_rows, table, columns), file_name, period=period)


def _ids(table: pd.DataFrame, card: str) -> tuple[str, ...]:
    column = f"{card}_id"
    return tuple(map(str, table.get(column, table.index)))


def _column(declared: Metric, label: str, pattern: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    text = with_origins(help_text(declared), declared.records)
    if declared.bar:
        return st.column_config.ProgressColumn(
            label, help=text, format="%.1f%%", min_value=0, max_value=100, color="#0072B2", width=BAR_WIDTH
        )
    if declared.format is Format.DATE:
        return st.column_config.DateColumn(label, help=text, format="YYYY-MM-DD", width=DATE_WIDTH)
    if declared.format in DISPLAYS:
        return st.column_config.NumberColumn(
            label, help=text, format=pattern or DISPLAYS[declared.format].pattern
        )
    return st.column_config.TextColumn(label, help=text)


def _open_clicked(key: str, columns: MetricColumns, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        open_card(columns.card, ids[rows[0]], columns.section)
