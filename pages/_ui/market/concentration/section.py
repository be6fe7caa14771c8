"""The section 集中: strength, five numbers, bars with the cut, the chosen region, the table, a slide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _
from core.metrics import metric
from pages._ui.components.cards import Card, cards
from pages._ui.components.downloads import Download, slide_download
from pages._ui.components.notes import notes
from pages._ui.filters import period_shown
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market import market_view, region_choice
from pages._ui.market.concentration import plan_view
from pages._ui.market.concentration.card import card
from pages._ui.market.concentration.controls import controls
from pages._ui.market.concentration.picture import picture
from pages._ui.market.concentration.slide import concentration_slide
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from core.reports.market.concentration import ConcentrationReport
    from core.reports.market.request import MarketRequest
    from pages._ui.charts.layout import Caption
    from pages._ui.filters import Filters

COLUMNS = (
    "decision", "reason", "start", "quarters", "value", "win_value", "value_per_effort", "effort",
    "visit_multiple", "campaign_visits", "thinned", "money", "attractiveness", "quadrant_decision", "firm",
    "explanation",
)  # fmt: skip
HEIGHT = 440


@region_choice.followed_by_page
def hero(plan: ConcentrationReport, caption: Caption) -> None:
    """Show the bars and the card of the chosen region; a click reruns only this."""
    left, right = st.columns([2, 1], gap="small")
    with right.container(height=HEIGHT, key="concentration_card"):
        card(plan, plan_view.chosen_region(plan))
    with left.container(height=HEIGHT, key="effort_bars"):
        picture(plan, caption)


def section(filters: Filters, request: MarketRequest, row: DeltaGenerator) -> tuple[str, list[Download]]:
    """Show the section.

    Parameters
    ----------
    row
        The row of the page's controls, which gets the strength as well.

    Returns
    -------
    tuple
        The answer in a sentence, and the files to take away; an empty answer where no plan can be made.
    """
    try:
        with st.spinner(_("Looking for the choice that wins the most …"), show_time=True):
            effort = plan_view.effort_of(request)
            strength = plan_view.options(effort)
            plan = plan_view.report(request, strength)
    except AppError as error:
        st.warning(escape_markdown(str(error)))
        return "", []
    caption = market_view.caption(filters, _("Concentration"))
    with row:
        controls(effort, strength)
    numbers_row(plan)
    hero(plan, caption)
    regions = plan.regions.sort_values("value_per_effort", ascending=False, na_position="last")
    columns = MetricColumns("concentration", COLUMNS, _("Region"))
    click = partial(region_choice.clicked_row, "concentration_table", regions["region_id"].to_list())
    metric_table(regions, columns, key="concentration_table", on_cell=click)
    notes([_assumptions(plan), *(note.sentence for note in effort.notes)])
    files = downloads(regions, columns, _("Concentration"), period=period_shown())
    if len(plan_view.attackable(plan)):
        files.append(slide_download(partial(concentration_slide, plan, caption), _("Concentration")))
    return plan.sentence, files


def numbers_row(plan: ConcentrationReport) -> None:
    """Show what the plan wins, beside the quadrants, and what one more rep is worth."""
    firm, regions = int(plan.regions["firm"].sum()), len(plan.regions)
    starts = plan.regions["start"].value_counts()
    quarters = range(1, plan.plan.question.options.quarters + 1)
    made_of = metric("value", "concentration").records
    cards(
        [
            Card(
                _("Margin won in two years"),
                numbers.money(plan.plan.value),
                explanation=_("Value of the attacks less what thinning out gives up."),
                records=made_of,
            ),
            Card(
                _("By the quadrants"),
                numbers.money(plan.plan.quadrant_value),
                explanation=_(
                    "The same reps and money spent zone by zone, in the strongest form of that order."
                ),
                records=made_of,
            ),
            Card(
                _("One more rep is worth"),
                numbers.money(plan.rep_price),
                explanation=_("The plan made anew with one more rep, less this one."),
                records=made_of,
            ),
            Card(
                _("Attacks by quarter"),
                " · ".join(numbers.count(int(starts.get(quarter, 0))) for quarter in quarters),
                explanation=_("From the first quarter after the figures to the last one planned."),
                records=made_of,
            ),
            Card(
                _("Decisions that hold"),
                f"{numbers.count(firm)} / {numbers.count(regions)}",
                explanation=_("They stay the same when visits work half and twice as strongly."),
                records=made_of,
            ),
        ],
        key="concentration_numbers",
    )


def _assumptions(plan: ConcentrationReport) -> str:
    options = plan.plan.question.options
    return _(
        "Visits work by the square rule, a heuristic. An attack makes at most {intensity} times today's "
        "visits; elsewhere shops may fall to {thin} of theirs. A rep has {hours} hours a quarter.",
        intensity=f"{options.intensity:g}",
        thin=numbers.percent(options.thin_to),
        hours=numbers.MISSING if numbers.is_missing(plan.effort.hours) else numbers.count(plan.effort.hours),
    )
