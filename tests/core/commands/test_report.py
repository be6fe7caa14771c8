"""``python -m core report``: the files, what it says, and what it refuses, in both languages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from core.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def region_path(sample_copy) -> str:
    """Return a small demonstration region."""
    return str(sample_copy(300))


def report(store: str, out: Path, *more: str, lang: str = "en") -> int:
    """Run the command on a store."""
    return main(["report", "--store", store, "--lang", lang, "--out", str(out), *more])


@pytest.mark.parametrize(("lang", "title"), [("en", "Monthly business review"), ("zh_CN", "经营分析报告")])
def test_each_kind_of_file_tells_the_same(
    region_path: str, tmp_path: Path, lang: str, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answers of slides, paper and workbook are the same sentences, in the language asked for."""
    files = {kind: tmp_path / f"report.{kind}" for kind in ("pptx", "pdf", "xlsx")}
    for path in files.values():
        assert report(region_path, path, "--month", "2026-09", lang=lang) == 0
    assert "2026-09" in capsys.readouterr().out
    deck = Presentation(str(files["pptx"]))
    answers = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert answers[0].startswith(title)
    contents = load_workbook(files["xlsx"]).worksheets[0]
    told = [row[1].value for row in contents.iter_rows(min_row=6, max_row=4 + len(answers))]
    assert told == answers[1:]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"].read_bytes())).pages]
    for answer, page in zip(answers, pages, strict=False):
        assert "".join(answer.split()) in "".join(page.split())


def test_each_region_of_a_level_has_a_file(
    region_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder holds one presentation a city, named by month, id and name; progress goes to the log."""
    assert report(region_path, tmp_path / "all", "--each-region", "--level", "city") == 0
    said = capsys.readouterr()
    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert len(names) == 11
    assert all(name.startswith("monthly report-2026-10-99") and name.endswith(".pptx") for name in names)
    assert f"{len(names)} reports" in said.out
    assert "11 of 11" in said.err


def test_a_region_has_its_own_report(region_path: str, tmp_path: Path) -> None:
    """It begins with the region's answer, without a cover."""
    assert report(region_path, tmp_path / "one.pptx", "--region", "990101") == 0
    deck = Presentation(str(tmp_path / "one.pptx"))
    assert 3 <= len(deck.slides) <= 6
    assert "District" in deck.slides[0].shapes.title.text_frame.text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "x.docx"), "docx"),
        (("--month", "2031-01"), "2026-10"),
        (("--month", "2026-13"), "2026-13"),
        (("--region", "99010x"), "990101"),
        (("--region", "990101", "--each-region"), "exclude each other"),
        (("--template", "nowhere.pptx"), "nowhere.pptx"),
        (("--level", "township"), "township"),
        (("--out", "no/such/folder/x.pptx"), "no folder"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    region_path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    """The error names the value and what could be meant; no file is written."""
    monkeypatch.chdir(tmp_path)
    assert report(region_path, tmp_path / "x.pptx", *arguments) == 1
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_stopping_keeps_what_is_written(
    region_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupt after two regions leaves two whole files and says so."""
    from core.reports.monthly import files

    made = files.monthly_report
    calls: list[object] = []

    def interrupted(*arguments: object) -> object:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(arguments)
        return made(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "monthly_report", interrupted)
    assert report(region_path, tmp_path / "all", "--each-region", "--level", "city") == 130
    assert "2 reports" in capsys.readouterr().err
    for path in (tmp_path / "all").iterdir():
        assert len(Presentation(str(path)).slides) >= 3
