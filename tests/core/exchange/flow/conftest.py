"""A market with names to be matched, and files as people have them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.exchange.canonical.importing import load
from core.exchange.flow import FileAnswers, FileFlow, Known, open_file
from core.i18n import language
from core.store.database import Store

WORLD = {
    "region": "region_id,parent_id,level,name\n1,,province,湖北省\n2,1,city,武汉市\n3,1,city,宜昌市\n",
    "company": "company_id,name,is_self\nA,甲公司,true\nB,乙公司,false\n",
    "product": "product_id,name,uom,units_per_case\nW,纯净水,瓶,24\nT,绿茶,瓶,\n",
    "employee": "employee_id,name,region_id\nE1,张三,2\n",
    "terminal": "terminal_id,name,region_id\nT1,红星超市,2\nT2,光明商店,3\n",
}
REPORT = (
    "2024年3月各公司销售,,\n单位：万元,,\n区域,竞品,销售额\n武汉市,甲公司,１２.5\n宜昌市,乙公司,8\n"
    "宜昌市,甲公司,x\n火星,甲公司,1\n合计,,21.5\n制表人：张三,,\n"
)


@pytest.fixture(scope="session")
def named_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with regions, companies, products, an employee and shops; copy it."""
    folder = tmp_path_factory.mktemp("named")
    for name, text in WORLD.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    with Store.open(folder / "world.duckdb") as opened:
        load(opened, [folder / f"{name}.csv" for name in WORLD])
    return folder / "world.duckdb"


@pytest.fixture
def market(named_world: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own that holds the market."""
    shutil.copy2(named_world, tmp_path / "s.duckdb")
    with language("en"), Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A GBK report with title, unit, total, footnote, a broken amount and a region from elsewhere."""
    path = tmp_path / "2024年3月各公司销售.csv"
    path.write_bytes(REPORT.encode("gb18030"))
    return path


def answer_all(path: Path, known: Known, choose: Callable[..., str | None] = lambda _q: None) -> FileFlow:
    """Answer every question as proposed, or as ``choose`` says, until none is left."""
    answers = FileAnswers()
    flow = open_file(path, known, answers)
    for _round in range(8):
        if not flow.questions:
            return flow
        for question in flow.questions:
            told = choose(question)
            choice = question.proposed if told is None else told
            assert choice is not None, question.text
            answers = question.answered(answers, choice)
        flow = open_file(path, known, answers, before=flow)
    raise AssertionError([question.text for question in flow.questions])
