"""Expenses of regions: budget beside actual by month and kind, the expense ratio, the year's end.

For the monthly meeting and the report: :func:`expense_report` for one level of regions,
:func:`budget_actual` for the same with one region's own total (``within`` set to it), and the columns of
``regions``, ``total``, ``months`` and ``kinds`` stay what they are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.cycle.expenses.budget import AMOUNTS, KINDS, budget_table, ratio_table, rest_of_whole
from core.cycle.expenses.forecast import year_forecast
from core.errors import InputError
from core.i18n import _, ngettext
from core.periods import Period
from core.reports.market.amounts import WHOLE
from core.reports.market.choices import names_by_id, names_of, unknown
from core.reports.market.note import Note
from core.store.cycle import expenses as read
from core.store.market import market as read_market
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store

ABOVE = ""
"""region_id of what is charged to no region of the level, but to one above it."""
_MONEY = (*AMOUNTS, "expense", "sales", "spent", "forecast", "year_budget")


@dataclass(frozen=True)
class ExpenseRequest:
    """When and where.

    Parameters
    ----------
    start, end
        First days of the first and the last month, both included.
    level
        Code of the level of regions: one row each.
    within
        Only what lies in this region; None for everything in the scope.
    """

    start: dt.date
    end: dt.date
    level: str
    within: str | None = None
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        # It checks its own fields and says what is wrong with them.
        _ = self.period

    @property
    def period(self) -> Period:
        """The months asked for."""
        return Period(self.start, self.end)


@dataclass(frozen=True, eq=False)
class ExpenseReport:
    """The answer to an :class:`ExpenseRequest`; amounts in yuan, NaN not recorded.

    Parameters
    ----------
    regions
        One row per region of the level, sorted by region_id, and one with the region_id ``ABOVE`` where
        something is charged above the level: region_id, name, the columns of
        :func:`core.cycle.expenses.budget.budget_table`; expense, sales, ratio and ratio_months of
        :func:`core.cycle.expenses.budget.ratio_table`; spent, forecast, forecast_error, forecast_reason and
        year_budget (of the year of the last month); one column per kind of expense, its actual.
    total
        One row like those, region_id ``*``: everything together. budget, actual and the kinds are the sums
        of ``regions``. What can be compared is the same at every level and may be more than the rows say,
        because a budget of one region is compared with what another one spent; a note says so.
    months
        Of everything together, on month: the columns of the budget table, and ratio.
    kinds
        Of everything together, on kind: the columns of the budget table.
    cells
        region_id (``*`` too), month, kind, budget, actual: what all of it is computed from.
    notes
        What to know about the figures, warnings first.
    """

    request: ExpenseRequest
    regions: pd.DataFrame
    total: pd.DataFrame
    months: pd.DataFrame
    kinds: pd.DataFrame
    cells: pd.DataFrame
    notes: tuple[Note, ...]

    @property
    def is_empty(self) -> bool:
        """Whether neither a budget nor an expense is recorded in the period."""
        return not len(self.cells)


def expense_report(store: Store, request: ExpenseRequest) -> ExpenseReport:
    """Compute budget, actual and ratio of a level of regions.

    Raises
    ------
    InputError
        The data have no such level or region.
    """
    listed, places = _places(store, request)
    cells = read.expense_months(store, request.period, places, scope=request.scope)
    cells = _with_rest(cells, ["budget", "actual"])
    sales = _with_rest(read.net_sales(store, request.period, places, scope=request.scope), ["sales"])
    names = dict(zip(listed["region_id"], names_of(listed), strict=True))
    names |= {ABOVE: _("Charged above these regions"), WHOLE: _whole_name(store, request)}
    table = budget_table(cells, ["region_id"]).join(_kinds(cells))
    ratios = ratio_table(cells, sales, ["region_id"]).rename(columns={"months": "ratio_months"})
    rows = [*listed["region_id"], *([ABOVE] if ABOVE in table.index else []), WHOLE]
    table = table.join(ratios, how="outer").join(_year(store, request, places), how="left").reindex(rows)
    table["state"] = table["state"].fillna("unknown")
    table = _in_yuan(table.rename_axis("region_id").reset_index())
    table.insert(1, "name", table["region_id"].map(names))
    together = cells[cells["region_id"] == WHOLE]
    sold = sales[sales["region_id"] == WHOLE]
    months = budget_table(together, ["month"]).join(ratio_table(together, sold, ["month"])[["ratio"]])
    is_whole = table["region_id"] == WHOLE
    regions, total = (table[rows].reset_index(drop=True) for rows in (~is_whole, is_whole))
    return ExpenseReport(
        request,
        regions,
        total,
        _in_yuan(months),
        _in_yuan(budget_table(together, ["kind"])),
        _in_yuan(cells, ("budget", "actual")),
        _notes(request, regions, total),
    )


def budget_actual(
    store: Store, region_id: str | None, start: dt.date, end: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return budget and actual of one region, or of everything, by month and kind.

    Parameters
    ----------
    region_id
        The region with all that lies in it; None for everything in the scope.

    Returns
    -------
    pandas.DataFrame
        month, kind, budget, actual (yuan; NaN not recorded), sorted; empty where nothing is recorded.
    """
    levels = list(read_market.levels(store, scope=scope)["level"])
    if not levels:
        return pd.DataFrame(columns=["month", "kind", "budget", "actual"])
    request = ExpenseRequest(start, end, levels[0], within=region_id, scope=scope)
    _listed, places = _places(store, request, any_level=True)
    cells = read.expense_months(store, request.period, places, scope=scope)
    cells = cells[cells["region_id"] == WHOLE].drop(columns="region_id").reset_index(drop=True)
    return _in_yuan(cells, ("budget", "actual"))


def _places(
    store: Store, request: ExpenseRequest, *, any_level: bool = False
) -> tuple[pd.DataFrame, read.Places]:
    """Return the regions of the level and which regions are everything together."""
    regions = read_market.regions(store, level=request.level, within=request.within, scope=request.scope)
    listed, tops = regions[regions["is_listed"]], regions[regions["is_top"]]
    if request.within is not None and request.within not in set(tops["region_id"]):
        known = read_market.region_names(store, scope=request.scope)
        raise unknown(_("region"), request.within, names_by_id(known, "region_id"))
    if listed.empty and not any_level:
        raise InputError(
            _("There is no region of the level {level} here.", level=request.level),
            _("Choose another level."),
        )
    unplaced = request.within is None and request.scope.region_ids is None
    return listed, read.Places(tuple(listed["region_id"]), tuple(tops["region_id"]), unplaced)


def _with_rest(cells: pd.DataFrame, values: list[str]) -> pd.DataFrame:
    return pd.concat([cells, rest_of_whole(cells, values, whole=WHOLE, rest=ABOVE)], ignore_index=True)


def _kinds(cells: pd.DataFrame) -> pd.DataFrame:
    kinds = cells.pivot_table(index="region_id", columns="kind", values="actual", aggfunc="sum")
    return kinds.reindex(columns=list(KINDS))


def _year(store: Store, request: ExpenseRequest, places: read.Places) -> pd.DataFrame:
    """Return the forecast of the year of the last month with expenses in the period, and its budget."""
    year = request.end.year
    three = Period(dt.date(year - 2, 1, 1), dt.date(year, 12, 1))
    cells = read.expense_months(store, three, places, scope=request.scope)
    months = pd.to_datetime(cells["month"])
    until = pd.Timestamp(request.end)
    spent = cells[cells["actual"].notna() & (months <= until)]
    planned = cells[months.dt.year == year]
    budget = planned.groupby("region_id")["budget"].sum(min_count=1).rename("year_budget")
    forecast = year_forecast(spent, request.end)
    names = {"error": "forecast_error", "reason": "forecast_reason"}
    return forecast.rename(columns=names).join(budget, how="outer")


def _whole_name(store: Store, request: ExpenseRequest) -> str:
    if request.within is None:
        return _("Whole market")
    regions = read_market.regions(store, level=request.level, within=request.within, scope=request.scope)
    return str(names_of(regions[regions["region_id"] == request.within]).iloc[0])


def _in_yuan(table: pd.DataFrame, columns: tuple[str, ...] = (*_MONEY, *KINDS)) -> pd.DataFrame:
    money = [name for name in columns if name in table.columns]
    return table.assign(**{name: table[name] / 100 for name in money})


def _notes(request: ExpenseRequest, regions: pd.DataFrame, total: pd.DataFrame) -> tuple[Note, ...]:
    row = total.iloc[0]
    notes = []
    counted, asked = row["ratio_months"], request.period.months
    if not counted > 0:
        text = _("There is no expense ratio: no month has all three kinds of expense and net sales recorded.")
        notes.append(Note("ratio_unknown", "warning", text))
    elif counted < asked:
        text = ngettext(
            "The expense ratio counts {n} of {all} months: the others lack a kind of expense or net sales.",
            "The expense ratio counts {n} of {all} months: the others lack a kind of expense or net sales.",
            int(counted),
            all=asked,
        )
        notes.append(Note("ratio_months", "warning", text))
    if row["unbudgeted"] > 0:
        text = _("Expenses of months and kinds without a budget are outside the comparison.")
        notes.append(Note("unbudgeted", "information", text))
    if row["unbooked"] > 0:
        text = _(
            "Budgets of months and kinds without an expense are outside the comparison: nothing booked isn't "
            "nothing spent."
        )
        notes.append(Note("unbooked", "information", text))
    if abs(regions["difference"].sum() - np.nan_to_num(row["difference"])) >= 0.005:
        text = _(
            "The differences of the regions don't sum to that of everything: budget and expense of a month "
            "and kind are recorded for different regions."
        )
        notes.append(Note("differences_apart", "warning", text))
    if ABOVE in set(regions["region_id"]):
        text = _("Some of it is charged to regions above the level; it stands in a row of its own.")
        notes.append(Note("charged_above", "information", text))
    return tuple(notes)
