"""The section 分级: grades by the scale, labels, the scale itself, what people fill in, what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import _
from pages._ui.components.empty import empty
from pages._ui.customers.analysis import analysis_view, customer_value
from pages._ui.customers.grading import (
    grading_controls,
    grading_history,
    grading_opinions,
    grading_result,
    grading_scale,
)
from pages._ui.customers.section import SectionHead

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView

PARAMETERS = grading_controls.PARAMETERS
_SHOW = {
    "": grading_result.render_grading_result,
    "labels": customer_value.render_customer_value,
    "scale": grading_scale.render_grading_scale,
    "opinions": grading_opinions.render_grading_opinions,
    "history": grading_history.render_grading_history,
}


def render_grading(view: ListView) -> SectionHead:
    """Show the part chosen."""
    customers = analysis_view.request(view)
    if customers is None:
        empty(_("There are no sales yet."), ("dealer_sales", "terminal_sales"))
        return SectionHead()
    request, part = grading_controls.bar(customers)
    return _SHOW[part](request)
