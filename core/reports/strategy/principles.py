"""The five strategic principles (五大原则) of every region, each with what it was decided on [S0 0-3].

For the report: :func:`principle_report` of the market request of the page; ``table`` has one row per region.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core import numbers
from core.i18n import N_, _, ngettext
from core.market.principles import PRINCIPLES, PrincipleOptions, principle_checks
from core.reports.market.choices import names_of
from core.reports.market.market import market_report
from core.reports.overview.overview import last_cycle
from core.store.caching.sales_window import SalesWindow
from core.store.market.principles import principle_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.market.request import MarketRequest
    from core.store.database import Store

LABELS: dict[str, str] = {
    "concentrate": N_("Concentrate"),
    "attack_weak_points": N_("Attack the weak and weak points"),
    "hold_fortress": N_("Hold the fortress"),
    "control_key_customers": N_("Control key customers"),
    "visit_everyone": N_("No customer unvisited"),
}


@dataclass(frozen=True, eq=False)
class PrincipleReport:
    """The principles of all regions.

    Parameters
    ----------
    checks
        Five rows per region: region_id, name, principle (a key of ``LABELS``), status
        (``pass``, ``fail``, ``unknown`` or ``not_applicable``),
        value, threshold, rows (shops at fault), sentence (what it was decided on, in the language in use).
    table
        One row per region, most broken principles first: region_id, name, a column per principle with its
        status, broken, kept and unknown (counts).
    cycle
        First and last day of the visits that count; None where no visit is recorded.
    """

    checks: pd.DataFrame
    table: pd.DataFrame
    cycle: tuple[dt.date, dt.date] | None

    def of(self, region_id: str) -> pd.DataFrame:
        """Return the five rows of a region."""
        return self.checks[self.checks["region_id"] == region_id]


def principle_report(store: Store, request: MarketRequest) -> PrincipleReport:
    """Check the principles; takes and raises what :func:`core.reports.market.market.market_report` does."""
    regions = market_report(store, request).regions
    cycle = last_cycle(store, request)
    options = PrincipleOptions()
    facts = _facts(store, request, list(regions["region_id"]), cycle)
    checks = principle_checks(regions, facts, k=request.k, options=options)
    names = dict(zip(regions["region_id"], names_of(regions), strict=True))
    checks.insert(1, "name", checks["region_id"].map(names))
    checks["sentence"] = [_sentence(row, options) for row in checks.to_dict("records")]
    return PrincipleReport(checks, _table(checks), cycle)


def principles_sentence(report: PrincipleReport) -> str:
    """Return the answer: where most principles are broken, and which principle most often."""
    table, checks = report.table, report.checks
    broken = table[table["broken"] > 0]
    if broken.empty:
        return _("No principle is broken in any region, as far as it is known.")
    often = checks[checks["status"] == "fail"]["principle"].value_counts()
    worst = table.iloc[0]
    return ngettext(
        "{n} of {all} regions breaks a principle, most often “{principle}”; {name} breaks {broken} of 5.",
        "{n} of {all} regions break a principle, most often “{principle}”; {name} breaks {broken} of 5.",
        len(broken),
        all=len(table),
        principle=_(LABELS[str(often.index[0])]),
        name=worst["name"],
        broken=int(worst["broken"]),
    )


def _facts(
    store: Store, request: MarketRequest, ids: list[str], cycle: tuple[dt.date, dt.date] | None
) -> pd.DataFrame | None:
    """Return what the checks know beside the market table; None where no visit is recorded.

    Whose sales tell the leader of a shop are those of the period; a count of shops in which nobody's sales
    can be compared is unknown, not zero.
    """
    figures = SalesWindow(request.own_company, request.start, request.end, request.category)
    days = cycle or (request.end, request.end)
    facts = principle_facts(store, figures, days, region_ids=ids, k=request.k, scope=request.scope)
    unknown = facts["compared_terminals"] == 0
    for name in ("winnable_terminals", "winnable_visited", "a_customers", "a_customers_first"):
        facts[name] = facts[name].mask(unknown)
    if cycle is None:
        facts[["effort", "unvisited_customers", "winnable_visited"]] = float("nan")
    return facts.reset_index()


def _table(checks: pd.DataFrame) -> pd.DataFrame:
    wide = checks.pivot_table(
        index=["region_id", "name"], columns="principle", values="status", aggfunc="first"
    )[list(PRINCIPLES)]
    counts = {
        name: (wide == status).sum(axis=1)
        for name, status in (("broken", "fail"), ("kept", "pass"), ("unknown", "unknown"))
    }
    table = wide.assign(**counts).reset_index()
    return table.sort_values(["broken", "unknown", "region_id"], ascending=[False, True, True]).reset_index(
        drop=True
    )


def _sentence(row: Mapping[str, Any], options: PrincipleOptions) -> str:
    """Return what a principle was decided on."""
    principle, status, value, threshold = (row[key] for key in ("principle", "status", "value", "threshold"))
    shops = 0 if pd.isna(row["rows"]) else int(row["rows"])
    if status in {"unknown", "not_applicable"}:
        return _(_REASONS[principle][status])
    if principle == "concentrate":
        return _(
            "{value} of the visits it deserves by its part of the growth; expected 100 % or more.",
            value=numbers.percent(value),
        )
    if principle == "attack_weak_points":
        return _(
            "{value} of the shops that can be won were visited, {all} of all customers; {n} weren't.",
            value=numbers.percent(value),
            all=numbers.percent(threshold),
            n=shops,
        )
    if principle == "hold_fortress":
        return _(
            "Ratio to the benchmark rival {value} on the year before; it may fall by {most}, has to "
            "stay at k and to have its planned visits.",
            value=numbers.percent(value, sign=True),
            most=numbers.percent(options.allowed_fall),
        )
    if principle == "control_key_customers":
        return _(
            "First in {value} of the grade-A shops; expected {least} or more.",
            value=numbers.percent(value),
            least=numbers.percent(threshold),
        )
    return ngettext(
        "{n} customer had no visit in four weeks.", "{n} customers had no visit in four weeks.", shops
    )


_NO_VISITS = N_("No visits, or no shops, are recorded here, so nothing is known.")
_REASONS: dict[str, dict[str, str]] = {
    "concentrate": {
        "unknown": _NO_VISITS,
        "not_applicable": N_("Not a region to attack first (order 1 or 2), or its market doesn't grow."),
    },
    "attack_weak_points": {
        "unknown": N_("Rivals' sales in its shops, or visits, aren't recorded."),
        "not_applicable": N_("In no shop does a rival lead within range."),
    },
    "hold_fortress": {
        "unknown": N_("The ratio of now or of a year earlier isn't known."),
        "not_applicable": N_("Neither secured now nor a year earlier."),
    },
    "control_key_customers": {
        "unknown": N_("Rivals' sales in its grade-A shops aren't recorded."),
        "not_applicable": N_("It has no grade-A shop whose leader is known."),
    },
    "visit_everyone": {
        "unknown": _NO_VISITS,
        "not_applicable": N_("It has no customer."),
    },
}
