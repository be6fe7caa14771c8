"""What titles name, and what a saved mapping does with the title of the next file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.flow import FileFlow, Known, load_file, open_file, prepare
from core.exchange.flow.sheets.titles import names_in
from tests.core.exchange.flow.conftest import answer_all

if TYPE_CHECKING:
    from core.store.database import Store


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("武汉市 甲公司 2025年3月销售 单位：万元", {"region": {"2"}, "company": {"A"}}),
        ("湖北省武汉市2025年3月", {"region": {"2"}}),  # the narrower of both
        ("武汉分公司2025年销售", {"region": {"2"}}),
        ("武汉鸭脖2025年销售", {}),  # a brand that begins like a city
        ("武汉路门店", {}),
        ("武汉、宜昌销售", {"region": {"2", "3"}}),
        ("业务员：张三", {"employee": {"E1"}}),
        ("张三丰商贸", {}),
        ("绿茶系列", {"product": {"T"}}),
        ("2025年3月销售", {}),
    ],
)
def test_names_in_a_line(market: Store, line: str, named: dict[str, set[str]]) -> None:
    """A line names what the store knows by its name; a short name of a region is none before other words."""
    assert names_in(line, Known(market)) == named


def opened(folder: Path, known: Known, title: str, month: int) -> FileFlow:
    """Return a file of one company as the program understands it."""
    path = folder / f"report{month}.csv"
    path.write_text(f"{title}\n区域,月份,销售额(元)\n武汉市,2024-0{month},{month}\n", "utf-8")
    return open_file(path, known)


def test_a_company_of_the_last_title_is_not_taken_for_the_next(market: Store, tmp_path: Path) -> None:
    """A saved mapping keeps the company its title named; another title, and none at all, are asked about."""
    known = Known(market)
    first = opened(tmp_path, known, "甲公司销售", 1)
    assert [(q.code, q.proposed) for q in first.questions] == [("missing", "A")]
    load_file(prepare(answer_all(first.path, known), known), known)
    assert opened(tmp_path, known, "甲公司销售", 2).questions == ()
    other = opened(tmp_path, known, "乙公司销售", 3)
    assert [(q.code, q.about, q.proposed) for q in other.questions] == [("missing", "company_id", "B")]
    bare = opened(tmp_path, known, "各地销售", 4)
    assert [(q.code, q.about, q.proposed) for q in bare.questions] == [("missing", "company_id", None)]
    load_file(prepare(answer_all(other.path, known), known), known)
    assert market.fetch("SELECT company_id, amount::INT FROM market_sales ORDER BY ALL").to_pylist() == [
        {"company_id": "A", "CAST(amount AS INTEGER)": 1},
        {"company_id": "B", "CAST(amount AS INTEGER)": 3},
    ]
