"""No.1 目标: what it takes to be first by k times, region by region, and where to concentrate for it."""

from __future__ import annotations

import streamlit as st

from core.i18n import N_, _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.market import market_view, plan, region_choice, target_section
from pages._ui.market.concentration import section as concentration_section

SECTIONS = {"targets": N_("Targets"), "concentration": N_("Concentration")}

url.declare("own_k", "rival_growth", "years", "order", "part", "reps", "budget")
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("No.1 target"))
    empty(_("There are no sales to compute a No.1 target from."), ("region", "company", "market_sales"))
    st.stop()
request = chosen.request(
    within=url.value("within") or None,
    k=plan.multiple(chosen),
    rival_growth=plan.rival_growth(),
    years=plan.years(),
)
if url.value("within"):
    region_choice.breadcrumb(market_view.path(url.value("within")))
controls = st.container(horizontal=True, key="target_controls", vertical_alignment="bottom")
with controls:
    part = region_choice.pick_code("part", {code: _(words) for code, words in SECTIONS.items()})
    plan.controls(chosen, with_years=part == "targets")
if part == "targets":
    with controls:
        order = region_choice.pick_code("order", {code: _(words) for code, words in plan.ORDERS.items()})
    answer, files = target_section.section(chosen, market_view.view(request), order)
else:
    answer, files = concentration_section.section(chosen, request, controls)
with top:
    header(_("No.1 target"), answer, files)
