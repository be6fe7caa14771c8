"""Which customers a list shows: its filter, and the same in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from core.customers.search.name_match import SearchText
from core.store.scope import EVERYTHING, Scope

_COLUMNS = {
    "dealer": {"tiers": "tier", "levels": "level", "employees": "owner_employee_id"},
    "terminal": {
        "outlet_types": "outlet_type",
        "grades": "grade",
        "statuses": "status",
        "dealers": "dealer_id",
        "employees": "employee_id",
    },
}
_BELOW = (
    " AND t.region_id IN (SELECT c.region_id FROM region_closure AS c"
    " WHERE c.ancestor_id IN (SELECT UNNEST(CAST(${name} AS VARCHAR[]))))"
)
# An empty value stands for customers of which none is recorded.
_ONE_OF = " AND list_contains(CAST(${name} AS VARCHAR[]), COALESCE(t.{column}, ''))"
_NAMED = (
    " AND t.{kind}_id IN (SELECT s.customer_id FROM customer_search AS s WHERE s.customer_type = '{kind}'"
    " AND (contains(s.folded, $text) OR contains(LOWER(s.customer_id), $text){latin}))"
)
_LATIN = " OR contains(s.initials, $text) OR contains(s.pinyin, $text)"
_THESE = " AND t.{kind}_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))"


@dataclass(frozen=True)
class CustomerFilter:
    """Which customers count; None means no restriction, an empty text “none recorded”.

    Parameters
    ----------
    text
        What their name, code, initials or pinyin holds.
    regions
        Ids of regions; everything below them counts.
    employees
        Ids of owners.
    ids
        These customers and no others.
    """

    text: str = ""
    regions: tuple[str, ...] | None = None
    outlet_types: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    dealers: tuple[str, ...] | None = None
    tiers: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    employees: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None

    def conditions(self, kind: str, scope: Scope = EVERYTHING) -> tuple[str, dict[str, object]]:
        """Return the conditions on rows ``t`` of a kind of customers, and the values of their parameters.

        Parameters
        ----------
        kind
            ``dealer`` or ``terminal``.

        Returns
        -------
        tuple of str and dict
            Conditions, each with its own AND; what restricts nothing is left out.
        """
        texts: list[str] = []
        values: dict[str, object] = {}
        for name, regions in (("scope", scope.region_ids), ("regions", self.regions)):
            if regions is not None:
                texts.append(_BELOW.format(name=name))
                values[name] = list(regions)
        for name, column in _COLUMNS[kind].items():
            allowed = getattr(self, name)
            if allowed is not None:
                texts.append(_ONE_OF.format(name=name, column=column))
                values[name] = list(allowed)
        wanted = SearchText(self.text)
        if wanted.folded and self.ids is None:
            texts.append(_NAMED.format(kind=kind, latin=_LATIN if wanted.is_latin else ""))
            values["text"] = wanted.folded
        if self.ids is not None:
            texts.append(_THESE.format(kind=kind))
            values["ids"] = list(self.ids)
        return "".join(texts), values


NO_FILTER = CustomerFilter()
