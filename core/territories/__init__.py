"""Territories: units parted among reps or dealers, balanced, in one piece each, with little upheaval."""

from core.territories.proposal import Proposal
from core.territories.request import NOBODY, Balance, DesignRequest, Upheaval
from core.territories.shortfall import explain, say_outside
from core.territories.solver import Progress, is_compiled, solve, warm_up
from core.territories.staffing import areas_request, best_homes, compare_numbers, least_number
from core.territories.trade_off import curve_table, trade_off
from core.territories.units import Units

__all__ = [
    "NOBODY",
    "Balance",
    "DesignRequest",
    "Progress",
    "Proposal",
    "Units",
    "Upheaval",
    "areas_request",
    "best_homes",
    "compare_numbers",
    "curve_table",
    "explain",
    "is_compiled",
    "least_number",
    "say_outside",
    "solve",
    "trade_off",
    "warm_up",
]
