"""The concentration plan: what happens in each region and why, with the quadrants' order beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.arrays import Codes, Flags, Floats, divide, text_column
from core.market.concentration.candidates import win_value
from core.market.concentration.choice import Choice, choose
from core.market.concentration.quadrant_order import choose_by_quadrant

if TYPE_CHECKING:
    from core.market.concentration.regions import Regions

DECISIONS = ("attack", "defend", "hold", "thin_out")
# Why a region can't be attacked with success; the first that applies.
OBSTACLES = (
    "missing", "secured", "sole_supplier", "no_own_sales", "out_of_range", "too_long", "no_profit",
)  # fmt: skip
REASONS = ("taken", "frees_strength", "exposed", *OBSTACLES, "outbid")


@dataclass(frozen=True)
class ConcentrationPlan:
    """What to do in each region.

    Parameters
    ----------
    question
        The regions, strength and assumptions.
    elsewhere
        Reps bound outside the regions.
    choice
        The best choice.
    quadrant
        The choice of the quadrants' order with the same strength; None where it can't hold what must be.
    table
        One row per region in the order of the question: region_id, decision, reason, obstacle (what keeps it
        from being won, missing where nothing does), start (1 = the first quarter), quarters, reps, extra_reps
        (in each quarter of the attack), effort (rep-quarters), visit_multiple, visits (a quarter today),
        campaign_visits, money, gap, rate, win_value (begun in the first quarter), value_per_effort, value
        (what the plan wins or loses there), thinned (part of its shops, mean of the quarters), missing,
        quadrant_decision, quadrant_start.
    """

    question: Regions
    elsewhere: float
    choice: Choice
    quadrant: Choice | None
    table: pd.DataFrame

    @property
    def value(self) -> float:
        """Yuan won in two years less yuan given up."""
        return self.choice.value

    @property
    def quadrant_value(self) -> float:
        """The same for the order of the quadrants; NaN where it can't hold what must be held."""
        return float("nan") if self.quadrant is None else self.quadrant.value

    @property
    def load(self) -> Floats:
        """Reps at work in each quarter."""
        return self.choice.load(self.question, self.elsewhere)


def concentrate(regions: Regions, *, elsewhere: float = 0.0) -> ConcentrationPlan:
    """Plan the period.

    Parameters
    ----------
    regions
        The regions with strength and assumptions.
    elsewhere
        Reps bound outside these regions.

    Raises
    ------
    InfeasibleError
        The reps can't hold what may not be given up.
    """
    choice = choose(regions, elsewhere=elsewhere)
    quadrant = choose_by_quadrant(regions, elsewhere=elsewhere)
    return ConcentrationPlan(regions, elsewhere, choice, quadrant, _table(regions, choice, quadrant))


def decisions(regions: Regions, choice: Choice) -> Codes:
    """Return the position in ``DECISIONS`` of what a choice does in each region."""
    codes = np.where(regions.is_state(("secured",)), 1, 2)
    codes[choice.thinning.region[choice.part.any(axis=1)]] = 3
    codes[choice.attacks.region] = 0
    return codes.astype(np.int64)


def obstacles(regions: Regions) -> Codes:
    """Return what keeps each region from being won: position in ``OBSTACLES``; -1 where nothing does."""
    state = regions.table["state"]
    conditions = [
        ~regions.known.all(axis=1) & ~np.asarray(state.isin(("secured", "sole_supplier", "no_own_sales"))),
        state == "secured",
        state == "sole_supplier",
        state == "no_own_sales",
        state == "out_of_range",
        regions.campaign_quarters > regions.options.quarters,
        ~(win_value(regions, regions.campaign_quarters) > 0),
    ]
    return np.select(conditions, list(range(len(OBSTACLES))), default=-1)


def _table(regions: Regions, choice: Choice, quadrant: Choice | None) -> pd.DataFrame:
    codes = decisions(regions, choice)
    n = len(codes)
    able: Flags = obstacles(regions) == -1
    start, quarters = _starts(choice, n), regions.campaign_quarters
    worth = np.where(able, win_value(regions, quarters), np.nan)
    effort = np.where(regions.multiple > 1, regions.effort, np.nan)
    value = np.zeros(n)
    value[choice.attacks.region] = choice.attacks.value
    value[choice.thinning.region] -= choice.part.sum(axis=1) * choice.thinning.loss
    thinned = np.zeros(n)
    thinned[choice.thinning.region] = choice.part.mean(axis=1)
    spending = regions.number("spending_rate") * regions.number("gap")
    other = np.full(n, -1) if quadrant is None else decisions(regions, quadrant)
    return pd.DataFrame(
        {
            "region_id": regions.table["region_id"].to_numpy(),
            "decision": text_column(codes, DECISIONS),
            "reason": text_column(_reasons(regions, codes), REASONS),
            "obstacle": text_column(obstacles(regions), OBSTACLES),
            "start": pd.array(start, dtype="Int64"),
            "quarters": pd.array(np.where(able, quarters, np.nan), dtype="Int64"),
            "reps": regions.number("reps"),
            "extra_reps": np.where(able, effort / quarters, np.nan),
            "effort": effort,
            "visit_multiple": regions.multiple,
            "visits": regions.number("visits"),
            "campaign_visits": np.where(np.isnan(effort), np.nan, regions.campaign_visits),
            "money": np.where(able, spending, np.nan),
            "gap": regions.number("gap"),
            "rate": regions.rate,
            "win_value": worth,
            "value_per_effort": divide(worth, effort),
            "value": value,
            "thinned": thinned,
            "missing": regions.missing,
            "quadrant_decision": text_column(other, DECISIONS),
            "quadrant_start": pd.array(_starts(quadrant, n), dtype="Int64"),
        }
    )


def _starts(choice: Choice | None, n: int) -> Floats:
    start = np.full(n, np.nan)
    if choice is not None:
        start[choice.attacks.region] = choice.attacks.start + 1.0
    return start


def _reasons(regions: Regions, codes: Codes) -> Codes:
    obstacle = obstacles(regions)
    first = REASONS.index(OBSTACLES[0])
    reasons = np.where(obstacle >= 0, first + obstacle, REASONS.index("outbid"))
    reasons = np.where((codes == 1) & (regions.defence > 0), REASONS.index("exposed"), reasons)
    return np.select([codes == 0, codes == 3], [0, 1], default=reasons)
