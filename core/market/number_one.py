"""What No.1 takes: "first" means at least ``k`` times the second, 1.7 by default [S0] [B.3].

Arrays over n regions throughout: ``own`` is the own sales u, ``rival`` the largest named rival r1 (the
runner-up while we lead, the leader while we don't), NaN where there is none, ``others`` what all the other
companies together sell, R. Amounts are in any one unit; nothing here rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.arrays import Codes, Flags, Floats, above, at_least, divide

if TYPE_CHECKING:
    from core.market.model import Markets

STATES = (
    "secured",
    "leading_in_range",
    "tied",
    "chasing_in_range",
    "out_of_range",
    "no_own_sales",
    "no_rival_data",
    "sole_supplier",
    "own_unknown",
)
FEASIBILITY = ("secured", "fits_in_market", "needs_unidentified", "needs_growth_or_leader", "no_target")


@dataclass(frozen=True)
class Targets:
    """No.1 targets of n regions, yuan; NaN where a version isn't possible.

    Parameters
    ----------
    fixed
        The rivals stand still: ``k r1``. The upper end of the band.
    least
        The least gain that does it, taken from the rivals above a water level. The lower end.
    proportional
        Every rival loses the same part of its sales.
    from_rival
        Everything taken from the benchmark rival; NaN where another one would then be the larger.
    from_others
        Everything taken from the others, the benchmark rival untouched; NaN where they sell too little.
    level, losers
        The water level of ``least`` and how many rivals are above it.
    """

    fixed: Floats
    least: Floats
    proportional: Floats
    from_rival: Floats
    from_others: Floats
    level: Floats
    losers: Floats


def is_secured(own: Floats, rival: Floats, k: float) -> Flags:
    """Tell where own sales are at least ``k`` times the largest rival; exactly ``k`` is secured [F]."""
    return at_least(own, k * rival) & (own > 0)


def state(own: Floats, rival: Floats, k: float) -> Codes:
    """Return where we stand against the benchmark rival.

    Parameters
    ----------
    own, rival
        Shape (n,), yuan, NaN where unknown or absent.
    k
        The No.1 multiple. A follower at exactly ``1/k`` of the leader is still in range [W:14].

    Returns
    -------
    Codes
        Shape (n,), position in ``STATES``.
    """
    conditions = [
        np.isnan(own),
        np.isnan(rival),
        own <= 0,
        is_secured(own, rival, k),
        above(own, rival),
        at_least(own, rival),
        at_least(k * own, rival),
    ]
    names = [
        "own_unknown",
        "no_rival_data",
        "no_own_sales",
        "secured",
        "leading_in_range",
        "tied",
        "chasing_in_range",
    ]
    codes = [STATES.index(name) for name in names]
    return np.select(conditions, codes, default=STATES.index("out_of_range"))


def water_level(own: Floats, ranked_rivals: Floats, k: float) -> tuple[Floats, Floats]:
    """Return the level to which the rivals above it must fall so that No.1 takes the least gain.

    The level L solves ``u + sum(max(0, r_j - L)) = k L``. Taking from the m largest rivals only, whatever m,
    never yields more than that sum, so every ``L_m = (u + r_1 + ... + r_m) / (k + m)`` is at most L, and the
    right m reaches it: L is the largest of the L_m. No search and no case distinction, ties included.

    Parameters
    ----------
    own
        Shape (n,), yuan.
    ranked_rivals
        Shape (n, w), yuan, each row from the largest down, 0 where there is none.
    k
        The No.1 multiple.

    Returns
    -------
    tuple
        L and m, shape (n,); NaN where there is no rival or own sales are unknown.
    """
    n, width = ranked_rivals.shape
    if width == 0:
        return np.full(n, np.nan), np.full(n, np.nan)
    gathered = np.cumsum(ranked_rivals, axis=1) + np.fmax(own, 0.0)[:, None]
    levels = gathered / (k + np.arange(1, width + 1))
    losers = levels.argmax(axis=1)
    level = levels[np.arange(n), losers]
    known = (ranked_rivals[:, 0] > 0) & ~np.isnan(own)
    return np.where(known, level, np.nan), np.where(known, losers + 1.0, np.nan)


def targets(markets: Markets, k: float) -> Targets:
    """Return every version of the No.1 target; a secured region keeps its own sales as the target [B.3].

    Always least <= proportional <= fixed. Own sales below zero (net returns) count as 0 here.

    Parameters
    ----------
    k
        The No.1 multiple.

    Returns
    -------
    Targets
        Unrounded.
    """
    recorded, rival, second = markets.own, markets.benchmark, markets.nth_rival(1)
    own = np.where(np.isnan(recorded), np.nan, np.fmax(recorded, 0.0))
    others = markets.contestable
    level, losers = water_level(own, markets.ranked, k)
    part = rival / others
    gain = (k * rival - own) / (1 + k)
    fixed = np.where(np.isnan(own), k * rival, np.maximum(k * rival, own))
    done = is_secured(own, rival, k)

    def kept(target: Floats) -> Floats:
        return np.where(done, own, target)

    return Targets(
        fixed=kept(fixed),
        least=kept(k * level),
        proportional=kept((own + others) * k * part / (1 + k * part)),
        from_rival=kept(np.where(at_least(rival - gain, second), own + gain, np.nan)),
        from_others=kept(np.where(at_least(others - rival, k * rival - own), fixed + 0 * own, np.nan)),
        # Where No.1 is secured nobody stands above the level: it solves u = k L.
        level=np.where(done, own / k, level),
        losers=np.where(done, 0.0, losers),
    )


def feasibility(markets: Markets, fixed: Floats, k: float) -> Codes:
    """Say whether the fixed-rival target fits into a market that doesn't grow.

    It does, without the leader losing anything, only if ``T + r1 <= S``, the recorded sales; so the leader's
    share may be at most ``1 / (1 + k)``, 37.04 % at 1.7 [B.3].

    Returns
    -------
    Codes
        Shape (n,), position in ``FEASIBILITY``; ``needs_unidentified`` where only the part of the capacity
        that no recorded company sells makes room.
    """
    needed = fixed + markets.benchmark
    conditions = [
        np.isnan(needed) | np.isnan(markets.own),
        is_secured(markets.own, markets.benchmark, k),
        at_least(markets.recorded, needed),
        at_least(markets.capacity, needed),
    ]
    names = ["no_target", "secured", "fits_in_market", "needs_unidentified"]
    default = FEASIBILITY.index("needs_growth_or_leader")
    return np.select(conditions, [FEASIBILITY.index(name) for name in names], default=default)


def cushion(own: Floats, rival: Floats, k: float) -> tuple[Floats, Floats]:
    """Return how much a leader may lose and stay secured; below zero is exposed [B.3].

    Returns
    -------
    tuple
        ``u - k r1`` if the rival stands still, and ``(u - k r1) / (1 + k)`` if it gets all we lose; NaN
        where we don't lead.
    """
    lead = np.where(above(own, rival), own - k * rival, np.nan)
    return lead, lead / (1 + k)


def years_ahead(
    own: Floats, rival: Floats, k: float, *, years: int, rival_growth: float
) -> tuple[Floats, Floats]:
    """Return the target in some years and the growth it takes.

    ``T_n = k r1 (1 + q)^n`` and ``CAGR = (T_n / u)^(1/n) - 1``: own 250, rival 400, q 5 %, n 3 gives 787.2
    and 46.6 % [B.3]. Where own sales are above that already, they are the target and the growth is 0.

    Returns
    -------
    tuple
        Target in yuan and growth per year; NaN growth without own sales.
    """
    needed = k * rival * (1 + rival_growth) ** years
    target = np.where(np.isnan(needed), np.nan, np.fmax(needed, own))
    return target, divide(target, own) ** (1 / years) - 1
