"""Rows of forms in the store: read and written inside a transaction of :mod:`core.store.forms.forms`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.i18n import _
from core.store.approval import EDITABLE, ClosedError, closed_hint, status_label

if TYPE_CHECKING:
    import duckdb

    from core.customers.forms.spec import Form
    from core.store.scope import Scope

_SAME = (
    "f.form = $form AND f.customer_type = $customer_type AND f.customer_id = $customer_id"
    " AND f.record_id = $record_id"
)
_COLUMNS = "form, customer_type, customer_id, record_id, payload, version, updated_at, updated_by"
DRAFT = "draft"
_CUSTOMERS = {"dealer": "dealer_id", "terminal": "terminal_id", "region": "region_id"}


@dataclass(frozen=True)
class FormKey:
    """Which record of which form.

    Parameters
    ----------
    customer_type, customer_id
        Whose: dealer, terminal, region and its id; market and an empty id for what belongs to nobody.
    record_id
        Empty for a form that is filled in once per customer.
    """

    form: Form
    customer_type: str
    customer_id: str
    record_id: str = ""

    def __post_init__(self) -> None:
        if self.customer_type not in self.form.customer_types:
            raise InputError(
                _("{form} is no form of a {kind}.", form=_(self.form.label), kind=self.customer_type),
                _("Expected one of: {allowed}.", allowed=", ".join(self.form.customer_types)),
            )

    def parameters(self) -> dict[str, object]:
        """Return the values of a query about all records of the form and customer."""
        return {
            "form": self.form.name,
            "customer_type": self.customer_type,
            "customer_id": self.customer_id,
        }

    @property
    def text(self) -> str:
        """The key as the audit log names it."""
        parts = (self.form.name, self.customer_type, self.customer_id, self.record_id)
        return "/".join(part for part in parts if part)


def check_customer(cursor: duckdb.DuckDBPyConnection, key: FormKey, scope: Scope) -> None:
    """Refuse a customer that isn't there or that the user may not change.

    Raises
    ------
    InputError
        The customer is not there, or outside the user's regions.
    """
    if key.customer_type == "market":
        # What belongs to everybody is changed by whoever sees everything.
        known = scope.parameter is None
    else:
        column = _CUSTOMERS[key.customer_type]
        known = bool(
            cursor.execute(
                f"SELECT COUNT(*) FROM {key.customer_type} AS t WHERE t.{column} = $id AND ($scope IS NULL OR"
                " t.region_id IN (SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id IN"
                " (SELECT UNNEST(CAST($scope AS VARCHAR[])))))",
                {"id": key.customer_id, "scope": scope.parameter},
            ).fetchall()[0][0]
        )
    if not known:
        raise InputError(
            _("Customer {customer} is not there, or not yours to change.", customer=key.customer_id or "–"),
            _("Choose it from the list again."),
        )


def status_of(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> str:
    """Return the state of a record of a form that is approved; a new one is a draft."""
    found = cursor.execute(
        f"SELECT f.to_status FROM form_event AS f WHERE {_SAME} ORDER BY f.step DESC LIMIT 1", _values(key)
    ).fetchall()
    return str(found[0][0]) if found else DRAFT


def check_open(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> None:
    """Refuse to change a record whose state forbids it; one of a form that nobody approves is always open.

    Raises
    ------
    ClosedError
        It is submitted, approved or superseded.
    """
    status = status_of(cursor, key) if key.form.one_approved_per else DRAFT
    if status not in EDITABLE:
        raise ClosedError(
            _("This record is {status} and can't be changed.", status=status_label(status)),
            closed_hint(status),
        )


def add_event(
    cursor: duckdb.DuckDBPyConnection, key: FormKey, to: str, *, version: int, actor: str, reason: str
) -> None:
    """Note that a record has a new state."""
    before = status_of(cursor, key)
    cursor.execute(
        "INSERT INTO form_event SELECT $form, $customer_type, $customer_id, $record_id, $version,"
        " 1 + COUNT(*), $now, $actor, $before, $after, $reason"
        f" FROM form_event AS f WHERE {_SAME}",
        {
            **_values(key),
            "version": version,
            "now": dt.datetime.now(),
            "actor": actor,
            "before": before,
            "after": to,
            "reason": reason.strip() or None,
        },
    )


def current_row(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> dict[str, Any] | None:
    """Return the latest version of a record, None where there is none."""
    rows = cursor.execute(
        "SELECT f.record_id, f.payload, f.version, f.updated_at, f.updated_by"
        f" FROM customer_form AS f WHERE {_SAME}",
        _values(key),
    ).fetchall()
    names = ("record_id", "payload", "version", "updated_at", "updated_by")
    return dict(zip(names, rows[0], strict=True)) if rows else None


def last_version(cursor: duckdb.DuckDBPyConnection, key: FormKey) -> int:
    """Return the highest version a record ever had, 0 where it never was."""
    found = cursor.execute(
        f"SELECT COALESCE(MAX(f.version), 0) FROM customer_form_history AS f WHERE {_SAME}", _values(key)
    ).fetchall()
    return int(found[0][0])


def end_row(cursor: duckdb.DuckDBPyConnection, key: FormKey, how: str, actor: str, now: dt.datetime) -> None:
    """Put the latest version of a record among the earlier ones: ``changed`` or ``removed``."""
    cursor.execute(
        f"INSERT INTO customer_form_history ({_COLUMNS}, ended, ended_at, ended_by)"
        f" SELECT {_COLUMNS}, $ended, $now, $actor FROM customer_form AS f WHERE {_SAME}",
        {**_values(key), "ended": how, "now": now, "actor": actor},
    )
    cursor.execute(f"DELETE FROM customer_form AS f WHERE {_SAME}", _values(key))


def insert_row(
    cursor: duckdb.DuckDBPyConnection,
    key: FormKey,
    payload: str,
    *,
    version: int,
    actor: str,
    now: dt.datetime,
) -> None:
    """Write a version of a record; the one before was ended in the same transaction."""
    cursor.execute(
        f"INSERT INTO customer_form ({_COLUMNS}) VALUES ($form, $customer_type, $customer_id, $record_id,"
        " $payload, $version, $now, $actor)",
        {**_values(key), "payload": payload, "version": version, "now": now, "actor": actor},
    )


def _values(key: FormKey) -> dict[str, object]:
    return {**key.parameters(), "record_id": key.record_id}
