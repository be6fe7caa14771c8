"""What the page works on: the shops, today's territories, the proposal with its edits and refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from core.reports.territories.design import Wish, edited, refused, today_of
from core.reports.territories.units import MEASURES, ShopUnits, TerritoryRequest, shop_units
from pages._ui import reads, url

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.territories import Proposal
    from pages._ui.filters import Filters

WORK = "territory_work"
TOLERANCES, SECONDS = (1, 50), (2, 120)
DEFAULT_TOLERANCE, DEFAULT_SECONDS = 5, 10


@dataclass(eq=False)
class Work:
    """The work of this session.

    Parameters
    ----------
    shops
        The units, shared by everybody.
    today
        Today's territories.
    proposed
        Territory of each unit as searched and edited by hand; None before the first search.
    refused_ids
        Customers that stay whose they are.
    steps
        Counts the edits, so that tables begin anew after one.
    """

    shops: ShopUnits
    today: Proposal
    proposed: NDArray[np.int64] | None = None
    refused_ids: set[str] = field(default_factory=set)
    steps: int = 0

    @property
    def searched(self) -> Proposal | None:
        """The proposal with edits, before refusals; None before the first search."""
        return None if self.proposed is None else edited(self.today, self.proposed)

    @property
    def proposal(self) -> Proposal | None:
        """The proposal as it would be applied."""
        before = self.searched
        if before is None:
            return None
        return edited(before, refused(self.shops, before, self.refused_ids))

    def take_over(self, territory: NDArray[np.int64]) -> None:
        """Begin with another proposal."""
        self.proposed, self.refused_ids = territory.copy(), set()
        self.steps += 1

    def move(self, positions: list[int], territory: int) -> None:
        """Give some units to a territory."""
        start = self.today.territory if self.proposed is None else self.proposed
        self.proposed = start.copy()
        self.proposed[positions] = territory
        self.refused_ids -= {self.shops.units.ids[place] for place in positions}
        self.steps += 1


def current(filters: Filters) -> Work:
    """Return the work of this session; it begins anew where the filters or the data ask for other shops.

    Raises
    ------
    InputError
        There are no shops or reps to part.
    """
    request = TerritoryRequest(filters.company, filters.start, filters.end, url.value("within") or None)
    shops: ShopUnits = reads.shared(shop_units, request)
    work: Work | None = st.session_state.get(WORK)
    if work is None or work.shops is not shops:
        work = Work(shops, today_of(shops, wish()))
        st.session_state[WORK] = work
    return work


def wish() -> Wish:
    """Return how the address says territories are to be."""
    measures = tuple(code for code in url.value("balance").split(",") if code in MEASURES)
    return Wish(
        measures or ("workload",),
        _number("tolerance", TOLERANCES, DEFAULT_TOLERANCE) / 100,
        most_changes=_number("changes", (0, 10**7), 0) or None,
        seconds=float(_number("seconds", SECONDS, DEFAULT_SECONDS)),
    )


def _number(name: str, limits: tuple[int, int], default: int) -> int:
    try:
        value = int(url.value(name))
    except ValueError:
        return default
    return min(max(value, limits[0]), limits[1])
