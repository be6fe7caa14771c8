"""What the planner has chosen so far for a plan: kept in the session until it is broken down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.periods import shift
from core.reports.plans.request import PlanRequest, with_depth
from pages._ui import reads, url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.targets.state import Work

STATE = "target_inputs"


def inputs(work: Work | None) -> dict[str, Any]:
    """Return the choices: those of the plan shown, or those of a plan to be made."""
    key = work.plan.plan_id if work else "new"
    inputs_by_plan: dict[str, dict[str, Any]] = st.session_state.setdefault(STATE, {})
    if key not in inputs_by_plan:
        inputs_by_plan[key] = with_depth(work.parameters) if work else fresh()
    return inputs_by_plan[key]


def fresh() -> dict[str, Any]:
    """Return the choices that a new plan starts with."""
    choices = reads.choices()
    if choices is None:
        return {}
    year = choices.last_month.year + (choices.last_month.month > 6)
    company = url.value("company") or choices.own_company
    request = PlanRequest(
        company,
        year,
        base_end(year),
        url.value("level") or choices.default_level,
        unit="100",
        keep_checks=True,
    )
    owner = "employee" if reads.contents().set_index("name")["rows"].get("employee", 0) else ""
    return replace(request, owner=owner, depth="category" if choices.categories else "none").parameters | {
        "figures": {},
        "methods": {"growth": 1.0},
    }


def base_end(year: int) -> dt.date:
    """Return the last month of the year that a plan is compared with: before it, and with figures."""
    choices = reads.choices()
    before = shift(dt.date(year, 1, 1), -1)
    return before if choices is None else min(before, choices.last_month)


def request_of(chosen: dict[str, Any]) -> PlanRequest:
    """Return the request that the choices mean."""
    return PlanRequest.from_parameters(chosen)


def remember(
    chosen: dict[str, Any], name: str, key: str, convert: Callable[[Any], Any] | None = None
) -> None:
    """Write a control's value to the choices; for callbacks."""
    value = st.session_state[key]
    chosen[name] = convert(value) if convert else value
    if name == "year":
        chosen["base_end"] = base_end(int(value)).isoformat()


def select(label: str, chosen: dict[str, Any], name: str, labels: dict[Any, str], **options: Any) -> None:  # noqa: ANN401
    """Show a choice among a few."""
    key = f"input_{name}"
    current = chosen.get(name)
    st.session_state[key] = current if current in labels else next(iter(labels))
    st.selectbox(
        label,
        list(labels),
        format_func=lambda code: labels.get(code, str(code)),
        key=key,
        on_change=in_language(remember),
        args=(chosen, name, key),
        **options,
    )
