"""Where the document's zones and the practice of Lanchester's strategy say different things; how to develop.

The table of S3 is shown verbatim; a region that it would send the wrong way carries a warning instead of a
changed direction [F].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.i18n import N_
from core.market.arrays import text_column
from core.market.number_one import STATES
from core.market.quadrant import ZONES
from core.market.symbols import share_symbols

if TYPE_CHECKING:
    import pandas as pd

    from core.market.arrays import Codes, Flags, Floats

WARNINGS = (
    "keep_focus_out_of_range",
    "deepen_out_of_range",
    "easy_but_not_first",
    "stable_not_secured",
    "leader_not_stable",
)
DEVELOPMENT_MODES = {
    "intensive": N_("Intensive development"),
    "focus": N_("Focused development"),
    "broad": N_("Broad development"),
}
FOCUS_ORDERS = (1, 2)
"""Zones that are attacked first: the focus regions of S3 p112 [I]."""
# The kinds of figure that can be missing, in the order in which they are listed.
MISSING = ("capacity", "capacity_previous", "own", "own_previous", "rivals")


def method_warnings(zone: Codes, state: Codes, share: Floats, *, practice: bool = False) -> Flags:
    """Tell which warnings each region carries.

    Parameters
    ----------
    zone, state
        Shape (n,), positions in ``ZONES`` and ``STATES``.
    share
        Own share of the capacity.

    Returns
    -------
    Flags
        Shape (n, 5), one column per entry of ``WARNINGS``: the decline zone's 维持重点 or the unstable
        zone's 深耕战略 although the leader is out of range, where practice withdraws or subdivides [W:8];
        an "easy" growth zone where somebody else is first; a stable zone that isn't secured; a leader below
        the lower limit, whom practice calls not stable [W:14].
    """
    out = state == STATES.index("out_of_range")
    behind = out | (state == STATES.index("chasing_in_range"))
    ahead = state == STATES.index("leading_in_range")
    first = ahead | (state == STATES.index("secured"))
    lower_limit = share_symbols(practice=practice)["lower_limit"]
    return np.stack(
        [
            out & (zone == ZONES.index("decline")),
            out & (zone == ZONES.index("unstable")),
            behind & (zone == ZONES.index("growth_competition")),
            (behind | ahead | (state == STATES.index("tied"))) & (zone == ZONES.index("stable")),
            first & (share < lower_limit),
        ],
        axis=1,
    )


def joined(flags: Flags, names: tuple[str, ...]) -> pd.api.extensions.ExtensionArray:
    """Return the names that apply to each row, joined by commas; an empty text where none does.

    Every combination is spelled once and looked up, so the number of rows hardly matters.
    """
    weights = 1 << np.arange(len(names))
    texts = [
        ",".join(name for bit, name in zip(weights, names, strict=True) if combination & bit)
        for combination in range(1 << len(names))
    ]
    return text_column(flags @ weights, texts)


def development_mode(urban_class: str | None, attack_order: int | None) -> str:
    """Return how a region is developed [S3 p111–112]: a key of :data:`DEVELOPMENT_MODES`, empty if unknown.

    Narrow places such as town centres are developed intensively. Villages and countryside broadly, or with
    a focus: the focus is on the zones that the document attacks first. It says “intensive” of wide grounds
    as well as of narrow ones; that is kept where a wide ground isn't countryside.

    Parameters
    ----------
    urban_class
        centre, urban, town or rural; None unknown.
    attack_order
        1 to 4 by the zone of the region; None where it has none.
    """
    if urban_class in {"centre", "urban"}:
        return "intensive"
    if urban_class in {"town", "rural"}:
        return "focus" if attack_order in FOCUS_ORDERS else "broad"
    return ""
