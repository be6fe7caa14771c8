"""Which products are stocked together: support, confidence and lift of pairs [K].

The product panel of the 7P asks for the association of products [S2]; a shop that stocks one product of a
strong pair without the other is where the other can be offered.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _

COLUMNS = ("item", "other", "both", "support", "confidence", "lift", "candidates")


def pair_table(baskets: pd.DataFrame, *, least: int = 5) -> pd.DataFrame:
    """Return how much more often two products go together than chance would have them.

    Parameters
    ----------
    baskets
        basket and item, a row per item in a basket; repeated rows count once.
    least
        Pairs in fewer baskets than this are left out: their lift is noise.

    Returns
    -------
    pandas.DataFrame
        item, other, both (baskets with both), support = both ÷ baskets, confidence = both ÷ baskets with
        ``item``, lift = confidence ÷ part of the baskets with ``other`` (1 = independent), candidates
        (baskets with ``item`` and without ``other``). Both directions of a pair, the largest lift first.

    Raises
    ------
    InputError
        ``least`` is below 1.
    """
    if least < 1:
        raise InputError(_("At least {least} baskets are asked for; it must be 1 or more.", least=least))
    rows = baskets[["basket", "item"]].dropna().drop_duplicates()
    basket, kinds = pd.factorize(rows["basket"])
    item, names = pd.factorize(rows["item"], sort=True)
    held = np.zeros((len(kinds), len(names)), np.int64)
    held[basket, item] = 1
    together = held.T @ held
    alone = np.diag(together)
    first, second = np.nonzero((together >= least) & ~np.eye(len(names), dtype=bool))
    both = together[first, second]
    table = pd.DataFrame(
        {
            "item": np.asarray(names)[first],
            "other": np.asarray(names)[second],
            "both": both,
            "support": both / max(len(kinds), 1),
            "confidence": both / alone[first],
            "lift": both * len(kinds) / (alone[first] * alone[second]),
            "candidates": alone[first] - both,
        },
        columns=list(COLUMNS),
    )
    return table.sort_values(["lift", "item", "other"], ascending=[False, True, True], ignore_index=True)
