"""The signature on a plan's workbook: shown on its cover, checked against what was approved."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from core.__main__ import main
from core.access import ROLES, Access
from core.errors import InputError
from core.exchange.plans.signed import check_signature
from core.exchange.plans.workbook import write_workbook
from core.i18n import use_language
from core.reports.plans.workbook_data import plan_book
from core.store.database import Store
from core.store.plans import versions as plans
from core.store.plans.signature import signature_of
from core.store.plans.workflow import move

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def signed(planned_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store, whose plan was approved, and its workbook from before and after."""
    use_language("en")
    folder = tmp_path_factory.mktemp("signed")
    shutil.copy(planned_file, folder / "market.duckdb")
    with Store.open(folder / "market.duckdb") as store:
        plan = move(store, plans.load(store, "2026-01"), "submitted", actor="Wang")
        write_workbook(folder / "before.xlsx", plan_book(store, plan))
        plan = move(store, plan, "approved", actor="Zhou")
        write_workbook(folder / "signed.xlsx", plan_book(store, plan))
    return folder


@pytest.fixture
def store(signed: Path) -> Iterator[Store]:
    """The store of the folder."""
    with Store.open(signed / "market.duckdb") as opened:
        yield opened


def test_the_cover_says_who_signed_when_and_over_what(signed: Path, store: Store) -> None:
    """Names, times, the hash of the cells and the code stand on the first sheet, to be printed."""
    signature = signature_of(store, plans.load(store, "2026-01"))
    assert signature is not None
    cover = openpyxl.load_workbook(signed / "signed.xlsx").worksheets[0]
    lines = {row[0].value: row[1].value for row in cover.iter_rows(min_col=1, max_col=2)}
    assert lines["Planned by"] == f"Wang · {signature.submitted_at:%Y-%m-%d %H:%M}"
    assert lines["Approved by"] == f"Zhou · {signature.approved_at:%Y-%m-%d %H:%M}"
    assert lines["Hash of the cells"] == signature.fingerprint
    assert lines["Code of the signature"] == signature.code


def test_a_signed_workbook_is_what_was_approved(signed: Path, store: Store) -> None:
    """The check finds nothing, and says who approved."""
    check = check_signature(store, signed / "signed.xlsx")
    assert check.findings == ()
    assert "approved by Zhou" in check.sentence


def test_a_changed_figure_is_found(signed: Path, store: Store, tmp_path: Path) -> None:
    """One cell of the detail sheet that differs breaks the signature."""
    book = openpyxl.load_workbook(signed / "signed.xlsx")
    cell = book["Detail"]["I4"]
    cell.value = float(cell.value) + 10
    book.save(tmp_path / "edited.xlsx")
    assert check_signature(store, tmp_path / "edited.xlsx").findings == (
        "1 cell of the workbook isn't what was approved.",
    )


def test_a_workbook_of_before_carries_no_signature(signed: Path, store: Store) -> None:
    """Its figures may be the same: it isn't the signed one."""
    found = check_signature(store, signed / "before.xlsx").findings
    assert len(found) == 1
    assert "no signature" in found[0]


def test_a_borrowed_code_is_found(signed: Path, store: Store, tmp_path: Path) -> None:
    """A code of another approval in the marks is told."""
    book = openpyxl.load_workbook(signed / "signed.xlsx")
    marks = book.worksheets[-1]
    row = next(row for row in marks.iter_rows() if row[0].value == "signature")
    row[1].value = "0000-0000-0000-0000"
    book.save(tmp_path / "borrowed.xlsx")
    assert "0000-0000-0000-0000" in check_signature(store, tmp_path / "borrowed.xlsx").findings[0]


def test_cells_changed_past_the_program_are_found(signed: Path, tmp_path: Path) -> None:
    """The store itself is held against the hash of the approval."""
    shutil.copy(signed / "market.duckdb", tmp_path / "market.duckdb")
    with Store.open(tmp_path / "market.duckdb") as store:
        store.maintain(lambda cursor: cursor.execute("UPDATE target_cell SET amount = amount + 1000"))
        found = check_signature(store, signed / "signed.xlsx").findings
    assert found[0] == "The cells in the store are no longer those that were approved."


def test_a_part_of_a_plan_is_not_signed(store: Store) -> None:
    """Who sees one region can neither check the signature nor take it along on a part of the cells."""
    part = store.for_access(Access("li@x.cn", ROLES["viewer"].rights, region_ids=("990101",)))
    plan = plans.load(store, "2026-01")
    cells = plans.load_cells(store, plan).iloc[:5]
    assert plan_book(store, plan, cells=cells).signature is None
    with pytest.raises(InputError, match="whole plan"):
        check_signature(part, store.path)


def test_the_command_tells_by_its_exit_code(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 for the signed workbook, 1 for another."""
    where = ["--store", str(signed / "market.duckdb"), "--language", "en"]
    assert main(["check-signature", str(signed / "signed.xlsx"), *where]) == 0
    assert "is what was approved" in capsys.readouterr().out
    assert main(["check-signature", str(signed / "before.xlsx"), *where]) == 1
