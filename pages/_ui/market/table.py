"""Tables of regions: columns as the KPIs declare them, the same on the screen and in the export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import FAMILIES, Format, metric
from pages._ui import url
from pages._ui.components.downloads import Download, table_downloads
from pages._ui.filters import period_shown
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.market.region_choice import clicked_row
from pages._ui.tables.metric_table import MetricColumns, export_rows, metric_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from pages._ui.market.market_view import MarketView


def region_columns(keys: Sequence[str]) -> MetricColumns:
    """Return the columns of a table of regions."""
    return MetricColumns("market", keys, _("Region"))


def chosen_columns(keys: Sequence[str]) -> tuple[str, ...]:
    """Offer every other figure of the market as a column; return the columns and what was added to them.

    Parameters
    ----------
    keys
        The columns that are always there. The page declares ``columns`` in its address.
    """
    offered = [
        key
        for key, each in FAMILIES["market"].items()
        if each.export and each.format is not Format.TEXT and key not in keys
    ]
    added = [key for key in dict.fromkeys(url.value("columns").split(",")) if key in offered]
    st.session_state["pick_columns"] = added
    st.multiselect(
        _("More columns"),
        offered,
        format_func=lambda key: _(metric(key).label),
        key="pick_columns",
        placeholder=_("More columns"),
        label_visibility="collapsed",
        width=420,
        on_change=in_language(_remember_columns),
    )
    return (*keys, *added)


def _remember_columns() -> None:
    url.put("columns", ",".join(st.session_state["pick_columns"]))


def region_table(regions: pd.DataFrame, keys: Sequence[str], *, key: str) -> None:
    """Show regions in their order; a click on a cell chooses its region.

    Parameters
    ----------
    regions
        Rows of a market view, sorted.
    """
    click = partial(clicked_row, key, regions["region_id"].to_list())
    metric_table(regions, region_columns(keys), key=key, on_cell=click)


def totals(view: MarketView, keys: Sequence[str]) -> None:
    """Show the same columns of everything together in one line below the table."""
    row = view.whole.iloc[0].to_dict()
    texts = [f"**{escape_markdown(row['name'])}**"]
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
    """Return the table as files, with the IDs of the regions."""

    def rows() -> pd.DataFrame:
        table = export_rows(regions, region_columns(keys))
        table.insert(0, _("Region ID"), regions["region_id"].to_numpy())
        return table

    return table_downloads(rows, file_name, period=period_shown())
