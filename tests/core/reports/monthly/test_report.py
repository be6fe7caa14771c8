"""The monthly report: its parts, their room, and what it leaves out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core import numbers
from core.errors import InputError
from core.exchange.report.pictures import picture_table
from core.exchange.report.texts import texts_of
from core.exchange.slides.boxes import FRAME
from core.exchange.slides.layout import lay_out
from core.i18n import language
from core.reports.cycle.meeting import month_review
from core.reports.cycle.meeting.lines import SALES
from core.reports.market.display.rows import market_rows
from core.reports.monthly.basis import Basis
from core.reports.monthly.files import KINDS, FileForm, one_report
from core.reports.monthly.report import REGION, WHOLE, monthly_report
from core.reports.monthly.request import ReportOptions, report_request
from core.reports.monthly.subject import region_subject, subjects_of_level, whole
from core.store.database import Store
from tests.core.store.market_world import World, fill, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.exchange.report.content import Report
    from core.reports.monthly.request import ReportRequest


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """Return a small demonstration region."""
    with Store.open(sample_copy(300), create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def request_(store: Store) -> ReportRequest:
    """Return the last month, counties compared."""
    return report_request(store, ReportOptions(level="county"))


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def reports(store: Store, request_: ReportRequest, request: pytest.FixtureRequest) -> list[Report]:
    """Return the report of everything, of a city and of two counties, in one language."""
    with language(request.param):
        basis = Basis(store, request_)
        cities = subjects_of_level(store, "city", request_.scope)
        counties = subjects_of_level(store, "county", request_.scope)
        chosen = [whole(), cities[0], counties[0], counties[-1]]
        return [monthly_report(basis, subject, made=dt.date(2026, 11, 3)) for subject in chosen]


def test_the_report_has_as_many_slides_as_a_meeting_can_bear(reports: list[Report]) -> None:
    """The whole takes ten to fifteen slides, a region three to six."""
    assert 10 <= reports[0].slides <= 15
    assert all(3 <= report.slides <= 6 for report in reports[1:])


def test_no_text_is_longer_than_its_box(reports: list[Report]) -> None:
    """By the fitting that slides and paper share, every title, table, point and note has room."""
    misfits = {
        (report.cover.title, part.key): lay_out(part.slide, FRAME).misfits
        for report in reports
        for part in report.parts
        if lay_out(part.slide, FRAME).misfits
    }
    assert misfits == {}


def test_no_picture_is_empty(reports: list[Report]) -> None:
    """Each picture holds at least one figure; a part without any is left out or has none."""
    for report in reports:
        for part in report.parts:
            if part.slide.picture is not None:
                table = picture_table(part.slide.picture)
                assert table is not None, part.key
                assert any(figure is not None for row in table.figures for figure in row), part.key


def test_each_part_is_there_or_named_among_the_gaps(reports: list[Report]) -> None:
    """A section is a slide or a sentence on the last one: none disappears."""
    for report, sections in zip(reports, (WHOLE, REGION, REGION, REGION), strict=True):
        keys = {part.key for part in report.parts}
        assert len(report.gaps) == sum(section.key not in keys for section in sections)
        last = report.parts[-1].slide
        assert report.parts[-1].key == "data"
        assert set(report.gaps) <= set(last.remarks)


def test_the_month_s_slide_says_what_the_meeting_says(store: Store, request_: ReportRequest) -> None:
    """Its bridge begins and ends where the review does, and its steps add up to the difference."""
    basis = Basis(store, request_)
    report = monthly_report(basis, whole())
    review = month_review(store, request_.meeting(None))
    slide = next(part.slide for part in report.parts if part.key == "month")
    sold = review.lines.loc[SALES]
    steps = slide.picture.steps
    scale = numbers.money_divisor()
    assert steps[0].value * scale == pytest.approx(sold["previous"])
    assert steps[-1].value * scale == pytest.approx(sold["actual"])
    changes = sum(step.value for step in steps[1:-1])
    assert steps[0].value + changes == pytest.approx(steps[-1].value)
    assert slide.table.rows[0][2] == numbers.money(sold["actual"], unit=False)
    assert numbers.money(sold["actual"]) in slide.answer


def test_a_region_s_slide_has_the_figures_of_its_row(store: Store, request_: ReportRequest) -> None:
    """Share and capacity are those of the market table of its level."""
    for subject in subjects_of_level(store, "city", request_.scope)[:3]:
        report = monthly_report(Basis(store, request_), subject)
        row = market_rows(store, request_.market(level="city")).row(subject.region_id)
        values = {text for texts in report.parts[0].slide.table.rows for text in texts}
        assert numbers.percent(row["share"]) in values
        assert numbers.money(row["capacity"]) in values


def test_many_regions_share_what_is_known_of_all(store: Store, request_: ReportRequest) -> None:
    """A report made after others is the one made alone."""
    basis = Basis(store, request_)
    counties = subjects_of_level(store, "county", request_.scope)[:3]
    made = [monthly_report(basis, subject, made=dt.date(2026, 11, 3)) for subject in counties]
    alone = monthly_report(Basis(store, request_), counties[-1], made=dt.date(2026, 11, 3))
    assert made[-1] == alone


def test_a_month_without_figures_is_refused(store: Store) -> None:
    """The error names the months there are."""
    with pytest.raises(InputError, match="no figures of") as caught:
        report_request(store, ReportOptions(month=dt.date(2031, 1, 1)))
    assert "2026-10" in caught.value.hint


def test_an_unknown_region_is_refused_with_the_nearest(store: Store, request_: ReportRequest) -> None:
    """So is an unknown level."""
    with pytest.raises(InputError, match="99010x") as caught:
        region_subject(store, "99010x", request_.scope)
    assert "990101" in caught.value.hint
    with pytest.raises(InputError, match="township"):
        subjects_of_level(store, "township", request_.scope)


def test_a_store_without_sales_has_no_report(tmp_path: Path) -> None:
    """It says what to import."""
    with Store.open(tmp_path / "empty.duckdb") as empty, pytest.raises(InputError, match="no sales"):
        report_request(empty, ReportOptions())


def test_a_store_with_one_month_makes_a_report_of_what_it_has(tmp_path: Path) -> None:
    """Without a year before, shops, visits, dealers or expenses, what can't be said stands among the gaps."""
    month = dt.date(2026, 1, 1)
    sold = {("A", "US"): 300_000, ("A", "R1"): 200_000, ("B", "US"): 100_000, ("B", "R1"): 400_000}
    world = World(
        {"C": None, "A": "C", "B": "C"},
        {(region, company, month): amount for (region, company), amount in sold.items()},
        {("A", month): 600_000, ("B", month): 700_000},
    )
    with open_store(tmp_path) as small:
        fill(small, world)
        asked = report_request(small, ReportOptions())
        for region in (None, "A"):
            report = one_report(small, asked, region)
            keys = {part.key for part in report.parts}
            assert {"standing", "month", "data"} <= keys
            assert not keys & {"dealers", "visits", "prospects", "expenses", "tasks", "distribution", "shops"}
            assert all(FileForm(kind).write(report) for kind in KINDS)
            assert not any("nan" in text.lower().split() for text in texts_of(report))


def test_a_kind_of_file_that_is_none_is_refused() -> None:
    """The error names the kinds; a template is for presentations alone."""
    with pytest.raises(InputError, match="docx") as caught:
        FileForm("docx")
    assert "pptx, pdf, xlsx" in caught.value.hint
    with pytest.raises(InputError, match="presentations alone"):
        FileForm("pdf", b"anything")
