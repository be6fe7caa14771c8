"""Text files too large to hold: the layout is found at both ends, and the bulk path gets plain UTF-8."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from core.errors import ImportRefusedError
from core.exchange.readers import Limits, ReadOptions, detect_layout, is_plain, plain_text, read_file
from core.i18n import language

LIMITS = Limits(in_memory=1 << 20)
ROWS = 60_000
HEAD = "终端销售明细,,,\n单位：万元,,,\n月份,终端编码,终端名称,销售额\n"
FOOT = "合计,,,123456.5\n\n制表人：张三,,,\n"


def body(rows: int = ROWS) -> str:
    """Return many lines of data."""
    return "".join(f"2024-{n % 12 + 1:02d},T{n},“门店{n % 997}”,{n % 101}.5\n" for n in range(rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_simple_mess_streams(encoding: str, tmp_path: Path) -> None:
    """Titles, a total and a signature around a large table are cut off, whatever the encoding."""
    path = tmp_path / "big.csv"
    path.write_bytes((HEAD + body() + FOOT).encode(encoding))
    found = detect_layout(path, limits=LIMITS)
    layout = found.layout
    assert layout is not None
    assert layout.streams
    assert not found.complete
    assert not found.questions
    assert layout.columns == ("月份", "终端编码", "终端名称", "销售额")
    assert (layout.first_row, found.unit_hint) == (4, "万元")
    assert [each.label for each in found.set_aside] == ["合计"]
    with plain_text(layout, tmp_path) as plain:
        assert plain.read_text("utf-8") == "月份,终端编码,终端名称,销售额\n" + body()
    assert list(tmp_path.iterdir()) == [path]


def test_a_plain_file_is_not_copied(tmp_path: Path) -> None:
    """A file that is UTF-8 with its header in the first row is read where it is."""
    path = tmp_path / "big.csv"
    path.write_text("月份,终端编码,终端名称,销售额\n" + body(), "utf-8")
    layout = detect_layout(path, limits=LIMITS).layout
    assert layout is not None
    assert is_plain(layout)
    with plain_text(layout, tmp_path) as plain:
        assert plain == path


def test_small_and_large_agree(tmp_path: Path) -> None:
    """The layout of a file is the same whether all of it is read or both ends."""
    path = tmp_path / "big.csv"
    path.write_bytes((HEAD + body() + FOOT).encode("gbk"))
    whole = read_file(path).sheets[0]
    part = detect_layout(path, limits=LIMITS)
    assert whole.complete
    assert len(whole.table) == ROWS
    assert whole.layout == part.layout
    assert whole.set_aside[0].agrees is False
    assert part.set_aside[0].agrees is None


def test_rows_that_are_no_data_are_told(tmp_path: Path) -> None:
    """Repeated headers and subtotals seen inside the table are named by column and text."""
    path = tmp_path / "big.csv"
    lines = body(40)
    path.write_text(HEAD + lines + "小计,,,2000\n" + HEAD.splitlines(keepends=True)[-1] + lines, "utf-8")
    layout = detect_layout(path).layout
    assert layout is not None
    assert layout.drop == {0: ("小计", "月份")}


def test_what_needs_more_than_leaving_lines_out_does_not_stream(tmp_path: Path) -> None:
    """A wide table, or one with an open question, isn't read by the bulk path."""
    (tmp_path / "wide.csv").write_text("区域,2024年1月,2024年2月\n华东,1,2\n华北,3,4\n", "utf-8")
    (tmp_path / "asked.csv").write_text("T1,甲,1\nT2,乙,2\nT3,丙,3\n", "utf-8")
    for name in ("wide.csv", "asked.csv"):
        layout = detect_layout(tmp_path / name).layout
        assert layout is not None
        assert not layout.streams


def test_a_line_in_another_encoding_stops_the_copy(tmp_path: Path) -> None:
    """A byte far inside that isn't GBK is told with its row, and no copy is left."""
    path = tmp_path / "big.csv"
    data = (HEAD + body(30_000)).encode("gbk") + b"2024-01,T\xff\xff,x,1\n" + body(30_000).encode("gbk")
    path.write_bytes(data)
    layout = detect_layout(path, limits=LIMITS, options=ReadOptions(encoding="gb18030")).layout
    assert layout is not None
    with (
        language("en"),
        pytest.raises(ImportRefusedError, match="Line 30004 of big"),
        plain_text(layout, tmp_path),
    ):
        pass
    assert list(tmp_path.iterdir()) == [path]


def test_one_endless_line(tmp_path: Path) -> None:
    """A file of one gigabyte without a line end is refused after its first piece."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(b"a,b,")
        file.truncate(1 << 30)
    tracemalloc.start()
    try:
        with language("en"), pytest.raises(ImportRefusedError):
            read_file(path)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20


def test_a_bulk_file_is_text(tmp_path: Path) -> None:
    """Only text files have a layout."""
    (tmp_path / "a.csv").write_bytes(b"%PDF")
    with pytest.raises(ImportRefusedError):
        detect_layout(tmp_path / "a.csv")
