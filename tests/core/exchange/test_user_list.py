"""A list of users is understood as a whole, or refused with everything that is wrong in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from core.access import User
from core.errors import ImportRefusedError
from core.exchange.user_list import UserList, read_user_list
from core.store.access.references import References

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KNOWN = References({"N": "North", "S": "South", "S2": "South"}, {"OWN": "We"}, {"E1": "Wang"})
HEADS = ["姓名", "邮箱", "角色", "区域", "公司", "人员", "第一天", "部门"]


def read(path: Path, rows: Sequence[Sequence[object]], known: dict[str, User] | None = None) -> UserList:
    """Return what a workbook of these rows says."""
    file = path / "users.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet("名单")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(number, column, dt.datetime.combine(cell, dt.time()), day)
                else:
                    page.write(number, column, cell)
    return read_user_list(file, known or {}, KNOWN)


def test_a_list_of_every_kind_of_user_is_understood(tmp_path: Path) -> None:
    """Roles by name or code, regions by name or id, an employee by name, a day as a date or text."""
    found = read(
        tmp_path,
        [
            HEADS,
            [
                "李娜",
                "Li@example.com",
                "区域经理、planner",
                "North，S2",
                "We",
                "",
                dt.date(2026, 1, 2),
                "销售",
            ],
            ["王强", "wang@example.com", "业务员", "", "", "Wang", "2026/01/03", "销售"],
            ["周总", "zhou@example.com", "审批", "全部", "", "", "", "总经办"],
        ],
    )
    assert found.users == (
        User(
            "",
            "li@example.com",
            "李娜",
            ("manager", "planner"),
            ("N", "S2"),
            ("OWN",),
            since=dt.date(2026, 1, 2),
        ),
        User("", "wang@example.com", "王强", ("rep",), employee_id="E1", since=dt.date(2026, 1, 3)),
        User("", "zhou@example.com", "周总", ("approver",)),
    )
    assert (found.added, found.changed, found.unused) == (3, 0, ("部门",))


def test_what_a_list_does_not_say_stays(tmp_path: Path) -> None:
    """Without a column “active” nobody is let in again, and no employee is lost."""
    out = User("idp|1", "li@example.com", "Li", ("viewer",), ("N",), employee_id="E1", active=False)
    found = read(tmp_path, [HEADS[:4], ["Li", "li@example.com", "viewer", "S2"]], {out.email: out})
    assert found.users == (User("idp|1", out.email, "Li", ("viewer",), ("S2",), None, "E1", active=False),)
    assert (found.added, found.changed) == (0, 1)


def test_everything_wrong_is_said_with_its_row(tmp_path: Path) -> None:
    """An empty region is not all of them; a slip is told the nearest; a name of two regions needs an id."""
    rows = [
        ["A", "a@example.com", "viewer", ""],
        ["B", "b@example.com", "planer", "all"],
        ["C", "c@example.com", "viewer", "South"],
        ["D", "d@example", "viewer", "North"],
        ["D", "d@example", "rep", ""],
    ]
    with pytest.raises(ImportRefusedError) as refused:
        read(tmp_path, [HEADS[:4], *rows])
    said = refused.value.hint.splitlines()
    assert said[0].startswith("Row 2: Say which regions")
    assert said[1].startswith("Row 3: Roles")
    assert "planner" in said[1]
    assert "S, S2" in said[2]
    assert "employee" in said[3]
    assert said[4] == "d@example stands 2 times in the list."
    assert len(said) == 5


def test_a_list_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    """It says which are missing."""
    with pytest.raises(ImportRefusedError, match="lacks: E-mail, Roles"):
        read(tmp_path, [["姓名", "区域"], ["Li", "North"], ["Wang", "South"]])
