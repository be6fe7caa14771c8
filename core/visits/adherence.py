"""What was done of what was planned: visits, time, and what to change in the next cycle."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _
from core.visits.norms import CYCLE_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE_DAYS = 3
"""Days by which a visit may be early or late and still be the one that was meant."""
STATES: dict[str, str] = {
    "on_day": N_("Visited on the day"),
    "shifted": N_("Visited on another day"),
    "missed": N_("Not visited"),
    "due": N_("Not due yet"),
}
PROPOSALS: dict[str, str] = {
    "visit_now": N_("Never visited this cycle: visit first"),
    "other_day": N_("Missed twice or more: another weekday"),
    "overdue": N_("Overdue: bring the next visit forward"),
    "less": N_("Many visits, few sales: visit less often"),
    "more": N_("Many sales, few visits: visit more often"),
}
INEFFECTIVE_READINGS: dict[str, str] = {
    "relative": N_("10 % more than the rival"),
    "points": N_("10 percentage points more than the rival"),
}


def match(
    stops: pd.DataFrame, visits: pd.DataFrame, *, today: dt.date, tolerance: int = TOLERANCE_DAYS
) -> pd.DataFrame:
    """Return what became of every planned visit.

    A visit on the planned day counts first; those that are left go to the nearest planned visit of
    the same shop within the tolerance. A visit counts once.

    Parameters
    ----------
    stops
        terminal_id, day (dates): what was planned.
    visits
        terminal_id, day: what was done.
    today
        Planned visits of this day and later are not due yet unless made.
    tolerance
        Days by which a visit may be early or late.

    Returns
    -------
    DataFrame
        ``stops`` with state (a key of :data:`STATES`) and done_on (NaT where it was not made).
    """
    left, done = (
        # A table without rows has columns of no particular type.
        table.assign(
            terminal_id=table["terminal_id"].astype("str"),
            day=pd.to_datetime(table["day"]).astype("datetime64[us]"),
        )
        for table in (stops.reset_index(drop=True), visits[["terminal_id", "day"]])
    )
    done = done.drop_duplicates()
    found = left[["terminal_id", "day"]].merge(done.assign(made=True), how="left", on=["terminal_id", "day"])
    exact = found["made"].notna().to_numpy()
    done_on = left["day"].where(exact)
    rest = done.merge(
        left.loc[exact, ["terminal_id", "day"]], how="left", indicator=True, on=["terminal_id", "day"]
    )
    rest = rest.loc[rest["_merge"] == "left_only", ["terminal_id", "day"]].sort_values("day")
    open_stops = left.loc[~exact, ["terminal_id", "day"]].reset_index().sort_values("day")
    if len(rest) and len(open_stops):
        near = pd.merge_asof(
            rest.assign(made_on=rest["day"]),
            open_stops.rename(columns={"day": "planned"}).assign(day=open_stops["day"]),
            on="day",
            by="terminal_id",
            direction="nearest",
            tolerance=pd.Timedelta(days=tolerance),
        ).dropna(subset=["index"])
        near = near.assign(off=(near["made_on"] - near["planned"]).abs()).sort_values(["off", "made_on"])
        near = near.drop_duplicates("index")
        done_on.loc[near["index"].astype(int)] = near["made_on"].to_numpy()
    due = (left["day"] >= pd.Timestamp(today)).to_numpy()
    made = done_on.notna().to_numpy()
    state = np.select([exact, made, due], ["on_day", "shifted", "due"], "missed")
    return left.assign(state=state, done_on=done_on)


def rates(matched: pd.DataFrame) -> dict[str, float]:
    """Return planned, due, done, on_day, and the rates done ÷ due and on_day ÷ due (NaN for none due)."""
    counts = matched["state"].value_counts()
    on_day, shifted, missed = (int(counts.get(key, 0)) for key in ("on_day", "shifted", "missed"))
    due = on_day + shifted + missed
    return {
        "planned": len(matched),
        "due": due,
        "done": on_day + shifted,
        "on_day": on_day,
        "done_rate": (on_day + shifted) / due if due else math.nan,
        "on_day_rate": on_day / due if due else math.nan,
    }


def overdue_days(
    days_since: NDArray[np.float64], visits: NDArray[np.float64], tolerance: float = 0.2
) -> NDArray[np.float64]:
    """Return by how many days a visit is overdue: since the last − cycle ÷ frequency × (1 + tolerance).

    Parameters
    ----------
    days_since
        Days since the last visit; NaN for never, which gives infinity.
    visits
        Visits per four weeks; 0 is never overdue.
    tolerance
        Share of the gap that is forgiven.
    """
    with np.errstate(divide="ignore"):
        allowed = np.where(visits > 0, CYCLE_DAYS / visits * (1 + tolerance), np.inf)
    over = np.where(np.isnan(days_since), np.where(visits > 0, np.inf, 0.0), days_since - allowed)
    return np.maximum(over, 0.0)


def unvisited(shops: pd.DataFrame) -> pd.DataFrame:
    """Return the active customers without a visit in the cycle; 未访问客户为零 wants none.

    Parameters
    ----------
    shops
        terminal_id, status, cycle_visits (visits made in the cycle).
    """
    active = ~shops["status"].isin(("closed", "blank"))
    return shops[active & (shops["cycle_visits"].fillna(0) == 0)]


def wastes_more(own: float, rival: float, reading: str = "relative") -> bool:
    """Say whether the own ineffective time is so high that the rival can't be beaten (document 0-17).

    Parameters
    ----------
    own, rival
        Ineffective minutes ÷ working minutes, own and as estimated for the rival.
    reading
        ``relative``: own above 1.10 × the rival's; ``points``: own more than 10 percentage points above.

    Raises
    ------
    InputError
        Another reading, or a ratio outside 0 to 1.
    """
    if not (0 <= own <= 1 and 0 <= rival <= 1):
        raise InputError(
            _(
                "Expected shares of ineffective time from 0 to 1, found {own} and {rival}.",
                own=own,
                rival=rival,
            )
        )
    if reading not in INEFFECTIVE_READINGS:
        raise InputError(
            _("There is no reading “{reading}”.", reading=reading),
            _("Choose one of {keys}.", keys=", ".join(INEFFECTIVE_READINGS)),
        )
    limit = rival * 1.10 if reading == "relative" else rival + 0.10
    return own > limit + 1e-12


def contrast(shops: pd.DataFrame, by: str = "grade") -> pd.DataFrame:
    """Return visits against sales per group.

    Parameters
    ----------
    shops
        The group, cycle_visits, dwell (minutes) and own (yuan a month, NaN unknown).
    by
        Column of the group.

    Returns
    -------
    DataFrame
        group, shops, visits, dwell, own, visit_share, sales_share, and index = visit share ÷ sales
        share: above 1 gets more visits than its sales call for.
    """
    table = (
        shops.groupby(by, dropna=False)
        .agg(
            shops=(by, "size"),
            visits=("cycle_visits", "sum"),
            dwell=("dwell", lambda v: v.sum(min_count=1)),
            own=("own", lambda v: v.sum(min_count=1)),
        )
        .reset_index()
    )
    visits, own = table["visits"].sum(), table["own"].sum()
    table["visit_share"] = table["visits"] / visits if visits else np.nan
    table["sales_share"] = table["own"] / own if own else np.nan
    table["index"] = table["visit_share"] / table["sales_share"].where(table["sales_share"] > 0)
    return table


def proposals(shops: pd.DataFrame, matched: pd.DataFrame, *, factor: float = 2.0) -> pd.DataFrame:
    """Return what to change in the next cycle: one row per shop with something to say.

    Parameters
    ----------
    shops
        terminal_id, status, visits (norm in four weeks), cycle_visits, overdue (days), own.
    matched
        Result of :func:`match`; may be empty.
    factor
        A shop whose share of the visits is so many times its share of the sales is visited too
        often, and the other way round.

    Returns
    -------
    DataFrame
        terminal_id and proposal, a key of :data:`PROPOSALS`; the most pressing one per shop.
    """
    missed = matched.loc[matched["state"] == "missed"].groupby("terminal_id").size()
    missed_by = shops["terminal_id"].map(missed).fillna(0)
    made, own = shops["cycle_visits"].fillna(0), shops["own"]
    visit_share = made / made.sum() if made.sum() else made * np.nan
    sales_share = own / own.sum() if own.sum() else own * np.nan
    idle = shops["terminal_id"].isin(unvisited(shops)["terminal_id"])
    said = np.select(
        [
            idle,
            missed_by >= 2,
            shops["overdue"] > 0,
            (visit_share > factor * sales_share) & (made > 1),
            (sales_share > factor * visit_share) & (made > 0),
        ],
        ["visit_now", "other_day", "overdue", "less", "more"],
        "",
    )
    table = pd.DataFrame({"terminal_id": shops["terminal_id"], "proposal": said})
    return table[table["proposal"] != ""].reset_index(drop=True)
