"""The monthly report says what the pages say, and can be taken from them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from pptx import Presentation

from core import numbers
from core.errors import CancelledError
from core.reports.market.display import sentences
from core.reports.market.request import MarketRequest
from core.reports.monthly.basis import Basis
from core.reports.monthly.files import FileForm
from core.reports.monthly.report import monthly_report
from core.reports.monthly.request import ReportOptions, report_request
from core.reports.monthly.subject import whole
from core.store.progress import Watch
from pages._ui import runtime
from pages._ui.market import market_view, plan, summary
from pages._ui.report import all_regions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.store.database import Store


@pytest.fixture
def store(full: Path) -> Iterator[Store]:
    """Return the demonstration region as the pages see it."""
    yield runtime.store()
    runtime.close()


def cells(page: object) -> list[str]:
    """Return the texts of a slide's tables and frames."""
    shapes = page.shapes  # type: ignore[attr-defined]
    tables = [cell.text for s in shapes if s.has_table for row in s.table.rows for cell in row.cells]
    return tables + [s.text_frame.text for s in shapes if s.has_text_frame]


def test_every_market_number_of_the_report_is_the_page_s(store: Store) -> None:
    """Read back from the file: five numbers, attack order, targets and the charts' own figures."""
    asked = report_request(store, ReportOptions())
    report = monthly_report(Basis(store, asked), whole())
    deck = Presentation(io.BytesIO(FileForm().write(report)))
    slides = dict(zip(["cover", *(part.key for part in report.parts)], deck.slides, strict=True))
    request = MarketRequest(asked.own_company, asked.start, asked.month, asked.level)
    market = market_view._view(store, request)
    from core.reports.overview.overview import overview

    cards = summary.number_cards(overview(store, request))
    for key in ("summary", "standing"):
        texts = cells(slides[key])
        assert all(card.value in texts for card in cards)
    ordered = sentences.attack_order(market.regions)
    table = next(s.table for s in slides["quadrants"].shapes if s.has_table)
    shown = [[cell.text for cell in row.cells] for row in table.rows][1:]
    expected = [
        [row["name"], numbers.percent(row["share"]), numbers.percent(row["growth"], sign=True)]
        for _index, row in ordered[: len(shown)].iterrows()
    ]
    assert [[line[0], line[2], line[3]] for line in shown] == expected
    assert slides["quadrants"].shapes.title.text_frame.text == sentences.quadrant_answer(market)
    rows = plan.rows(market, "attack")
    chart = next(s.chart for s in slides["number_one"].shapes if s.has_chart)
    drawn = [tuple(series.values) for series in chart.plots[0].series]
    assert drawn[0] == pytest.approx(tuple(rows["own"][:8]))
    assert drawn[2] == pytest.approx(tuple(rows["base"][:8]))
    assert sentences.number_one_answer(market) in slides["number_one"].notes_slide.notes_text_frame.text


def test_the_overview_offers_the_report_with_one_click(full: Path, visit) -> None:
    """The export menu ends with it, and the section below makes each kind of file."""
    app = visit("overview.py")
    labels = [button.proto.label for button in app.get("download_button")]
    assert "Monthly report (PowerPoint)" in labels
    assert "Make the report" in labels


def test_the_reports_of_all_regions_come_as_one_file(store: Store) -> None:
    """The job packs a workbook for each city, one at a time, and says how far it is."""
    seen: list[str] = []
    watch = Watch(lambda _share, text: seen.append(text))
    files = all_regions._pack(ReportOptions(level="city"), FileForm("xlsx"), watch)
    with zipfile.ZipFile(files.path) as pack:
        assert pack.testzip() is None
        assert len(pack.namelist()) == files.count == 11
    assert any("of 11" in text for text in seen)


def test_a_stopped_job_leaves_nothing(store: Store) -> None:
    """Its file is gone, and no error is shown."""
    watch = Watch(lambda share, _text: watch.cancel() if share > 0 else None)
    with pytest.raises(CancelledError):
        all_regions._pack(ReportOptions(level="city"), FileForm("xlsx"), watch)
    folder = all_regions.own_folder(all_regions.Settings.from_environment().temp) / "reports"
    assert list(folder.iterdir()) == []
