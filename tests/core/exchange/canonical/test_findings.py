"""What is found in files, where, and in which words."""

from __future__ import annotations

import pandas as pd
import pytest

from core.exchange.canonical import findings
from core.exchange.canonical.importing import check_files, load
from core.exchange.canonical.messages import CODES, words
from core.i18n import language
from core.store.loading.problems import Problem

SALES = "month,terminal_id,company_id,amount,quantity\n2026-05,T1,US,1,1\n"
BAD_ROWS = [
    ("terminal_sales", SALES + "2026-13,T1,US,1,1\n", "unreadable", "month", "2026-13"),
    ("terminal_sales", SALES + "2026-06-15,T1,US,1,1\n", "not_first_day", "month", "2026-06-15"),
    ("terminal_sales", SALES + '2026-06,T1,US,"1,234",1\n', "unreadable", "amount", "1,234"),
    ("terminal_sales", SALES + "2026-06,T1,US,nan,1\n", "unreadable", "amount", "nan"),
    ("terminal_sales", SALES + "2026-06,T1,US,inf,1\n", "unreadable", "amount", "inf"),
    ("terminal_sales", SALES + "2026-06,T1,US,1e30,1\n", "unreadable", "amount", "1e30"),
    ("terminal_sales", SALES + "2026-06,T1,US,,1\n", "missing", "amount", None),
    ("terminal_sales", SALES + "2026-06,T1,US,1,inf\n", "unreadable", "quantity", "inf"),
    ("terminal_sales", SALES + "2026-06,T1,XX,1,1\n", "unknown_reference", "company_id", "XX"),
    ("terminal_sales", SALES + "2026-06,T9,US,1,1\n", "unknown_reference", "terminal_id", "T9"),
    ("terminal", "terminal_id,name,dealer_id\nT5,Five,\nT6,Six,D9\n", "unknown_reference", "dealer_id", "D9"),
    ("terminal", "terminal_id,name,lat,lon\nT5,Five,,\nT6,Six,91,114\n", "out_of_range", "lat", "91.0"),
    ("region", "region_id,level,name\nX,city,x\n,city,y\n", "missing", "region_id", None),
    ("region", "region_id,level,name,parent_id\nX,city,x,P\nY,city,y,Y\n", "cycle", "parent_id", "Y → Y"),
    ("company", "company_id,name,is_self\nX,x,no\nR1,y,maybe\n", "unreadable", "is_self", "maybe"),
    ("company", "company_id,name,is_self\nX,x,no\nR1,y,yes\n", "several_self", "is_self", "R1, US"),
    (
        "visit",
        "visit_id,employee_id,terminal_id,start_at,end_at\nV1,E1,T1,2026-01-05 09:00,\n"
        "V2,E1,T1,2026-01-05 09:00,2026-01-05 08:00\n",
        "end_before_start",
        "end_at",
        "2026-01-05 08:00:00",
    ),
    (
        "score_item",
        "sheet_id,item_no,terminal_id,assessed_on\nS,1,T1,2026-01-31\nS,2.5,T1,2026-01-31\n",
        "unreadable",
        "item_no",
        "2.5",
    ),
    (
        "relation",
        "customer_type,customer_id,month\nterminal,T1,2026-01\n终端,T8,2026-01\n",
        "unknown_reference",
        "customer_id",
        "T8",
    ),
    (
        "terminal_sales",
        "month,terminal_id,company_id,amount\n2026-05,T1,US,1\n2062-05,T1,US,1\n",
        "future",
        "month",
        "2062-05-01",
    ),
]


@pytest.mark.parametrize(("table", "text", "code", "column", "value"), BAD_ROWS)
def test_an_error_names_row_column_and_value(world, write, table, text, code, column, value) -> None:
    """Row 3 of each file has one error, and only that is found."""
    check = check_files(world, write(**{table: text}))
    (problem,) = [p for p in check.problems if p.level == "error"]
    assert (problem.code, problem.table, problem.column, problem.value, problem.rows) == (
        code,
        table,
        column,
        value,
        (3,),
    )
    assert not check.ok


ODD_ROWS = [
    ("terminal", "terminal_id,name,region_id\nT5,Five,C1\nT6,Six,\n", "no_region"),
    ("terminal", "terminal_id,name,lat,lon\nT5,Five,1,1\nT6,Six,,\n", "no_coordinates"),
    ("terminal", "terminal_id,name,lat,lon\nT5,Five,1,1\nT6,Six,2,\n", "half_coordinates"),
    ("terminal", "terminal_id,name,lat,lon\nT5,Five,1,1\nT6,Six,0,0\n", "zero_coordinates"),
    ("terminal", "terminal_id,name,grade\nT5,Five,A\nT6,Six,E\n", "unknown_code"),
    ("terminal_sales", SALES + "2026-06,T1,US,-5,1\n", "unusual"),
    ("terminal_sales", SALES + "2026-06,T1,US,1.005,1\n", "rounded"),
]


@pytest.mark.parametrize(("table", "text", "code"), ODD_ROWS)
def test_odd_but_real_facts_are_kept_and_counted(world, write, table, text, code, select) -> None:
    """What is odd is a warning; both rows go in."""
    before = select(f"SELECT COUNT(*) FROM {table}")[0][0]
    result = load(world, write(**{table: text}))
    (problem,) = result.check.problems
    assert (problem.code, problem.rows, result.check.warnings) == (code, (3,), 1)
    assert select(f"SELECT COUNT(*) FROM {table}") == [(before + 2,)]


def test_decimals_that_say_nothing_are_no_finding(world, write) -> None:
    """Trailing zeros don't count as a third decimal."""
    assert check_files(world, write(terminal_sales=SALES + "2026-06,T1,US,1.500,1\n")).problems == ()


def test_amounts_round_half_up(world, write, select) -> None:
    """12.345 becomes 12.35, not the 12.34 of binary arithmetic."""
    load(world, write(terminal_sales=SALES + "2026-06,T1,US,12.345,1\n"))
    assert str(select("SELECT MAX(amount) FROM terminal_sales WHERE month = '2026-06-01'")[0][0]) == "12.35"


def test_everything_is_found_at_once(world, write) -> None:
    """Errors of several kinds in several files come in one answer."""
    check = check_files(
        world,
        write(terminal_sales=SALES + "2026-15,T9,US,x,1\n", company="company_id,name\nX,\nX,y\n"),
    )
    assert {(p.table, p.code, p.column) for p in check.problems} == {
        ("terminal_sales", "unreadable", "month"),
        ("terminal_sales", "unreadable", "amount"),
        ("terminal_sales", "unknown_reference", "terminal_id"),
        ("company", "missing", "name"),
        ("company", "duplicate_key", "company_id"),
    }


def test_the_nearest_id_is_offered(world, write) -> None:
    """A slip of the pen is named together with the id that was meant."""
    check = check_files(world, write(terminal="terminal_id,name,region_id\nT5,Five,C 1\n"))
    message, hint = words(check.problems[0])
    assert message == "“C 1” is unknown in Regions."
    assert hint.endswith("Nearest: C1.")


def test_a_million_bad_rows_make_few_lines(world) -> None:
    """Lines of one kind are limited, their numbers add up to all rows."""
    count = 3000
    table = pd.DataFrame(
        {
            "terminal_id": [f"X{i}" for i in range(count)],
            "name": "n",
            "region_id": [f"R{i}" for i in range(count)],
        }
    )
    check = check_files(world, {"terminal": table})
    assert len(check.problems) == 21
    assert check.errors == sum(p.occurrences for p in check.problems) == count
    assert words(check.problems[-1])[0] == "More rows of the same kind: 2980."


def test_one_bad_value_in_many_rows_is_one_line(world) -> None:
    """Rows with the same wrong value are counted together, with the first row numbers."""
    table = pd.DataFrame({"terminal_id": [f"X{i}" for i in range(50)], "name": "n", "region_id": "NO"})
    (problem,) = check_files(world, {"terminal": table}).problems
    assert (problem.occurrences, problem.rows) == (50, (2, 3, 4, 5, 6))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["en", "zh_CN"])
def test_every_finding_has_words_in_both_languages(code, name) -> None:
    """Message and hint of every kind can be filled in, whatever is known."""
    problem = Problem(
        code, "f.csv", "region", "name", "v", (2,), context={"kind": "month", "message": "m", "hint": "h"}
    )
    with language(name):
        message, hint = words(problem)
    assert message
    assert hint
    assert "{" not in message + hint


def test_findings_can_be_taken_along(world, write, tmp_path) -> None:
    """The file for the maker of the data has one line per finding and titles in the language in use."""
    check = check_files(world, write(company="company_id,name\nX,\n"))
    findings.write(check.problems, tmp_path / "f.csv")
    findings.write(check.problems, tmp_path / "f.xlsx")
    for table in (pd.read_csv(tmp_path / "f.csv"), pd.read_excel(tmp_path / "f.xlsx", engine="calamine")):
        assert table[["Level", "File", "Row", "Column"]].to_numpy().tolist() == [
            ["Error", "company.csv", 2, "Name"]
        ]
    with language("zh_CN"):
        assert findings.titled(check.problems).loc[0, "问题"] == "“名称”为空。"
