"""切入点: which region to enter first, with the price advantage and dealer strength that are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, current_language, ngettext, sentences
from core.market import labels
from core.reports.strategy.entry import FACTORS, entry_table
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.score_bars import score_bars
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market import market_view, table
from pages._ui.market.strategy.value_part import score_hover

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

SHOWN = 12
KEYS = (
    "entry_score", "ratio", "needed_gain", "price_advantage", "dealer_strength", "entry_known",
    "entry_missing", "entry_relative_share", "entry_needed_gain", "entry_price_advantage",
    "entry_dealer_strength",
)  # fmt: skip


def render_entry(filters: Filters, market: MarketView) -> None:
    """Show the regions best to enter and what makes them so."""
    regions = reads.shared(_regions, market.report.request)
    st.markdown(escape_markdown(entry_sentence(regions)))
    if regions["entry_score"].notna().any():
        caption = market_view.caption(filters, _("Entry score"))
        show_chart(
            reads.shared(_figure, market.report.request, caption, market_view.picture(400, "entry")),
            key="entry_bars",
            config=chart_config(_("entry score"), current_language()),
        )
    missing = [labels.listed("entry_factor", str(codes or "")) for codes in regions["entry_missing"]]
    table.region_table(regions.assign(entry_missing=missing), KEYS, key="entry_table")


def _regions(_store: Store, request: MarketRequest) -> pd.DataFrame:
    return entry_table(market_view.view(request).regions)


def _figure(_store: Store, request: MarketRequest, caption: Caption, look: View) -> CachedFigure:
    regions = reads.shared(_regions, request)
    known = regions[regions["entry_score"].notna()].head(SHOWN)
    rows = known.assign(
        text=[numbers.decimal(score, 0) for score in known["entry_score"]],
        hover=[score_hover(row, FACTORS, row["entry_score"]) for row in known.to_dict("records")],
    )
    words = {key: _(label) for key, label in FACTORS.items()}
    return CachedFigure(score_bars(rows, words, _("Entry score, 0 to 100"), caption, look))


def entry_sentence(regions: pd.DataFrame) -> str:
    """Return the answer: where to enter first, and how much of the advantages is recorded."""
    known = regions[regions["entry_score"].notna()]
    if known.empty:
        return _("No region can be scored: neither sales nor advantages are recorded.")
    first = _(", ").join(
        f"{row['name']} ({numbers.decimal(row['entry_score'], 0)})"
        for row in known.head(3).to_dict("records")
    )
    lacking = int((regions["price_advantage"].isna() | regions["dealer_strength"].isna()).sum())
    if not lacking:
        return _("Enter first: {regions}.", regions=first)
    return sentences(
        _("Enter first: {regions}.", regions=first),
        ngettext(
            "{n} region has no price advantage or dealer strength recorded.",
            "{n} regions have no price advantage or dealer strength recorded.",
            lacking,
        ),
    )
