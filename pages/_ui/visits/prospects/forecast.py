"""The next three months: what is expected to be won, from which stages, and how far off it was so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.i18n import _, current_language, format_date
from core.visits.pipeline.backtest import LEAST_FORECASTS
from core.visits.pipeline.forecast import LEAST_OBSERVATIONS, MONTHS_AHEAD
from core.visits.pipeline.stages import STAGES
from pages._ui.charts.layout import Caption, chart_config, finish, show_chart
from pages._ui.charts.palette import US, tint
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from streamlit.elements.lib.column_types import ColumnConfig

    from core.reports.visits.pipeline import PipelineReport
    from core.visits.pipeline.backtest import ForecastError

HEIGHT, TICK = 330, 9
MONTHS_SHOWN = 12


def show(report: PipelineReport) -> None:
    """Show the cards, the picture, the stages, and the earlier forecasts."""
    if not report.forecast.known:
        st.info(
            _(
                "Not enough history for a forecast: {months} whole months are recorded. A stage needs {least}"
                " prospects × months, and who comes anew three months.",
                months=report.months.months,
                least=LEAST_OBSERVATIONS,
            ),
            icon=":material/hourglass_empty:",
        )
        return
    cards(_cards(report), key="forecast_cards")
    left, right = st.columns([2, 3], gap="medium")
    with left:
        show_chart(
            _figure(report), key="forecast", config=chart_config(_("forecast of wins"), current_language())
        )
    with right:
        section(_("By stage"))
        st.caption(
            _("As they stood on {day}, for the three months from there.", day=format_date(_from(report)))
        )
        _stages(report)
        unvalued = int(report.prospects["value"].isna().sum())
        if unvalued:
            st.caption(
                _("{n} open prospects have no recorded sales of a rival and are in no amount.", n=unvalued)
            )
    section(_("Earlier forecasts against what came"))
    _earlier(report.error)


def _from(report: PipelineReport) -> dt.date:
    return report.months.edges[-1].date()


def _cards(report: PipelineReport) -> list[Card]:
    wins, value = report.forecast.total(), report.forecast.total(value=True)
    error = report.error
    return [
        Card(
            _("Expected wins"),
            numbers.decimal(wins.sum(), 1),
            explanation=_(
                "Σ open prospects of a stage × the part of such that was won in the first, second and third"
                " month after, plus who is won in time without being in the list yet."
            ),
            records=("visit_prospect",),
        ),
        Card(
            _("Sales to be won a month"),
            numbers.money(value.sum()),
            explanation=_("The same chances × what the largest rival sells in these shops a month."),
            records=("visit_prospect", "terminal_sales"),
        ),
        Card(
            _("Error so far (WAPE)"),
            numbers.percent(error.wape),
            explanation=_error_text(error),
            records=("visit_prospect",),
        ),
        Card(
            _("Bias so far"),
            numbers.percent(error.bias, sign=True),
            explanation=_("Σ (expected − came) ÷ Σ came of the earlier forecasts; above 0 is too much."),
            records=("visit_prospect",),
        ),
        Card(
            _("Guessing by the last quarter"),
            numbers.percent(error.plain_wape),
            explanation=_("WAPE of expecting the last three months again, over the same forecasts."),
            records=("visit_prospect",),
        ),
    ]


def _error_text(error: ForecastError) -> str:
    if error.wape is None:
        return _(
            "Not enough history: {n} earlier forecasts, {least} are needed.",
            n=len(error.table),
            least=LEAST_FORECASTS,
        )
    return _(
        "Σ |expected − came| ÷ Σ came of {n} earlier forecasts of three months, each made with what was known"
        " then.",
        n=len(error.table),
    )


def _figure(report: PipelineReport) -> go.Figure:
    months = report.months
    first = max(0, months.months - MONTHS_SHOWN)
    past = [months.came(month) for month in range(first, months.months)]
    end = pd.Timestamp(months.edges[-1])
    coming = [end + pd.DateOffset(months=ahead) for ahead in range(MONTHS_AHEAD)]
    figure = go.Figure()
    for name, days, values, colour in (
        (_("Won"), months.edges[first:-1], past, US),
        (_("Expected"), coming, report.forecast.total().tolist(), tint(US, 0.45)),
    ):
        figure.add_bar(
            x=[_tick(pd.Timestamp(day)) for day in days],
            y=values,
            name=name,
            marker_color=colour,
            hovertemplate=_("month from %{x}: %{y:.1f}") + f"<extra>{name}</extra>",
        )
    figure.update_xaxes(
        type="category",
        fixedrange=True,
        title_text=_("Month that begins on"),
        tickangle=0,
        tickfont_size=TICK,
    )
    figure.update_yaxes(title_text=_("Wins"), fixedrange=True, rangemode="tozero")
    figure.update_layout(
        legend={"orientation": "h", "y": 1.02, "x": 1, "xanchor": "right", "yanchor": "bottom"}
    )
    caption = Caption(
        _("Prospects won, and expected to be"), _("Source: history of the prospects in the store")
    )
    return finish(figure, caption, height=HEIGHT)


def _tick(day: pd.Timestamp) -> str:
    """Write a day under its bar, no wider than the bar: the year stands below."""
    return f"{day.month}/{day.day}<br>{day.year}"


def _stages(report: PipelineReport) -> None:
    found = report.forecast
    opened = np.append(report.months.open[-1], np.nan)
    scale = numbers.money_divisor()
    shown = pd.DataFrame(
        {
            _("Progress"): [*(_(label) for label in STAGES.values()), _("Not in the list yet")],
            _("Still open"): opened,
            _("Chance in three months"): [
                *(numbers.percent(chance) for chance in found.chances.sum(axis=1)),
                None,
            ],
            _("1st month"): found.count[:, 0].round(1),
            _("2nd month"): found.count[:, 1].round(1),
            _("3rd month"): found.count[:, 2].round(1),
            numbers.heading(_("Sales to be won a month"), numbers.money_unit()): (
                found.value.sum(axis=1) / scale
            ).round(1),
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="forecast_stages",
        column_config=explained(shown, _one_decimal(shown.columns[3:])),
    )


def _one_decimal(columns: Iterable[str]) -> dict[str, ColumnConfig]:
    return {name: st.column_config.NumberColumn(name, format="%.1f") for name in columns}


def _earlier(error: ForecastError) -> None:
    if not len(error.table):
        st.caption(_error_text(error))
        return
    shown = pd.DataFrame(
        {
            _("Forecast of"): [format_date(day) for day in error.table["day"]],
            _("Expected in three months"): error.table["expected"].round(1),
            _("Came"): error.table["came"],
            _("Off by"): (error.table["expected"] - error.table["came"]).round(1),
        }
    )
    st.dataframe(
        shown.iloc[::-1],
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(260, 38 + 35 * len(shown)),
        key="earlier_forecasts",
        column_config=explained(shown, _one_decimal([_("Expected in three months"), _("Off by")])),
    )
    st.caption(_error_text(error))
