"""What somebody typed and hasn't saved yet.

A draft is no data: it raises no data version, or every answer would be computed again at each keystroke.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.access.rights import Right

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store
    from core.store.forms.rows import FormKey

_SAME = (
    "d.form = $form AND d.customer_type = $customer_type AND d.customer_id = $customer_id"
    " AND d.record_id = $record_id AND d.actor = $owner"
)


@dataclass(frozen=True)
class Draft:
    """Unsaved work.

    Parameters
    ----------
    payload
        What stands in the fields, as JSON keeps it: texts, numbers, lists, None.
    """

    payload: Mapping[str, Any]
    base_version: int
    saved_at: dt.datetime


def save_draft(
    store: Store, key: FormKey, owner: str, payload: Mapping[str, object], *, base_version: int
) -> None:
    """Keep unsaved work in place of what was kept before.

    Parameters
    ----------
    payload
        What stands in the fields; need not be right. Days and amounts are kept as text.
    """
    text = json.dumps(dict(payload), default=str, ensure_ascii=False)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        drop(cursor, key, owner)
        cursor.execute(
            "INSERT INTO form_draft VALUES ($form, $customer_type, $customer_id, $record_id, $owner,"
            " $payload, $base, $now)",
            {
                **_values(key, owner),
                # Half a character, which a browser may cut off, has no UTF-8.
                "payload": text.encode("utf-8", "replace").decode("utf-8"),
                "base": base_version,
                "now": dt.datetime.now(),
            },
        )

    store.maintain(change, right=Right.FILL_FORMS)


def load_draft(store: Store, key: FormKey, owner: str) -> Draft | None:
    """Return unsaved work, None where there is none."""
    rows = store.fetch(
        f"SELECT d.payload, d.base_version, d.saved_at FROM form_draft AS d WHERE {_SAME}"
        " ORDER BY d.saved_at DESC LIMIT 1",
        _values(key, owner),
    ).to_pylist()
    if not rows:
        return None
    return Draft(json.loads(rows[0]["payload"]), rows[0]["base_version"], rows[0]["saved_at"])


def drop_draft(store: Store, key: FormKey, owner: str) -> None:
    """Throw unsaved work away."""
    store.maintain(lambda cursor: drop(cursor, key, owner))


def drop(cursor: duckdb.DuckDBPyConnection, key: FormKey, owner: str) -> None:
    """Throw unsaved work away inside a transaction."""
    cursor.execute(f"DELETE FROM form_draft AS d WHERE {_SAME}", _values(key, owner))


def _values(key: FormKey, owner: str) -> dict[str, object]:
    return {**key.parameters(), "record_id": key.record_id, "owner": owner}
