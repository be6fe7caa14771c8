"""Forms filled in about customers: every version kept, nobody's work overwritten unseen.

A record is named by a :class:`FormKey`. Whoever saves says which version the work began from; where the
record has moved on since, :class:`ConflictError` carries what the other one saved.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.forms.validate import from_json, to_json, validate
from core.errors import AppError, InputError
from core.i18n import _
from core.store.database import Unchanged
from core.store.forms.drafts import drop_draft
from core.store.forms.rows import (
    FormKey,
    check_customer,
    check_open,
    current_row,
    end_row,
    insert_row,
    last_version,
)
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.customers.forms.spec import Form
    from core.store.database import Store

__all__ = [
    "ConflictError",
    "FormKey",
    "Record",
    "history",
    "load",
    "load_all",
    "load_frame",
    "records",
    "remove",
    "restore",
    "save",
]


@dataclass(frozen=True)
class Record:
    """A form as it was saved.

    Parameters
    ----------
    record_id
        Empty for a form that is filled in once per customer.
    payload
        Typed values by field; a value that the form no longer allows as it was written.
    version
        1 for the first save.
    ended
        ``changed`` or ``removed`` for an earlier version, empty for the latest.
    """

    record_id: str
    payload: Mapping[str, Any]
    version: int
    updated_at: dt.datetime
    updated_by: str
    ended: str = ""


class ConflictError(AppError):
    """Somebody saved the same record in the meantime.

    Parameters
    ----------
    theirs
        The record as it is now; None where it was removed.
    """

    def __init__(self, theirs: Record | None, mine: Mapping[str, Any]) -> None:
        if theirs is None:
            message = _("This record was removed in the meantime.")
        else:
            message = _(
                "{actor} saved this record at {time}, after you opened it.",
                actor=theirs.updated_by,
                time=f"{theirs.updated_at:%Y-%m-%d %H:%M}",
            )
        super().__init__(message, _("Compare both, field by field; nothing of yours is lost."))
        self.theirs = theirs
        self.mine = dict(mine)


def load(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> Record | None:
    """Return a record; None where there is none or the user may not see its customer."""
    rows = store.read("forms/records", scope=scope, **key.parameters()).to_pylist()
    found = [row for row in rows if row["record_id"] == key.record_id]
    return _record(key.form, found[0]) if found else None


def records(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return all records of a form and customer, the latest first; ``key.record_id`` doesn't matter."""
    rows = store.read("forms/records", scope=scope, **key.parameters()).to_pylist()
    return [_record(key.form, row) for row in rows]


def load_all(store: Store, form: Form, *, scope: Scope = EVERYTHING) -> pa.Table:
    """Return all records of a form.

    Returns
    -------
    pyarrow.Table
        customer_type, customer_id, record_id, payload (JSON), version, updated_at, updated_by.
    """
    return store.read("forms/all", scope=scope, form=form.name)


def load_frame(store: Store, form: Form, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return all records of a form with one column per field, values typed, None where empty.

    Returns
    -------
    pandas.DataFrame
        customer_type, customer_id, record_id, version, updated_at, updated_by, then the form's fields.
    """
    table = load_all(store, form, scope=scope)
    frame = table.drop_columns(["payload"]).to_pandas()
    payloads = [from_json(form, text) for text in table["payload"].to_pylist()]
    values = {name: pd.Series([row[name] for row in payloads], dtype=object) for name in form.names}
    return frame.assign(**values)


def save(
    store: Store,
    key: FormKey,
    payload: Mapping[str, object],
    *,
    expected_version: int,
    actor: str = "local",
    scope: Scope = EVERYTHING,
    draft_owner: str | None = None,
) -> Record:
    """Check a form and save it as the next version.

    Parameters
    ----------
    key
        Which record; an empty ``record_id`` of a form with many records makes a new one.
    expected_version
        The version the work began from, 0 for a new record.
    draft_owner
        Whose draft of this record is done with; None leaves drafts alone.

    Returns
    -------
    Record
        As saved; the record as it was where nothing changed.

    Raises
    ------
    FormError
        Something is wrong with what is filled in; it names all of it.
    ConflictError
        Somebody saved or removed it since.
    InputError
        There is no such customer, or the user may not change it.
    ClosedError
        It is submitted, approved or superseded.
    """
    values = validate(key.form, payload)
    settled = key
    if key.form.many and not key.record_id:
        settled = replace(key, record_id=secrets.token_hex(6))

    def change(cursor: duckdb.DuckDBPyConnection) -> Record:
        check_customer(cursor, key, scope)
        check_open(cursor, settled)
        row = current_row(cursor, settled)
        if row and from_json(key.form, row["payload"]) == values:
            raise Unchanged(_record(key.form, row))
        if (row["version"] if row else 0) != expected_version:
            raise ConflictError(_record(key.form, row) if row else None, values)
        now = dt.datetime.now()
        if row:
            end_row(cursor, settled, "changed", actor, now)
        version = last_version(cursor, settled) + 1
        insert_row(cursor, settled, to_json(values), version=version, actor=actor, now=now)
        return Record(settled.record_id, values, version, now, actor)

    details = {"entity": "customer_form", "entity_key": settled.text, "after": to_json(values)}
    saved = store.write("form_save", change, actor=actor, details=details)
    if draft_owner is not None:
        drop_draft(store, key, draft_owner)
    return saved


def remove(
    store: Store, key: FormKey, *, expected_version: int, actor: str = "local", scope: Scope = EVERYTHING
) -> None:
    """Remove a record; its versions stay in the history, from where it can be restored.

    Raises
    ------
    ConflictError
        Somebody saved or removed it since.
    ClosedError
        It is submitted, approved or superseded.
    """

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        check_customer(cursor, key, scope)
        check_open(cursor, key)
        row = current_row(cursor, key)
        if row is None or row["version"] != expected_version:
            raise ConflictError(_record(key.form, row) if row else None, {})
        end_row(cursor, key, "removed", actor, dt.datetime.now())

    store.write(
        "form_remove", change, actor=actor, details={"entity": "customer_form", "entity_key": key.text}
    )


def history(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> list[Record]:
    """Return the earlier versions of a record, the latest first; of all records where its id is empty."""
    rows = store.read("forms/history", scope=scope, **key.parameters()).to_pylist()
    return [_record(key.form, row) for row in rows if not key.record_id or row["record_id"] == key.record_id]


def of_version(earlier: Sequence[Record], version: int) -> Record:
    """Return the record that was a version.

    Raises
    ------
    InputError
        There is no such version.
    """
    found = next((row for row in earlier if row.version == version), None)
    if found is None:
        raise InputError(_("There is no version {version} of this record.", version=version))
    return found


def restore(
    store: Store, key: FormKey, version: int, *, actor: str = "local", scope: Scope = EVERYTHING
) -> Record:
    """Save an earlier version of a record as its next one.

    Raises
    ------
    InputError
        There is no such version.
    FormError
        What was allowed then is no longer; it says what.
    """
    earlier = [] if key.form.many and not key.record_id else history(store, key, scope=scope)
    found = of_version(earlier, version)
    now = load(store, key, scope=scope)
    return save(
        store,
        key,
        found.payload,
        expected_version=now.version if now else 0,
        actor=actor,
        scope=scope,
    )


def _record(form: Form, row: Mapping[str, Any]) -> Record:
    values = from_json(form, row["payload"])
    about = {name: row[name] for name in ("record_id", "version", "updated_at", "updated_by")}
    return Record(payload=values, ended=row.get("ended", ""), **about)
