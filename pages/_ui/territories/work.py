"""What the page works on: the shops, today's territories, the proposal with its edits and refusals."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.reports.territories.design import UPHEAVALS, Wish, edited, refused, request_of, today_of
from core.reports.territories.units import MEASURES, ShopUnits, TerritoryRequest, shop_units
from core.territories import Proposal, explain
from pages._ui import reads, url

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.reports.territories.team import TeamSize
    from core.reports.territories.travel_proof import TravelProof
    from core.territories.feasibility import Obstacle
    from pages._ui.filters import Filters

WORK = "territory_work"
TOLERANCES, SECONDS = (0.5, 50.0), (2.0, 120.0)
DEFAULT_TOLERANCE, DEFAULT_SECONDS = 4.5, 10.0
"""Territories within ±4.5 % have a highest ÷ lowest of at most 1.10."""
MOST_STEPS = 10**9
DEFAULT_UPHEAVAL = "shorter"


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
    reasons
        Why the proposal as searched misses the tolerance; empty where it doesn't, or was edited by hand.
    travel
        The territories last planned by the visit planner, and what came of it.
    team
        The numbers of reps last compared.
    """

    shops: ShopUnits
    today: Proposal
    proposed: NDArray[np.int64] | None = None
    refused_ids: set[str] = field(default_factory=set)
    steps: int = 0
    reasons: tuple[Obstacle, ...] = ()
    travel: tuple[NDArray[np.int64], TravelProof] | None = None
    team: TeamSize | None = None

    @property
    def proof(self) -> TravelProof | None:
        """The planned travel of just this proposal; None where it isn't planned, or edited since."""
        proposal = self.proposal
        if self.travel is None or proposal is None:
            return None
        return self.travel[1] if np.array_equal(self.travel[0], proposal.territory) else None

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

    def take_over(self, territory: NDArray[np.int64], wish: Wish) -> None:
        """Begin with another proposal, searched for a wish."""
        self.today = Proposal(request_of(self.shops, wish), self.today.territory)
        self.proposed, self.refused_ids = territory.copy(), set()
        self.reasons = tuple(explain(edited(self.today, territory)))
        self.steps += 1

    def move(self, positions: list[int], territory: int) -> None:
        """Give some units to a territory."""
        start = self.today.territory if self.proposed is None else self.proposed
        self.proposed = start.copy()
        self.proposed[positions] = territory
        self.reasons = ()
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
        most_changes=int(_number("changes", (0, 10**7), 0)) or None,
        upheaval=url.value("upheaval") if url.value("upheaval") in UPHEAVALS else DEFAULT_UPHEAVAL,
        seconds=_number("seconds", SECONDS, DEFAULT_SECONDS),
        steps=int(_number("steps", (0, MOST_STEPS), 0)) or None,
    )


def _number(name: str, limits: tuple[float, float], default: float) -> float:
    try:
        value = float(url.value(name))
    except ValueError:
        return default
    return min(max(value, limits[0]), limits[1]) if math.isfinite(value) else default
