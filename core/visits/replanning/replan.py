"""Re-planning what is left of a period with as few changed promises as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.visits.planning import RepPlan, RepTask, plan
from core.visits.replanning.remaining import Event, Rest, remaining
from core.visits.replanning.restoring import put_back

if TYPE_CHECKING:
    from core.visits.locks import Groups
    from core.visits.routing import Progress

_RELEASE = (0, 4, 12, 40)
"""How many more shops may move, in turn, when the affected ones alone don't fit."""
GIVEN_UP = 3
"""A visit that is made on no day at all is as bad as three more on another day [I]."""


@dataclass(frozen=True, eq=False)
class Replan:
    """The result of re-planning.

    Parameters
    ----------
    plan
        The whole period: past days as they were, the rest as re-planned.
    changes
        One row per changed promise: terminal_id, kind (``moved``, ``dropped``, ``added``), before,
        after (dates, NaT where there is none).
    freed
        How many unaffected shops had to be allowed to move; 0 proves that the number of changes is
        the least possible.
    given_up
        Shops of which a lost visit fits nowhere any more, one entry per visit; they stand among the
        changes as ``dropped``.
    """

    plan: RepPlan
    changes: pd.DataFrame
    freed: int
    given_up: tuple[str, ...] = ()

    @property
    def price(self) -> int:
        """What plans are compared by: changed promises, those given up at their higher price."""
        return len(self.changes) + GIVEN_UP * len(self.given_up)


def changed_promises(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the visits whose day differs between two plans, paired in order of time.

    Parameters
    ----------
    before, after
        Stops of the plans: terminal_id, day.
    """
    rows = []
    old = before.groupby("terminal_id")["day"].agg(set).to_dict()
    new = after.groupby("terminal_id")["day"].agg(set).to_dict()
    for shop in sorted(old.keys() | new.keys()):
        was, now = old.get(shop, set()), new.get(shop, set())
        gone, come = sorted(was - now), sorted(now - was)
        for n in range(max(len(gone), len(come))):
            b, a = gone[n] if n < len(gone) else None, come[n] if n < len(come) else None
            rows.append((shop, "moved" if a and b else "dropped" if b else "added", b, a))
    return pd.DataFrame(rows, columns=["terminal_id", "kind", "before", "after"])


def replan(
    task: RepTask,
    current: RepPlan,
    event: Event,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replan:
    """Plan what is left again; past and locked visits stay.

    First only the shops that the event touches may move. Where that does not fit, their nearest
    neighbours may move too, a few at a time, and go back where there is room; and lost visits are given
    up, those of the shops that sell least per visit first. Of these the plan with the fewest changed
    promises counts, a visit given up as much as :data:`GIVEN_UP` moved ones [I].

    Raises
    ------
    InfeasibleError
        Not even that helps; says why.
    InputError
        Nothing of the period is left, or an event names an unknown shop.
    """
    rest = remaining(task, current, event, ())
    if not len(rest.task.visited):
        raise InputError(_("Nothing is left to plan after {day}.", day=event.today))
    best: Replan | None = None
    failure: InfeasibleError | None = None
    grouped = {shop for group in rest.task.together for shop in group}
    for freed, given_up in _attempts(rest):
        if best is not None and len(rest.lost) + GIVEN_UP * len(given_up) >= best.price:
            break
        tried = remaining(task, current, event, given_up) if given_up else rest
        # A day that was made too long by hand can't stay as it is.
        free = {*tried.order[:freed], *tried.broken}
        kept = tuple((shop, mask) for shop, mask in sorted(tried.locks.items()) if shop not in free)
        try:
            part = plan(
                replace(tried.task, kept=kept),
                seconds=seconds,
                iterations=iterations,
                progress=progress,
                cancelled=cancelled,
            )
        except InfeasibleError as error:
            failure = failure or error
        else:
            if free:
                # Going back one by one would part those who are kept together.
                part = put_back(tried.task, part, current.stops, free - grouped)
            found = _joined(task, current, event, part, len(free), given_up)
            best = found if best is None or found.price < best.price else best
            if not free and not given_up:
                break
        if cancelled is not None and cancelled():
            break
    if best is None:
        assert failure is not None
        raise failure
    return best


def _attempts(rest: Rest) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield how many neighbours may move and which visits are given up, in the order of preference."""
    for freed in _RELEASE:
        if freed <= len(rest.order):
            yield freed, ()
    if 0 < len(rest.order) < _RELEASE[-1]:
        yield len(rest.order), ()
    count = 1
    while count <= len(rest.lost):
        yield 0, _whole_groups(rest.lost[:count], rest.task.together)
        # Every try is a search; many lost visits are cut by quarters.
        count += max(1, count // 4)


def _whole_groups(given_up: Sequence[str], together: Groups) -> tuple[str, ...]:
    """Return visits to give up so that whoever is kept together gives up as many."""
    most = Counter(given_up)
    for group in together:
        most |= Counter(dict.fromkeys(group, max(most[shop] for shop in group)))
    return tuple(most.elements())


def _joined(
    task: RepTask, current: RepPlan, event: Event, part: RepPlan, freed: int, given_up: tuple[str, ...]
) -> Replan:
    """Put past days and the re-planned rest together."""
    stops = pd.concat([current.stops[current.stops["day"] < event.today], part.stops], ignore_index=True)
    fresh = part.days.set_index("day")
    old = current.days[current.days["day"] < event.today].set_index("day")
    days = pd.concat([old, fresh]).reindex(task.period.days)
    days[["visits", "visit_minutes", "travel_minutes", "minutes", "km"]] = days[
        ["visits", "visit_minutes", "travel_minutes", "minutes", "km"]
    ].fillna(0)
    whole = replace(
        part,
        stops=stops,
        days=days.astype({"visits": int}).rename_axis("day").reset_index(),
        steps=part.steps,
    )
    return Replan(whole, changed_promises(current.stops, stops), freed, given_up)
