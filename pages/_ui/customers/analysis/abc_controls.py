"""What is graded by what, and where the classes end; codes in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.customers.analysis.abc import AbcRule
from core.i18n import N_, _
from core.reports.customers.abc import MEASURES, SUBJECTS, AbcRequest
from pages._ui import url
from pages._ui.language import in_language
from pages._ui.market import region_choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.customers.table import CustomerRequest

PARAMETERS = ("abc_of", "abc_by", "abc_cuts", "abc_edge", "abc_view")
CUTS = {"70-90": (0.70, 0.90), "70-95": (0.70, 0.95), "80-95": (0.80, 0.95)}
EDGES = {"": N_("belongs to the better class"), "below": N_("belongs to the class below")}
VIEWS = {"": N_("Classes"), "accounts": N_("Twelve cells"), "moved": N_("Movement")}


def bar(customers: CustomerRequest) -> tuple[AbcRequest, str]:
    """Show the controls in one row and return what they ask for, and the part of the section."""
    with st.container(horizontal=True, vertical_alignment="center", key="abc_bar"):
        views = {code: _(label) for code, label in VIEWS.items()}
        shown = region_choice.pick_code("abc_view", views)
        subject = "customer"
        if shown == "accounts":
            measure = "demand"
        else:
            if customers.kind == "dealer":
                subject = region_choice.pick_code(
                    "abc_of", {code: _(label) for code, label in SUBJECTS.items()}
                )
            known = {code: _(label) for code, label in MEASURES.items()}
            if subject == "product":
                known.pop("demand")
            measure = region_choice.pick_code("abc_by", known)
        rule = _rule(measure)
    return AbcRequest(customers, subject, measure, rule), shown


def _rule(measure: str) -> AbcRule:
    default = "70-95" if measure == "demand" else "70-90"
    code = url.value("abc_cuts") if url.value("abc_cuts") in CUTS else default
    below = url.value("abc_edge") == "below"
    words = {name: f"{first:.0%} / {second:.0%}" for name, (first, second) in CUTS.items()}
    with st.popover(_("Cuts {cuts}", cuts=words[code]), icon=":material/tune:", key="abc_rule"):
        _choice("abc_cuts", _("A up to, B up to"), words, code, default)
        edges = {name: _(label) for name, label in EDGES.items()}
        _choice("abc_edge", _("Whoever ends exactly on a cut"), edges, "below" if below else "", "")
        st.caption(_("The largest one is always A; whoever brings nothing is C."))
    return AbcRule(CUTS[code], inclusive=not below)


def _choice(name: str, label: str, words: Mapping[str, str], code: str, default: str) -> None:
    st.session_state[f"choose_{name}"] = code
    st.radio(
        label,
        list(words),
        format_func=lambda option: words.get(option, option),
        key=f"choose_{name}",
        on_change=in_language(_remember),
        args=(name, default),
    )


def _remember(name: str, default: str) -> None:
    code = st.session_state[f"choose_{name}"]
    url.put(name, "" if code == default else code)
