"""Upheaval against balance: proposals from today's territories to balanced ones, ever more changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.territories.proposal import Proposal
from core.territories.solver import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.territories.request import DesignRequest
    from core.territories.solver import Progress

PROPOSALS = 5
DEAR = 100.0
"""Price at which no unit changes hands that need not."""


def trade_off(
    request: DesignRequest,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
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
    progress
        Called while a proposal is searched, for each from 0 to 1.

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
            progress=progress,
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


def curve_table(proposals: Sequence[Proposal]) -> pd.DataFrame:
    """Return one row per proposal of a trade-off.

    Returns
    -------
    DataFrame
        proposal (from 0, today), changed (customers), mean_km (by weight); per balanced measure
        ``<measure>_lowest`` and ``_highest``, total ÷ wanted total, and ``_spread``, highest ÷ lowest.
    """
    rows = []
    for number, proposal in enumerate(proposals):
        request, table = proposal.request, proposal.territories()
        row: dict[str, float] = {
            "proposal": number,
            "changed": int(proposal.changes()["customers"].sum()),
            "mean_km": proposal.objective / float(request.units.weight.sum()),
        }
        for name in (rule.measure for rule in request.balance):
            row[f"{name}_lowest"] = table[f"{name}_ratio"].min()
            row[f"{name}_highest"] = table[f"{name}_ratio"].max()
            row[f"{name}_spread"] = proposal.spread(name)
        rows.append(row)
    return pd.DataFrame(rows)
