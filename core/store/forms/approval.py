"""A form's way from draft to approved: like that of a target plan, see :mod:`core.store.approval`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.customers.forms.validate import from_json
from core.errors import InputError
from core.i18n import _
from core.store.approval import HANDED_ON, JUDGED, check_step, needs_four_eyes, refuse_own_work
from core.store.forms import forms
from core.store.forms.rows import DRAFT, add_event, check_customer, current_row, status_of
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.customers.forms.spec import Form
    from core.store.database import Store
    from core.store.forms.forms import Record
    from core.store.forms.rows import FormKey


def move(
    store: Store,
    key: FormKey,
    to: str,
    *,
    expected_version: int,
    actor: str = "local",
    reason: str = "",
    scope: Scope = EVERYTHING,
) -> None:
    """Move a record to its next state; an approved one supersedes the approved ones of the same subject.

    Parameters
    ----------
    expected_version
        The version that whoever moves it has seen.

    Raises
    ------
    ClosedError
        That state can't follow.
    ConflictError
        The record was changed or removed since it was read.
    InputError
        Feedback and a revision need a reason; the form is not one that is approved.
    NotAllowedError
        Four eyes are asked for, and it is the actor's own work.
    """
    if not key.form.one_approved_per:
        raise InputError(_("{form} is no form that is approved.", form=_(key.form.label)))

    actor = store.access.written_by(actor)
    four_eyes = to == "approved" and needs_four_eyes(store)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        check_customer(cursor, key, scope)
        row = current_row(cursor, key)
        if row is None or row["version"] != expected_version:
            now = forms.load(store, key, scope=scope) if row else None
            raise forms.ConflictError(now, dict(now.payload) if now else {})
        check_step(status_of(cursor, key), to, reason)
        if four_eyes:
            refuse_own_work(cursor, actor, _hands(cursor, key) | {row["updated_by"]})
        if to == "approved":
            _supersede(cursor, key, row["payload"], actor)
        add_event(cursor, key, to, version=expected_version, actor=actor, reason=reason)

    details = {"entity": "customer_form", "entity_key": key.text, "after": to}
    store.write("form_approve" if to in JUDGED else "form_move", change, actor=actor, details=details)


def _hands(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> set[str]:
    """Return who submitted or revised a record."""
    rows = cursor.execute(
        "SELECT e.actor FROM form_event AS e WHERE e.form = $form AND e.customer_type = $customer_type"
        " AND e.customer_id = $customer_id AND e.record_id = $record AND list_contains($steps, e.to_status)",
        {**key.parameters(), "record": key.record_id, "steps": list(HANDED_ON)},
    ).fetchall()
    return {actor for (actor,) in rows}


def _supersede(cursor: duckdb.DuckDBPyConnection, key: FormKey, payload: str, actor: str) -> None:
    """Mark the approved records of the same subject as superseded."""
    subject = _subject(key.form, payload)
    rows = cursor.execute(
        "SELECT f.record_id, f.payload, f.version FROM customer_form AS f WHERE f.form = $form"
        " AND f.customer_type = $customer_type AND f.customer_id = $customer_id",
        key.parameters(),
    ).fetchall()
    for record_id, other, version in rows:
        older = replace(key, record_id=record_id)
        same = record_id != key.record_id and _subject(key.form, other) == subject
        if same and status_of(cursor, older) == "approved":
            add_event(cursor, older, "superseded", version=version, actor=actor, reason="")


def _subject(form: Form, payload: str) -> tuple[object, ...]:
    values = from_json(form, payload)
    return tuple(values[name] for name in form.one_approved_per)


def copy(
    store: Store, key: FormKey, record: Record, *, actor: str = "local", scope: Scope = EVERYTHING
) -> Record:
    """Copy a record, whatever its state, as a new draft."""
    fresh = replace(key, record_id="")
    return forms.save(store, fresh, record.payload, expected_version=0, actor=actor, scope=scope)


def statuses(store: Store, form: Form, *, scope: Scope = EVERYTHING) -> pd.Series:
    """Return the state of every record of a form, on customer_type, customer_id and record_id."""
    keys = ["customer_type", "customer_id", "record_id"]
    table = store.read("forms/statuses", scope=scope, form=form.name).to_pandas()
    return table.set_index(keys)["status"].fillna(DRAFT)


def events(store: Store, key: FormKey, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return version, happened_at, actor, from_status, to_status, reason of a record; the latest first."""
    values = {**key.parameters(), "record": key.record_id}
    return store.read("forms/events", scope=scope, **values).to_pandas()
