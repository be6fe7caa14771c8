"""Where to enter first (切入点): the entry scores of a market report with what each factor adds [S0 0-8]."""

from __future__ import annotations

import pandas as pd

from core.i18n import N_
from core.market.attractiveness import ENTRY_CARD, score_parts
from core.reports.market.choices import names_of

FACTORS: dict[str, str] = {
    "relative_share": N_("Relative share"),
    "needed_gain": N_("Little needed gain"),
    "price_advantage": N_("Price advantage"),
    "dealer_strength": N_("Dealer strength"),
}


def entry_table(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions of a market report, the best to enter first.

    Parameters
    ----------
    regions
        Of :class:`core.reports.market.market.MarketReport`.

    Returns
    -------
    pandas.DataFrame
        Its columns, the name in the language in use, entry_rank, and part_<factor>, what each factor adds to
        the entry score, NaN where it isn't recorded.
    """
    scaled = {f"scaled_{key}": regions[f"entry_{key}"] for key in FACTORS}
    parts = score_parts(pd.DataFrame({"known_weight": regions["entry_known"], **scaled}), ENTRY_CARD)
    table = regions.assign(
        name=names_of(regions),
        entry_rank=regions["entry_score"].rank(method="min", ascending=False).astype("Int64"),
        **{name: parts[name] for name in parts},
    )
    return table.sort_values(
        ["entry_score", "region_id"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)
