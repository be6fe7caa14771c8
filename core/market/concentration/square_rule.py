"""The square rule for visits, a heuristic of practitioners [W:30] [B.6], and what follows from it.

The ratio of our sales to the rival's goes with the square of our visits of two years, the rival's staying as
they are: twice the visits, four times the ratio. ``response`` makes it weaker (1/2: in proportion) or
stronger.
Arrays over n regions throughout.
"""

from __future__ import annotations

import numpy as np

from core.market.arrays import Floats, divide
from core.market.concentration.options import WINDOW_QUARTERS, ConcentrationOptions


def visit_multiple(ratio: Floats, options: ConcentrationOptions) -> Floats:
    """Return the visits of two years that make us No.1 as a multiple of today's: ``sqrt(k (1 + q) / ratio)``.

    At the ratio 1 and k 1.7 it is 1.304: 30 % more visits are the No.1 multiple. NaN without a ratio above 0.
    """
    needed = np.full(ratio.shape, options.k * (1 + options.rival_growth))
    return divide(needed, ratio) ** (1 / (2 * options.response))


def campaign_visits(multiple: Floats, visits: Floats) -> Floats:
    """Return the visits needed beyond today's: those of eight quarters must grow by the multiple.

    ``8 (multiple - 1) x visits a quarter``; the quarters before the attack had today's visits, so all the
    growth is the attack's. Afterwards today's visits hold the position while the attack counts.
    """
    return np.asarray(WINDOW_QUARTERS * np.maximum(multiple - 1, 0.0) * visits)


def campaign_quarters(multiple: Floats, options: ConcentrationOptions) -> Floats:
    """Return how many quarters an attack takes when a quarter has at most ``intensity`` times the visits."""
    quarters = WINDOW_QUARTERS * (multiple - 1) / (options.intensity - 1)
    return np.asarray(np.maximum(np.ceil(quarters - 1e-9), 1.0))


def thinned_ratio(ratio: Floats, options: ConcentrationOptions) -> Floats:
    """Return the ratio left after one quarter with only ``thin_to`` of the visits."""
    visits = 1 - (1 - options.thin_to) / WINDOW_QUARTERS
    return np.asarray(ratio * visits ** (2 * options.response))


def sales_at_ratio(ratio: Floats, rival: Floats, others: Floats, own: Floats, fixed: object) -> Floats:
    """Return own sales at a ratio to the benchmark rival, yuan.

    As the No.1 target has it: of a known market every rival loses (or wins) in proportion,
    ``S ratio c / (1 + ratio c)`` with ``c = rival / others``; else the rival stands still, ``ratio x rival``.

    Parameters
    ----------
    ratio, rival, others, own
        Shape (n,); ``others`` is what all other companies together sell, ``S = own + others``.
    fixed
        Flags, shape (n,): where the rival stands still.
    """
    part = divide(rival, others)
    shared = (own + others) * ratio * part / (1 + ratio * part)
    return np.where(np.asarray(fixed, dtype=bool), ratio * rival, shared)
