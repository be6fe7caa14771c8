"""Upheaval against balance: proposals from today's territories to balanced ones, ever more changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.territories.proposal import Proposal
from core.territories.solver import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.territories.request import DesignRequest

PROPOSALS = 5
DEAR = 100.0
"""Price at which no unit changes hands that need not."""


def trade_off(
    request: DesignRequest,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Proposal, ...]:
    """Return up to five proposals: from none to as many changes as balance needs at least, in equal steps.

    The first is today, the last is balanced with the fewest changes found; those between are as near to
    balance as their changes allow. Numbers of changes that no design in one piece can keep are left out.

    Parameters
    ----------
    request
        With today's territories; its own limit and price don't count.
    seconds, iterations
        For all proposals together.
    seed
        Of the random numbers.
    cancelled
        Asked while searching; proposals made so far are returned.

    Raises
    ------
    InfeasibleError
        No balanced design was found.
    InputError
        The request doesn't say what is today, or some units are nobody's.
    """
    upheaval = request.upheaval
    if upheaval is None or (upheaval.today < 0).any():
        raise InputError(_("The trade-off needs today's territory of every unit."))

    def found(limit: int | None) -> Proposal:
        wish = replace(upheaval, most_changes=limit, price=DEAR if limit is None else 0.0)
        return solve(
            replace(request, upheaval=wish),
            seconds=None if seconds is None else seconds / PROPOSALS,
            iterations=None if iterations is None else iterations // PROPOSALS,
            seed=seed,
            soft_balance=limit is not None,
            cancelled=cancelled,
        )

    last = found(None)
    needed = int(last.changes()["customers"].sum())
    proposals = [Proposal(request, upheaval.today)]
    limits = np.unique(np.linspace(0, needed, PROPOSALS).astype(int))
    for limit in limits[(limits > 0) & (limits < needed)]:
        try:
            proposals.append(found(int(limit)))
        except InfeasibleError:
            # Territories that lie in pieces today need some changes to be whole.
            continue
    return (*proposals, last) if needed else tuple(proposals)
