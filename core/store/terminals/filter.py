"""Which terminals count: the filter of the terminal map, and its words in SQL."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class TerminalFilter:
    """Which terminals count; None means no restriction.

    Parameters
    ----------
    regions
        Ids of regions; everything below them counts.
    """

    regions: tuple[str, ...] | None = None
    outlet_types: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    dealers: tuple[str, ...] | None = None
    employees: tuple[str, ...] | None = None

    @property
    def by_region_only(self) -> bool:
        """Whether nothing but regions restricts the terminals."""
        return all(getattr(self, name) is None for name in _COLUMNS)


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
    texts = [
        _ONE_OF.format(name=name, column=_COLUMNS[name]) if name in _COLUMNS else _BELOW.format(name=name)
        for name in values
    ]
    return "".join(texts), values
