"""Every number of the monthly report is on the page that its slide names."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from pptx import Presentation

from core.i18n import use_language
from core.reports.monthly.basis import Basis
from core.reports.monthly.files import FileForm
from core.reports.monthly.report import monthly_report
from core.reports.monthly.request import ReportOptions, report_request
from core.reports.monthly.subject import subjects_of_level, whole
from pages._ui import runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.reports.monthly.subject import Subject

    Visit = Callable[..., AppTest]

NUMBER = re.compile(r"(?<![\w.])([+-]?\d[\d,]*(?:\.\d+)?)( M yuan)?")
KINDS = ("markdown", "caption", "metric", "title", "header", "subheader", "html", "info")
# Where the numbers of a slide stand: pages with the parameters of their address.
WHOLE: dict[str, list[tuple[str, dict[str, str]]]] = {
    "standing": [("overview.py", {})],
    "month": [("meeting.py", {})],
    "regions": [("meeting.py", {})],
    "quadrants": [("quadrant.py", {})],
    "principles": [("quadrant.py", {"basis": "principles"}), ("quadrant.py", {"basis": "value"})],
    "number_one": [("number_one.py", {})],
    "distribution": [("terminals.py", {"section": "distribution"})],
    "dealers": [("customers.py", {"section": "abc", "of": "dealer"})],
    "visits": [("overview.py", {}), ("market_map.py", {"measure": "unvisited"})],
    "prospects": [
        ("visit_plan.py", {"part": "prospects", "prospect_view": view})
        for view in ("forecast", "talks", "rates")
    ],
    "expenses": [("expenses.py", {"period": "2026-01_2026-10", "level": "city"})],
    "tasks": [("tasks.py", {"look": "table"}), ("meeting.py", {})],
    "data": [("overview.py", {})],
}
REGION: dict[str, list[tuple[str, dict[str, str]]]] = {
    "standing": [("market_map.py", {}), ("quadrant.py", {}), ("number_one.py", {})],
    "month": [("meeting.py", {})],
    "shops": [
        ("terminals.py", {"section": "distribution"}), ("market_map.py", {"measure": "unvisited"}),
        ("quadrant.py", {"basis": "value"}),
    ],
    "strategy": [("meeting.py", {})],
    "tasks": [("tasks.py", {"look": "table"}), ("meeting.py", {})],
}  # fmt: skip


def numbers_in(text: str) -> list[tuple[float, int]]:
    """Return the numbers of a text with their decimals, without their signs; millions in thousands."""
    found = []
    for token, millions in NUMBER.findall(text):
        plain = token.replace(",", "").lstrip("+-")
        value, digits = float(plain), len(plain.partition(".")[2])
        found.append((1_000 * value, digits - 3) if millions else (value, digits))
    return found


def numbers_of(app: AppTest) -> set[tuple[float, float]]:
    """Return every number that a page shows, in texts, tables and charts: the least and the most it may be.

    Ratios as percentages too; what is rounded to millions is known less well than the report's thousands.
    """
    texts = [str(getattr(each, name, "") or "") for kind in KINDS for each in app.get(kind)
             for name in ("value", "delta", "body")]  # fmt: skip
    texts += [each.proto.spec for each in app.get("plotly_chart")]
    found = set[float]()
    for frame in (each.value for each in app.dataframe):
        found.add(float(len(frame)))
        for value in frame.to_numpy().ravel():
            if isinstance(value, str):
                texts.append(value)
            elif not isinstance(value, dict | list) and pd.notna(value) and not hasattr(value, "year"):
                found |= {abs(float(value)), abs(float(value)) * 100}
            elif hasattr(value, "year") and pd.notna(value):
                found |= {float(value.year), float(value.day)}
    ranges = {(value, value) for value in found}
    for value, digits in (number for text in texts for number in numbers_in(text)):
        slack = 0.5 * 10**-digits if digits < 0 else 0.0
        ranges.add((value - slack, value + slack))
    return ranges


def strangers(texts: list[str], shown: set[tuple[float, float]]) -> list[tuple[str, float]]:
    """Return the numbers of texts that, as they are rounded, aren't among those shown."""
    return [
        (text, value)
        for text in texts
        for value, digits in numbers_in(text)
        for slack in [0.5 * 10**-digits + 1e-9 * value]
        if not any(least - slack <= value <= most + slack for least, most in shown)
    ]


@pytest.fixture(scope="module")
def pages(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the pages stand on one copy of the demonstration region for all tests here."""
    folder = tmp_path_factory.mktemp("report_and_pages")
    path = folder / "market.duckdb"
    path.write_bytes(demonstration_file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHENGENG_STORE", str(path))
        patch.setenv("SHENGENG_TEMP", str(folder / "tmp"))
        patch.setenv("SHENGENG_LANGUAGE", "en")
        yield
        runtime.close()


@dataclass(frozen=True)
class ReadSlide:
    """What a slide of the file says: its title, the rows of its table, the values of its chart."""

    title: str
    rows: list[list[str]]
    drawn: list[float]


def slides_of(subject: Subject) -> dict[str, ReadSlide]:
    """Return each slide by the key of its part, read back from the file."""
    use_language("en")
    store = runtime.store()
    report = monthly_report(Basis(store, report_request(store, ReportOptions(level="county"))), subject)
    deck = Presentation(io.BytesIO(FileForm().write(report)))
    keys = [*(["cover"] if report.has_cover else []), *(part.key for part in report.parts)]
    read = {}
    for key, page in zip(keys, deck.slides, strict=True):
        rows = [[cell.text for cell in row.cells] for s in page.shapes if s.has_table for row in s.table.rows]
        series = [each for s in page.shapes if s.has_chart for plot in s.chart.plots for each in plot.series]
        drawn = [float(value) for each in series for value in each.values if value is not None]
        read[key] = ReadSlide(page.shapes.title.text_frame.text, rows, drawn)
    return read


@pytest.fixture(scope="module")
def whole_slides(pages: None) -> dict[str, ReadSlide]:
    """Return the slides of everything together."""
    return slides_of(whole())


@pytest.fixture(scope="module")
def region_slides(pages: None) -> list[tuple[str, dict[str, ReadSlide]]]:
    """Return regions and their slides; together they have every part."""
    store = runtime.store()
    scope = report_request(store, ReportOptions()).scope
    found: list[tuple[str, dict[str, ReadSlide]]] = []
    for subject in subjects_of_level(store, "county", scope):
        found.append((str(subject.region_id), slides_of(subject)))
        if set(REGION) <= {key for _region, slides in found for key in slides}:
            return found
    raise AssertionError("Expected a region for every part.")


def shown_on(
    visit: Visit, where: list[tuple[str, dict[str, str]]], **address: str
) -> set[tuple[float, float]]:
    """Return every number of some pages."""
    common = {"period": "2025-11_2026-10", "level": "county", "company": "OWN", **address}
    shown = set[tuple[float, float]]()
    for page, query in where:
        app = visit(page, **{**common, **query})
        use_language("en")
        shown |= numbers_of(app)
    return shown


def check(slide: ReadSlide, key: str, shown: set[tuple[float, float]]) -> None:
    """Compare title and table of a slide with its pages; what it divides itself is divided again."""
    rows, divided = slide.rows, set[float]()
    if key == "visits":
        for row in rows[1:]:
            (customers, _a), (unvisited, _b), (part, _c) = (numbers_in(cell)[0] for cell in row[1:])
            assert part == pytest.approx(100 * unvisited / customers, abs=0.05)
        rows = [row[:3] for row in rows]
    if key == "month":
        sold, change = numbers_in(rows[1][2])[0][0], numbers_in(rows[1][4])[0][0]
        divided = {100 * abs(sold / before - 1) for before in (sold - change, sold + change)}
    if key == "data":
        percents = [100 * value for value in slide.drawn]
        assert strangers([f"{value:.1f}" for value in percents], shown) == []
        divided = {sum(percents) / len(percents)}
    texts = [slide.title, *(cell for row in rows for cell in row)]
    assert strangers(texts, shown | {(value, value) for value in divided}) == []


@pytest.mark.parametrize("key", WHOLE)
def test_every_number_of_the_whole_is_on_its_page(whole_slides, visit, key: str) -> None:
    """Title and table of the slide, read back from the file, have no number that its pages don't show."""
    check(whole_slides[key], key, shown_on(visit, WHOLE[key]))


@pytest.mark.parametrize("key", REGION)
def test_every_number_of_a_region_is_on_its_page(region_slides, visit, key: str) -> None:
    """The same of one region's report."""
    region, slides = next((region, slides) for region, slides in region_slides if key in slides)
    check(slides[key], key, shown_on(visit, REGION[key], region=region))
