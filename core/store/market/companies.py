"""Names of companies in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import DEFAULT_LANGUAGE, current_language

if TYPE_CHECKING:
    from core.store.database import Store


def company_names(store: Store) -> dict[str, str]:
    """Return the name of every company by its id."""
    rows = store.fetch("SELECT c.company_id, c.name, c.name_en FROM company AS c").to_pylist()
    english = current_language() != DEFAULT_LANGUAGE
    return {row["company_id"]: (english and row["name_en"]) or row["name"] for row in rows}
