"""Prospects: possibility × progress, whom to visit when, the four visits, and what became of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from numpy.typing import NDArray

POSSIBILITIES = ("A", "B", "C")
PROGRESS: dict[str, str] = {"hot": N_("Hot"), "warm": N_("Warm"), "cold": N_("Cold")}
HORIZONS: dict[str, str] = {
    "this_month": N_("This month"),
    "next_month": N_("Next month"),
    "three_months": N_("Within 3 months"),
    "six_months": N_("Within 6 months"),
}
DEFAULT_HORIZONS: dict[tuple[str, str], str] = {
    ("A", "hot"): "this_month",
    ("A", "warm"): "this_month",
    ("B", "hot"): "this_month",
    ("A", "cold"): "next_month",
    ("B", "warm"): "next_month",
    ("C", "hot"): "next_month",
    ("B", "cold"): "three_months",
    ("C", "warm"): "three_months",
    ("C", "cold"): "six_months",
}
"""Which list a cell of the grid belongs to [I]; the documents name the lists, not the cut."""
PURPOSES: tuple[str, ...] = (
    N_("Get to know each other; who decides, whom do they buy from"),
    N_("Find the need and the key person; what does the rival not do"),
    N_("Make the offer: range, price, display, service"),
    N_("Test the close; grade the prospect and decide"),
)
DECISIONS: dict[str, str] = {
    "continue": N_("Continue"),
    "nurture": N_("Nurture"),
    "drop": N_("Drop"),
    "won": N_("Won"),
}
STATES: dict[str, str] = {
    "visit": N_("Visit"),
    "decide": N_("Decision due"),
    "decided": N_("Decided"),
    "no_go": N_("No-go account"),
}
SOURCES: dict[str, str] = {
    "canvassing": N_("Canvassing"),
    "telephone": N_("Telephone"),
    "referral": N_("Referral, relations"),
    "customer": N_("Existing customers"),
    "mail": N_("Mail order"),
    "partner": N_("Cooperation"),
}


def grid(prospects: pd.DataFrame) -> pd.DataFrame:
    """Return count and value of the prospects by possibility (rows) and progress (columns).

    Parameters
    ----------
    prospects
        possibility, progress, value (yuan a month, NaN unknown).

    Returns
    -------
    DataFrame
        possibility, progress, count, value; all nine cells, value NaN where none is known. Prospects
        without possibility or progress are in none of them.
    """
    cells = pd.MultiIndex.from_product([POSSIBILITIES, list(PROGRESS)], names=["possibility", "progress"])
    grouped = prospects.groupby(["possibility", "progress"])["value"]
    table = pd.DataFrame({"count": grouped.size(), "value": grouped.sum(min_count=1)}).reindex(cells)
    return table.assign(count=table["count"].fillna(0).astype(int)).reset_index()


def horizons(prospects: pd.DataFrame, rule: Mapping[tuple[str, str], str] | None = None) -> pd.Series:
    """Return the list each prospect belongs to; missing where possibility or progress is.

    Raises
    ------
    InputError
        Possibility or progress is another one; all are named.
    """
    rule = DEFAULT_HORIZONS if rule is None else rule
    pairs = pd.Series(
        list(zip(prospects["possibility"], prospects["progress"], strict=True)), index=prospects.index
    )
    known = prospects["possibility"].notna() & prospects["progress"].notna()
    odd = sorted({f"{p} / {q}" for p, q in pairs[known] if (p, q) not in rule})
    if odd:
        raise InputError(
            _("Unknown possibility and progress: {pairs}.", pairs=", ".join(odd)),
            _("Possibility is A, B or C; progress is hot, warm or cold."),
        )
    return pairs.where(known).map(rule, na_action="ignore").astype("str").where(known)


def next_step(prospects: pd.DataFrame) -> pd.DataFrame:
    """Return state and number of the next visit by the four-visit rule (Fukunaga [W:17]).

    Unless a no-go account is found, keep going until visit 4; visits need not be asked for; at
    visit 4 test the close, grade, and decide.

    Parameters
    ----------
    prospects
        visits (made so far), no_go (bool), decision (missing until decided).

    Returns
    -------
    DataFrame
        state (a key of :data:`STATES`) and next_visit (1 to 4; missing when none is due).
    """
    made = prospects["visits"].to_numpy(np.int64)
    no_go = prospects["no_go"].fillna(False).to_numpy(bool)
    decided = prospects["decision"].notna().to_numpy()
    state = np.select([no_go, decided, made >= len(PURPOSES)], ["no_go", "decided", "decide"], "visit")
    # “Continue” after the fourth visit opens no fifth of the sequence; it is a customer's visit then.
    number = pd.Series(made + 1, index=prospects.index, dtype="Int64").where(state == "visit")
    return pd.DataFrame({"state": state, "next_visit": number}, index=prospects.index)


SHOPS_A_BLOCK = 15
"""Shops that a day of canvassing holds [I]."""


def canvassing_blocks(prospects: pd.DataFrame) -> pd.Series:
    """Return the block, from 1, in which each prospect without a progress is first visited [S3 p115].

    Before a prospect is one, a new district is worked block by block; afterwards by value and progress.

    Parameters
    ----------
    prospects
        progress, no_go, decision, visits, lat, lon.

    Returns
    -------
    Series
        Missing for who has a progress, was visited, is decided, or has no known place.
    """
    unknown = prospects["progress"].isna() & prospects["decision"].isna() & (prospects["visits"] == 0)
    placed = prospects["lat"].notna() & prospects["lon"].notna()
    mask = unknown & placed & ~prospects["no_go"].fillna(False).astype(bool)
    number = pd.Series(pd.NA, index=prospects.index, dtype="Int64")
    places = prospects[mask]
    number[mask] = blocks(places["lat"].to_numpy(float), places["lon"].to_numpy(float), SHOPS_A_BLOCK) + 1
    return number


def blocks(lat: NDArray[np.float64], lon: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Cut a new district into blocks to be canvassed one after the other (分块订立日程).

    Halves along the longer side until no block has more than ``most`` shops; neighbours in number
    are neighbours on the ground.

    Parameters
    ----------
    lat, lon
        Places, WGS-84 degrees.
    most
        Shops per block, at least 1.

    Returns
    -------
    array of int
        Number of each shop's block, from 0.
    """
    if most < 1:
        raise InputError(_("Expected at least 1 shop a block, found {value}.", value=most))
    block = np.zeros(len(lat), np.int64)
    x = np.asarray(lon) * math.cos(math.radians(float(np.mean(lat)))) if len(lat) else np.asarray(lon)
    y = np.asarray(lat)
    number = 0

    def halve(members: NDArray[np.int64], flip: bool) -> None:
        nonlocal number
        if len(members) <= most:
            block[members] = number
            number += 1
            return
        wide = x if np.ptp(x[members]) >= np.ptp(y[members]) else y
        order = members[np.argsort(wide[members], kind="stable")]
        order = order[::-1] if flip else order
        # Full blocks but the last: half a block left over in each half would be walked twice.
        cut = most * math.ceil(len(order) / most / 2)
        halve(order[:cut], flip)
        halve(order[cut:], not flip)

    if len(lat):
        halve(np.arange(len(lat)), False)
    return block
