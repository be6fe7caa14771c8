"""Imports leave approved plans alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest

from core.access import ROLES, Access
from core.errors import ImportRefusedError, StoreError
from core.exchange.canonical.importing import ImportOptions, check_files, load
from core.exchange.canonical.messages import words
from core.store.database import Store
from core.store.loading.batches import undo
from core.store.loading.source_table import Mode
from core.store.plans import versions as plans
from core.store.plans import workflow as plan_workflow
from core.store.plans.model import KEYS, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONTHS = pd.to_datetime(["2027-01-01", "2027-02-01"]).astype("datetime64[us]")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with an approved plan 2027-01 and a draft 2027-02, 100 yuan in each of two months."""
    with Store.open(tmp_path / "s.duckdb") as opened:
        load(opened, {"region": pa.table({"region_id": ["A"], "level": ["county"], "name": ["East"]})})
        cells = pd.DataFrame(
            {"count": [1, 1], "locked": False},
            index=pd.MultiIndex.from_tuples([_key(month) for month in MONTHS], names=KEYS),
        )
        for name in ("Signed", "Open"):
            plan = plans.create(opened, Plan("", name, 2027, parameters={"unit": "100"}), cells)
            for status in ("submitted", "approved") if name == "Signed" else ():
                plan = plan_workflow.move(opened, plan, status)
        yield opened


@pytest.mark.parametrize("plan", ["2027-09", "2027-02"])
def test_an_import_approves_nothing_where_four_eyes_are_asked_for(store: Store, plan: str) -> None:
    """Neither a new plan nor a draft becomes approved by a file; alone it may come from another store."""
    row = {"plan_id": [plan], "name": ["Brought"], "year": [2027], "version": [1], "status": ["approved"]}
    steward = store.for_access(Access("data@x.cn", ROLES["steward"].rights))
    with pytest.raises(StoreError, match="nobody approved it here"):
        load(steward, {"target_plan": pa.table(row)})
    assert plan not in {each.plan_id for each in plans.list_plans(store) if each.status == "approved"}
    load(steward, {"target_plan": pa.table({**row, "status": ["draft"]})})
    load(store, {"target_plan": pa.table(row)})


def _key(month: pd.Timestamp) -> tuple[object, ...]:
    known = {"region_id": "A", "month": month}
    return tuple(known.get(name, "") for name in KEYS)


def cells(plan: str, amounts: dict[str, float]) -> pa.Table:
    """Return rows for an import: amounts by month of a plan."""
    size = len(amounts)
    return pa.table(
        {
            "plan_id": [plan] * size,
            "region_id": ["A"] * size,
            "month": list(amounts),
            "amount": [*amounts.values()],
        }
    )


@pytest.mark.parametrize(
    ("amounts", "mode", "rows"),
    [
        ({"2027-01": 100.0, "2027-02": 150.0}, Mode.UPSERT, 1),  # a cell changed
        ({"2027-03": 100.0}, Mode.UPSERT, 1),  # a cell added
        ({"2027-03": 100.0}, Mode.APPEND, 1),
        ({"2027-01": 100.0}, Mode.REPLACE, 2),  # one deleted, one loses where it came from
    ],
)
def test_cells_of_an_approved_plan_cannot_be_imported(
    store: Store, amounts: dict[str, float], mode: Mode, rows: int
) -> None:
    """A file that changes, adds to or deletes from an approved plan is refused, and nothing moves."""
    before = plans.load_cells(store, plans.load(store, "2027-01"))
    options = ImportOptions(mode=mode)
    found = [
        p
        for p in check_files(store, {"target_cell": cells("2027-01", amounts)}, options).problems
        if p.code == "plan_closed"
    ]
    assert {p.value for p in found} == {"2027-01 (Signed)"}
    assert sum(p.occurrences for p in found) == rows
    assert "2027-01 (Signed) is approved or superseded" in words(found[0])[0]
    with pytest.raises(ImportRefusedError):
        load(store, {"target_cell": cells("2027-01", amounts)}, options)
    assert plans.load_cells(store, plans.load(store, "2027-01")).equals(before)


def test_rows_that_say_the_same_are_no_change(store: Store) -> None:
    """An export that comes back unchanged is let through, and a draft can be imported into."""
    load(store, {"target_cell": cells("2027-01", {"2027-01": 100.0, "2027-02": 100.0})})
    load(store, {"target_cell": cells("2027-02", {"2027-01": 500.0})})
    draft = plans.load_cells(store, plans.load(store, "2027-02"))
    assert draft["count"].tolist() == [5, 1]


def test_an_approved_plan_cannot_be_reopened_by_a_file(store: Store) -> None:
    """The state of an approved plan changes only when its successor is approved."""
    plan = pa.table(
        {"plan_id": ["2027-01"], "name": ["Signed"], "year": [2027], "version": [1], "status": ["draft"]}
    )
    with pytest.raises(ImportRefusedError):
        load(store, {"target_plan": plan})
    assert plans.load(store, "2027-01").status == "approved"


def test_a_region_under_an_approved_plan_is_not_undone_away(store) -> None:
    """Undoing the import of the regions names region, plan and cells, and leaves everything as it was."""
    with pytest.raises(
        StoreError, match=r"Regions A would be gone, but 2 targets of the plan 2027-01 \(Signed\)"
    ):
        undo(store, [1])
    assert store.fetch("SELECT r.region_id FROM region AS r").num_rows == 1


def test_a_region_under_an_approved_plan_is_not_replaced_away(store) -> None:
    """A file of regions without it is refused for the plan's sake."""
    rows = {"region": pa.table({"region_id": ["B"], "level": ["county"], "name": ["West"]})}
    found = check_files(store, rows, ImportOptions(mode=Mode.REPLACE))
    problem = next(one for one in found.problems if one.code == "plan_stands")
    assert (problem.value, problem.occurrences) == ("A", 2)
    assert "the plan 2027-01 (Signed), approved or superseded, stands on it" in words(problem)[0]


def test_an_import_of_targets_is_not_undone_once_they_are_approved(store) -> None:
    """A draft's imported targets can be undone until it is approved."""
    load(store, {"target_cell": cells("2027-02", {"2027-01": 300})})
    undo(store, [2])
    load(store, {"target_cell": cells("2027-02", {"2027-01": 300})})
    for status in ("submitted", "approved"):
        plan_workflow.move(store, plans.load(store, "2027-02"), status)
    with pytest.raises(StoreError, match="undoing this import would change it"):
        undo(store, [3])
