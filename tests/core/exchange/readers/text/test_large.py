"""Text files too large to hold: read at both ends first, then row by row, with the result of a small file."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.errors import ImportRefusedError
from core.exchange.readers import Limits, ReadOptions, SheetReading, read_file
from core.exchange.readers.text import coding
from core.exchange.readers.text.large import Whole, read_all
from core.i18n import language

if TYPE_CHECKING:
    from core.exchange.readers.text.bulk import Coded

LIMITS = Limits(in_memory=1 << 12)
HEAD = "终端销售明细,,,\n单位：万元,,,\n月份,终端编码,终端名称,销售额\n"
FOOT = "合计,,,{total}\n\n制表人：张三,,,\n"
ROWS = 2_000


def body(rows: int = ROWS, start: int = 0) -> str:
    """Return many lines of data."""
    return "".join(
        f"2024-{n % 12 + 1:02d},T{n},“门店{n % 97}”, {n % 101}.5\n" for n in range(start, start + rows)
    )


def total(rows: int = ROWS, start: int = 0) -> float:
    return sum(n % 101 + 0.5 for n in range(start, start + rows))


def everything(coded: Coded) -> list[list[str | None]]:
    return coded.take(np.arange(len(coded))).tolist()


def both(path: Path, options: ReadOptions | None = None) -> tuple[SheetReading, SheetReading, Whole]:
    """Return a file read whole, its sample, and all of it read row by row."""
    small = read_file(path, options=options).tables[0]
    sample = read_file(path, options=options, limits=LIMITS).tables[0]
    assert small.complete
    assert not sample.complete
    return small, sample, read_all(sample, options or ReadOptions(), path.parent / "tmp")


MESSES = {
    "plain": "月份,终端编码,终端名称,销售额\n" + body(),
    "total": HEAD + body() + FOOT.format(total=total()),
    "total differs": HEAD + body() + FOOT.format(total=1),
    "total first": HEAD + f"合计,,,{total()}\n" + body(),
    "subtotals": HEAD
    + "".join(body(200, at) + f"小计,,,{total(200, at)}\n" for at in range(0, 2_000, 200))
    + FOOT.format(total=total()),
    "nameless total": HEAD + body() + f",,,{total()}\n",
    "doubtful total": HEAD + body(900) + "2024-01,T1,北大合计,7\n" + body(),
    "unlabelled total": HEAD + body() + f"2024-12,X,Y,{total()}\n",
    "pages": HEAD + body(900) + "第 1 页,,,\n\n" + HEAD + body(900, 900) + "第 2 页,,,\n",
    "once": HEAD + "".join(line if n % 3 else line[7:] for n, line in enumerate(body().splitlines(True), 3)),
    "unequal lines": HEAD.replace(",,,", "") + body() + "2024-01,T9\n",
    "trailing comma": "".join(line.strip() + ",\n" for line in (HEAD + body()).splitlines()),
    "quoted": HEAD + body() + '2024-01,T9,"门店\n新,店",3\n' + body(5),
    "signature, then empty lines": HEAD + body() + "制表人：张三,,,\n" + ",,,\n" * 300,
    "separators by the thousand": HEAD + body(900) + "," * 40_000 + "\n" + body(),
    "old line ends": (HEAD + body()).replace("\n", "\r"),
}


@pytest.mark.parametrize("mess", MESSES)
def test_all_of_a_large_file_is_what_a_small_one_is(mess: str, tmp_path: Path) -> None:
    """Rows, their numbers, totals, sums and questions are the same, read at once or row by row."""
    path = tmp_path / "终端.csv"
    path.write_bytes(MESSES[mess].encode("gb18030"))
    small, sample, whole = both(path)
    coded = whole.coded
    assert list(coded.names) == list(small.table.columns)
    assert coded.numbers.tolist() == small.row_numbers.tolist()
    assert everything(coded) == small.table.to_numpy().tolist()
    assert whole.set_aside == small.set_aside
    assert {(q.code, str(q.context)) for q in (*whole.questions, *sample.questions)} >= {
        (q.code, str(q.context)) for q in small.questions
    }
    assert {q.code for q in (*whole.questions, *sample.questions)} == {q.code for q in small.questions}
    del whole, coded
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "big5"])
def test_every_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    """Marks and wide characters are no cells, wherever a block of the file ends."""
    path = tmp_path / "x.csv"
    text = "月份,終端編碼,終端名稱,銷售額\n" + body().replace("门", "門") + f"合計,,,{total()}\n"
    path.write_bytes(text.encode(encoding))
    small, _sample, whole = both(path)
    assert everything(whole.coded) == small.table.to_numpy().tolist()
    assert whole.set_aside == small.set_aside


def test_answers_hold_for_all_rows(tmp_path: Path) -> None:
    """Names written once are left alone where the user said so; a row asked about is taken out."""
    for mess, options in (
        ("once", ReadOptions(fill_down="leave")),
        ("once", ReadOptions(fill_down="fill")),
        ("doubtful total", ReadOptions(totals="set_aside")),
    ):
        path = tmp_path / "终端.csv"
        path.write_text(MESSES[mess], "utf-8")
        small, _sample, whole = both(path, options)
        assert everything(whole.coded) == small.table.to_numpy().tolist()
        assert not whole.questions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + body() + "\n区域,经销商,任务\n华东,甲,1\n" + body(), "Another table begins in row 2005"),
        (
            "区域,"
            + ",".join(f"2024年{m}月" for m in range(1, 13))
            + "\n"
            + "华东,1,2,3,4,5,6,7,8,9,1,2,3\n" * 900,
            "become a column",
        ),
        (
            HEAD + "".join(body(10, at) + "小计,,,9\n" for at in range(0, 2_000, 10)),
            "more than 100 rows of totals",
        ),
        (HEAD + body() + "2024-01,T\x00,x,1\n" + body(), "NUL byte in line 2004"),
        (HEAD + body() + '2024-01,"T"x,y,1\n' + body(), "Row 2004"),
    ],
)
def test_what_cannot_be_read_row_by_row_is_refused(text: str, words: str, tmp_path: Path) -> None:
    """Another table, months side by side, hundreds of totals, NUL bytes and open quotes get a sentence."""
    path = tmp_path / "x.csv"
    path.write_text(text, "utf-8")
    with language("en"), pytest.raises(ImportRefusedError, match=words):
        read_all(read_file(path, limits=LIMITS).tables[0], ReadOptions(), tmp_path / "tmp")
    assert not (tmp_path / "tmp").exists() or not list((tmp_path / "tmp").iterdir())


def test_a_line_in_another_encoding_stops_the_reading(tmp_path: Path) -> None:
    """A byte far inside that isn't GBK is told with its line, and no temporary file is left."""
    path = tmp_path / "big.csv"
    path.write_bytes((HEAD + body()).encode("gbk") + b"2024-01,T\xff\xff,x,1\n" + body().encode("gbk"))
    sample = read_file(path, limits=LIMITS, options=ReadOptions(encoding="gb18030")).tables[0]
    with language("en"), pytest.raises(ImportRefusedError, match="Line 2004 of big"):
        read_all(sample, ReadOptions(), tmp_path / "tmp")
    assert not list((tmp_path / "tmp").iterdir())


def test_rows_with_more_cells_than_the_header_are_told(tmp_path: Path) -> None:
    """A comma too many shifts the cells of its row: the row is named, the others are as they were."""
    path = tmp_path / "x.csv"
    path.write_text(HEAD + body() + "2024-01,T9,新店,分店,3\n" + body(), "utf-8")
    sample = read_file(path, limits=LIMITS).tables[0]
    assert read_all(sample, ReadOptions(), tmp_path / "tmp").coded.over == {2004}


@pytest.mark.parametrize("quoted", [False, True])
def test_one_row_of_very_many_cells(quoted: bool, tmp_path: Path) -> None:
    """A row a thousand times as long as the others is told, and the others need no more memory for it."""
    path = tmp_path / "x.csv"
    last = '2024-01,T9,"新,店",3\n' if quoted else ""
    path.write_text(HEAD + body() + "2024-01,T9,新店,3" + ",9" * 40_000 + "\n" + body(3_000) + last, "utf-8")
    tracemalloc.start()
    whole = read_all(read_file(path, limits=LIMITS).tables[0], ReadOptions(), tmp_path / "tmp")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert whole.coded.over == {2004}
    assert len(whole.coded) == ROWS + 3_001 + quoted
    assert most < 64 << 20
    with language("en"), pytest.raises(ImportRefusedError, match=r"Row 2004 of x\.csv has 40004 columns"):
        read_file(path)


def test_more_text_than_can_be_held_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only the number of different cells is bounded, but also how long they are together."""
    path = tmp_path / "x.csv"
    path.write_text(HEAD + body(), "utf-8")
    sample = read_file(path, limits=LIMITS).tables[0]
    different = {
        (at, cell.strip()) for line in body().splitlines() for at, cell in enumerate(line.split(","))
    }
    letters = sum(len(cell) for _at, cell in different)
    monkeypatch.setattr(coding, "MOST_LETTERS", letters)
    assert len(read_all(sample, ReadOptions(), tmp_path / "tmp").coded) == ROWS
    monkeypatch.setattr(coding, "MOST_LETTERS", letters - 1)
    with language("en"), pytest.raises(ImportRefusedError, match=f"more than {letters - 1:,} characters"):
        read_all(sample, ReadOptions(), tmp_path / "tmp")


def test_a_file_cut_off_inside_a_character_is_told(tmp_path: Path) -> None:
    """A large file that ends with half a character says so as a small one does."""
    path = tmp_path / "x.csv"
    path.write_bytes((HEAD + body() + "2024-01,T9,新店").encode()[:-1])
    for limits in (Limits(), LIMITS):
        notes = read_file(path, limits=limits).tables[0].notes
        assert "cut_off" in {note.code for note in notes}


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
