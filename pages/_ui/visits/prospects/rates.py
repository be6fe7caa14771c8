"""Win rates by stage, source and possibility, each with its interval and how long winning takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.i18n import N_, _, current_language
from core.visits.pipeline.stages import STAGES
from core.visits.pipeline.win_rates import LEAST_SETTLED
from core.visits.prospects import SOURCES
from pages._ui.charts.layout import Caption, View, chart_config, finish, show_chart
from pages._ui.charts.palette import US
from pages._ui.components.header import section
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.visits.pipeline import PipelineReport

POSSIBILITIES = {"A": N_("Possibility A"), "B": N_("Possibility B"), "C": N_("Possibility C")}


def show(report: PipelineReport) -> None:
    """Show the picture of all rates, then the tables."""
    groups = [
        (_("By stage reached"), report.by_stage, STAGES),
        (_("By source"), report.by_source, SOURCES),
        (_("By possibility"), report.by_possibility, POSSIBILITIES),
    ]
    if not sum(int(table["settled"].sum()) for _title, table, _labels in groups):
        st.info(
            _("No prospect is decided yet: a win rate needs prospects that were won or dropped."),
            icon=":material/percent:",
        )
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        names = [(name, row) for _title, table, labels in groups for name, row in _named(table, labels)]
        show_chart(
            _figure(names),
            key="win_rates",
            config=chart_config(_("win rates"), current_language()),
        )
    with right:
        for title, table, labels in groups:
            section(title)
            _table(table, labels, title)
    st.caption(
        _(
            "Won ÷ decided (won, dropped or no-go); the bar is Wilson's interval of 95 %. Who is still open"
            " isn't in it. Below {n} decided prospects no rate is given.",
            n=LEAST_SETTLED,
        )
    )


def _named(table: pd.DataFrame, labels: Mapping[str, str]) -> list[tuple[str, pd.Series]]:
    return [
        (_(labels[row["group"]]) if row["group"] in labels else _("unknown"), row)
        for _place, row in table.iterrows()
    ]


def _table(table: pd.DataFrame, labels: Mapping[str, str], title: str) -> None:
    shown = pd.DataFrame(
        {
            title: [name for name, _row in _named(table, labels)],
            _("Prospects"): table["reached"],
            _("Still open"): table["open"],
            _("Decided"): table["settled"],
            _("Won"): table["won"],
            _("Win rate"): [_rate(row) for row in table.to_dict("records")],
            _("95 % interval"): [_interval(row) for row in table.to_dict("records")],
            _("Days to the win"): table["days"].round(0),
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        key=f"win_rates_{next(iter(labels))}",
        column_config=explained(shown),
    )


def _rate(row: Mapping[str, float]) -> str:
    if not pd.isna(row["rate"]):
        return numbers.percent(row["rate"])
    return _("too few") if row["settled"] else numbers.MISSING


def _interval(row: Mapping[str, float]) -> str | None:
    return None if pd.isna(row["low"]) else f"{numbers.percent(row['low'])} – {numbers.percent(row['high'])}"


def _figure(groups: list[tuple[str, pd.Series]]) -> go.Figure:
    known = [(name, row) for name, row in groups if not pd.isna(row["rate"])][::-1]
    figure = go.Figure()
    figure.add_scatter(
        x=[row["rate"] for _name, row in known],
        y=[escape_plotly(name) for name, _row in known],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [row["high"] - row["rate"] for _name, row in known],
            "arrayminus": [row["rate"] - row["low"] for _name, row in known],
            "color": US,
        },
        mode="markers+text",
        text=[numbers.percent(row["rate"]) for _name, row in known],
        textposition="top center",
        marker={"color": US, "size": 9},
        hovertext=[
            _(
                "{name}: {won} won of {settled} decided, {low} to {high}",
                name=name,
                won=int(row["won"]),
                settled=int(row["settled"]),
                low=numbers.percent(row["low"]),
                high=numbers.percent(row["high"]),
            )
            for name, row in known
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    figure.update_xaxes(range=[0, 1], tickformat=".0%", title_text=_("Win rate"), fixedrange=True)
    figure.update_yaxes(type="category", fixedrange=True, automargin=True)
    caption = Caption(_("Win rates with their intervals"), _("Source: history of the prospects in the store"))
    return finish(figure, caption, height=View().height)
