"""Which company is one's own: the one mark every page starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.i18n import _
from core.store.market.companies import company_names

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store


def set_own_company(store: Store, company_id: str) -> None:
    """Mark a company as one's own, and no other one.

    Raises
    ------
    InputError
        There is no such company, or it stands for several (“others”).
    """
    names = company_names(store)
    if company_id not in names:
        raise InputError(
            _("There is no company {company}.", company=company_id),
            _("Did you mean {suggestion}?", suggestion=nearest(company_id, names) or "–"),
        )

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        marked = cursor.execute(
            "SELECT c.is_aggregate FROM company AS c WHERE c.company_id = $company", {"company": company_id}
        ).fetchone()
        if marked and marked[0]:
            raise InputError(
                _("{company} stands for several companies.", company=names[company_id]),
                _("Choose one company of its own."),
            )
        cursor.execute(
            "UPDATE company SET is_self = (company_id = $company)"
            " WHERE COALESCE(is_self, FALSE) <> (company_id = $company)",
            {"company": company_id},
        )

    store.write("set_own_company", change, details={"entity": "company", "entity_key": company_id})
