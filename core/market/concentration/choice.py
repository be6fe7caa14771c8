"""The exact choice: what strength and money allow that wins the most value, as a mixed-integer model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError
from core.i18n import _, format_number
from core.market.concentration.candidates import Attacks, Thinning, attacks, thinning

if TYPE_CHECKING:
    from core.market.arrays import Floats
    from core.market.concentration.regions import Regions

# A part of a region's shops below this is the solver's rounding, not a decision.
LEAST_PART = 1e-6


@dataclass(frozen=True)
class Choice:
    """Attacks chosen, and how much is thinned out for them.

    Parameters
    ----------
    attacks
        The chosen ones.
    thinning
        The regions that strength can be taken from.
    part
        Shape (n, quarters), the part of each one's shops thinned out in each quarter, 0 to 1.
    """

    attacks: Attacks
    thinning: Thinning
    part: Floats

    @property
    def value(self) -> float:
        """Yuan won less yuan lost."""
        return float(self.attacks.value.sum() - (self.part.sum(axis=1) * self.thinning.loss).sum())

    def load(self, regions: Regions, elsewhere: float) -> Floats:
        """Return the reps at work in each quarter, shape (quarters,)."""
        freed = (self.part * self.thinning.freed[:, None]).sum(axis=0)
        return np.asarray(regions.held.sum() + elsewhere + self.attacks.load.sum(axis=0) - freed)


def choose(
    regions: Regions, *, elsewhere: float = 0.0, forced: int | None = None, barred: int | None = None
) -> Choice:
    """Return the choice of the most value, proven to be it.

    A binary variable per attack, one per region at most; a variable from 0 to 1 per region and quarter for
    the part of its shops thinned out, 0 where it is attacked; the reps of every quarter and the money are
    limits. HiGHS solves it to a gap of 0.

    Parameters
    ----------
    regions
        The regions with strength and assumptions.
    elsewhere
        Reps bound outside these regions.
    forced, barred
        Position of a region that must, or may not, be attacked: to find what that costs.

    Raises
    ------
    InfeasibleError
        The strength or the budget doesn't suffice.
    """
    least = reps_needed(regions, elsewhere=elsewhere)
    if regions.options.reps < least - 1e-9:
        raise InfeasibleError(
            _(
                "{reps} reps can't hold what may not be given up; at least {least} are needed.",
                reps=format_number(regions.options.reps, 1),
                least=format_number(np.ceil(least * 10) / 10, 1),
            ),
            _("Plan with more reps, or let regions keep a smaller part of their visits."),
        )
    thin = thinning(regions)
    free = regions.options.reps - float(regions.held.sum()) - elsewhere
    offered = attacks(regions)
    rows = (offered.value > 0) | (offered.region == forced)
    offered = offered.where(rows & (offered.region != barred))
    return _solve(regions, offered, thin, free, forced)


def reps_needed(regions: Regions, *, elsewhere: float = 0.0) -> float:
    """Return the fewest reps that hold what may not be given up, with all else thinned out."""
    return float(regions.held.sum() + elsewhere - thinning(regions).freed.sum())


def _solve(regions: Regions, offered: Attacks, thin: Thinning, free: float, forced: int | None) -> Choice:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, kron, vstack

    quarters, n_regions = regions.options.quarters, len(regions.table)
    m, n = len(offered.region), len(thin.region) * quarters
    if m + n == 0:
        return Choice(offered, thin, np.zeros((len(thin.region), quarters)))
    once = csr_array((np.ones(m), (offered.region, np.arange(m))), shape=(n_regions, m))
    each_quarter = np.ones((quarters, 1))
    linked = hstack([kron(once[thin.region], each_quarter), csr_array(np.eye(n))])
    strength = hstack([csr_array(offered.load.T), kron(csr_array(-thin.freed[None, :]), np.eye(quarters))])
    alone = hstack([once, csr_array((n_regions, n))])
    money = hstack([csr_array(offered.money[None, :]), csr_array((1, n))])
    budget = np.inf if regions.options.budget is None else regions.options.budget
    most = np.concatenate([np.ones(n_regions), np.ones(n), np.full(quarters, free), [budget]])
    least = np.full(len(most), -np.inf)
    if forced is not None:
        least[forced] = 1.0
    gain = np.concatenate([offered.value, -np.repeat(thin.loss, quarters)])
    found = milp(
        -gain / (float(np.abs(gain).max()) or 1.0),
        integrality=np.concatenate([np.ones(m), np.zeros(n)]),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(vstack([alone, linked, strength, money], format="csr"), least, most),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise InfeasibleError(
            _("Strength and budget don't suffice for this attack, even with all else thinned out."),
            _("Plan with more reps, or a larger budget."),
        )
    chosen = offered.where(found.x[:m] > 0.5)
    part = found.x[m:].reshape(-1, quarters).clip(0.0, 1.0)
    part = _needed(part, thin, chosen.load.sum(axis=0) - free)
    return Choice(chosen, thin, np.where(part < LEAST_PART, 0.0, part))


def _needed(part: Floats, thin: Thinning, freed: Floats) -> Floats:
    """Give back what is thinned out beyond the reps to be set free: it may cost nothing and wins nothing.

    Parameters
    ----------
    part
        Shape (n, quarters).
    freed
        Shape (quarters,), reps that must be set free.
    """
    spare = (part * thin.freed[:, None]).sum(axis=0) - np.maximum(freed, 0.0)
    kept = part.copy()
    for row in np.argsort(-thin.loss, kind="stable"):
        back = np.clip(spare / thin.freed[row], 0.0, kept[row])
        kept[row] -= back
        spare = spare - back * thin.freed[row]
    return kept
