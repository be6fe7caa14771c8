"""The way of a weak company to No.1, in four stages with a gap each [B.3]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.arrays import at_least, text_column, to_fen

if TYPE_CHECKING:
    from core.market.model import Markets

STAGES = ("inside_range", "pass_next", "pass_leader", "secure")


def staged_path(markets: Markets, k: float) -> pd.DataFrame:
    """Return the stages: inside the range, past the company directly above, past the leader, ``k`` times.

    The rivals stand still. "Past" is one fen more than the rival. A rival directly above may be smaller
    than ``r1 / k``: then the second stage is passed on the way to the first. Where nobody is above, there
    is no second stage.

    Parameters
    ----------
    k
        The No.1 multiple.

    Returns
    -------
    pandas.DataFrame
        region_id, stage, rival_id, target, gap (yuan, to the fen), reached; three or four rows a region that
        has a named rival, in the order of the stages. Target and gap are missing where there is no such rival
        or own sales are unknown.
    """
    leader, benchmark, _earlier = markets.largest_rival()
    next_id, next_amount, _earlier = markets.rival_above()
    rows = np.flatnonzero(~np.isnan(benchmark))
    own = to_fen(markets.own[rows])
    fen = np.stack(
        [
            to_fen(benchmark[rows] / k),
            to_fen(next_amount[rows]) + 1,
            to_fen(benchmark[rows]) + 1,
            to_fen(k * benchmark[rows]),
        ],
        axis=1,
    )
    own_column = own[:, None]
    exists = np.ones(fen.shape, dtype=np.bool_)
    exists[:, 1] = ~np.isnan(next_amount[rows]) | np.isnan(own)
    rival = np.stack([leader, next_id, leader, leader], axis=1)[rows]
    table = pd.DataFrame(
        {
            "region_id": markets.region_ids[rows].repeat(len(STAGES)),
            "stage": text_column(np.tile(np.arange(len(STAGES)), len(rows)), STAGES),
            "rival_id": text_column(rival.ravel(), [str(c) for c in markets.companies]),
            "target": (fen / 100).ravel(),
            "gap": (np.maximum(fen - own_column, 0 * own_column) / 100).ravel(),
            "reached": pd.array(at_least(own_column, fen).ravel(), dtype="boolean"),
        }
    )
    return table[exists.ravel()].reset_index(drop=True)
