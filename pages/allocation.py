"""目标分解: set the year's target, break it down, lock, edit, check, sign."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import reads, url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.targets import exporting, prefetch, state, steps, weights

weights.open_finished_plan()
url.declare("plan", "step", "rows", "columns", "group")
top = reserve_header()
if reads.choices() is None:
    with top:
        header(_("Target breakdown"))
    empty(
        _("There are no sales to plan from. Bring regions, companies and sales first."),
        ("region", "company", "market_sales"),
    )
    st.stop()
work = state.current()
step = steps.bar(work)
steps.render_steps(step, work)
prefetch.start()
with top:
    header(
        _("Target breakdown"),
        steps.steps_sentence(work),
        exporting.downloads(work.plan) if work is not None else (),
    )
