"""市场价值: size, breadth, strength and hardness of each market, with weights of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, current_language, ngettext, sentences
from core.metrics import FAMILIES
from core.reports.strategy.value import FACTORS, ValueWeights, market_values
from pages._ui import reads, url
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.charts.score_bars import score_bars
from pages._ui.components.downloads import export_menu
from pages._ui.filters import period_shown
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.market import market_view
from pages._ui.market.region_choice import clicked_row
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

SHOWN = 12
KEYS = (
    "value_rank", "value_score", "customers", "area", "purchasing_power", "fixedness", "value_known",
    "value_missing", "scaled_customers", "scaled_area", "scaled_purchasing_power", "scaled_fixedness",
)  # fmt: skip
EQUAL, SMALL = 25, "small"


def render_value(filters: Filters, market: MarketView) -> None:
    """Show weights, the most valuable markets and what makes them so."""
    _controls()
    table: pd.DataFrame = reads.shared(market_values, market.report.request, weights())
    st.markdown(escape_markdown(value_sentence(table)))
    known = table[table["value_score"].notna()].head(SHOWN)
    if len(known):
        rows = known.assign(
            text=[numbers.decimal(score, 0) for score in known["value_score"]],
            hover=[score_hover(row, FACTORS, row["value_score"]) for row in known.to_dict("records")],
        )
        caption = market_view.caption(filters, _("Market value"))
        view = market_view.picture(400, "value")
        labels = {key: _(label) for key, label in FACTORS.items()}
        show_chart(
            score_bars(rows, labels, _("Market value, 0 to 100"), caption, view),
            key="value_bars",
            config=chart_config(_("market value"), current_language()),
        )
    word = FAMILIES["strategy"].word
    missing = [
        _(", ").join(word("factor", code) for code in str(codes or "").split(",") if code)
        for codes in table["value_missing"]
    ]
    table = table.assign(value_missing=missing)
    columns = MetricColumns("strategy", KEYS, _("Region"))
    click = partial(clicked_row, "value_table", table["region_id"].to_list())
    metric_table(table, columns, key="value_table", on_cell=click)
    export_menu(downloads(table, columns, _("market value"), period=period_shown()), key="value_export")


def weights() -> ValueWeights:
    """Return the weights that the address says; equal ones where it says none or nonsense."""
    given = url.value("points").split("-")
    valid = len(given) == len(FACTORS) and all(each.isdecimal() and int(each) <= 100 for each in given)
    if not valid or not any(map(int, given)):
        given = [str(EQUAL)] * len(FACTORS)
    points = dict(zip(FACTORS, map(float, given), strict=True))
    return ValueWeights(points, small_area_is_better=url.value("area") == SMALL)


def value_sentence(table: pd.DataFrame) -> str:
    """Return the answer: which markets are worth most, and of how many something is missing."""
    known = table[table["value_score"].notna()]
    if known.empty:
        return _("No factor of market value is recorded: import region factors.")
    first = _(", ").join(
        f"{row['name']} ({numbers.decimal(row['value_score'], 0)})"
        for row in known.head(3).to_dict("records")
    )
    partly = int((table["value_known"] < 1 - 1e-9).sum())
    if not partly:
        return _("Worth most: {regions}.", regions=first)
    return sentences(
        _("Worth most: {regions}.", regions=first),
        ngettext(
            "{n} region lacks a factor and is scored on the others.",
            "{n} regions lack a factor and are scored on the others.",
            partly,
        ),
    )


def score_hover(row: dict[str, object], factors: dict[str, str], score: object) -> str:
    """Return the parts of a score, one line each."""
    lines = [f"<b>{row['name']}</b> {numbers.decimal(score, 1)}"]
    lines += [f"{_(label)} {numbers.decimal(row[f'part_{key}'], 1)}" for key, label in factors.items()]
    return "<br>".join(lines)


def _controls() -> None:
    chosen = weights()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="value_weights"):
        for key, label in FACTORS.items():
            st.session_state[f"weight_{key}"] = int(chosen.points[key])
            st.number_input(
                _(label), 0, 100, step=5, key=f"weight_{key}", width=190, on_change=in_language(_remember),
                help=_("Points; what counts is their part of the sum of all four."),
            )  # fmt: skip
        st.session_state["value_small_area"] = chosen.small_area_is_better
        st.toggle(
            _("Small areas are better"), key="value_small_area", on_change=in_language(_remember),
            help=_("A large area is a field to work or a cost to cross."),
        )  # fmt: skip


def _remember() -> None:
    points = [int(st.session_state[f"weight_{key}"]) for key in FACTORS]
    equal = len(set(points)) == 1 and points[0] == EQUAL
    url.put("points", "" if equal else "-".join(map(str, points)))
    url.put("area", SMALL if st.session_state["value_small_area"] else "")
