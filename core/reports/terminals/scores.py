"""Score sheets: one terminal's proposals and wording, and the latest sheets of all by rep and region."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.accounts.feedback import Feedback, feedback
from core.customers.accounts.score_sheet import (
    ITEMS,
    Proposal,
    feedback_points,
    frequency_points,
    sheet_totals,
)
from core.customers.forms.terminals import FEEDBACK, TEMPLATES, template_of
from core.periods import shift
from core.reports.market.choices import names_of
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import analysis as read
from core.visits.frequency import FrequencyRules, frequency_table
from core.visits.norms import CYCLE_DAYS
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.customers.accounts.score_sheet import Template
    from core.store.database import Store

MONTHS = 3
"""Visits and feedback of so many months are proposed as points [I]."""


def template(store: Store, role: str) -> Template:
    """Return the sheet of a role, with the company's own wording where it wrote one."""
    record = store_forms.load(store, FormKey(TEMPLATES[role], "market", ""))
    return template_of(role, record.payload if record else None)


@dataclass(frozen=True)
class Evidence:
    """What the records propose for a sheet.

    Parameters
    ----------
    start, end
        First and last day looked at.
    visits, feedback
        Proposals for items 4 and 9.
    planned
        Where the expected visits come from: ``plan`` (stops of saved plans), ``rule`` (the terminal's own
        number), ``norm`` (of its grade), or empty where none are expected.
    """

    start: dt.date
    end: dt.date
    visits: Proposal
    feedback: Proposal
    planned: str


def evidence(store: Store, terminal_id: str, until: dt.date, scope: Scope = EVERYTHING) -> Evidence | None:
    """Return what the three months up to a day propose; None where the terminal isn't there.

    Parameters
    ----------
    terminal_id
        Which terminal.
    """
    start = shift(until.replace(day=1), 1 - MONTHS)
    found = read.evidence(store, terminal_id, start, until, scope=scope)
    if found is None:
        return None
    if found["planned"]:
        source, planned = "plan", float(found["planned"])
    else:
        source, planned = _norm(terminal_id, found, (until - start).days + 1)
    told = store_forms.load_frame(store, FEEDBACK, scope=scope)
    mine = told[(told["customer_type"] == "terminal") & (told["customer_id"] == terminal_id)]
    count = int(mine["told_on"].map(lambda day: start <= day <= until).sum()) if len(told) else None
    return Evidence(
        start, until, frequency_points(found["visits"], planned), feedback_points(count, MONTHS), source
    )


def _norm(terminal_id: str, found: dict[str, object], days: int) -> tuple[str, float]:
    """Return the visits that the terminal's own number or its grade asks for in some days."""
    shop = pd.DataFrame([{"terminal_id": terminal_id, **found}])
    own = found["rule_visits"]
    rules = [] if own is None else [VisitRule(terminal_id, visits=float(str(own)), reason="rule")]
    visits = float(frequency_table(shop, FrequencyRules(), rules)["visits"].iloc[0])
    if not visits > 0:
        return "", 0.0
    return ("norm" if own is None else "rule"), visits * days / CYCLE_DAYS


@dataclass(frozen=True)
class ScoreRequest:
    """Which score sheets are looked at.

    Parameters
    ----------
    level
        Region level of the comparison.
    """

    until: dt.date
    level: str
    scope: Scope = EVERYTHING


@dataclass(frozen=True, eq=False)
class ScoreReport:
    """The sheets of all terminals.

    Parameters
    ----------
    sheets
        All of them, the latest first; see :func:`core.store.terminals.analysis.sheets`, and ``score``, the
        total (missing where an item was left out), ``place`` in the language in use.
    latest
        The latest sheet of each terminal, on terminal_id, with ``change`` against the one before.
    reps, places
        On employee_id and place_id: name, sheets, score (mean of complete sheets), and the mean of each item.
    months
        On the first day of the month: sheets and mean score of the sheets of that month.
    feedback
        What customers told us about the last month.
    """

    sheets: pd.DataFrame
    latest: pd.DataFrame
    reps: pd.DataFrame
    places: pd.DataFrame
    months: pd.DataFrame
    feedback: Feedback

    @property
    def items(self) -> pd.Series:
        """Mean points of each item over the latest sheets, by item number."""
        return pd.Series({item: self.latest[f"item_{item}"].mean() for item in ITEMS})


def score_report(store: Store, request: ScoreRequest) -> ScoreReport:
    """Return the sheets up to a day, compared by rep and region."""
    sheets = read.sheets(store, request.level, request.until, scope=request.scope)
    sheets["place"] = names_of(sheets.rename(columns={"name": "_", "place": "name", "place_en": "name_en"}))
    sheets["score"] = sheet_totals(sheets[list(read.ITEM_COLUMNS)])
    before = sheets.groupby("terminal_id")["score"].shift(-1)
    sheets["change"] = sheets["score"] - before
    latest = sheets.drop_duplicates("terminal_id").set_index("terminal_id")
    months = pd.to_datetime(sheets["assessed_on"]).dt.to_period("M").dt.to_timestamp()
    told = store_forms.load_frame(store, FEEDBACK, scope=request.scope)
    told = told[told["customer_type"] == "terminal"]
    month = _last_whole_month(request.until)
    # Where no feedback at all is kept, nobody is known to be late.
    expected = {*latest.index, *told["customer_id"]} if len(told) else set()
    return ScoreReport(
        sheets=sheets,
        latest=latest,
        reps=_means(latest, "employee_id", "employee"),
        places=_means(latest, "place_id", "place"),
        months=sheets.groupby(months)["score"].agg(sheets="size", score="mean"),
        feedback=feedback(told, expected, month),
    )


def _last_whole_month(day: dt.date) -> dt.date:
    first = day.replace(day=1)
    ended = day.day == calendar.monthrange(day.year, day.month)[1]
    return first if ended else shift(first, -1)


def _means(latest: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    groups = latest.groupby(key)
    table = groups[["score", *read.ITEM_COLUMNS]].mean()
    table.insert(0, "name", groups[name].first())
    table.insert(1, "sheets", groups.size())
    return table.sort_values(["score", "name"], ascending=[True, True], na_position="last")
