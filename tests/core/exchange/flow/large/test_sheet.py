"""A messy text file too large to hold: read row by row it gives what a small one gives."""

from __future__ import annotations

import gc
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.__main__ import main
from core.errors import CancelledError, ImportRefusedError
from core.exchange.flow import (
    FileAnswers,
    Known,
    Prepared,
    SheetAnswers,
    files,
    load_file,
    open_file,
    prepare,
)
from core.exchange.flow.check import checking
from core.exchange.flow.issues import table_of
from core.exchange.flow.large import sheet as large_flow
from core.exchange.flow.load.loading import QuestionsOpenError
from core.exchange.flow.load.report import findings_workbook
from core.exchange.flow.load.retrying import load_again, payloads, try_again
from core.exchange.readers import Limits, read_file
from core.i18n import language
from core.store.database import Store
from core.store.loading import quarantine
from core.store.loading.problems import Level
from core.store.progress import Watch

LARGE = Limits(in_memory=1 << 12)
SHOPS = ("红星超市", "光明商店")
ROWS = 450


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files."""
    monkeypatch.setenv("SHENGENG_TEMP", str(tmp_path / "temp"))
    return tmp_path / "temp"


def finish(
    path: Path, known: Known, limits: Limits, choose: Callable[[Any], str | None] = lambda _q: None
) -> tuple[Prepared, set[str]]:
    """Answer every question as proposed, or as ``choose`` says, as the page does; return the check."""
    answers, flow, asked = FileAnswers(), None, set()
    for _round in range(12):
        flow = open_file(path, known, answers, before=flow, limits=limits)
        prepared = prepare(flow, known)
        flow = prepared.flow
        if not flow.questions:
            return prepared, asked
        for question in flow.questions:
            asked.add(question.text)
            choice = choose(question) or question.proposed
            assert choice is not None, question.text
            answers = question.answered(answers, choice)
    raise AssertionError([question.text for question in flow.questions])


def months(rows: int, luck: random.Random) -> list[tuple[str, str, str]]:
    """Return different months, shops and products."""
    every = [
        (f"{2010 + m // 12}年{m % 12 + 1}月", shop, product)
        for m in range(170)
        for shop in SHOPS
        for product in ("纯净水", "绿茶", "")
    ]
    return luck.sample(every, rows)


def sales(luck: random.Random, *, foot: str = "", head: str = "", odd: tuple[str, ...] = ()) -> str:
    """Return sales of shops by name in 万元, with a few bad rows far from both ends."""
    lines = []
    for month, shop, product in sorted(months(ROWS, luck)):
        name = luck.choice([shop, shop, f"　{shop}", shop.replace("超", " 超")])
        lines.append(f"{month},{name},甲公司,{product},{luck.randint(1, 900) / 100}万,{luck.randint(0, 9)}")
    lines[300:300] = odd
    return head + "月份,终端名称,公司,产品,销售额(万元),数量\n" + "\n".join(lines) + "\n" + foot


BAD = (
    "2010年1月,火星超市,甲公司,,1,2",
    "2025年12月,红星超市,甲公司,纯净水,约12,2",
    "2010年13月,红星超市,甲公司,纯净水,1,2",
    "2010年1月,红星超市,甲公司,没有的产品,1,2",
)
TOTAL, SIGNED = "小计,,,,99,\n", "制表：张三,,,,,\n"


def capacity(luck: random.Random) -> str:
    """Return capacities of regions by month: some jump, twice in one month is an error."""
    lines = [
        f"{1990 + m // 12}-{m % 12 + 1:02d},{region},{luck.choice([10, 11, 80])}.5,"
        for m in range(360)
        for region in ("武汉市", "宜昌市")
    ]
    lines.insert(300, lines[290])
    return (
        "各区容量,,,\n单位：千元,,,\n月份,区域,市场容量,备注\n"
        + "\n".join(lines)
        + "\n合计,,1,\n注：估计,,,\n"
    )


def people(luck: random.Random) -> str:
    """Return employees, one of whom has no region and two of whom are alike."""
    lines = [f"E{n},员工{n:04d},{luck.choice(['武汉市', '宜昌市'])}" for n in range(100, 800)]
    lines[333] = "E433,张三丰,"
    lines[444] = "E544,张三丰,武汉市"
    return "员工编号,姓名,区域\n" + "\n".join(lines) + "\n"


def shops(luck: random.Random) -> str:
    """Return shops without an ID, in regions told by two columns."""
    lines = [f"门店{n:04d},湖北省,{luck.choice(['武汉市', '宜昌市'])},{n}号" for n in range(700)]
    return "终端名称,省,市,地址\n" + "\n".join(lines) + "\n,湖北省,武汉市,无名\n门店X,湖北省,火星,1号\n"


def orders(luck: random.Random) -> str:
    """Return lines of orders: some keys once, some without a shop, month, amount or quantity."""
    lines = [
        f"O{n},2024-0{luck.randint(1, 6)}-{luck.randint(10, 28)},{luck.choice([*SHOPS, '红星 超市'])},甲公司,"
        f"{luck.choice(['纯净水', '绿茶', ''])},{luck.randint(1, 99999) / 100},{luck.randint(1, 9)}"
        for n in range(500)
    ]
    lines[100:100] = ["X1,2023-01-10,红星超市,甲公司,绿茶,5.5,", "X2,2023-01-11,红星超市,甲公司,绿茶,6.25,2"]
    lines[200:200] = ["X3,,红星超市,甲公司,绿茶,7,1", "X4,2023-02-11,,甲公司,绿茶,8,1"]
    lines[300:300] = ["X5,2023-03-10,光明商店,甲公司,绿茶,,1", "X6,2023-03-11,光明商店,甲公司,绿茶,9,1"]
    lines[400:400] = ["X7,2023-04-10,光明商店,甲公司,,9,1", "X8,2023-04-10,火星,甲公司,,9,1"]
    return "订单号,日期,终端名称,公司,产品,销售额(元),数量\n" + "\n".join(lines) + "\n"


def points(luck: random.Random, *, degrees: bool = False) -> str:
    """Return shops with both coordinates in one column, or in degrees, minutes and seconds."""
    rows = []
    for n in range(500):
        lon, lat = 114 + luck.randint(0, 9999) / 1e4, 30 + luck.randint(0, 9999) / 1e4
        east, north = (f"{int(x)}°{int(x % 1 * 60)}′{x * 3600 % 60:.2f}″" for x in (lon, lat))
        rows.append(
            f"T{n},门店{n:04d},武汉市," + (f"{east},{north}" if degrees else f'"{lon:.4f},{lat:.4f}"')
        )
    rows[250:250] = ["T900,门店九百,武汉市,不详" + (",不详" if degrees else "")]
    head = "经度,纬度" if degrees else "坐标"
    return f"终端编号,终端名称,城市,{head}\n" + "\n".join(rows) + "\n"


MESSES: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "GBK, names, 万元 and bad rows": ("gb18030", lambda luck: sales(luck, odd=BAD)),
    "title, subtotal and footnote": (
        "gb18030",
        lambda luck: sales(
            luck, head="终端销售,,,,,\n", odd=(TOTAL.strip(),), foot=TOTAL + "制表：张三,,,,,\n"
        ),
    ),
    "UTF-16, pages": ("utf-16", lambda luck: sales(luck, odd=("第 3 页,,,,,", ",,,,,"))),
    "capacity with jumps": ("gb18030", capacity),
    "employees": ("utf-8-sig", people),
    "shops without an ID": ("gb18030", shops),
    "lines of orders": ("gb18030", orders),
    "coordinates in one column": ("gb18030", points),
    "degrees": ("utf-8-sig", lambda luck: points(luck, degrees=True)),
    "cases": ("gb18030", lambda luck: sales(luck, odd=BAD).replace("数量", "数量(箱)")),
}
QUERIES = (
    "terminal_sales",
    "market_capacity",
    "employee",
    "terminal",
    "region",
    "import_batch",
    "data_issue",
)


def state(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return what the store holds, but for times."""
    found = {}
    for table in QUERIES:
        rows = store.fetch(f"SELECT t.* FROM {table} AS t ORDER BY ALL").to_pylist()
        found[table] = [
            {k: v for k, v in row.items() if k not in {"loaded_at", "changed_at"}} for row in rows
        ]
    rows = quarantine.items(store, None).drop(["changed_at"]).to_pylist()
    return found | {"quarantine": rows}


def findings(prepared: Prepared) -> list[list[str]]:
    """Return the findings in words, with their rows, in no order."""
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    return sorted(
        [str(cell) for cell in row] for row in table_of(prepared.flaws, numbers).to_numpy().tolist()
    )


@pytest.mark.parametrize("mess", MESSES)
def test_a_large_file_loads_as_a_small_one(mess: str, market: Store, tmp_path: Path, temp: Path) -> None:
    """Tables, quarantine, findings and questions are the same, held whole or read row by row."""
    encoding, make = MESSES[mess]
    path = tmp_path / "数据.csv"
    path.write_bytes(make(random.Random(7)).encode(encoding))
    assert path.stat().st_size > 3 * LARGE.in_memory
    shutil.copy2(market.path, tmp_path / "other.duckdb")

    def choose(question: Any) -> str | None:
        told = {"identifier": "by_name", "piece": "case", "crs": "WGS-84", "repeated_keys": "sum"}
        told |= {"day_to_month": "month"}
        return told.get(question.code)

    results = []
    with Store.open(tmp_path / "other.duckdb") as other:
        for store, limits in ((market, Limits()), (other, LARGE)):
            known = Known(store)
            prepared, asked = finish(path, known, limits, choose)
            assert prepared.flow.reading.tables[0].complete is (store is market)
            result = load_file(prepared, known)
            found = findings(prepared)
            counts = (prepared.good, prepared.bad, result.aside, result.imported.batches[0].changes)
            beside = read_file(findings_workbook(prepared), "f.xlsx").sheets[0].table
            results.append((state(store), found, counts, asked, str(beside.to_numpy().tolist())))
            del prepared, result
    small, large = results
    for large_one, small_one in zip(large[1:], small[1:], strict=True):
        assert large_one == small_one
    for table, rows in small[0].items():
        assert large[0][table] == rows, table
    assert not [path for path in temp.iterdir() if not path.name.startswith("process-")]


@pytest.mark.parametrize("caption", ["武汉市,,", "2024年2月,,"])
def test_a_caption_far_down_refuses_a_large_file(caption: str, market: Store, tmp_path: Path) -> None:
    """A region or a month alone in its row, which the rows below belong to, isn't passed over."""
    rows = [
        f"{name},20{year}-{month:02d},{month}"
        for name in ("甲公司", "乙公司")
        for year in range(10, 25)
        for month in range(1, 13)
    ]
    rows.insert(240, caption)
    path = tmp_path / "竞品.csv"
    path.write_text("公司,月份,销售额(元)\n" + "\n".join(rows) + "\n", "utf-8")
    with pytest.raises(ImportRefusedError, match="captions"):
        finish(path, Known(market), LARGE, lambda question: "2" if question.code == "missing" else None)


def shuffled(path: Path, odd: str = "") -> Path:
    """Write sales that raise no question, with an odd row in the middle."""
    text = sales(random.Random(3), odd=(odd,) if odd else ()).replace("数量", "序号")
    path.write_bytes(text.encode("gb18030"))
    return path


def test_what_shows_further_down_is_asked(market: Store, tmp_path: Path) -> None:
    """A likely name and an odd date far from both ends are asked; meanwhile nothing is loaded."""
    path = shuffled(tmp_path / "终端.csv", "3/5/2024,红星超級市场,甲公司,,1万,2")
    known = Known(market)
    flow = open_file(path, known, limits=LARGE)
    assert not flow.questions
    prepared = prepare(flow, known)
    assert {question.code for question in prepared.flow.questions} == {"date_order", "name"}
    with pytest.raises(QuestionsOpenError):
        load_file(prepared, known)
    assert market.fetch("SELECT 1 FROM terminal_sales").num_rows == 0
    answered = {"date_order": "mdy", "day_to_month": "month", "name": "T1"}
    _prepared, asked = finish(path, known, LARGE, lambda q: answered.get(q.code))
    assert len(asked) == 3


def test_an_answer_does_not_read_the_file_again(market: Store, tmp_path: Path) -> None:
    """The rows are kept from answer to answer, and read again only in another way."""
    path = shuffled(tmp_path / "终端.csv", "2025年1月,红星超級市场,甲公司,,1万,2")
    known = Known(market)
    prepared = prepare(open_file(path, known, limits=LARGE), known)
    answers = prepared.flow.questions[0].answered(FileAnswers(), "T1")
    again = open_file(path, known, answers, before=prepared.flow, limits=LARGE)
    path.unlink()
    assert prepare(again, known).good == ROWS + 1


def test_rows_set_aside_are_corrected_before_and_after_loading(market: Store, tmp_path: Path) -> None:
    """A cell corrected in the grid counts for its own row; a row of the quarantine goes in later."""
    path = tmp_path / "终端.csv"
    path.write_bytes(sales(random.Random(7), odd=BAD).replace("数量", "序号").encode("gb18030"))
    known = Known(market)
    prepared, _asked = finish(path, known, LARGE)
    sheet = prepared.sheets[0].sheet
    assert [sheet.row_numbers[at] for at in sorted(prepared.sheets[0].bad)] == [302, 303, 304, 305]
    own = SheetAnswers(edits={(303, "销售额(万元)"): "12"})
    answers = prepared.flow.answers.about(sheet.name, own)
    flow = open_file(path, known, answers, before=prepared.flow, limits=LARGE)
    prepared = prepare(flow, known)
    assert (prepared.good, prepared.bad) == (ROWS + 1, 3)
    load_file(prepared, known)
    items = quarantine.items(market).to_pandas()
    rows = payloads(items)
    rows.loc[rows["终端名称"] == "火星超市", "终端名称"] = "光明商店"
    assert load_again(try_again(known, items, rows), known).imported.changed


def test_a_correction_that_is_withdrawn_is_gone(market: Store, tmp_path: Path) -> None:
    """The rows of a large file are kept from answer to answer, but not with what was taken back."""
    path = shuffled(tmp_path / "终端.csv", "2025年12月,红星超市,甲公司,纯净水,约12,2")
    known = Known(market)
    prepared, _asked = finish(path, known, LARGE)
    for edits, bad in (({(302, "销售额(万元)"): "12"}, 0), ({}, 1)):
        answers = prepared.flow.answers.about("终端", SheetAnswers(edits=edits))
        prepared = prepare(open_file(path, known, answers, before=prepared.flow, limits=LARGE), known)
        assert prepared.bad == bad


@pytest.mark.parametrize("limits", [Limits(), LARGE])
@pytest.mark.parametrize("at", [0, 300])
def test_a_row_with_a_comma_too_many_is_set_aside(
    limits: Limits, at: int, market: Store, tmp_path: Path
) -> None:
    """Cells that a separator in a value has shifted are never loaded as if they were right, nor later."""
    path = tmp_path / "终端.csv"
    lines = shuffled(path).read_text("gb18030").splitlines(keepends=True)
    lines.insert(at + 1, "2025年1月,红星超市,甲公司,纯净水,1,234.5,2\n")
    path.write_text("".join(lines), "gb18030")
    known = Known(market)
    prepared, _asked = finish(path, known, limits)
    assert (prepared.good, prepared.bad) == (ROWS, 1)
    assert [flaw.source.code for flaw in prepared.flaws if flaw.level is Level.ERROR] == ["more_cells"]
    load_file(prepared, known)
    items = quarantine.items(market).to_pandas()
    rows = payloads(items)
    assert items["row_number"].tolist() == [at + 2]
    assert try_again(known, items, rows).good == ()
    rows["销售额(万元)"] = "1234.5"
    assert try_again(known, items, rows).good == tuple(items["item_id"])


def test_too_many_bad_rows_are_refused(
    market: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of which more rows are bad than somebody could work off isn't loaded, and says why."""
    path = tmp_path / "终端.csv"
    path.write_bytes(sales(random.Random(7), odd=BAD).encode("gb18030"))
    for module in (large_flow, checking):
        monkeypatch.setattr(module, "MOST_ASIDE", 3)
    prepared, _asked = finish(path, Known(market), LARGE)
    assert not prepared.ready
    with language("en"), pytest.raises(ImportRefusedError, match="More than 3 rows"):
        load_file(prepared, Known(market))
    assert quarantine.items(market).num_rows == 0


def test_work_that_is_stopped_leaves_nothing(market: Store, tmp_path: Path, temp: Path) -> None:
    """Stopped while it reads or checks, a file leaves neither rows nor temporary files."""
    path = shuffled(tmp_path / "终端.csv")
    known = Known(market)
    for limit in (0.0, 0.5, 0.7):
        watch = Watch(lambda fraction, _text, limit=limit: stop(fraction, limit))

        def stop(fraction: float, limit: float, watch: Watch = watch) -> None:
            if fraction >= limit:
                watch.cancel()

        with pytest.raises(CancelledError):
            prepare(open_file(path, known, limits=LARGE), known, watch)
    gc.collect()
    assert not [path for path in temp.iterdir() if not path.name.startswith("process-")]
    assert market.fetch("SELECT 1 FROM terminal_sales").num_rows == 0


def test_the_command_line_takes_a_large_file(
    market: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a saved mapping a large file loads in one go; what is new in it stops it with exit code 3."""
    monkeypatch.setattr(files, "LIMITS", LARGE)
    mapping, store = tmp_path / "m.toml", str(market.path)
    market.close()
    path = shuffled(tmp_path / "终端.csv")
    assert main(["understand", str(path), "--store", store, "--out", str(mapping)]) == 0
    assert main(["import", "--store", store, "--mapping", str(mapping), str(path)]) == 0
    shuffled(path, "2025年1月,红星超級市场,甲公司,,1万,2")
    assert main(["import", "--store", store, "--mapping", str(mapping), str(path)]) == 3
    assert "红星超級市场" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("header", "units", "refused"),
    [
        ("币种", ("USD", "USD"), True),
        ("单位", ("元", "万元"), True),
        ("单位", ("箱", "元"), True),
        ("币种", ("CNY", "人民币"), False),
        ("单位", ("箱", "瓶"), False),
    ],
)
def test_units_in_a_column_are_never_ignored(
    market: Store, tmp_path: Path, header: str, units: tuple[str, str], *, refused: bool
) -> None:
    """Where a column says the unit of each amount, and it isn't yuan throughout, a large file is refused."""
    lines = [
        f"{month},{shop},甲公司,{product},{number},{units[number % 2]}"
        for number, (month, shop, product) in enumerate(months(ROWS, random.Random(3)))
    ]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join([f"月份,门店,公司,产品,销售额,{header}", *lines]), encoding="utf-8")
    if refused:
        with pytest.raises(ImportRefusedError, match=header):
            finish(path, Known(market), LARGE)
    else:
        finish(path, Known(market), LARGE)
