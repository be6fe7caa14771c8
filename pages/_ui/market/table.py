"""Tables of regions: columns as the KPIs declare them, the same on the screen and in the export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st
from core.metrics.wording import format_value

from core import numbers
from core.exchange.slides.content import SlideTable
from core.i18n import _
from core.market import labels
from core.metrics import Format, Metric, metric
from pages._ui.components.downloads import Download, table_downloads
from pages._ui.language import in_language
from pages._ui.market.region_choice import clicked_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.market.market_view import MarketView

HUNDREDFOLD = {Format.PERCENT, Format.CHANGE, Format.POINTS}
# Columns that are shown as a bar from nothing to everything.
BAR_WIDTH = 130
BARS = {"share", "robustness", "completeness"}
ROW_HEIGHT, MOST_ROWS = 35, 12
NAMED = {"rival_id": "rival_name"}


def display_table(regions: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the columns in the units of the screen, with the words of codes.

    Parameters
    ----------
    regions
        Rows of a market view.

    Returns
    -------
    pandas.DataFrame
        ``name`` and the keys: money in the screen's unit, shares and growth in percent, codes as labels.
    """
    columns = {"name": regions["name"]}
    for key in keys:
        columns[key] = _shown(regions[NAMED.get(key, key)], metric(key))
    return pd.DataFrame(columns).reset_index(drop=True)


def _shown(values: pd.Series, declared: Metric) -> pd.Series:
    if declared.format is Format.CODE:
        return values.map(partial(labels.label, declared.codes))
    if declared.format is Format.FLAG:
        return values.map({True: _("yes"), False: ""}).fillna("")
    if declared.format is Format.MONEY:
        return (values.astype("float64") / numbers.money_divisor()).round(1)
    if declared.format in HUNDREDFOLD:
        return (values.astype("float64") * 100).round(1)
    if declared.format is Format.MULTIPLE:
        return values.astype("float64").round(2)
    return values


def heading(key: str) -> str:
    """Return a column's heading with its unit."""
    declared = metric(key)
    label = _(declared.label)
    if declared.format is Format.MONEY:
        return numbers.heading(label, numbers.money_unit())
    if declared.format is Format.POINTS:
        return numbers.heading(label, _("pts"))
    return label


def region_table(regions: pd.DataFrame, keys: Sequence[str], *, key: str) -> None:
    """Show regions in their order; a click on a row chooses it.

    Parameters
    ----------
    regions
        Rows of a market view, sorted.
    """
    table = display_table(regions, keys)
    patterns = {}
    for name in keys:
        if metric(name).format is Format.MONEY:
            table[name], patterns[name] = numbers.money_column(table[name])
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config={
            "name": st.column_config.TextColumn(_("Region"), pinned=True),
            **{name: _column(name, patterns.get(name, "")) for name in keys},
        },
        on_select=in_language(partial(clicked_row, key, regions["region_id"].to_list())),
        selection_mode="single-cell",
    )


def _column(key: str, money: str) -> Any:  # noqa: ANN401 - Streamlit's column types have no common name
    declared = metric(key)
    help_text = f"{_(declared.formula)} — {_(declared.explanation)}"
    label = heading(key)
    if key in BARS:
        return st.column_config.ProgressColumn(
            label,
            help=help_text,
            format="%.1f%%",
            min_value=0,
            max_value=100,
            color="#0072B2",
            width=BAR_WIDTH,
        )
    if declared.format in {Format.CODE, Format.FLAG, Format.TEXT}:
        return st.column_config.TextColumn(label, help=help_text)
    formats = {
        Format.MONEY: money,
        Format.PERCENT: "%.1f%%",
        Format.CHANGE: "%+.1f%%",
        Format.POINTS: "%+.1f",
        Format.MULTIPLE: "%.2f ×",
        Format.INTEGER: "localized",
    }
    return st.column_config.NumberColumn(label, help=help_text, format=formats[declared.format])


def totals(view: MarketView, keys: Sequence[str]) -> None:
    """Show the same columns of everything together in one line below the table."""
    row = view.whole.iloc[0].to_dict()
    texts = [f"**{row['name']}**"]
    for key in keys:
        declared = metric(key)
        if declared.format is Format.MONEY:
            texts.append(f"{_(declared.label)} {numbers.money(row[key])}")
        elif declared.format is Format.PERCENT:
            texts.append(f"{_(declared.label)} {numbers.percent(row[key])}")
        elif declared.format is Format.CHANGE:
            texts.append(f"{_(declared.label)} {numbers.percent(row[key], sign=True)}")
    st.caption(" · ".join(texts))


def downloads(regions: pd.DataFrame, keys: Sequence[str], file_name: str) -> list[Download]:
    """Return the table as files, with the headings and units of the screen.

    Parameters
    ----------
    regions
        Rows of a market view, sorted.
    """
    table = display_table(regions, keys)
    table.insert(0, "region_id", regions["region_id"].to_numpy())
    headings = {"region_id": _("Region ID"), "name": _("Region")}
    headings |= {key: _export_heading(key) for key in keys}
    named = table.rename(columns=headings)
    return table_downloads(named, file_name)


def _export_heading(key: str) -> str:
    percent = metric(key).format in HUNDREDFOLD - {Format.POINTS}
    return numbers.heading(heading(key), "%") if percent else heading(key)


def slide_table(regions: pd.DataFrame, keys: Sequence[str], *, texts: int) -> SlideTable:
    """Return regions with some of their figures for a slide, written as on the screen.

    Parameters
    ----------
    regions
        Rows of a market view, sorted; at least one.
    texts
        How many columns from the left are texts.
    """
    headings = (_("Region"), *(heading(key) for key in keys))
    rows = tuple(
        (str(row["name"]), *(_written(key, row[key]) for key in keys)) for _index, row in regions.iterrows()
    )
    return SlideTable(headings, rows, texts)


def _written(key: str, value: object) -> str:
    if metric(key).format is Format.MONEY:
        return numbers.money(value, unit=False)
    return format_value(key, value)
