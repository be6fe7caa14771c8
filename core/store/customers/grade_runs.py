"""Gradings that were kept: what they were made of, and every customer's grade in them."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from core.store.frames import large_frame
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.store.database import Store

_TOPIC = "customers_analysis"
_RESULT = ("customer_id", "total", "known", "grade", "label")


@dataclass(frozen=True)
class Run:
    """What a grading was made of.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    scope
        Of :data:`core.customers.grading.grades.SCOPES`.
    start, end
        First days of the first and the last month looked at.
    """

    kind: str
    owner: str
    version: int
    scope: str
    start: dt.date
    end: dt.date


def save_run(store: Store, run: Run, results: pd.DataFrame, *, actor: str = "local") -> str:
    """Keep a grading.

    Parameters
    ----------
    results
        customer_id, total, known, grade, label.

    Returns
    -------
    str
        run_id.
    """
    run_id = secrets.token_hex(8)
    rows = pa.Table.from_pandas(results[list(_RESULT)], preserve_index=False)
    header = {
        "run_id": run_id,
        "kind": run.kind,
        "owner": run.owner,
        "version": run.version,
        "scope": run.scope,
        "start": run.start,
        "end": run.end,
        "now": dt.datetime.now().replace(microsecond=0),
        "actor": actor,
    }

    def change(cursor: duckdb.DuckDBPyConnection) -> str:
        cursor.execute(
            "INSERT INTO grade_run"
            " VALUES ($run_id, $kind, $owner, $version, $scope, $start, $end, $now, $actor)",
            header,
        )
        cursor.register("graded_now", rows)
        cursor.execute(
            "INSERT INTO grade_result SELECT $run_id, g.customer_id, g.total, g.known, g.grade, g.label"
            " FROM graded_now AS g",
            {"run_id": run_id},
        )
        cursor.unregister("graded_now")
        return run_id

    details = {"entity": "grade_run", "entity_key": run_id, "after": f"{len(results)}"}
    return store.write("grade", change, actor=actor, details=details)


def runs(store: Store, kind: str) -> pd.DataFrame:
    """Return the kept gradings, the latest first, with the number of customers of each grade."""
    return store.read(f"{_TOPIC}/grade_runs", kind=kind).to_pandas()


def run_results(store: Store, run_id: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return customer_id, total, known, grade, label of a kept grading."""
    table = large_frame(store.read(f"{_TOPIC}/grade_results", scope=scope, run=run_id))
    return table.astype({"total": "float64", "grade": object, "label": object})


def history(store: Store, kind: str, customer_id: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return graded_at, owner, actor, total, grade, label of a customer's kept grades, the latest first."""
    table = store.read(f"{_TOPIC}/grade_history", scope=scope, kind=kind, customer=customer_id).to_pandas()
    return table.astype({"total": "float64", "grade": object, "label": object})
