"""The concentration report: the plan of a year's strength, its price of a rep, and what it turns on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.i18n import _, format_percent
from core.market.concentration.choice import reps_needed
from core.market.concentration.explanation import cut, explain
from core.market.concentration.options import ConcentrationOptions
from core.market.concentration.plan import ConcentrationPlan, concentrate
from core.market.concentration.regions import Regions
from core.market.concentration.sensitivity import price_of_attack, price_of_rep, sensitivity
from core.numbers import money
from core.reports.market.effort import Effort, region_effort

if TYPE_CHECKING:
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

__all__ = [
    "ConcentrationOptions",
    "ConcentrationReport",
    "concentration_of",
    "concentration_report",
    "region_effort",
    "region_price",
    "reps_range",
]


@dataclass(frozen=True, eq=False)
class ConcentrationReport:
    """The answer.

    Parameters
    ----------
    effort
        What the plan was made from.
    plan
        The plan.
    regions
        The plan's table with name, state, own, ratio, attractiveness, decision_weaker and decision_stronger
        (when visits work half or twice as strongly), firm (all three agree) and explanation.
    rep_price
        What one more rep is worth, yuan within two years.
    """

    effort: Effort
    plan: ConcentrationPlan
    regions: pd.DataFrame
    rep_price: float

    @property
    def cut(self) -> float:
        """The least value a rep-quarter among the attacks, yuan; NaN without any."""
        return cut(self.plan)

    @property
    def sentence(self) -> str:
        """What the plan says, in one sentence or two."""
        table = self.plan.table
        attacked = int((table["decision"] == "attack").sum())
        thinned = int((table["decision"] == "thin_out").sum())
        text = _(
            "{reps} reps win {value} of margin within two years: {attacked} regions are attacked, {thinned} "
            "give up visits.",
            reps=f"{self.plan.question.options.reps:g}",
            value=money(self.plan.value),
            attacked=attacked,
            thinned=thinned,
        )
        rival = self.plan.quadrant_value
        if not rival > 0:
            return text
        more = _(
            "In the order of the quadrants the same strength wins {value}; this is {more} more.",
            value=money(rival),
            more=format_percent(self.plan.value / rival - 1, 0),
        )
        return _("{first} {second}", first=text, second=more)


def concentration_report(
    store: Store, request: MarketRequest, options: ConcentrationOptions
) -> ConcentrationReport:
    """Plan where the strength of a period goes.

    Parameters
    ----------
    store
        The open store.
    request
        Level, period and product of the figures; its No.1 multiple and rival growth count.
    options
        Strength and assumptions.

    Raises
    ------
    InputError
        No visits are recorded in the period.
    InfeasibleError
        The reps can't hold what may not be given up.
    """
    return concentration_of(region_effort(store, request), options)


def concentration_of(effort: Effort, options: ConcentrationOptions) -> ConcentrationReport:
    """Plan from what was collected already, see :func:`concentration_report`."""
    plan = concentrate(Regions(effort.table, _of_market(effort, options)), elsewhere=effort.elsewhere)
    turns = sensitivity(plan)
    known = effort.table[["name", "state", "own", "ratio", "attractiveness"]]
    last = cut(plan)
    rows = plan.table.to_dict("records")
    regions = pd.concat(
        [plan.table[["region_id"]], known, plan.table.drop(columns="region_id")], axis=1
    ).assign(
        decision_weaker=turns.weaker,
        decision_stronger=turns.stronger,
        firm=turns.firm,
        explanation=[explain(row, cut=last) for row in rows],
    )
    return ConcentrationReport(effort, plan, regions, price_of_rep(plan))


def reps_range(effort: Effort, options: ConcentrationOptions) -> tuple[float, float]:
    """Return the fewest reps that hold what may not be given up, and twice as many as are at work."""
    options = _of_market(effort, options)
    least = reps_needed(Regions(effort.table, options), elsewhere=effort.elsewhere)
    return least, max(2 * effort.reps, least)


def region_price(report: ConcentrationReport, region_id: str) -> float:
    """Return what deciding a region's attack the other way costs, yuan; the plan is made anew for it.

    Raises
    ------
    InfeasibleError
        It isn't attacked, and the strength doesn't suffice for it.
    """
    ids = report.regions["region_id"].to_list()
    return price_of_attack(report.plan, ids.index(region_id))


def _of_market(effort: Effort, options: ConcentrationOptions) -> ConcentrationOptions:
    return replace(options, k=effort.market.k, rival_growth=effort.market.rival_growth)
