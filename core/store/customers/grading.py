"""The grading scale in its versions, and what people said by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from core.customers.grading.default_scale import default_template
from core.customers.grading.scale import Template, from_json, to_json
from core.errors import AppError
from core.i18n import _
from core.store.database import Unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

    from core.store.database import Store

COMPANY = ""
_TOPIC = "customers_analysis"


@dataclass(frozen=True)
class Saved:
    """A version of a scale.

    Parameters
    ----------
    owner
        Whose; empty for the company's.
    version
        0 for the default that nobody saved.
    """

    owner: str
    version: int
    template: Template
    note: str = ""
    saved_at: dt.datetime | None = None
    actor: str = ""


class TemplateConflictError(AppError):
    """Somebody saved the same scale in the meantime."""

    def __init__(self, theirs: Saved) -> None:
        super().__init__(
            _("{actor} saved this scale after you opened it.", actor=theirs.actor),
            _("Look at the new version, then make your changes again."),
        )
        self.theirs = theirs


def templates(store: Store) -> list[Saved]:
    """Return every version of every scale, the company's first and the latest version of each first."""
    rows = store.read(f"{_TOPIC}/grade_templates").to_pylist()
    return [
        Saved(
            row["owner"],
            row["version"],
            from_json(row["payload"]),
            row["note"] or "",
            row["saved_at"],
            row["actor"],
        )
        for row in rows
    ]


def template(store: Store, owner: str = COMPANY) -> Saved:
    """Return the latest version of a scale; a person without one has the company's, nobody the default.

    ``version`` is 0, and ``owner`` the one asked for, where it isn't the owner's own.
    """
    latest = {saved.owner: saved for saved in reversed(templates(store))}
    if owner in latest:
        return latest[owner]
    if COMPANY in latest:
        return Saved(owner, 0, latest[COMPANY].template)
    return Saved(owner, 0, default_template())


def save_template(
    store: Store, saved: Saved, changed: Template, *, actor: str = "local", note: str = ""
) -> Saved:
    """Save a scale as its next version.

    Returns
    -------
    Saved
        As saved; ``saved`` itself where nothing changed.

    Raises
    ------
    TemplateConflictError
        Somebody saved it since.
    """
    row = {
        "owner": saved.owner,
        "version": saved.version + 1,
        "payload": to_json(changed),
        "note": note or None,
        "saved_at": _now(),
        "actor": actor,
    }

    def change(cursor: duckdb.DuckDBPyConnection) -> Saved:
        found = cursor.execute(
            "SELECT t.version, t.payload, t.saved_at, t.actor FROM grade_template AS t"
            " WHERE t.owner = $owner ORDER BY t.version DESC LIMIT 1",
            {"owner": saved.owner},
        ).fetchone()
        if found is not None and found[0] != saved.version:
            theirs = Saved(saved.owner, found[0], from_json(found[1]), "", found[2], found[3])
            raise TemplateConflictError(theirs)
        if found is not None and found[1] == row["payload"]:
            raise Unchanged(saved)
        cursor.execute(
            "INSERT INTO grade_template VALUES ($owner, $version, $payload, $note, $saved_at, $actor)", row
        )
        return Saved(saved.owner, saved.version + 1, changed, note, _now(), actor)

    details = {"entity": "grade_template", "entity_key": f"{saved.owner}/{saved.version + 1}"}
    return store.write("save_grade_template", change, actor=actor, details=details)


def judgements(store: Store, kind: str, owner: str = COMPANY) -> pd.DataFrame:
    """Return what was said: a column per element with the number of the option, on customer_id."""
    table = store.read(f"{_TOPIC}/grade_judgements", kind=kind, owner=owner).to_pandas()
    return table.pivot_table(index="customer_id", columns="element", values="option_no", aggfunc="last")


def judge(
    store: Store,
    kind: str,
    said: Sequence[tuple[str, str, int | None]],
    *,
    owner: str = COMPANY,
    actor: str = "local",
) -> int:
    """Keep what somebody said about single elements, and leave everything else as it is.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    said
        Customer, element and number of the option; None takes back what was said.
    owner
        Whose scale.

    Returns
    -------
    int
        How many elements of customers were given.
    """
    if not said:
        return 0
    rows = pa.table(
        {
            "customer_id": [row[0] for row in said],
            "element": [row[1] for row in said],
            "option_no": pa.array([row[2] for row in said], pa.int32()),
        }
    )
    values = {"owner": owner, "kind": kind, "now": _now(), "actor": actor}

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.register("said_now", rows)
        cursor.execute(
            "DELETE FROM grade_judgement AS j USING said_now AS s WHERE j.owner = $owner"
            " AND j.customer_type = $kind AND j.customer_id = s.customer_id AND j.element = s.element",
            {"owner": owner, "kind": kind},
        )
        cursor.execute(
            "INSERT INTO grade_judgement SELECT $owner, $kind, s.customer_id, s.element, s.option_no, $now,"
            " $actor FROM said_now AS s WHERE s.option_no IS NOT NULL",
            values,
        )
        cursor.unregister("said_now")

    details = {"entity": "grade_judgement", "entity_key": f"{kind}/{owner}", "after": str(list(said)[:20])}
    store.write("judge", change, actor=actor, details=details)
    return len(said)


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)
