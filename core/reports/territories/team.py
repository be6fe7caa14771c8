"""How many reps the work takes, where they should live, and managers' areas above their territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import CancelledError, InputError
from core.i18n import _
from core.reports.territories.design import SEED, balances_of
from core.territories import (
    DesignRequest,
    Proposal,
    areas_request,
    best_homes,
    compare_numbers,
    least_number,
    solve,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.reports.territories.design import Wish
    from core.reports.territories.units import ShopUnits
    from core.territories import Progress

MOST_NUMBERS = 12
AREA_STEPS = 200_000
"""Steps of the search for managers' areas: there are few territories."""


@dataclass(frozen=True, eq=False)
class TeamSize:
    """Numbers of reps compared.

    Parameters
    ----------
    numbers
        See :func:`core.territories.compare_numbers`.
    least
        How many reps the work takes at least.
    best
        The design with the fewest reps that fits; None where none does.
    homes
        Of ``best``, one row per rep: number (from 1), region and shop nearest to where the rep should live,
        lat, lon, shops, workload (minutes in four weeks), mean_km; None without one.
    """

    numbers: pd.DataFrame
    least: int
    best: Proposal | None
    homes: pd.DataFrame | None


def compare_team_sizes(
    shops: ShopUnits,
    wish: Wish,
    numbers: range,
    capacity: float,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> TeamSize:
    """Design territories from nothing for each number of reps, and return the smallest whose work fits.

    Parameters
    ----------
    wish
        What is balanced, and how long is searched for each number.
    numbers
        Numbers of reps, at most :data:`MOST_NUMBERS`.
    capacity
        Workload that one rep can do, minutes in four weeks.
    progress
        Told which share is done.
    cancelled
        Asked all the time.

    Raises
    ------
    CancelledError
        The user stopped the search.
    """
    if not 1 <= len(numbers) <= MOST_NUMBERS:
        raise InputError(_("Compare 1 to {most} numbers of reps, the lower first.", most=MOST_NUMBERS))
    request = DesignRequest(shops.units, numbers[-1], balances_of(wish))

    def search(asked: DesignRequest) -> Proposal:
        before = numbers.index(asked.territories)

        def tell(now: Progress) -> None:
            if progress is not None:
                progress((before + now.share) / len(numbers))

        proposal = solve(
            asked,
            seconds=None if wish.steps else wish.seconds,
            iterations=wish.steps,
            seed=SEED,
            progress=tell,
            cancelled=cancelled,
        )
        if cancelled():
            raise CancelledError(_("The comparison was stopped."))
        return proposal

    table, best = compare_numbers(request, numbers, "workload", capacity, search)
    if cancelled():
        raise CancelledError(_("The comparison was stopped."))
    least = least_number(shops.units, "workload", capacity)
    return TeamSize(table, least, best, None if best is None else _homes(shops, best))


def _homes(shops: ShopUnits, best: Proposal) -> pd.DataFrame:
    homes, territories = best_homes(best), best.territories()
    nearest = shops.table.set_index("terminal_id").loc[homes["unit_id"]]
    return pd.DataFrame(
        {
            "number": homes["territory"] + 1,
            "region": nearest["region"].to_numpy(),
            "shop": nearest["name"].to_numpy(),
            "lat": homes["lat"],
            "lon": homes["lon"],
            "shops": territories["units"],
            "workload": territories["workload"],
            "mean_km": homes["mean_km"],
        }
    )


def manager_areas(shops: ShopUnits, proposal: Proposal, wish: Wish, areas: int) -> pd.DataFrame:
    """Return the managers' areas that join whole territories which touch; balance is a wish.

    Returns
    -------
    pandas.DataFrame
        area (from 1), reps (their names), territories, shops, workload, sales, potential.
    """
    most = proposal.request.territories
    if not 1 <= areas <= most:
        raise InputError(_("Expected 1 to {k} areas for {k} territories, found {n}.", k=most, n=areas))
    request = areas_request(proposal, areas, balances_of(wish))
    found = solve(request, iterations=AREA_STEPS, seed=SEED, soft_balance=True)
    table = found.territories()
    names = shops.reps["name"].astype(str).to_numpy()
    reps = [_(", ").join(names[np.flatnonzero(found.territory == area)]) for area in range(areas)]
    return pd.DataFrame(
        {
            "area": table["territory"] + 1,
            "reps": reps,
            "territories": table["units"],
            **{name: table[name] for name in ("shops", "workload", "sales", "potential")},
        }
    )
