"""Territories: units parted among reps or dealers, balanced, in one piece each, with little upheaval."""

from core.territories.proposal import Proposal
from core.territories.request import NOBODY, Balance, DesignRequest, Upheaval
from core.territories.solver import Progress, is_compiled, solve, warm_up
from core.territories.units import Units

__all__ = [
    "NOBODY",
    "Balance",
    "DesignRequest",
    "Progress",
    "Proposal",
    "Units",
    "Upheaval",
    "is_compiled",
    "solve",
    "warm_up",
]
