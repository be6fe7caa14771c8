"""Visits typed in: check-in, saving, taking back; the only door beside the import.

A visit typed in is a row of ``visit`` without a batch, as records are that files bring as well
(:mod:`core.store.forms.versioned_rows`): an import that displaces it gives it back when it is undone. Its
shelf, the review of its talk and its version are written in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import to_json, validate
from core.cycle.day.entry import CheckIn, VisitEntry, checked_text
from core.errors import AppError, InputError
from core.i18n import _
from core.store.cycle.day.visit_rows import (
    CONTENT,
    REVIEW,
    SavedVisit,
    check_references,
    check_shop,
    refuse_displaced,
    stored_visit,
    write_arrival,
    write_review,
    write_shelf,
    write_visit,
)
from core.store.database import Unchanged
from core.store.forms.rows import FormKey, current_row, end_row
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

ENTITIES = "visit, customer_form, visit_check_in, visit_shelf"
"""Tables that one visit changes, as the audit log names them."""


class VisitConflictError(AppError):
    """Somebody saved the same visit in the meantime; carries it as it is now, None where it is gone."""

    def __init__(self, theirs: SavedVisit | None) -> None:
        if theirs is None:
            message = _("This visit was taken back in the meantime.")
        else:
            message = _(
                "{actor} saved this visit at {time}, with other content.",
                actor=theirs.values["saved_by"] or _("An import"),
                time=f"{theirs.values['saved_at'] or theirs.values['start_at']:%Y-%m-%d %H:%M}",
            )
        super().__init__(message, _("Keep theirs, or save yours over it; nothing of yours is lost."))
        self.theirs = theirs


def check_in(store: Store, arrival: CheckIn, *, actor: str, scope: Scope = EVERYTHING) -> None:
    """Note an arrival; the same arrival again changes nothing.

    Raises
    ------
    InputError
        Rep or shop isn't there, the shop is outside the user's regions, the id is another visit's, or the
        arrival lies in the future.
    """

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        check_references(cursor, arrival, scope)
        if not write_arrival(cursor, arrival, actor):
            raise Unchanged(None)

    details = {"entity": "visit_check_in", "entity_key": arrival.visit_id}
    store.write("visit_check_in", change, actor=actor, details=details)


def cancel_check_in(store: Store, visit_id: str, employee_id: str, *, actor: str) -> None:
    """Take an arrival back that became no visit; nothing where there is none of that rep."""

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        gone = cursor.execute(
            "DELETE FROM visit_check_in AS c WHERE c.visit_id = $visit AND c.employee_id = $employee"
            " AND NOT EXISTS (SELECT 1 FROM visit AS v WHERE v.visit_id = c.visit_id) RETURNING c.visit_id",
            {"visit": visit_id, "employee": employee_id},
        ).fetchall()
        if not gone:
            raise Unchanged(None)

    details = {"entity": "visit_check_in", "entity_key": visit_id}
    store.write("visit_check_out", change, actor=actor, details=details)


def save_visit(
    store: Store, entry: VisitEntry, *, expected_version: int, actor: str, scope: Scope = EVERYTHING
) -> SavedVisit:
    """Save a visit as the next version; the same content again changes nothing.

    Parameters
    ----------
    expected_version
        The version the work began from, 0 for a new visit.

    Raises
    ------
    FormError
        Something is wrong with the review of the talk; it names all of it.
    VisitConflictError
        Somebody saved, imported or took back the visit since, with other content.
    InputError
        Rep or shop isn't there, the shop is outside the user's regions, or the visit lies in the future.
    """
    arrival = entry.arrival
    review = validate(REVIEW, {**entry.review, "talked_on": arrival.arrived_at.date()})
    values = _values(entry)
    after = json.dumps({**values, "review": json.loads(to_json(review))}, default=str, ensure_ascii=False)
    before = _read_visit(store, arrival.visit_id)

    def change(cursor: duckdb.DuckDBPyConnection) -> SavedVisit:
        check_references(cursor, arrival, scope)
        known = stored_visit(cursor, arrival.visit_id)
        if known is not None and _content(known) == values and dict(known.review) == review:
            raise Unchanged(known)
        if _is_newer(known, expected_version):
            raise VisitConflictError(known)
        if known is None:
            refuse_displaced(cursor, arrival.visit_id)
        elif known.values["terminal_id"] != arrival.terminal_id:
            raise InputError(_("A visit keeps its shop."), _("Take it back and report the other one."))
        version = (known.version if known else 0) + 1
        now = dt.datetime.now()
        write_arrival(cursor, arrival, actor)
        write_visit(cursor, arrival.visit_id, values)
        write_shelf(cursor, arrival.visit_id, values, version, actor, now)
        write_review(cursor, arrival, to_json(review), actor, now)
        saved = {**values, "version": version, "saved_at": now, "saved_by": actor, "batch_id": None}
        return SavedVisit(arrival.visit_id, saved, review, version)

    details = {"entity": ENTITIES, "entity_key": arrival.visit_id, "before": before, "after": after}
    return store.write("visit_save", change, actor=actor, details=details)


def take_back(
    store: Store,
    visit_id: str,
    *,
    employee_id: str,
    expected_version: int,
    actor: str,
    scope: Scope = EVERYTHING,
) -> None:
    """Take a visit back that was typed in; what it said stays in the audit log.

    Raises
    ------
    VisitConflictError
        Somebody saved or took it back since.
    InputError
        It is another rep's, or came from a file: then its import is undone.
    """
    before = _read_visit(store, visit_id)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        known = stored_visit(cursor, visit_id)
        if known is None or known.version != expected_version:
            raise VisitConflictError(known)
        if known.values["batch_id"] or not known.version:
            raise InputError(
                _("This visit came from a file."), _("Undo its import, or correct it in the file.")
            )
        check_shop(cursor, known.values["terminal_id"], scope)
        if known.values["employee_id"] != employee_id:
            raise InputError(_("This visit is another rep's."), _("Choose who you are."))
        key = FormKey(REVIEW, "terminal", known.values["terminal_id"], visit_id)
        if current_row(cursor, key):
            end_row(cursor, key, "removed", actor, dt.datetime.now())
        for table in ("visit", "visit_shelf", "visit_check_in", "visit_photo"):
            cursor.execute(f"DELETE FROM {table} AS x WHERE x.visit_id = $visit", {"visit": visit_id})

    details = {"entity": f"{ENTITIES}, visit_photo", "entity_key": visit_id, "before": before}
    store.write("visit_remove", change, actor=actor, details=details)


def load_visit(store: Store, visit_id: str) -> SavedVisit | None:
    """Return a visit with its shelf and review; None where there is none."""
    with store.cursor() as cursor:
        return stored_visit(cursor, visit_id)


def _read_visit(store: Store, visit_id: str) -> str | None:
    known = load_visit(store, visit_id)
    if known is None:
        return None
    said = {**known.values, "review": json.loads(to_json(known.review))}
    return json.dumps(said, default=str, ensure_ascii=False)


def _is_newer(known: SavedVisit | None, expected_version: int) -> bool:
    """Tell whether a visit isn't the one the work began from: saved since, or brought by a file."""
    if known is None:
        return expected_version != 0
    return bool(known.values["batch_id"]) or not known.version or known.version != expected_version


def _values(entry: VisitEntry) -> dict[str, Any]:
    return {
        "employee_id": entry.arrival.employee_id,
        "terminal_id": entry.arrival.terminal_id,
        "start_at": entry.arrival.arrived_at.replace(microsecond=0),
        "end_at": entry.left_at and entry.left_at.replace(microsecond=0),
        "purpose": checked_text(_("Purpose"), entry.purpose),
        "result": checked_text(_("Result"), entry.result),
        "order_amount": entry.order_amount,
        "effective": entry.effective,
        "stock": entry.stock or None,
        "display": entry.display or None,
        "facings": entry.facings,
        "remark": checked_text(_("Remarks"), entry.remark) or None,
    }


def _content(known: SavedVisit) -> dict[str, Any]:
    return {name: known.values[name] for name in CONTENT}
