"""Step 1: the year's target by every method, one chosen or several weighted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError, InputError
from core.i18n import _
from core.metrics import metric
from core.reports.plans.methods import Starting, method_results, starting_figures
from core.targets.methods import BY_KEY, NEEDS, MethodResult, weighted_target
from pages._ui import reads
from pages._ui.charts.layout import show_chart
from pages._ui.components.origins import with_origins
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.targets import inputs
from pages._ui.targets.charts import method_figure
from pages._ui.targets.target_labels import bold

if TYPE_CHECKING:
    from core.reports.plans.request import PlanRequest
    from pages._ui.targets.state import Work

PERCENT = ("growth", "target_share", "power_index", "profit_rate", "contribution_rate")
MONEY = ("national_target", "required_profit", "fixed_cost", "capacity")
PLAIN = ("share_expansion",)


def render_methods(work: Work | None) -> None:
    """Show the step."""
    chosen = inputs.inputs(work)
    request = inputs.request_of(chosen)
    starting: Starting = reads.cached(starting_figures, inputs_only(request))
    left, right = st.columns([2, 1], gap="medium")
    with right.container(height=560, key="method_inputs"):
        _figures(chosen, starting)
    try:
        results = method_results(starting, {k: v for k, v in chosen.get("figures", {}).items() if k in NEEDS})
    except InputError as error:
        left.error(str(error))
        return
    with left:
        _target(chosen, results, starting)
        show_chart(
            method_figure(_chart_rows(results), starting.figures.get("last_year"), chosen["target"]),
            key="method_chart",
            config={"displayModeBar": False},
        )
        _table(chosen, results, starting)
        _forecast_word(starting)


def inputs_only(request: PlanRequest) -> PlanRequest:
    """Return what the figures depend on, so that they are read once for all targets and weights."""
    return replace(request, target=0.0, weights=(), owner="", unit="1", template="breakdown", share=0.5)


def _figures(chosen: dict[str, Any], starting: Starting) -> None:
    """Show the planner's own figures; empty means the store's."""
    st.markdown(bold(_("Your assumptions")))
    own: dict[str, Any] = chosen.setdefault("figures", {})
    divisor = {
        **dict.fromkeys(PERCENT, 0.01),
        **dict.fromkeys(MONEY, numbers.money_divisor()),
        **dict.fromkeys(PLAIN, 1.0),
    }
    units = {
        **dict.fromkeys(PERCENT, "%"),
        **dict.fromkeys(MONEY, numbers.money_unit()),
        **dict.fromkeys(PLAIN, "×"),
    }
    for name, scale in divisor.items():
        key = f"figure_{name}"
        known = starting.figures.get(name)
        value = own.get(name)
        st.session_state[key] = None if value is None else round(value / scale, 4)
        st.number_input(
            numbers.heading(_(NEEDS[name].label), units[name]),
            value=None,
            placeholder=_("unknown") if known is None else f"{known / scale:,.2f}",
            key=key,
            on_change=in_language(_remember_figure),
            args=(own, name, key, scale),
        )


def _remember_figure(own: dict[str, Any], name: str, key: str, scale: float) -> None:
    value = st.session_state[key]
    own[name] = None if value is None else value * scale


def _target(chosen: dict[str, Any], results: tuple[MethodResult, ...], starting: Starting) -> None:
    """Show the target that follows from the methods chosen, and let the planner settle it."""
    weights = {k: float(w) for k, w in chosen.get("methods", {}).items() if w}
    try:
        weighted: float | None = weighted_target(results, weights) if weights else None
    except AppError as error:
        st.warning(str(error))
        weighted = None
    if not chosen.get("target") and weighted:
        chosen["target"] = _rounded(weighted, chosen)
    one, two, three = st.columns([1, 1, 1], vertical_alignment="bottom")
    one.metric(
        _("Last 12 months' sales"),
        numbers.money(starting.figures.get("last_year")),
        help=with_origins(_("Own sales of the base period, as recorded."), metric("own").records),
    )
    two.metric(
        _("By the methods chosen"),
        numbers.money(weighted),
        help=with_origins(_("Sum of weight × target of the methods below ÷ sum of the weights.")),
    )
    key = "input_target"
    st.session_state[key] = round(chosen["target"] / numbers.money_divisor(), 4)
    three.number_input(
        _("Target of the year ({unit})", unit=numbers.money_unit()),
        min_value=0.0,
        key=key,
        step=1.0,
        on_change=in_language(_remember_target),
        args=(chosen, key),
    )
    if weighted and abs(weighted - chosen["target"]) >= float(chosen["unit"]):
        three.button(
            _("Use {amount}", amount=numbers.money(weighted)),
            key="use_methods",
            on_click=in_language(_use),
            args=(chosen, weighted),
            type="tertiary",
        )


def _rounded(value: float, chosen: dict[str, Any]) -> float:
    unit = float(chosen["unit"])
    return round(value / unit) * unit


def _use(chosen: dict[str, Any], value: float) -> None:
    chosen["target"] = _rounded(value, chosen)


def _remember_target(chosen: dict[str, Any], key: str) -> None:
    chosen["target"] = _rounded(float(st.session_state[key]) * numbers.money_divisor(), chosen)


def _chart_rows(results: tuple[MethodResult, ...]) -> pd.DataFrame:
    rows = [(_(BY_KEY[r.key].label), r.target) for r in results if r.target is not None]
    return pd.DataFrame(rows, columns=["name", "target"])


def _table(chosen: dict[str, Any], results: tuple[MethodResult, ...], starting: Starting) -> None:
    weights = chosen.setdefault("methods", {})
    last = starting.figures.get("last_year")
    table = pd.DataFrame(
        {
            "name": [_(BY_KEY[r.key].label) for r in results],
            "weight": [float(weights.get(r.key, 0.0)) for r in results],
            "target": [
                None if r.target is None else round(r.target / numbers.money_divisor(), 1) for r in results
            ],
            "growth": [
                None if r.target is None or not last else (r.target / last - 1) * 100 for r in results
            ],
            "reason": [r.reason for r in results],
        }
    )
    key = "method_weights"
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        height=35 * (len(table) + 1) + 3,
        disabled=["name", "target", "growth", "reason"],
        placeholder=numbers.MISSING,
        column_config=explained(
            table.columns,
            {
                "name": st.column_config.TextColumn(_("Method"), pinned=True),
                "weight": st.column_config.NumberColumn(
                    _("Weight"),
                    min_value=0.0,
                    step=0.1,
                    width=90,
                    help=_("How much it counts against the others; 0 leaves it out."),
                ),
                "target": st.column_config.NumberColumn(
                    numbers.heading(_("Target"), numbers.money_unit()),
                    format="localized",
                    width=115,
                    help=_("What the method gives; how it comes about stands beside it."),
                ),
                "growth": st.column_config.NumberColumn(
                    _("Growth"), format="%+.1f%%", width="small", help=_("Target ÷ last year − 1.")
                ),
                "reason": st.column_config.TextColumn(_("How it comes about"), width="large"),
            },
        ),
        on_change=in_language(_remember_weights),
        args=(weights, [r.key for r in results], key),
    )


def _remember_weights(weights: dict[str, Any], keys: list[str], key: str) -> None:
    for row, edited in st.session_state[key]["edited_rows"].items():
        weights[keys[int(row)]] = float(edited.get("weight") or 0.0)
    del st.session_state[key]


def _forecast_word(starting: Starting) -> None:
    if starting.forecast is None:
        st.caption(f":material/info: {escape_markdown(starting.refusal)}")
        return
    test = starting.forecast.backtest
    st.caption(
        ":material/info: "
        + _(
            "Forecast tested on the last {months} months: error {ours}, last year's same months {naive}.",
            months=test.months,
            ours=numbers.percent(test.smoothing),
            naive=numbers.percent(test.last_year),
        )
    )
