"""Lanchester's laws and the seven share symbols, computed from Koopman's model.

The derivation [I/K]: of two forces M and N, with ``rho = (M/N) ** (1/3)``, the strategic and the tactical
part of M are ``Ms = (2 M - rho N) / 3`` and ``Mt = (M + rho N) / 3``. For a given ``q = Ms / Mt`` the ratio
of the forces is ``M/N = ((1 + q) / (2 - q)) ** 1.5``, and the share of M is ``x / (1 + x)``.

* q = 0, no strategic force of one's own is left: M/N = 1 / (2 √2), the lower limit 26.12 %;
* the rival's is zero: the mirror image, M/N = 2 √2 = 2.828, the upper limit 73.88 %;
* q = 1/3: M/N = 0.8 ** 1.5, the stable target 41.71 %.

The other four are products of these three [W:4,5,6].
"""

from __future__ import annotations

import numpy as np

from core.market.arrays import Codes, Floats, at_least

# From the highest to the lowest; the position is the code.
SYMBOLS = ("upper_limit", "stable", "lower_limit", "upper_rank", "influence", "presence", "foothold")
BELOW_ALL = "below_foothold"
SYMBOL_CODES = (*SYMBOLS, BELOW_ALL)

STABLE_STRATEGIC_PART = 1 / 3


def force_ratio(strategic_to_tactical: float) -> float:
    """Return M/N at which the strategic force is this multiple of the tactical one (Koopman) [I/K]."""
    return float(((1 + strategic_to_tactical) / (2 - strategic_to_tactical)) ** 1.5)


def share_symbols(*, practice: bool = False) -> dict[str, float]:
    """Return the seven share targets from the highest to the lowest [W:4,5,6].

    Parameters
    ----------
    practice
        Start from the rounded values of practice, 75 / 40 / 25 % [W:7], instead of the derived ones.

    Returns
    -------
    dict
        Share in [0, 1] by symbol: 73.88, 41.71, 26.12, 19.30, 10.89, 6.82 and 2.85 %.
    """
    if practice:
        upper, stable, lower = 0.75, 0.40, 0.25
    else:
        weakest = force_ratio(0)
        steady = force_ratio(STABLE_STRATEGIC_PART)
        lower = weakest / (1 + weakest)
        upper = 1 - lower
        stable = steady / (1 + steady)
    values = (upper, stable, lower, lower * upper, lower * stable, lower**2, lower**2 * stable)
    return dict(zip(SYMBOLS, values, strict=True))


def symbol_reached(share: Floats, *, practice: bool = False) -> Codes:
    """Return the highest symbol that each share reaches.

    Parameters
    ----------
    share
        Shape (n,), in [0, 1].

    Returns
    -------
    Codes
        Shape (n,), position in ``SYMBOL_CODES``; -1 where the share is missing.
    """
    limits = np.array(list(share_symbols(practice=practice).values()))
    missed = np.count_nonzero(~at_least(share[:, None], limits), axis=1)
    return np.where(np.isnan(share), -1, missed)


def next_symbol(share: Floats, *, practice: bool = False) -> tuple[Codes, Floats]:
    """Return the next symbol above each share, the target where no rival is known [B.3 case 8].

    Returns
    -------
    tuple
        Position in ``SYMBOL_CODES`` and share of the symbol; -1 and NaN where the share is missing or
        the upper limit is reached.
    """
    limits = np.array([*share_symbols(practice=practice).values(), np.nan])
    following = symbol_reached(share, practice=practice) - 1
    return np.maximum(following, -1), np.where(following >= 0, limits[following], np.nan)
