"""The pipeline of prospects: who is open, overdue talks, win rates, the forecast and its error."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.forms import form
from core.periods import shift
from core.reports.visits.request import default_start
from core.store.forms import forms as store_forms
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans as store_visits
from core.store.visits import prospects as store_prospects
from core.visits.adherence import TOLERANCE_DAYS
from core.visits.pipeline.backtest import ForecastError, forecast_error
from core.visits.pipeline.forecast import Forecast, PipelineMonths, forecast, pipeline_months
from core.visits.pipeline.stages import STAGES, stage_of, wins
from core.visits.pipeline.win_rates import win_rates_by, win_rates_by_stage

if TYPE_CHECKING:
    from core.store.database import Store

REVIEW = "negotiation_review"
MONTHS_OF_SALES = 3


@dataclass(frozen=True)
class PipelineRequest:
    """Which prospects are looked at, and from when.

    Parameters
    ----------
    own_company
        Whose sales aren't a rival's.
    until
        The day looked from: what happened on it and later isn't known. The first of the next month for a
        month's report.
    employee_id, region_id
        Only the prospects of a rep, and of a region with those below it.
    """

    own_company: str
    until: dt.date
    employee_id: str | None = None
    region_id: str | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True, eq=False)
class PipelineReport:
    """What became of the prospects, and what is to be expected.

    Parameters
    ----------
    prospects
        The open ones, overdue talks first: terminal_id, name, region, employee, stage, since (in the
        stage), possibility, source, value (what the largest rival sells there, yuan a month, NaN unknown),
        talked_on, outcome, next_on, next_content (of the last review; missing without one), last_visit,
        overdue (the day for the next talk is past and nobody was there).
    ungraded
        Prospects with a record and without a stage; they are in no other figure.
    by_stage, by_source, by_possibility
        See :func:`core.visits.pipeline.win_rates.win_rates_by`.
    won
        Won in the month before ``until``: terminal_id, name, region, employee, changed_at, source, value.
    months, forecast
        The recorded past up to the first of the month of ``until``, and the three months from there.
    error, value_error
        Of earlier forecasts, in wins and in yuan a month.
    """

    request: PipelineRequest
    prospects: pd.DataFrame
    ungraded: int
    by_stage: pd.DataFrame
    by_source: pd.DataFrame
    by_possibility: pd.DataFrame
    won: pd.DataFrame
    months: PipelineMonths
    forecast: Forecast
    error: ForecastError
    value_error: ForecastError

    @property
    def overdue(self) -> int:
        """Open prospects whose next talk is overdue."""
        return int(self.prospects["overdue"].sum())

    @property
    def without_review(self) -> int:
        """Open prospects without a reviewed talk, so without a day for the next one."""
        return int(self.prospects["talked_on"].isna().sum())


def pipeline_report(store: Store, request: PipelineRequest) -> PipelineReport:
    """Return the pipeline of a rep, a region, or everybody."""
    history = store_prospects.prospect_history(
        store, employee_id=request.employee_id, region_id=request.region_id, scope=request.scope
    )
    history = history.assign(stage=stage_of(history).to_numpy())
    history = history[history["changed_at"] < pd.Timestamp(request.until)].reset_index(drop=True)
    shops = store_prospects.prospect_shops(store, _window(request), request.scope)
    values = shops.set_index("terminal_id")["value"].astype("float64")
    last = history.drop_duplicates("terminal_id", keep="last")
    # Whole months of the calendar: a page in the middle of one says what its report will say.
    months = pipeline_months(history, values, request.until.replace(day=1))
    return PipelineReport(
        request,
        _open(history, last, shops, last_reviews(store, request.until, request.scope), request.until),
        int(last["stage"].isna().sum()),
        win_rates_by_stage(history),
        win_rates_by(history, "source"),
        win_rates_by(history, "possibility"),
        _won(history, last, shops, pd.Timestamp(request.until) - pd.DateOffset(months=1)),
        months,
        forecast(months, months.months),
        forecast_error(months),
        forecast_error(months, value=True),
    )


def _window(request: PipelineRequest) -> store_visits.RepWindow:
    last_month = shift(request.until.replace(day=1), -1)
    first_month = shift(last_month, 1 - MONTHS_OF_SALES)
    return store_visits.RepWindow(request.own_company, first_month, last_month, request.until)


def last_reviews(store: Store, until: dt.date, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the last reviewed talk before a day of each shop.

    Returns
    -------
    DataFrame
        terminal_id, talked_on, outcome, next_on, next_content.
    """
    found = store_forms.load_frame(store, form(REVIEW), scope=scope)
    known = found[(found["customer_type"] == "terminal") & found["talked_on"].notna()]
    known = known[[day < until for day in known["talked_on"]]] if len(known) else known
    order = known.sort_values(["talked_on", "updated_at", "record_id"], kind="stable")
    last = order.drop_duplicates("customer_id", keep="last").rename(columns={"customer_id": "terminal_id"})
    return last[["terminal_id", "talked_on", "outcome", "next_on", "next_content"]]


def _open(
    history: pd.DataFrame, last: pd.DataFrame, shops: pd.DataFrame, reviews: pd.DataFrame, until: dt.date
) -> pd.DataFrame:
    now = last[last["stage"].isin(list(STAGES))]
    moved = history["stage"].ne(history.groupby("terminal_id")["stage"].shift())
    since = history[moved].drop_duplicates("terminal_id", keep="last")[["terminal_id", "changed_at"]]
    since = since.rename(columns={"changed_at": "since"})
    names = ["terminal_id", "name", "region", "employee", "value", "last_visit"]
    table = now[["terminal_id", "stage", "possibility", "source"]].merge(shops[names], on="terminal_id")
    table = table.merge(reviews, on="terminal_id", how="left").merge(since, on="terminal_id", how="left")
    due = pd.to_datetime(table["next_on"])
    seen = pd.to_datetime(table["last_visit"]).dt.normalize()
    # The visit of the talk itself is not the next one.
    visited = (seen > pd.to_datetime(table["talked_on"])) & (seen >= due - pd.Timedelta(days=TOLERANCE_DAYS))
    table["overdue"] = (due < pd.Timestamp(until)) & ~visited
    order = {code: place for place, code in enumerate(STAGES)}
    return table.sort_values(
        ["overdue", "stage", "next_on", "terminal_id"],
        key=lambda column: column.map(order) if column.name == "stage" else column,
        ascending=[False, True, True, True],
        kind="stable",
    ).reset_index(drop=True)


def _won(history: pd.DataFrame, last: pd.DataFrame, shops: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    recent = wins(history)
    recent = recent[recent["changed_at"] >= start]
    names = ["terminal_id", "name", "region", "employee", "value"]
    table = recent.merge(shops[names], on="terminal_id").merge(
        last[["terminal_id", "source"]], on="terminal_id"
    )
    return table.sort_values(["changed_at", "terminal_id"], kind="stable").reset_index(drop=True)


def pipeline_day(store: Store, today: dt.date, scope: Scope = EVERYTHING) -> dt.date:
    """Return the day from which the pipeline is looked at: after the last record, tomorrow at the latest.

    Parameters
    ----------
    today
        Whatever is recorded by its end counts.
    """
    history = store_prospects.prospect_history(store, scope=scope)
    last = default_start(store, scope)
    if len(history):
        last = max(last, history["changed_at"].max().date() + dt.timedelta(1))
    return min(last, today + dt.timedelta(1))
