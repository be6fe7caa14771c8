"""Which region a meeting is about: its name, its level, what lies above and right below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import _
from core.reports.market.choices import names_by_id, names_of, unknown
from core.store.market import geography
from core.store.market import market as read
from core.store.scope import EVERYTHING

if TYPE_CHECKING:
    from core.reports.cycle.meeting.request import MeetingRequest
    from core.store.database import Store


@dataclass(frozen=True)
class Place:
    """A region, or everything together.

    Parameters
    ----------
    level
        Code of its level, of the highest there is for everything together; empty without any region.
    below
        Code of the level right below; empty where there is none.
    above
        Ids of the regions it lies in, itself included; of everything together, of those that all the user may
        see lies in.
    """

    name: str
    level: str
    below: str
    above: frozenset[str]


def find_place(store: Store, request: MeetingRequest) -> Place:
    """Return the region of a request.

    Raises
    ------
    InputError
        There is no such region, or the user may not see it.
    """
    levels = list(read.levels(store, scope=request.scope)["level"])
    if request.region is None:
        tops = request.scope.region_ids or ()
        ways = [frozenset(geography.path(store, top, EVERYTHING)["region_id"]) for top in tops]
        above = frozenset.intersection(*ways) if ways else frozenset()
        first, second = (*levels, "", "")[:2]
        return Place(_("Whole market"), first, second, above)
    path = geography.path(store, request.region, request.scope)
    if path.empty or path["region_id"].iloc[-1] != request.region:
        known = read.region_names(store, scope=request.scope)
        raise unknown(_("region"), request.region, names_by_id(known, "region_id"))
    below = geography.below(store, request.region, request.scope)
    return Place(
        name=str(names_of(path).iloc[-1]),
        level=str(path["level"].iloc[-1]),
        below="" if below.empty else str(below["level"].iloc[0]),
        above=frozenset(geography.path(store, request.region, EVERYTHING)["region_id"]),
    )
