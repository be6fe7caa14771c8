"""Whose data are meant, and every row that holds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.access import Right
from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

PERSONAL_FIELDS = {
    "contacts": ("name", "title", "phone", "interests"),
    "card_profile": ("head", "phone", "address"),
}
"""Fields of forms about a person, by form; the other fields are about the business."""
NAME_FIELDS = ("name", "head")
FORM_TABLES = ("customer_form", "customer_form_history", "form_draft")
LEAST_DIGITS = 7
"""Digits of a telephone number at least: a shorter text would be found in other numbers."""
_KINDS = ("terminal", "dealer")


@dataclass(frozen=True)
class Subject:
    """Whose data: the people of a customer, whoever has a telephone number, or an employee; one of them.

    Parameters
    ----------
    customer
        Type and id, ``("terminal", "T000001")``.
    phone
        A telephone number; blanks, dashes and +86 don't matter.
    employee_id
        An employee.
    """

    customer: tuple[str, str] | None = None
    phone: str | None = None
    employee_id: str | None = None

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.customer, self.phone, self.employee_id)) != 1:
            raise InputError(_("Expected one of --customer, --phone and --employee."), _("Name whose data."))
        if self.phone is not None and len(digits(self.phone)) < LEAST_DIGITS:
            raise InputError(
                _("“{phone}” is no telephone number.", phone=self.phone),
                _("A number has at least {n} digits.", n=LEAST_DIGITS),
            )
        if self.customer is not None and self.customer[0] not in _KINDS:
            raise InputError(
                _("“{kind}” is no kind of customer.", kind=self.customer[0]),
                _("Expected one of: {allowed}.", allowed=", ".join(_KINDS)),
            )

    @property
    def label(self) -> str:
        """How the audit names it: without the number itself."""
        if self.customer is not None:
            return "/".join(self.customer)
        return f"phone …{digits(self.phone or '')[-4:]}" if self.phone else f"employee/{self.employee_id}"


@dataclass
class Found:
    """Rows that hold a person's data.

    Parameters
    ----------
    forms
        By table, the rows of forms: their columns with the payload read.
    phones, names
        What identifies the person elsewhere.
    others
        By table, other rows as they stand.
    photos
        Fingerprints of photos of the customer's visits.
    """

    forms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    phones: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    others: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """The records of forms, as the audit names them."""
        return {key_text(row) for rows in self.forms.values() for row in rows}

    @property
    def numbers(self) -> set[str]:
        """The telephone numbers as they are written; what is too short to be one is left out."""
        written = self.phones | {digits(phone) for phone in self.phones}
        return {phone for phone in written if len(digits(phone)) >= LEAST_DIGITS}

    @property
    def is_empty(self) -> bool:
        """The store holds nothing."""
        return not (any(self.forms.values()) or any(self.others.values()) or self.photos)


def digits(phone: str) -> str:
    """Return the digits of a telephone number, without the country code of China."""
    found = re.sub(r"\D", "", phone)
    return re.sub(r"^(0086|86)(?=1\d{10}$)", "", found)


def key_text(row: dict[str, Any]) -> str:
    """Return a record of a form as the audit names it."""
    parts = (row["form"], row["customer_type"], row["customer_id"], row["record_id"])
    return "/".join(part for part in parts if part)


def find(store: Store, subject: Subject) -> Found:
    """Return everything that the store holds of somebody.

    Raises
    ------
    InputError
        The customer or the employee is not there.
    NotAllowedError
        Whoever asks is no administrator.
    """
    store.access.require(Right.ADMINISTER)
    with store.cursor() as cursor:
        return find_rows(cursor, subject)


def find_rows(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> Found:
    """Like :func:`find`, on a cursor."""
    found = Found()
    if subject.employee_id is not None:
        _find_employee(cursor, subject.employee_id, found)
        return found
    _find_forms(cursor, subject, found)
    if found.keys:
        text = "SELECT * FROM audit_log AS a WHERE list_contains($keys, a.entity_key)"
        found.others["audit_log"] = _rows(cursor, text, {"keys": sorted(found.keys)})
    items = _rows(cursor, "SELECT * FROM quarantine AS q", {})
    wanted = {digits(number) for number in found.numbers}
    found.others["quarantine"] = [row for row in items if _holds(row["payload"], wanted)]
    if subject.customer is not None and subject.customer[0] == "terminal":
        text = (
            "SELECT DISTINCT p.sha256 FROM visit_photo AS p INNER JOIN visit AS v ON v.visit_id = p.visit_id"
            " WHERE v.terminal_id = $id"
        )
        found.photos = [row["sha256"] for row in _rows(cursor, text, {"id": subject.customer[1]})]
    return found


def _find_employee(cursor: duckdb.DuckDBPyConnection, employee_id: str, found: Found) -> None:
    for table in ("employee", "history.employee", "visit_office", "visit_night"):
        text = f"SELECT * FROM {table} AS e WHERE e.employee_id = $id"
        found.others[table] = _rows(cursor, text, {"id": employee_id})
    if not found.others["employee"]:
        raise InputError(_("There is no employee {id}.", id=employee_id), _("Check the ID."))


def _find_forms(cursor: duckdb.DuckDBPyConnection, subject: Subject, found: Found) -> None:
    if subject.customer is not None:
        kind, key = subject.customer
        known = _rows(cursor, f"SELECT 1 AS x FROM {kind} AS c WHERE c.{kind}_id = $id", {"id": key})
        if not known:
            raise InputError(_("There is no {kind} {id}.", kind=kind, id=key), _("Check the ID."))
    rows = {table: _form_rows(cursor, table) for table in FORM_TABLES}
    wanted = digits(subject.phone or "")
    keys = {
        key_text(row)
        for table in rows.values()
        for row in table
        if (row["customer_type"], row["customer_id"]) == subject.customer
        or (wanted and digits(str(row["payload"].get("phone") or "")) == wanted)
    }
    for table, all_rows in rows.items():
        found.forms[table] = [row for row in all_rows if key_text(row) in keys]
        for row in found.forms[table]:
            if phone := str(row["payload"].get("phone") or ""):
                found.phones.add(phone)
            found.names |= {str(row["payload"][name]) for name in NAME_FIELDS if row["payload"].get(name)}
    if subject.phone is not None:
        found.phones.add(subject.phone)


def _form_rows(cursor: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    text = f"SELECT * FROM {table} AS f WHERE list_contains($forms, f.form)"
    rows = _rows(cursor, text, {"forms": list(PERSONAL_FIELDS)})
    return [{**row, "payload": json.loads(row["payload"])} for row in rows]


def _holds(text: str, numbers: set[str]) -> bool:
    """Tell whether a text holds one of some telephone numbers, however it is written."""
    bare = re.sub(r"[\s\-()]", "", text)
    return any(number and re.search(rf"(?<!\d)(?:\+?86)?{number}(?!\d)", bare) for number in numbers)


def _rows(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = cursor.sql(text, params=values).to_arrow_table().to_pylist()
    return result
