"""Files that can't be read are refused with a sentence, and never leave a trace."""

from __future__ import annotations

import threading

import pytest

from core.errors import CancelledError, ImportRefusedError, InputError
from core.exchange.canonical.importing import ImportOptions, check_files, load
from core.exchange.canonical.sources import open_files
from core.store.progress import Watch

FILES = {
    "wrong ending": ("region.docx", b"x", "unreadable_file", "unknown ending"),
    "empty file": ("region.csv", b"", "unreadable_file", "is empty"),
    "blank first line": ("region.csv", b"\nregion_id\n", "unreadable_file", "first line"),
    "missing key column": (
        "region.csv",
        b"level,name\ncity,a\n",
        "no_column",
        "“Region ID” (region_id) is missing",
    ),
    "unknown column": (
        "region.csv",
        b"region_id,level,name,colour\nA,city,a,red\n",
        "unknown_column",
        "colour",
    ),
    "column twice": (
        "region.csv",
        b"region_id,Region ID,level,name\nA,A,city,a\n",
        "duplicate_header",
        "mean the same",
    ),
    "GBK text": (
        "region.csv",
        "region_id,level,名称\nA,city,甲\n".encode("gbk"),
        "unreadable_file",
        "not encoded",
    ),
    "GBK below": (
        "region.csv",
        b"region_id,level,name\nA,city,a\n" + "B,city,甲\n".encode("gbk"),
        "encoding",
        "not encoded",
    ),
    "too few values": ("region.csv", b"region_id,level,name\nA,city\n", "ragged", "too few or too many"),
    "too many values": ("region.csv", b"region_id,level,name\nA,city,a,b\n", "ragged", "too few or too many"),
    "unknown name": ("regoin2.csv", b"region_id,level,name\nA,city,a\n", "no_table", "name of no table"),
    "workbook named CSV": ("region.csv", b"PK\x03\x04\x00\x00", "unreadable_file", "is no text"),
    "no workbook": ("region.xlsx", b"hello", "unreadable_file", "no Excel workbook"),
    "no Parquet": ("region.parquet", b"hello", "unreadable_file", "no Parquet file"),
    "no GeoJSON": ("a.geojson", b"{}", "unreadable_file", "no GeoJSON"),
    "header only": ("region.csv", b"region_id,level,name\n", "no_rows", "no rows"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_file_is_refused_in_words(store, tmp_path, kind) -> None:
    """Each kind of bad file has one finding that says what is wrong."""
    name, content, code, text = FILES[kind]
    (tmp_path / name).write_bytes(content)
    check = check_files(store, [tmp_path / name])
    assert [problem.code for problem in check.problems] == [code]
    assert text in check.findings.loc[0, "message"]


def test_a_file_that_does_not_exist(store, tmp_path) -> None:
    """A wrong path is a finding like any other."""
    (problem,) = check_files(store, [tmp_path / "region.csv"]).problems
    assert "There is no file" in str(problem.context["message"])


def test_a_file_that_vanishes(store, write, monkeypatch) -> None:
    """A file removed between opening and reading is refused with a sentence."""
    from core.exchange.canonical import importing

    (path,) = write(region="region_id,level,name\nA,city,a\n")
    opened = open_files([path])
    path.unlink()
    monkeypatch.setattr(importing, "open_files", lambda *_a, **_k: opened)
    with pytest.raises(ImportRefusedError, match="can't be read"):
        load(store, [path])
    assert store.data_version == 1


def test_an_unknown_table_is_named_with_the_nearest(store, write) -> None:
    """A misspelt --table is refused and the nearest table offered."""
    with pytest.raises(InputError) as refused:
        check_files(store, write(region="region_id\nA\n"), ImportOptions(table="regoin"))
    assert "nearest: region" in refused.value.hint


@pytest.mark.parametrize("after", range(5))
def test_stopping_leaves_nothing(store, write, select, after) -> None:
    """Stopped at any step, the import has changed nothing."""
    steps = []

    def report(fraction: float, _text: str) -> None:
        steps.append(fraction)
        if len(steps) > after:
            watch.cancel()

    watch = Watch(report)
    with pytest.raises(CancelledError):
        load(
            store,
            write(region="region_id,level,name\nA,city,a\n", company="company_id,name\nX,x\n"),
            watch=watch,
        )
    assert select("SELECT COUNT(*) FROM region") == [(0,)]
    assert steps == sorted(steps)


def test_stopping_interrupts_a_running_statement(store) -> None:
    """A statement that runs for long ends when the work is stopped from another thread."""
    watch = Watch()
    threading.Timer(0.2, watch.cancel).start()
    with store.cursor() as cursor, pytest.raises(CancelledError), watch.over(cursor):
        cursor.execute(
            "SELECT SUM(a.i * b.i) FROM range(100000000) AS a(i), range(1000000) AS b(i)"
        ).fetchall()
