"""What more visits sell, from the store's data or judged, and how a rep's minutes earn most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.customers.forms.visit_response import GRADES, QUESTIONS, VISIT_RESPONSE, field_name
from core.i18n import N_
from core.periods import shift
from core.reports.visits.rep_work import rep_work
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING, Scope
from core.store.visits import response as read
from core.store.visits.plans import RepWindow
from core.visits.response.curves import Judgement
from core.visits.response.evidence import ResponseEvidence, response_evidence
from core.visits.response.spending import spread_visits

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.visits.request import VisitRequest
    from core.store.database import Store
    from core.visits.response.curves import Response

MONTHS = 3
"""Visits and sales of so many whole months are looked at [I]."""
SOURCES: dict[str, str] = {
    "judged": N_("Judged"),
    "data": N_("From the data"),
    "none": N_("Unknown: please judge"),
}


@dataclass(frozen=True, eq=False)
class GradeResponse:
    """What is known of the response of one grade.

    Parameters
    ----------
    source
        A key of :data:`SOURCES`. A judgement goes before the data.
    curve
        Sales by effort, 1 is today's visits; None where nothing is known.
    evidence
        What the data say, whether or not it counts.
    misfit
        By how many points of 100 the curve misses the judgement; NaN without one.
    """

    grade: str
    source: str
    curve: Response | None
    evidence: ResponseEvidence
    misfit: float

    def sales(self, effort: float) -> float:
        """Return sales at an effort, today's as 1; NaN where nothing is known."""
        if self.curve is None:
            return float("nan")
        return float(self.curve(effort)) / float(self.curve(1.0))


@dataclass(frozen=True, eq=False)
class ResponseReport:
    """The responses, and one rep's visits spread by them.

    Parameters
    ----------
    first_month, last_month
        Whose visits and sales are looked at.
    shops
        The rep's active shops: terminal_id, name, grade, visits (in four weeks, by the norm), minutes,
        margin (yuan a month, NaN unknown), margin_source (``products``, ``average`` of the rep, empty),
        free, proposed, gained.
    basis
        Who judged, and on which ground; empty without a judgement.
    """

    first_month: dt.date
    last_month: dt.date
    grades: tuple[GradeResponse, ...]
    shops: pd.DataFrame
    basis: str

    @property
    def unknown(self) -> tuple[str, ...]:
        """Grades of the rep's shops whose response nobody knows."""
        theirs = set(self.shops["grade"].dropna())
        return tuple(grade.grade for grade in self.grades if grade.curve is None and grade.grade in theirs)

    @property
    def gained(self) -> float:
        """Margin more a month with the minutes of today; yuan."""
        return float(self.shops["gained"].sum())

    @property
    def minutes(self) -> float:
        """Minutes in the shops of all that take part, in four weeks."""
        free = self.shops[self.shops["free"]]
        return float((free["visits"] * free["minutes"]).sum())


def response_report(store: Store, request: VisitRequest, employee_id: str) -> ResponseReport:
    """Return what visits sell by grade, and how a rep's minutes earn most."""
    end = (request.known_until or request.start).replace(day=1)
    window = RepWindow(request.own_company, shift(end, -MONTHS), shift(end, -1), end)
    said = _judgement(store)
    grades = grade_responses(store, request.own_company, end, scope=request.scope)
    shops = _shops(store, request, employee_id, window)
    curves = {grade.grade: grade.curve for grade in grades if grade.curve is not None}
    return ResponseReport(
        window.first_month,
        window.last_month,
        grades,
        spread_visits(shops, curves),
        str(said.get("basis") or ""),
    )


def grade_responses(
    store: Store, own_company: str, until: dt.date, *, scope: Scope = EVERYTHING
) -> tuple[GradeResponse, ...]:
    """Return what more visits sell in the shops of each grade.

    Parameters
    ----------
    until
        First day of the month after those whose visits and sales are looked at.
    """
    window = RepWindow(own_company, shift(until, -MONTHS), shift(until, -1), until)
    levels = read.response_levels(store, window, until, scope)
    said = _judgement(store)
    return tuple(_grade(grade, levels[levels["grade"] == grade], said) for grade in GRADES)


def _judgement(store: Store) -> dict[str, object]:
    record = store_forms.load(store, FormKey(VISIT_RESPONSE, "market", ""))
    return dict(record.payload) if record else {}


def _grade(grade: str, levels: pd.DataFrame, said: dict[str, object]) -> GradeResponse:
    evidence = response_evidence(levels)
    answers = [said.get(field_name(grade, question)) for question in QUESTIONS]
    if all(isinstance(answer, int | float) for answer in answers):
        judged = Judgement(*map(float, answers))  # type: ignore[arg-type]
        return GradeResponse(grade, "judged", judged.curve(), evidence, judged.misfit())
    source = "none" if evidence.curve is None else "data"
    return GradeResponse(grade, source, evidence.curve, evidence, float("nan"))


def _shops(store: Store, request: VisitRequest, employee_id: str, window: RepWindow) -> pd.DataFrame:
    """Return the rep's active shops with the margin a month that the sales recorded by product give."""
    table = rep_work(store, request, employee_id).table
    active = table[~table["status"].isin(["blank", "closed"]) & (table["visits"] > 0)]
    shops = active[["terminal_id", "name", "grade", "visits", "minutes", "own"]].copy()
    margins = read.shop_margins(store, employee_id, window, request.scope)
    shops = shops.merge(margins, on="terminal_id", how="left")
    average = margins["margin"].sum() / margins["amount"].sum() if margins["amount"].sum() > 0 else np.nan
    rate = (shops["margin"] / shops["amount"].where(shops["amount"] > 0)).fillna(average)
    source = np.where(shops["amount"] > 0, "products", "" if np.isnan(average) else "average")
    return shops.assign(margin=shops["own"] * rate, margin_source=source).drop(columns="amount")
