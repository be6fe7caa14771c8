"""Which terminals count: the filter of the terminal map, and its words in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import InputError, nearest
from core.i18n import N_, _
from core.store.scope import EVERYTHING, Scope

_BELOW = """
    AND l.region_id IN (
        SELECT c.region_id FROM region_closure AS c
        WHERE c.ancestor_id IN (SELECT UNNEST(CAST(${name} AS VARCHAR[]))))"""
_ONE_OF = """
    AND list_contains(CAST(${name} AS VARCHAR[]), l.{column})"""
_COLUMNS = {
    "outlet_types": "outlet_type",
    "grades": "grade",
    "statuses": "status",
    "dealers": "dealer_id",
    "employees": "employee_id",
}
_BOX = """
    AND l.lat BETWEEN CAST(${name} AS DOUBLE[])[1] AND CAST(${name} AS DOUBLE[])[3]
    AND l.lon BETWEEN CAST(${name} AS DOUBLE[])[2] AND CAST(${name} AS DOUBLE[])[4]"""
# What each situation asks of a row of a lens.
_SITUATIONS = {
    "unvisited": "l.unvisited = 1",
    "blank": "l.blank = 1",
    "overdue": "l.active = 1 AND l.visited = 1 AND l.days > 28 / l.visits_planned",
    "rival_leads": "GREATEST(l.rival_1, l.rival_2, l.rival_3, l.rival_4, l.rival_5) > COALESCE(l.own, 0)",
    "customer": "l.status NOT IN ('closed', 'blank')",
}
SITUATIONS: dict[str, tuple[str, str]] = {
    "unvisited": (N_("Unvisited"), N_("Open shops without a visit in the last four weeks of the period.")),
    "blank": (N_("Blank"), N_("Open shops that sold nothing of ours in the period.")),
    "overdue": (
        N_("Overdue"),
        N_(
            "Visited shops whose last visit is longer ago than the norm of their grade: "
            "A 7 days, B 14, others 28."
        ),
    ),
    "rival_leads": (N_("Rival leads"), N_("Shops where one of the five largest rivals sells more than we.")),
    "customer": (N_("Our customers"), N_("Shops whose status is neither closed nor blank.")),
}
"""What a shop may be looked for by: name and meaning, by code."""


@dataclass(frozen=True)
class TerminalFilter:
    """Which terminals count; None means no restriction.

    Parameters
    ----------
    regions
        Ids of regions; everything below them counts.
    situations
        Keys of :data:`SITUATIONS`, all of which must hold.
    box
        South, west, north, east; WGS-84 degrees.

    Raises
    ------
    InputError
        There is no such situation, or the box is none.
    """

    regions: tuple[str, ...] | None = None
    outlet_types: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    dealers: tuple[str, ...] | None = None
    employees: tuple[str, ...] | None = None
    situations: tuple[str, ...] | None = None
    box: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        for code in self.situations or ():
            if code not in SITUATIONS:
                raise InputError(
                    _("There is no situation “{code}” of a shop.", code=code),
                    _(
                        "Did you mean {suggestion}?",
                        suggestion=nearest(code, SITUATIONS) or ", ".join(SITUATIONS),
                    ),
                )
        if self.box is not None and not (
            -90 <= self.box[0] <= self.box[2] <= 90 and -180 <= self.box[1] <= self.box[3] <= 180
        ):
            raise InputError(_("A box is given by its south, west, north and east, in degrees."))

    @property
    def by_region_only(self) -> bool:
        """Whether nothing but regions restricts the terminals."""
        return self.can_be_summed and all(getattr(self, name) is None for name in _COLUMNS)

    @property
    def can_be_summed(self) -> bool:
        """Whether it asks only for what whole sums of cells are kept by; a situation is each shop's own."""
        return self.situations is None and self.box is None


EVERY_TERMINAL = TerminalFilter()


def restriction(filters: TerminalFilter, scope: Scope = EVERYTHING) -> tuple[str, dict[str, list[str]]]:
    """Return the conditions on the rows of a lens ``l``, and the values of their parameters.

    Conditions that restrict nothing are left out: a tile is answered in so short a time that planning
    them would take most of it.

    Returns
    -------
    tuple of str and dict
        Text to stand behind a condition, each condition with its own AND; empty for everything.
    """
    given = {"scope": scope.region_ids, **vars(filters)}
    values = {name: list(value) for name, value in given.items() if value is not None}
    return "".join(_condition(name, values) for name in list(values)), values


def _condition(name: str, values: dict[str, list[str]]) -> str:
    """Return the condition of a field; a situation is a text of its own and needs no parameter."""
    if name == "situations":
        return "".join(f"\n    AND {_SITUATIONS[code]}" for code in values.pop(name))
    if name == "box":
        return _BOX.format(name=name)
    return _ONE_OF.format(name=name, column=_COLUMNS[name]) if name in _COLUMNS else _BELOW.format(name=name)
