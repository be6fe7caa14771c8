"""Proposals of territories: asked for, compared with today, edited customer by customer, put into tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import N_, _
from core.reports.territories.ground import fill_today
from core.reports.territories.units import MEASURES, ShopUnits
from core.territories import NOBODY, Balance, DesignRequest, Proposal, Upheaval, solve
from core.territories.trade_off import DEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from core.territories import Progress

SEED = 1
UPHEAVALS: dict[str, tuple[str, float]] = {
    "fewest": (N_("Fewest changes"), DEAR),
    "shorter": (N_("Few, shorter ways"), 0.3),
    "shortest": (N_("Shortest ways"), 0.1),
}
"""What a change of hands has to be worth, and its price; see :class:`core.territories.Upheaval`. At 0.3 the
reps of the demonstration region travelled 12 % less, planned, with 1,699 changes, 580 being the fewest."""


@dataclass(frozen=True)
class Wish:
    """How territories are to be.

    Parameters
    ----------
    measures
        What they are balanced by, keys of ``MEASURES``.
    tolerance
        How far a territory may be off the mean, 0.05 for 5 %.
    most_changes
        How many customers may change hands; None for any number.
    upheaval
        How reluctantly customers change hands, a key of :data:`UPHEAVALS`.
    seconds
        How long is searched.
    steps
        How many steps are searched instead, the same proposal every time; None to search by the clock.
    """

    measures: tuple[str, ...] = ("workload",)
    tolerance: float = 0.05
    most_changes: int | None = None
    upheaval: str = "shorter"
    seconds: float = 10.0
    steps: int | None = None


def design(
    shops: ShopUnits,
    wish: Wish,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Proposal:
    """Search a proposal.

    Raises
    ------
    InfeasibleError
        Says which rule and which customers make it impossible, and what would make it fit.
    CancelledError
        The user stopped the search.
    """
    return solve(
        request_of(shops, wish),
        seconds=None if wish.steps else wish.seconds,
        iterations=wish.steps,
        seed=SEED,
        # The table says which territory is still off; no proposal at all would say less.
        soft_balance=True,
        progress=progress,
        cancelled=cancelled,
    )


def balances_of(wish: Wish) -> tuple[Balance, ...]:
    """Return what is to be alike in all territories."""
    return tuple(Balance(name, wish.tolerance, _(MEASURES[name])) for name in wish.measures)


def request_of(shops: ShopUnits, wish: Wish) -> DesignRequest:
    """Return the question that the search takes: today's owners, A customers last, the reps' homes."""
    return DesignRequest(
        shops.units,
        len(shops.reps),
        balances_of(wish),
        homes=shops.reps[["lat", "lon"]].to_numpy(np.float64),
        upheaval=Upheaval(
            shops.today,
            most_changes=wish.most_changes,
            reluctance=shops.reluctance,
            price=UPHEAVALS[wish.upheaval][1],
        ),
        names=tuple(shops.reps["name"].astype(str)),
    )


def today_of(shops: ShopUnits, wish: Wish) -> Proposal:
    """Return today's territories as a proposal; who belongs to nobody counts with the nearest rep."""
    return Proposal(request_of(shops, wish), fill_today(shops.units, shops.today, len(shops.reps)))


def edited(proposal: Proposal, territory: NDArray[np.int64]) -> Proposal:
    """Return the proposal with other owners; nothing is searched."""
    return Proposal(proposal.request, territory)


def balance_table(shops: ShopUnits, today: Proposal, proposal: Proposal) -> pd.DataFrame:
    """Return one row per rep, today beside the proposal.

    Returns
    -------
    pandas.DataFrame
        employee_id, name, and for each measure and for ``mean_km``: ``<measure>_today`` and the same
        without the ending; changed (customers that come or go).
    """
    before, after = today.territories(), proposal.territories()
    moved = proposal.territory != shops.today
    come = np.bincount(proposal.territory[moved], minlength=len(shops.reps))
    owned = moved & (shops.today != NOBODY)
    go = np.bincount(shops.today[owned], minlength=len(shops.reps))
    table = shops.reps[["employee_id", "name"]].copy()
    for name in (*MEASURES, "mean_km"):
        table[f"{name}_today"] = before[name].to_numpy()
        table[name] = after[name].to_numpy()
    return table.assign(changed=come + go)


def change_table(shops: ShopUnits, proposal: Proposal) -> pd.DataFrame:
    """Return the customers that change hands, A customers first, then those with most sales.

    Returns
    -------
    pandas.DataFrame
        terminal_id, name, region, grade, before and after (employee_id), before_name, after_name, workload,
        sales, potential; before is missing where nobody owns it.
    """
    rows = np.flatnonzero(proposal.territory != shops.today)
    reps = shops.reps
    # The last place, -1, is nobody's.
    names = np.array([*reps["name"], None], dtype=object)
    ids = np.array([*reps["employee_id"], None], dtype=object)
    before, after = shops.today[rows], proposal.territory[rows]
    table = shops.table.iloc[rows][
        ["terminal_id", "name", "region", "grade", "employee_id", "workload", "sales", "potential"]
    ].assign(
        # The owner that the store names, who may have no territory here.
        before=shops.table["employee_id"].iloc[rows],
        before_name=names[before],
        after=ids[after],
        after_name=names[after],
    )
    order = table.assign(_a=table["grade"] != "A", _sales=-table["sales"])
    order = order.sort_values(["_a", "_sales", "terminal_id"])
    return table.loc[order.index].drop(columns="employee_id").reset_index(drop=True)


def refused(shops: ShopUnits, proposal: Proposal, terminal_ids: set[str]) -> NDArray[np.int64]:
    """Return the proposal's territories with some customers left where they are today."""
    stay = shops.table["terminal_id"].isin(terminal_ids).to_numpy() & (shops.today != NOBODY)
    return np.where(stay, shops.today, proposal.territory)
