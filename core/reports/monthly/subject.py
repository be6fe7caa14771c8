"""Whom a report is about: everything together, or one region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.reports.market.choices import level_label, names_by_id, names_of, unknown
from core.store.market import geography
from core.store.market import market as read

if TYPE_CHECKING:
    from core.store.database import Store
    from core.store.scope import Scope


@dataclass(frozen=True)
class Subject:
    """Everything together, or one region.

    Parameters
    ----------
    region_id
        None for everything together.
    level
        Of the region; empty for everything together.
    """

    region_id: str | None
    name: str
    level: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is everything together."""
        return self.region_id is None


def whole() -> Subject:
    """Return everything together."""
    return Subject(None, _("Whole market"))


def region_subject(store: Store, region_id: str, scope: Scope) -> Subject:
    """Return one region.

    Raises
    ------
    InputError
        There is no such region, or the user may not see it; names the nearest one.
    """
    path = geography.path(store, region_id, scope)
    if path.empty or path["region_id"].iloc[-1] != region_id:
        known = read.region_names(store, scope=scope)
        raise unknown(_("region"), region_id, names_by_id(known, "region_id"))
    return Subject(region_id, str(names_of(path).iloc[-1]), str(path["level"].iloc[-1]))


def subjects_of_level(store: Store, level: str, scope: Scope) -> list[Subject]:
    """Return all regions of a level, by id.

    Raises
    ------
    InputError
        There is no such level; names those there are.
    """
    levels = list(read.levels(store, scope=scope)["level"])
    if level not in levels:
        raise unknown(_("level"), level, {code: level_label(code) for code in levels})
    regions = read.regions(store, level=level, within=None, scope=scope)
    listed = regions[regions["is_listed"]].sort_values("region_id")
    if listed.empty:
        raise InputError(_("There is no region of the level {level}.", level=level_label(level)), "")
    return [
        Subject(str(region_id), str(name), level)
        for region_id, name in zip(listed["region_id"], names_of(listed), strict=True)
    ]
