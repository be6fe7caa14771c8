"""What goes in: formats, headers, modes, and the promise of all or nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.exchange.canonical.importing import (
    FindingsError,
    ImportOptions,
    check_files,
    fingerprint,
    load,
)
from core.store.loading.batches import undo
from core.store.loading.source_table import Mode

JANUARY = dt.date(2026, 1, 1)


def test_files_may_come_in_any_order(store, write, select) -> None:
    """A file may point to rows of a file that is named after it."""
    world = write(
        terminal_sales="month,terminal_id,company_id,amount\n2026-01,T1,US,12.5\n",
        terminal="terminal_id,name,region_id\nT1,Shop,R\n",
        company="company_id,name\nUS,We\n",
        region="region_id,level,name\nR,city,Town\n",
    )
    result = load(store, world)
    assert [batch.changes.inserted for batch in result.batches] == [1, 1, 1, 1]
    assert select("SELECT month, terminal_id, company_id, product_id, amount FROM terminal_sales") == [
        (JANUARY, "T1", "US", None, Decimal("12.50"))
    ]


def test_importing_twice_changes_nothing(world, world_files, everything) -> None:
    """The same files again leave rows, batches, audit and data version as they are."""
    before, version = everything(), world.data_version
    result = load(world, world_files)
    assert not result.changed
    assert all(batch.batch_id is None for batch in result.batches)
    assert (everything(), world.data_version) == (before, version)


def test_chinese_headers_and_title_go_in_without_mapping(world, tmp_path, select) -> None:
    """The header of the Chinese template and the Chinese title as file name are understood."""
    folder = tmp_path / "资料 2026"
    folder.mkdir()
    path = folder / "终端销售.csv"
    path.write_text("\ufeff月份,终端编号, 公司编号 ,金额（元）,数量\n2026-03,T1,US,9,\n", "utf-8")
    load(world, [path])
    assert select("SELECT amount FROM terminal_sales WHERE month = DATE '2026-03-01'") == [(Decimal("9.00"),)]


@pytest.mark.parametrize("name", ["company [1].csv", "company (2).csv", "公司（3）.csv"])
def test_the_number_of_a_second_download_does_not_matter(store, tmp_path, select, name) -> None:
    """Brackets in a file's name are no pattern, and a number in them is no part of the table's name."""
    (tmp_path / name).write_text("company_id,name\nX,x\n", "utf-8")
    load(store, [tmp_path / name])
    assert select("SELECT company_id FROM company") == [("X",)]


def test_two_files_for_one_table_in_one_call(world, tmp_path, select) -> None:
    """Files that replace a table together leave the rows of all of them."""
    for number in (1, 2):
        text = f"month,terminal_id,company_id,amount\n2026-0{number},T1,US,{number}\n"
        (tmp_path / f"terminal_sales ({number}).csv").write_text(text, "utf-8")
    load(world, sorted(tmp_path.glob("*.csv")), ImportOptions(mode=Mode.REPLACE))
    assert select("SELECT amount FROM terminal_sales ORDER BY month") == [(Decimal(1),), (Decimal(2),)]
    undo(world, [8, 7])
    assert select("SELECT COUNT(*), SUM(amount) FROM terminal_sales") == [(4, Decimal(250))]


def test_a_workbook_holds_one_table_per_sheet(store, tmp_path, select) -> None:
    """Each sheet named after a table is read; numbers become ids without “.0”, dates become months."""
    path = tmp_path / "book.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"region_id": [420100], "level": ["市"], "name": ["甲"]}).to_excel(
            book, sheet_name="区域", index=False
        )
        pd.DataFrame({"company_id": [7], "name": ["We"]}).to_excel(book, sheet_name="company", index=False)
        sales = {
            "region_id": [420100.0],
            "month": [dt.datetime(2026, 1, 1)],
            "company_id": [7],
            "amount": [0.1 + 0.2],
        }
        pd.DataFrame(sales).to_excel(book, sheet_name="market_sales", index=False)
    assert load(store, [path]).check.warnings == 0
    assert select("SELECT region_id, level FROM region") == [("420100", "city")]
    assert select("SELECT market_id, region_id, month, company_id, amount FROM market_sales") == [
        ("all", "420100", JANUARY, "7", Decimal("0.30"))
    ]


def test_parquet_with_whole_number_ids(world, tmp_path, select) -> None:
    """Ids stored as integers or as floats become text without “.0”."""
    load(world, {"company": pd.DataFrame({"company_id": [260.0, 65.0], "name": ["A", "B"]})})
    path = tmp_path / "market_capacity.parquet"
    month = pa.array([dt.datetime(2026, 1, 1)], pa.timestamp("us"))
    pq.write_table(pa.table({"region_id": ["C1"], "month": month, "amount": [1.5]}), path)
    load(world, [path])
    assert select("SELECT company_id FROM company ORDER BY 1") == [("260",), ("65",), ("R1",), ("US",)]
    assert select("SELECT month, amount FROM market_capacity") == [(JANUARY, Decimal("1.50"))]


def test_line_ends_quotes_and_byte_order_mark(store, tmp_path, select) -> None:
    """CRLF, a byte order mark, a line break inside quotes and a doubled quote survive."""
    path = tmp_path / "region.csv"
    path.write_bytes(
        '\ufeffregion_id,level,name\r\nA,city,"two\r\nlines"\r\nB,city,"a ""b"", c"\r\n'.encode()
    )
    load(store, [path])
    assert select("SELECT name FROM region ORDER BY region_id") == [("two\r\nlines",), ('a "b", c',)]


def test_invisible_blanks_are_taken_off(store, tmp_path, select) -> None:
    """Tabs, no-break and ideographic spaces around a value don't make another id."""
    path = tmp_path / "region.csv"
    path.write_text("region_id;level;name\n\tA\u00a0;city;\u3000甲 \n", "utf-8")
    load(store, [path])
    assert select("SELECT region_id, name FROM region") == [("A", "甲")]


@pytest.mark.parametrize(
    ("given", "month"),
    [("2026-01", JANUARY), ("2026-01-01", JANUARY), ("2026-1", JANUARY), ("2026-01-01 00:00:00", JANUARY)],
)
def test_spellings_of_a_month(world, write, select, given, month) -> None:
    """A month may be written as year and month or as its first day."""
    load(world, write(market_capacity=f"region_id,month,amount\nC1,{given},1\n"))
    assert select("SELECT month FROM market_capacity") == [(month,)]


@pytest.mark.parametrize(
    ("given", "value"), [("是", True), ("YES", True), ("1", True), ("否", False), ("no", False), ("", False)]
)
def test_spellings_of_yes_and_no(store, write, select, given, value) -> None:
    """Yes and no are understood in both languages; empty means the default."""
    load(store, write(company=f"company_id,name,is_aggregate\nX,x,{given}\n"))
    assert select("SELECT is_aggregate FROM company") == [(value,)]


def test_times_with_an_offset_become_local(world, write, select) -> None:
    """A start given in UTC is stored as the time on the wall in China."""
    load(
        world,
        write(
            visit="visit_id,employee_id,terminal_id,start_at\nV1,E1,T1,2026-01-05T01:10:00Z\n"
            "V2,E1,T1,2026-01-05 09:10\n"
        ),
    )
    assert select("SELECT start_at FROM visit") == [(dt.datetime(2026, 1, 5, 9, 10),)] * 2


def test_upsert_keeps_columns_that_are_not_in_the_file(world, write, select) -> None:
    """A file of prices doesn't wipe the names; rows that don't differ keep their batch."""
    before = dict(select("SELECT terminal_id, batch_id FROM terminal"))
    result = load(world, write(terminal="terminal_id,name,grade\nT1,First,A\nT2,Second,\nT3,Third,B\n"))
    assert (result.batches[0].changes.inserted, result.batches[0].changes.updated) == (1, 1)
    assert select("SELECT terminal_id, region_id, lat, grade FROM terminal ORDER BY 1") == [
        ("T1", "C1", 30.1, "A"),
        ("T2", "C2", 30.2, None),
        ("T3", None, None, "B"),
    ]
    assert dict(select("SELECT terminal_id, batch_id FROM terminal"))["T2"] == before["T2"]


def test_replace_leaves_exactly_the_rows_of_the_file(world, write, select) -> None:
    """Rows that are not in the file go, and columns that are not in it become empty."""
    sales = "month,terminal_id,company_id,amount\n2026-01,T1,US,100\n2026-05,T2,US,1\n"
    result = load(world, write(terminal_sales=sales), ImportOptions(mode=Mode.REPLACE))
    changes = result.batches[0].changes
    assert (changes.inserted, changes.updated, changes.deleted) == (1, 1, 3)
    assert select("SELECT terminal_id, amount, quantity FROM terminal_sales ORDER BY month") == [
        ("T1", Decimal("100.00"), None),
        ("T2", Decimal("1.00"), None),
    ]


def test_append_refuses_keys_that_exist(world, write) -> None:
    """Appending names the key that is in the store already."""
    sales = write(terminal_sales="month,terminal_id,company_id,amount\n2026-01,T1,US,100\n2026-09,T1,US,1\n")
    with pytest.raises(FindingsError) as refused:
        load(world, sales, ImportOptions(mode=Mode.APPEND))
    (problem,) = refused.value.check.problems
    assert (problem.code, problem.rows) == ("exists", (2,))


def test_replacing_may_not_leave_rows_behind_that_point_to_nothing(world, write) -> None:
    """A region that shops stand in can't be replaced away."""
    regions = write(region="region_id,level,name\nP,province,Province\nC1,city,One\n")
    check = check_files(world, regions, ImportOptions(mode=Mode.REPLACE))
    (problem,) = [p for p in check.problems if p.code == "still_used"]
    assert (problem.value, problem.occurrences, problem.context["user"]) == ("C2", 1, "terminal")


def test_replacing_with_an_empty_file_is_refused(world, write) -> None:
    """A template that was never filled in doesn't empty a table."""
    check = check_files(world, write(product="product_id,name\n"), ImportOptions(mode=Mode.REPLACE))
    assert "nothing_to_replace" in {problem.code for problem in check.problems}


def test_a_check_writes_nothing(store, write, select) -> None:
    """A dry run leaves the store as it was."""
    check = check_files(store, write(region="region_id,level,name\nA,city,a\n"))
    assert (check.ok, check.rows) == (True, (("region.csv", "region", 1),))
    assert select("SELECT COUNT(*) FROM region") == [(0,)]
    assert store.data_version == 1


def test_one_bad_file_keeps_all_files_out(store, write, select) -> None:
    """Good files of the same call are not written either."""
    files = write(region="region_id,level,name\nA,city,a\n", company="company_id,name\nX,\n")
    with pytest.raises(FindingsError, match="1 error was found"):
        load(store, files)
    assert select("SELECT COUNT(*) FROM region") == [(0,)]
    assert select("SELECT COUNT(*) FROM import_batch") == [(0,)]


def test_a_batch_remembers_its_file(store, write, select) -> None:
    """Name, fingerprint, counts and warnings of a file are kept."""
    (path,) = write(region="region_id,parent_id,level,name\nA,,city,a\nB,,barony,b\n")
    load(store, [path])
    assert select(
        "SELECT file_name, sha256, rows_read, rows_inserted, warnings, status FROM import_batch"
    ) == [("region.csv", fingerprint(path), 2, 2, 3, "loaded")]
    assert select("SELECT code FROM data_issue ORDER BY code") == [("several_roots",), ("unknown_code",)]


def test_two_files_for_one_table(world, write, tmp_path) -> None:
    """Files for one table are checked together: the same key in both is an error."""
    (first,) = write(terminal_sales="month,terminal_id,company_id,amount\n2026-07,T1,US,1\n")
    second = tmp_path / "more.csv"
    second.write_text("month,terminal_id,company_id,amount\n2026-08,T1,US,1\n2026-07,T1,US,2\n", "utf-8")
    check = check_files(world, [first, second], ImportOptions(table="terminal_sales"))
    assert {(p.code, p.file, p.rows) for p in check.problems} == {
        ("duplicate_key", "terminal_sales.csv", (2,)),
        ("duplicate_key", "more.csv", (3,)),
    }


def test_facts_are_stored_by_month_and_shop(store, write, select) -> None:
    """Whatever the order of the file, rows lie on disk by month and then by shop."""
    lines = [f"2026-{m:02},T{t},US,{t}" for t in (3, 1, 2) for m in (2, 1)]
    load(
        store,
        write(
            company="company_id,name\nUS,We\n",
            terminal="terminal_id,name\nT1,a\nT2,b\nT3,c\n",
            terminal_sales="month,terminal_id,company_id,amount\n" + "\n".join(lines) + "\n",
        ),
    )
    stored = select("SELECT month, terminal_id FROM terminal_sales ORDER BY rowid")
    assert stored == sorted(stored)


def test_double_keys_are_found_in_an_empty_table_too(store, write) -> None:
    """The check that runs after the first writing of facts refuses like the one before it."""
    files = write(
        company="company_id,name\nUS,We\n",
        terminal="terminal_id,name\nT1,a\n",
        terminal_sales="month,terminal_id,company_id,amount\n2026-01,T1,US,1\n2026-02,T1,US,1\n2026-01,T1,US,3\n",
    )
    with pytest.raises(FindingsError) as refused:
        load(store, files)
    (problem,) = [p for p in refused.value.check.problems if p.code == "duplicate_key"]
    assert (problem.rows, problem.occurrences) == ((2, 4), 2)
    assert store.data_version == 1
