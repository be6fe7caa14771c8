"""Why a share changed: distribution won or lost, or strength in the shops that carry us [B.9].

share = weighted distribution x share in handlers. The change is split by Shapley's rule (Shapley 1953):
each factor gets the mean of its effects over both orders in which the two could have changed, which for
two factors is its own change times the mean of the other. The two effects add up to the change exactly;
no joint rest is left to argue about.
"""

from __future__ import annotations

import pandas as pd

EFFECTS = ("distribution_effect", "in_store_effect")


def decompose(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Split the change of share between two periods.

    Parameters
    ----------
    before, after
        ``wd`` and ``sih`` per group, as :mod:`core.customers.terminals.distribution` returns them; a missing
        ``sih`` beside a ``wd`` of zero means that no shop carries us.

    Returns
    -------
    pandas.DataFrame
        On the index of both: ``share_before``, ``share_after``, ``change``, ``distribution_effect`` and
        ``in_store_effect``, all as parts of one (0.01 is a point). The effects sum to the change. A group
        whose share is unknown in one of the periods has no change and no effects.

    Notes
    -----
    Where no shop carried us in one period, share in handlers has no value there; the other period's stands
    in, so that the whole change is one of distribution.
    """
    index = before.index.union(after.index)
    wd0, wd1 = before["wd"].reindex(index), after["wd"].reindex(index)
    sih0, sih1 = before["sih"].reindex(index), after["sih"].reindex(index)
    nobody = (wd0 == 0) & (wd1 == 0)
    sih0, sih1 = (
        sih0.where(sih0.notna() | (wd0 != 0), sih1).where(~nobody, 0.0),
        sih1.where(sih1.notna() | (wd1 != 0), sih0).where(~nobody, 0.0),
    )
    distribution = (wd1 - wd0) * (sih0 + sih1) / 2
    in_store = (sih1 - sih0) * (wd0 + wd1) / 2
    share0, share1 = wd0 * sih0, wd1 * sih1
    known = share0.notna() & share1.notna()
    return pd.DataFrame(
        {
            "share_before": share0,
            "share_after": share1,
            "change": (share1 - share0).where(known),
            "distribution_effect": distribution.where(known),
            "in_store_effect": in_store.where(known),
        }
    )
