"""What a planner holds fast for a rep: read for planning, checked and kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.store.scope import EVERYTHING, Scope
from core.store.visits import constraints as visit_holds
from core.store.visits.constraints import WHOLE_DAY
from core.visits.locks import Groups, Locks

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store


def holds(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> tuple[Groups, Locks]:
    """Return who is kept together, and the locks of a rep."""
    rows = visit_holds.locks(store, employee_id, scope)
    locks = Locks(
        frozenset((shop, day) for shop, day in rows if shop != WHOLE_DAY),
        frozenset(day for shop, day in rows if shop == WHOLE_DAY),
    )
    return tuple(visit_holds.groups(store, employee_id, scope)), locks


def keep_together(store: Store, shops: pd.DataFrame, members: Sequence[str], *, actor: str = "local") -> None:
    """Have customers visited on the same days from the next plan on.

    Parameters
    ----------
    store
        The store.
    shops
        terminal_id, name, visits (in four weeks) of the rep's customers.
    members
        Which of them.
    actor
        Who says so.

    Raises
    ------
    InputError
        There are fewer than two, or their frequencies differ; names each with its own.
    """
    if len(set(members)) < 2:
        raise InputError(_("Choose at least two customers to keep together."))
    chosen = shops[shops["terminal_id"].isin(members)]
    if chosen["visits"].nunique() > 1:
        each = _(", ").join(
            f"{row.name_} × {row.visits:g}" for row in chosen.rename(columns={"name": "name_"}).itertuples()
        )
        raise InputError(
            _("Their visits in 4 weeks differ: {each}.", each=each),
            _("Give all of them the same frequency first, with the reason."),
        )
    visit_holds.save_group(store, members, actor=actor)


def end_at(store: Store, employee_id: str, text: str, *, actor: str = "local") -> None:
    """Have the days of a rep end at an office; a text such as 30.5931, 114.3054 says where.

    Raises
    ------
    InputError
        It is no latitude and longitude.
    """
    try:
        lat, lon = (float(part) for part in re.split(r"[,，;；\s]+", text.strip()))
    except ValueError:
        lat, lon = 0.0, 0.0
    if not (0 < abs(lat) <= 90 and 0 < abs(lon) <= 180):
        raise InputError(
            _("“{text}” is no place.", text=text), _("Write it as {example}.", example="30.5931, 114.3054")
        )
    visit_holds.save_office(store, employee_id, (lat, lon), actor=actor)


def lock_day(store: Store, employee_id: str, stops: pd.DataFrame, day: dt.date) -> None:
    """Lock a day: all of its visits in a plan stay, and nobody joins it.

    Parameters
    ----------
    store
        The store.
    employee_id
        The rep.
    stops
        The visits of the plan: terminal_id, day.
    day
        Which day.
    """
    shops = stops.loc[stops["day"] == day, "terminal_id"]
    visit_holds.lock(store, employee_id, [(WHOLE_DAY, day), *((shop, day) for shop in shops)])


def unlock_day(store: Store, employee_id: str, day: dt.date) -> None:
    """Unlock a day and every visit on it."""
    rows = visit_holds.locks(store, employee_id)
    visit_holds.unlock(store, employee_id, [row for row in rows if row[1] == day])


def lock_shop(store: Store, employee_id: str, stops: pd.DataFrame, shop: str) -> None:
    """Lock all visits of a customer in a plan on their days: terminal_id and day of ``stops``."""
    days = stops.loc[stops["terminal_id"] == shop, "day"]
    visit_holds.lock(store, employee_id, [(shop, day) for day in days])


def unlock_shop(store: Store, employee_id: str, locks: Locks, shop: str) -> None:
    """Unlock the visits of a customer, those on locked days excepted."""
    mine = [visit for visit in locks.visits if visit[0] == shop and visit[1] not in locks.days]
    visit_holds.unlock(store, employee_id, mine)
