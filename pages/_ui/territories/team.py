"""How many reps, where they should live, and the areas of their managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers, territories
from core.errors import AppError, CancelledError
from core.i18n import _, ngettext
from core.reports.territories.team import TeamSize, compare_team_sizes, manager_areas
from pages._ui import preparation
from pages._ui.components.progress import progress
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.territories import work as session
from pages._ui.territories.tables import MINUTES_A_WEEK, show_table

if TYPE_CHECKING:
    from core.store.progress import Watch
    from pages._ui.territories.work import Work

JOB = "territory_team_job"


def comparison_in_progress(work: Work) -> None:
    """Show how far the comparison of team sizes is, and take over what came of it."""
    job: Job[TeamSize] | None = st.session_state.get(JOB)
    if job is None:
        return
    if not job.done.is_set():
        progress(job, _("Comparing numbers of reps"), key="territory_team")
        return
    del st.session_state[JOB]
    if job.result is not None:
        work.team = job.result
    elif job.error is not None and not isinstance(job.error, CancelledError):
        frame.show_error(job.error)


def team_part(work: Work) -> None:
    """Show the comparison of team sizes, the homes of the best one, and managers' areas."""
    today = len(work.shops.reps)
    mean = work.shops.table["workload"].sum() / today / MINUTES_A_WEEK
    with st.container(horizontal=True, vertical_alignment="bottom", key="territory_team_row"):
        low = st.number_input(_("Reps, from"), 1, len(work.shops.table), max(today - 2, 1), width=120)
        high = st.number_input(_("Reps, to"), 1, len(work.shops.table), today + 2, width=120)
        hours = st.number_input(
            _("One rep can do (hours a week)"),
            1.0,
            168.0,
            round(mean, 1),
            step=0.5,
            format="%.1f",
            width=210,
            help=_("Counted as workload is: visits and the way to a neighbour. Today's mean stands here."),
        )
        st.button(
            _("Compare"),
            icon=":material/group_add:",
            key="territory_compare",
            disabled=JOB in st.session_state,
            on_click=in_language(_begin),
            args=(work, int(low), int(high), float(hours)),
        )
    if work.team is not None:
        _comparison(work.team)
    _areas(work)


def _comparison(team: TeamSize) -> None:
    if team.best is None:
        said = _(
            "With none of these numbers every rep's work fits; the work takes at least {n} reps.",
            n=team.least,
        )
    else:
        said = ngettext(
            "**{n}** rep is the smallest number whose work fits.",
            "**{n}** reps are the smallest number whose work fits.",
            team.best.request.territories,
        )
    st.markdown(said)
    left, right = st.columns([2, 3])
    table = team.numbers
    left.dataframe(
        pd.DataFrame(
            {
                _("Reps"): table["territories"],
                _("Mean load"): table["load"].map(numbers.percent),
                _("Highest load"): table["highest_load"].map(numbers.percent),
                _("Way to the centre (km)"): table["mean_km"].round(1),
                _("Fits"): table["fits"],
            }
        ),
        hide_index=True,
        key="territory_numbers",
    )
    if team.homes is not None:
        homes = team.homes
        right.markdown(_("Where the reps should live: nearest to all their shops."))
        right.dataframe(
            pd.DataFrame(
                {
                    _("Territory"): homes["number"],
                    _("Region"): homes["region"],
                    _("Near"): homes["shop"],
                    _("Shops"): homes["shops"],
                    numbers.heading(_("Workload"), _("hours a week")): (
                        homes["workload"] / MINUTES_A_WEEK
                    ).round(1),
                    _("Mean way (km)"): homes["mean_km"].round(1),
                    _("Latitude"): homes["lat"].round(5),
                    _("Longitude"): homes["lon"].round(5),
                }
            ),
            hide_index=True,
            height=260,
            key="territory_homes",
        )


def _areas(work: Work) -> None:
    """Show managers' areas over the proposal, or over today's territories."""
    proposal = work.proposal or work.today
    most = len(work.shops.reps)
    count = st.number_input(_("Areas of managers (0: none)"), 0, most, 0, key="territory_areas", width=210)
    if not count:
        return
    try:
        table = manager_areas(work.shops, proposal, session.wish(), int(count))
    except AppError as error:
        st.warning(escape_markdown(str(error)))
        return
    divisor, unit = numbers.money_divisor(), numbers.money_unit()
    hours = (table["workload"] / MINUTES_A_WEEK).round(1)
    show_table(
        pd.DataFrame(
            {
                _("Area"): table["area"],
                _("Reps"): table["territories"],
                _("Shops"): table["shops"].astype(int),
                numbers.heading(_("Workload"), _("hours a week")): hours,
                numbers.heading(_("Own sales"), unit): (table["sales"] / divisor).round(1),
                numbers.heading(_("Potential"), unit): (table["potential"] / divisor).round(1),
                _("Reps by name"): table["reps"],
            }
        ),
        key="territory_area_table",
        explanation=_("Sum over the territories of the area, as proposed or else as they are today."),
    )


def _begin(work: Work, low: int, high: int, hours: float) -> None:
    shops, wish = work.shops, session.wish()

    def compare(watch: Watch) -> TeamSize:
        def tell(share: float) -> None:
            if not watch.cancelled:
                watch.step(share, _("Comparing numbers of reps"))

        preparation.make_ready(territories, watch)
        return compare_team_sizes(
            shops,
            wish,
            range(low, high + 1),
            hours * MINUTES_A_WEEK,
            progress=tell,
            cancelled=lambda: watch.cancelled,
        )

    st.session_state[JOB] = Job(compare).start()
