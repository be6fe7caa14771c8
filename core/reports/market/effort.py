"""What a concentration plan is made from: regions with their visits, reps, margins and spending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.analysis.ge import REGION_ATTRACTIVENESS
from core.errors import InputError
from core.i18n import _, format_month
from core.market.arrays import divide
from core.market.attractiveness import region_scores
from core.reports.market.choices import names_of
from core.reports.market.market import market_report
from core.reports.market.note import Note, list_text
from core.store.customers.analysis import region_factors
from core.store.market import effort as read

if TYPE_CHECKING:
    from core.reports.market.market import MarketReport
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

WORKING_DAYS = 65.25
"""Working days of a quarter: 21.75 a month, the legal figure of paid days in China [K]."""


@dataclass(frozen=True, eq=False)
class Effort:
    """Regions with everything a plan needs to know.

    Parameters
    ----------
    market
        What was asked.
    table
        The table of :class:`core.market.concentration.regions.Regions`, and name; sales are scaled to a year.
    elsewhere
        Reps bound outside the regions.
    reps
        Reps at work today.
    hours
        Working hours of a rep in a quarter; NaN unknown.
    notes
        What to know about the figures.
    """

    market: MarketRequest
    table: pd.DataFrame
    elsewhere: float
    reps: float
    hours: float
    notes: tuple[Note, ...]


def region_effort(store: Store, request: MarketRequest) -> Effort:
    """Collect what a plan needs.

    Parameters
    ----------
    store
        The open store.
    request
        Level, period and product of the figures.

    Raises
    ------
    InputError
        No visit is recorded in the period: what a region costs is counted in visits.
    """
    report = market_report(store, request)
    ids = report.regions["region_id"].to_list()
    made = read.visits(store, request.period, region_ids=ids, scope=request.scope)
    if made["region_id"].notna().sum() == 0:
        raise InputError(
            _(
                "No visits are recorded from {start} to {end}; what it takes to win a region is counted in "
                "visits.",
                start=format_month(request.start),
                end=format_month(request.end),
            ),
            _("Import visits, or choose a period that has some."),
        )
    inside = made[made["region_id"].notna()].set_index("region_id").reindex(ids)
    # Asked about a part of the market, only the reps' time in it is there to be spent.
    whole = request.within is None and request.scope.region_ids is None
    elsewhere = float(made.loc[made["region_id"].isna(), "reps"].sum()) if whole else 0.0
    rate, estimated = _margin_rates(store, report)
    table = _table(store, report, rate).assign(
        visits=inside["visits"].to_numpy() / made["months"].iloc[0] * 3, reps=inside["reps"].to_numpy()
    )
    hours = float(made["minutes"].iloc[0]) / 60 * WORKING_DAYS
    notes = (*report.notes, *_notes(report, estimated, int(made["months"].iloc[0]), table))
    return Effort(request, table, elsewhere, float(inside["reps"].sum()) + elsewhere, hours, notes)


def _table(store: Store, report: MarketReport, margin_rate: pd.Series) -> pd.DataFrame:
    regions, request = report.regions, report.request
    ids = regions["region_id"].to_list()
    to_year = 12 / request.period.months
    own = regions["own"]
    spent = read.spending(store, request.period, region_ids=ids, scope=request.scope).reindex(ids)
    factors = region_factors(store, request.end, scope=request.scope).reindex(ids)
    known = regions.set_index("region_id")[["capacity", "growth"]].join(factors)
    return pd.DataFrame(
        {
            "region_id": regions["region_id"],
            "name": names_of(regions),
            "state": regions["state"],
            "target_basis": regions["target_basis"],
            "own": own * to_year,
            "rival_sales": regions["rival_sales"] * to_year,
            "others": (regions["recorded_sales"] - own) * to_year,
            "ratio": regions["ratio"],
            "gap": regions["gap"] * to_year,
            "zone_rank": regions["zone_rank"].astype("Float64"),
            "attack_order": regions["attack_order"].astype("Float64"),
            "shops": read.shops(store, region_ids=ids, scope=request.scope).reindex(ids).to_numpy(),
            "margin_rate": margin_rate.to_numpy(),
            "spending_rate": divide(spent.to_numpy(), own.to_numpy()),
            "attractiveness": region_scores(known, REGION_ATTRACTIVENESS)["score"].to_numpy(),
        }
    )


def _margin_rates(store: Store, report: MarketReport) -> tuple[pd.Series, list[str]]:
    """Return each region's margin rate, and the names of those that have the whole company's."""
    request, regions = report.request, report.regions
    ids = regions["region_id"].to_list()
    found = read.margins(
        store,
        request.period,
        company=request.own_company,
        category=request.category,
        region_ids=ids,
        scope=request.scope,
    )
    whole = found[found["region_id"].isna()]
    rates = found[found["amount"] > 0].set_index("region_id").eval("margin / amount").reindex(ids)
    if float(whole["amount"].sum()) > 0:
        company = float(whole["margin"].sum() / whole["amount"].sum())
        estimated = rates.isna() & (regions["own"] > 0).to_numpy()
        rates = rates.mask(estimated, company)
        return rates, names_of(regions)[estimated.to_numpy()].to_list()
    return rates, []


def _notes(report: MarketReport, estimated: list[str], months: int, table: pd.DataFrame) -> list[Note]:
    period = report.request.period
    notes = []
    if table["spending_rate"].isna().all():
        notes.append(
            Note(
                "spending_unknown",
                "warning",
                _("No advertising or promotion is recorded: values are margins before them."),
            )
        )
    if estimated:
        notes.append(
            Note(
                "margin_estimated",
                "information",
                _("The margin of the whole company stands for: {regions}.", regions=list_text(estimated)),
            )
        )
    if months < period.months:
        notes.append(
            Note(
                "visits_scaled",
                "information",
                _(
                    "Visits are recorded in {months} of {period} months; a quarter's visits are three times "
                    "their monthly mean.",
                    months=months,
                    period=period.months,
                ),
            )
        )
    if period.months != 12:
        notes.append(
            Note(
                "scaled_to_year",
                "information",
                _("Sales of {months} months are scaled to a year, without regard to the season.",
                  months=period.months),
            )
        )  # fmt: skip
    if report.request.category is not None:
        notes.append(
            Note(
                "visits_of_all",
                "information",
                _("Visits aren't recorded by category: those for all categories count."),
            )
        )
    return notes
