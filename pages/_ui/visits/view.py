"""What the visit page looks at: the rep, the request, the plan; read once per question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from core.reports.visits import (
    adherence as visit_adherence,
)
from core.reports.visits import (
    plan as visit_plan,
)
from core.reports.visits import (
    request as visit_request,
)
from core.reports.visits.rep_work import RepWork, rep_work
from core.reports.visits.request import VisitRequest
from core.store.visits import plans as store_visits
from core.visits.frequency import FrequencyRules
from core.visits.norms import Norm, template
from pages._ui import reads, url
from pages._ui.visits import controls, travel

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.visits.adherence import Adherence
    from core.visits.planning import RepPlan, RepTask

NORMS = "visit_norms"


@dataclass(frozen=True, eq=False)
class VisitView:
    """What the page shows.

    Parameters
    ----------
    rep
        Employee id.
    request
        What a new plan would be asked for.
    work
        Shops, load and task of the rep under that request.
    plans
        The rep's saved plans, the latest first.
    plan_id, shown
        The plan on the screen; None while there is none.
    """

    rep: str
    request: VisitRequest
    work: RepWork
    plans: pd.DataFrame
    plan_id: str | None
    shown: Shown | None


@dataclass(frozen=True, eq=False)
class Shown:
    """A saved plan with the request and the task it belongs to."""

    request: VisitRequest
    task: RepTask
    plan: RepPlan


def everybody() -> pd.DataFrame:
    """Return the reps who have shops."""
    answer: pd.DataFrame = reads.cached(visit_request.reps)
    return answer


def norms() -> dict[str, Norm]:
    """Return the norms changed in this session for the template chosen."""
    kept: dict[str, dict[str, Norm]] = st.session_state.setdefault(NORMS, {})
    return kept.get(controls.template_code(), {})


def request() -> VisitRequest:
    """Return what the controls ask for."""
    rules = FrequencyRules(
        template=template(controls.template_code()).key, norms=norms(), number_one=url.value("thumb") == "yes"
    )
    own: str = reads.cached(visit_request.own_company)
    return VisitRequest(
        own,
        controls.chosen_start(),
        controls.chosen_weeks(),
        rules=rules,
        off=controls.days_off(),
        known_until=known_until(),
        fit=url.value("fit") != "no",
        server=travel.current(),
    )


def known_until() -> dt.date:
    """Return the day after the last records: what was done is looked back on from here."""
    day: dt.date = reads.cached(visit_request.default_start)
    return day


def view(rep: str) -> VisitView:
    """Return everything about a rep that the page shows."""
    asked = request()
    work: RepWork = reads.cached(rep_work, asked, rep)
    plans: pd.DataFrame = reads.cached(store_visits.plans, rep)
    wanted = url.value("plan")
    ids = plans["plan_id"].tolist()
    plan_id = wanted if wanted in ids else ids[0] if ids else None
    return VisitView(rep, asked, work, plans, plan_id, shown(asked, rep, plans, plan_id))


def shown(asked: VisitRequest, rep: str, plans: pd.DataFrame, plan_id: str | None) -> Shown | None:
    """Return a saved plan, with the days it was made for."""
    if plan_id is None:
        return None
    row = plans[plans["plan_id"] == plan_id].iloc[0]
    of_plan = replace(asked, start=row["start_day"], weeks=int(row["weeks"]), fit=False)
    task, plan = reads.cached(visit_plan.shown_plan, of_plan, rep, plan_id)
    return Shown(of_plan, task, plan)


def adherence(view: VisitView) -> Adherence:
    """Return how the four weeks before the period went."""
    answer: Adherence = reads.cached(visit_adherence.adherence, view.request, view.rep, known_until())
    return answer


def board() -> pd.DataFrame:
    """Return all reps of the four weeks before the period."""
    answer: pd.DataFrame = reads.cached(
        store_visits.board, known_until() - visit_adherence.CYCLE, known_until()
    )
    return answer


def prospects(view: VisitView) -> pd.DataFrame:
    """Return the rep's prospects."""
    answer: pd.DataFrame = reads.cached(visit_adherence.prospect_table, view.request, view.rep)
    return answer
