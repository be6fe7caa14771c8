"""Messy files from the command line: what is understood, what is asked, exit codes for scripts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.__main__ import main
from core.store.database import Store
from core.store.loading import quarantine
from tests.core.exchange.flow.conftest import REPORT, WORLD


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the names of the report."""
    folder = tmp_path_factory.mktemp("command")
    for name, text in WORLD.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    files = [str(folder / f"{name}.csv") for name in WORLD]
    assert main(["import", "--quiet", "--store", str(folder / "s.duckdb"), *files]) == 0
    return folder / "s.duckdb"


@pytest.fixture
def place(named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of one's own and the report."""
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")
    shutil.copy2(named, tmp_path / "s.duckdb")
    (tmp_path / "2024年3月各公司销售.csv").write_bytes(REPORT.encode("gb18030"))
    return tmp_path


def run(place: Path, *arguments: str, file: str = "2024年3月各公司销售.csv") -> int:
    return main([*arguments, "--store", str(place / "s.duckdb"), str(place / file)])


def test_a_mapping_is_written_used_and_used_again(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Understanding asks for the month (3); with the mapping the good rows load and two wait (4)."""
    mapping = str(place / "m.toml")
    assert run(place, "understand", "--out", mapping) == 3
    shown = capsys.readouterr()
    assert "销售额 [万元] → Amount (yuan)" in shown.out
    assert "Is “Month” 2024-03 in all rows?" in shown.err
    assert run(place, "import", "--quiet", "--mapping", mapping) == 4
    with Store.open(place / "s.duckdb") as store:
        assert quarantine.items(store).num_rows == 2
        assert store.fetch("SELECT COUNT(*) AS n FROM market_sales").to_pylist() == [{"n": 2}]
    shown = capsys.readouterr()
    assert "2 rows were set aside" in shown.out
    assert "“火星” is no known name" in shown.err


def test_a_clean_file_ends_with_zero(place: Path) -> None:
    """Nothing asked, nothing set aside: 0; checking only writes nothing."""
    mapping = str(place / "m.toml")
    run(place, "understand", "--out", mapping)
    later = "2024年4月各公司销售.csv"
    (place / later).write_text("单位：万元\n区域,竞品,销售额\n武汉市,甲公司,3\n", "utf-8")
    assert run(place, "import", "--quiet", "--dry-run", "--mapping", mapping, file=later) == 3
    # The mapping says March, the file April: that is asked, not guessed.
    text = Path(mapping).read_text("utf-8").replace("2024-03", "2024-04")
    Path(mapping).write_text(text, "utf-8")
    assert run(place, "import", "--quiet", "--dry-run", "--mapping", mapping, file=later) == 0
    assert run(place, "import", "--quiet", "--mapping", mapping, file=later) == 0
    with Store.open(place / "s.duckdb") as store:
        assert store.fetch("SELECT s.amount FROM market_sales AS s").to_pylist()[0]["amount"] == 30_000


def test_questions_stop_a_nightly_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is likely and not sure ends with 3 and its possible meanings; nothing is written."""
    mapping = str(place / "m.toml")
    run(place, "understand", "--out", mapping)
    name = "2024年3月.csv"
    (place / name).write_text("单位：万元\n区域,竞品,销售额\n武汉,甲公司,3\n", "utf-8")
    assert run(place, "import", "--quiet", "--mapping", mapping, file=name) == 3
    assert "* 2  武汉市 (2)" in capsys.readouterr().err
    with Store.open(place / "s.duckdb") as store:
        assert store.fetch("SELECT COUNT(*) AS n FROM market_sales").to_pylist() == [{"n": 0}]


def test_a_file_of_another_shape_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without a column of the mapping ends with 1 and says which."""
    mapping = str(place / "m.toml")
    run(place, "understand", "--out", mapping)
    (place / "z.csv").write_text("区域,销售额(万元)\n武汉市,3\n", "utf-8")
    assert run(place, "import", "--quiet", "--mapping", mapping, file="z.csv") == 1
    assert "竞品" in capsys.readouterr().err


def test_findings_are_written_beside_the_rows(place: Path) -> None:
    """--findings writes the original rows with what is wrong about them."""
    mapping = str(place / "m.toml")
    run(place, "understand", "--out", mapping)
    for ending in ("xlsx", "csv"):
        out = place / f"found.{ending}"
        run(place, "import", "--quiet", "--dry-run", "--mapping", mapping, "--findings", str(out))
        assert out.stat().st_size > 100
    assert "火星" in (place / "found.csv").read_text("utf-8-sig")
