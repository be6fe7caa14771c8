"""What a user can be bound to: regions, companies and employees, by id and by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.i18n import _
from core.store.market.names import names

if TYPE_CHECKING:
    from core.access import User
    from core.store.database import Store


@dataclass(frozen=True)
class References:
    """Names by id."""

    regions: Mapping[str, str]
    companies: Mapping[str, str]
    employees: Mapping[str, str]

    def region(self, text: str) -> str:
        """Return the id of a region that is named by its id or name; the other methods do alike.

        Raises
        ------
        InputError
            There is none, or several have the name.
        """
        return _one(self.regions, text, _("There is no region {region}.", region=text))

    def company(self, text: str) -> str:
        """Return the id of a company."""
        return _one(self.companies, text, _("There is no company {company}.", company=text))

    def employee(self, text: str) -> str:
        """Return the id of an employee."""
        return _one(self.employees, text, _("There is no employee {employee}.", employee=text))

    def issues(self, user: User) -> list[str]:
        """Return what a user is bound to and isn't there, in sentences."""
        pairs = (
            *((region, self.regions, self.region) for region in user.region_ids or ()),
            *((company, self.companies, self.company) for company in user.companies or ()),
            *((employee, self.employees, self.employee) for employee in filter(None, [user.employee_id])),
        )
        found = []
        for value, known, find in pairs:
            if value not in known:
                try:
                    name = find(value)
                    found.append(_("Give the id {id}, not the name {name}.", id=name, name=value))
                except InputError as error:
                    found.append(str(error))
        return found


def read_references(store: Store) -> References:
    """Return what users of a store can be bound to."""
    tables = (names(store, table) for table in ("region", "company", "employee"))
    return References(*(dict(zip(table["id"], table["name"], strict=True)) for table in tables))


def _one(known: Mapping[str, str], text: str, absent: str) -> str:
    if text in known:
        return text
    named = [key for key, name in known.items() if name == text]
    if len(named) == 1:
        return named[0]
    if named:
        ids = _(", ").join(sorted(named))
        raise InputError(
            _("{n} are called {name}.", n=len(named), name=text), _("Give one id of: {ids}.", ids=ids)
        )
    near = nearest(text, [*known, *known.values()])
    raise InputError(absent, _("Did you mean {name}?", name=near) if near else "")
