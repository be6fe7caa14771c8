"""Whom to grade by whose scale, and the lines of the labels; codes in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.analysis.customer_value import WorthRule
from core.customers.grading.grades import SCOPES
from core.i18n import N_, _
from core.reports.customers.grading import GradingRequest
from pages._ui import url
from pages._ui.customers import actor
from pages._ui.language import in_language
from pages._ui.market import region_choice

if TYPE_CHECKING:
    from core.reports.customers.table import CustomerRequest

PARAMETERS = ("grade_view", "grade_scope", "grade_owner", "worth_margin", "worth_growth", "worth_visits")
VIEWS = {
    "": N_("Grades"),
    "labels": N_("Base, partner, busy"),
    "scale": N_("Scale"),
    "opinions": N_("Fill in opinions"),
    "history": N_("History"),
}
OWNERS = {"": N_("Company's scale"), "mine": N_("My scale")}


def bar(customers: CustomerRequest) -> tuple[GradingRequest, str]:
    """Show the controls in one row and return what they ask for, and the part of the section."""
    with st.container(horizontal=True, vertical_alignment="center", key="grade_bar"):
        shown = region_choice.pick_code("grade_view", {code: _(label) for code, label in VIEWS.items()})
        owner = (
            actor.current_actor() if region_choice.pick_code("grade_owner", _words(OWNERS)) == "mine" else ""
        )
        scope = _scope()
        if owner:
            actor.ask()
        rule = _lines() if shown == "labels" else lines()
    return GradingRequest(customers, owner, scope, rule), shown


def lines() -> WorthRule:
    """Return the lines that the address asks for; what is no number follows from the customers."""
    return WorthRule(*(_number(name) for name in ("worth_margin", "worth_growth", "worth_visits")))


def _scope() -> str:
    codes = list(SCOPES)
    code = url.value("grade_scope") if url.value("grade_scope") in SCOPES else codes[0]
    st.session_state["choose_grade_scope"] = code
    words = _words(SCOPES)
    st.selectbox(
        _("Whom to grade"),
        codes,
        format_func=lambda option: words.get(option, option),
        key="choose_grade_scope",
        label_visibility="collapsed",
        width=240,
        on_change=in_language(_remember_scope),
    )
    return code


def _remember_scope() -> None:
    code = st.session_state["choose_grade_scope"]
    url.put("grade_scope", "" if code == "all" else code)


def _lines() -> WorthRule:
    """Let people move the lines; an empty field means the mean of all, or their growth together."""
    rule = lines()
    fields = {
        "worth_margin": (
            _("Least margin of a base ({unit})", unit=numbers.money_unit()),
            rule.margin,
            numbers.money_divisor(),
        ),
        "worth_growth": (_("Least growth of a partner (%)"), rule.growth, 0.01),
        "worth_visits": (_("Visits from which a customer keeps us busy"), rule.effort, 1.0),
    }
    with st.popover(_("Lines"), icon=":material/tune:", key="worth_lines"):
        for name, (label, value, factor) in fields.items():
            st.session_state[f"type_{name}"] = None if value is None else round(value / factor, 4)
            st.number_input(
                label,
                key=f"type_{name}",
                placeholder=_("follows from the customers"),
                on_change=in_language(_remember_line),
                args=(name, factor),
            )
    return rule


def _remember_line(name: str, factor: float) -> None:
    value = st.session_state[f"type_{name}"]
    url.put(name, "" if value is None else f"{value * factor:.10g}")


def _number(name: str) -> float | None:
    text = url.value(name)
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def _words(labels: dict[str, str]) -> dict[str, str]:
    return {code: _(label) for code, label in labels.items()}
