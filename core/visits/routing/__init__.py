"""The period as one problem: visit days and the order within each day, planned together."""

from core.visits.routing.compilation import is_compiled, warm_up
from core.visits.routing.feasibility import infeasible
from core.visits.routing.problem import Break, Customer, Problem, Shift
from core.visits.routing.solution import Route, Solution, Violation
from core.visits.routing.solver import Progress, solve

__all__ = [
    "Break",
    "Customer",
    "Problem",
    "Progress",
    "Route",
    "Shift",
    "Solution",
    "Violation",
    "infeasible",
    "is_compiled",
    "solve",
    "warm_up",
]
