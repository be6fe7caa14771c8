"""Territories as asked for on the command line: how many, from where, and what else is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.exchange.homes import read_homes
from core.i18n import _, ngettext
from core.numbers import count, percent
from core.reports.territories.limits import NEW, Limits
from core.territories import (
    Balance,
    DesignRequest,
    Proposal,
    Upheaval,
    areas_request,
    best_homes,
    compare_numbers,
    least_number,
    solve,
    trade_off,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.reports.territories.ground import Ground
    from core.territories import Progress

TODAY = "today"
_AREA_STEPS = 200_000
"""Steps of the search for managers' areas: there are few territories."""


@dataclass(frozen=True)
class Question:
    """What territories are asked for.

    Parameters
    ----------
    balance
        What is to be alike.
    reps
        The number of reps, or those to choose the best from; None for as many as the capacity asks for,
        or as today.
    capacity
        Workload that one rep can do, minutes in four weeks.
    most_changes, price
        Where one is given, the design starts from today's owners; see :class:`core.territories.Upheaval`.
    homes
        :data:`TODAY` for the reps' homes as stored, or a file of homes.
    curve
        Whether up to five proposals lead from today to balanced ones.
    areas
        Among how many managers the territories are parted.
    limits
        What stays as it is today, and whose territory is larger or smaller.
    """

    balance: tuple[Balance, ...]
    reps: range | None = None
    capacity: float | None = None
    most_changes: int | None = None
    price: float | None = None
    homes: str | Path | None = None
    curve: bool = False
    areas: int | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.capacity is not None and not 0 < self.capacity < np.inf:
            raise InputError(_("Expected a capacity above 0, found {value}.", value=self.capacity))
        if self.curve and not (self.most_changes is None and self.price is None):
            raise InputError(_("The trade-off finds its own limits: leave out --most-changes and --price."))
        if self.limits.sizes and not self.is_of_reps:
            raise InputError(
                _("The size of a rep's territory needs a design whose territories are the reps' own."),
                _("Add --price, --most-changes, --curve or --homes today."),
            )
        if not self.is_open:
            return
        if self.capacity is None:
            raise InputError(
                _("The best number of reps depends on what one rep can do."),
                _("Give --capacity, in minutes of four weeks."),
            )
        if self.from_today or self.homes is not None:
            raise InputError(
                _("The best number of reps is sought with designs from nothing."),
                _("Leave out --most-changes, --price, --curve and --homes, or give one number of reps."),
            )

    @property
    def is_open(self) -> bool:
        """Whether the number of reps is to be chosen."""
        return self.reps is not None and len(self.reps) > 1

    @property
    def from_today(self) -> bool:
        """Whether the design starts from today's owners."""
        given = self.most_changes is not None or self.price is not None
        return self.curve or given or bool(self.limits.locked or self.limits.closed)

    @property
    def is_of_reps(self) -> bool:
        """Whether territory t is that of today's rep t."""
        return self.from_today or self.homes == TODAY

    def request(self, ground: Ground) -> DesignRequest:
        """Return what the solver is asked for; of an open number of reps, the least.

        Raises
        ------
        InputError
            There are too few territories for today's reps, or the curve would need others than today's.
        """
        k, owners = self._number(ground), len(ground.reps)
        if self.is_of_reps and k < owners:
            raise InputError(
                _("{owners} reps have shops today; {reps} territories can't start from them.",
                  owners=owners, reps=k),
                _("Design from nothing, or ask for at least {owners}.", owners=owners),
            )  # fmt: skip
        if self.curve and k > owners:
            raise InputError(
                _("The trade-off is between today's {owners} reps, not {reps}.", owners=owners, reps=k),
                _("Leave out --reps, or ask for {owners}.", owners=owners),
            )
        if self.areas is not None and not 1 <= self.areas <= k:
            raise InputError(_("Expected 1 to {k} areas for {k} territories, found {n}.", k=k, n=self.areas))
        if self.reps is not None and self.is_open:
            # Too many reps for the units are refused before anything is searched.
            DesignRequest(ground.units, self.reps[-1], self.balance)
        return DesignRequest(
            ground.units,
            k,
            self.balance,
            sizes=self.limits.sizes_of(ground, k),
            homes=self._homes(ground, k),
            upheaval=self._upheaval(ground),
            names=self._names(ground, k),
        )

    def _upheaval(self, ground: Ground) -> Upheaval | None:
        if not self.from_today:
            return None
        return self.limits.keep(ground, ground.upheaval(self.most_changes, self.price or 0.0))

    def _names(self, ground: Ground, k: int) -> tuple[str, ...] | None:
        """Return the reps as messages name them; None where territories are nobody's yet."""
        if not self.is_of_reps:
            return None
        return (*ground.reps["employee_id"], *(f"{NEW} {n + 1}" for n in range(k - len(ground.reps))))

    def _number(self, ground: Ground) -> int:
        if self.reps is not None:
            return self.reps[0]
        return (
            len(ground.reps)
            if self.capacity is None
            else least_number(ground.units, "workload", self.capacity)
        )

    def _homes(self, ground: Ground, k: int) -> NDArray[np.float64] | None:
        if self.homes is None:
            return None
        if self.homes != TODAY:
            return read_homes(Path(self.homes), k)
        homes = np.full((k, 2), np.nan)
        homes[: len(ground.reps)] = ground.reps[["lat", "lon"]].to_numpy(np.float64)
        return homes


def homes_note(request: DesignRequest) -> str | None:
    """Return how many homes aren't known where distance counts from homes; None where all are."""
    unknown = 0 if request.homes is None else int(np.isnan(request.homes).any(axis=1).sum())
    note = ngettext(
        "For {n} territory no home is known: distance counts from its middle.",
        "For {n} territories no home is known: distance counts from their middle.",
        unknown,
    )
    return note if unknown else None


@dataclass(frozen=True)
class SearchEffort:
    """How long and from which seed is searched: seconds by the clock, or steps, which repeat exactly.

    With an open number of reps it holds for each number.
    """

    seconds: float | None
    steps: int | None
    seed: int


@dataclass(frozen=True, eq=False)
class Answer:
    """Territories, and what else was asked.

    Parameters
    ----------
    proposals
        The last one is the design; those before lead from today to it.
    reps
        ``employee_id`` of each territory, None for a new rep; empty where territories are nobody's yet.
    numbers
        One row per number of reps compared; see :func:`core.territories.compare_numbers`.
    areas
        Managers' areas, with the territories as units.
    """

    proposals: tuple[Proposal, ...]
    reps: tuple[str | None, ...] = ()
    numbers: pd.DataFrame | None = None
    areas: Proposal | None = None

    @property
    def proposal(self) -> Proposal:
        """The design."""
        return self.proposals[-1]

    def table(self) -> pd.DataFrame:
        """Return one row per unit.

        Returns
        -------
        DataFrame
            unit_id, territory; where asked for employee_id, area, and proposal_0 (today) and on, the
            territory in each proposal of the trade-off.
        """
        table = self._named(
            pd.DataFrame({"unit_id": self.proposal.request.units.ids, "territory": self.proposal.territory})
        )
        if self.areas is not None:
            table["area"] = self.areas.territory[self.proposal.territory]
        if len(self.proposals) > 1:
            for number, proposal in enumerate(self.proposals):
                table[f"proposal_{number}"] = proposal.territory
        return table

    def homes(self) -> pd.DataFrame:
        """Return where the rep of each territory should live; see :func:`core.territories.best_homes`."""
        return self._named(best_homes(self.proposal))

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        if not self.reps:
            return table
        return table.assign(employee_id=np.array(self.reps, object)[table["territory"]])


def answer(
    ground: Ground,
    question: Question,
    effort: SearchEffort,
    progress: Callable[[Progress], None] | None = None,
) -> Answer:
    """Search what is asked for.

    Parameters
    ----------
    effort
        How long is searched.
    progress
        Called while a design is searched, for each from 0 to 1.

    Raises
    ------
    InfeasibleError
        No design keeps all rules, or none of the numbers of reps fits their capacity.
    """
    request = question.request(ground)
    numbers = None
    seconds, steps, seed = effort.seconds, effort.steps, effort.seed
    search = partial(solve, seconds=seconds, iterations=steps, seed=seed, progress=progress)
    if question.curve:
        proposals = trade_off(request, seconds=seconds, iterations=steps, seed=seed, progress=progress)
    elif question.is_open:
        best, numbers = _best_number(request, question, search)
        proposals = (best,)
    else:
        proposals = (search(request),)
    reps: tuple[str | None, ...] = ()
    if question.is_of_reps:
        new = request.territories - len(ground.reps)
        reps = (*ground.reps["employee_id"], *[None] * new)
    areas = None if question.areas is None else _areas(proposals[-1], question, seed)
    return Answer(proposals, reps, numbers, areas)


def _best_number(
    request: DesignRequest, question: Question, search: Callable[[DesignRequest], Proposal]
) -> tuple[Proposal, pd.DataFrame]:
    """Return the design with the fewest reps that fits, and the comparison of all numbers."""
    assert question.reps is not None
    assert question.capacity is not None
    numbers, best = compare_numbers(request, question.reps, "workload", question.capacity, search)
    if best is None:
        loads = [_say_load(row["territories"], row["highest_load"]) for row in numbers.to_dict("records")]
        least = least_number(request.units, "workload", question.capacity)
        raise InfeasibleError(
            "\n".join([_("With none of these numbers every rep's work fits the capacity:"), *loads]),
            _("The workload asks for at least {least} reps; compare higher numbers.",
              least=least),
        )  # fmt: skip
    return best, numbers


def _say_load(reps: int, highest: float) -> str:
    if np.isnan(highest):
        return _(
            "{reps} reps: no design was found that is balanced and within the capacity.", reps=count(reps)
        )
    return _("{reps} reps: the busiest has {load} of the capacity.", reps=count(reps), load=percent(highest))


def _areas(proposal: Proposal, question: Question, seed: int) -> Proposal:
    """Part the territories among managers; territories are few and uneven, so balance is a wish here."""
    assert question.areas is not None
    request = areas_request(proposal, question.areas, question.balance)
    try:
        return solve(request, iterations=_AREA_STEPS, seed=seed, soft_balance=True)
    except InfeasibleError as error:
        raise InfeasibleError(
            _("The territories can't be joined to {n} areas:", n=count(question.areas))
            + "\n"
            + error.message,
            error.hint,
        ) from error
