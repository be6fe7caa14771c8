"""经营例会: the month of a region on one page."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from core.reports.cycle.meeting import MeetingRequest, month_review
from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

CITY = {"region": "990100"}
OCTOBER = dt.date(2026, 10, 1)


def spec(app: AppTest) -> dict:
    """Return the description of the bridge."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def text(app: AppTest) -> str:
    """Return what the page says in words and in figures."""
    said = [element.value for kind in ("markdown", "caption") for element in app.get(kind)]
    return " ".join([*said, *(element.proto.body for element in app.get("html"))])


@pytest.fixture
def planned(full: Path) -> Path:
    """The demonstration region with a plan that isn't approved."""
    with Store.open(full) as store:
        request = PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=1.2e8, within="990100")
        plan_from_store(store, request, "Plan of the city")
    return full


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("meeting.py").button(key="empty_import").label == "Import data"


def test_the_page_opens_with_the_answer(full, visit) -> None:
    """Region, month, sales and the largest reasons stand in the first sentence; without a plan it says so."""
    app = visit("meeting.py", **CITY)
    assert not app.exception
    assert "there is no target to measure it by" in text(app)
    assert "Against last year" in text(app)
    assert app.metric[0].label == "Own sales"


def test_the_bridge_ends_at_the_sales(full, visit) -> None:
    """The steps of the chart run without a gap from last year to the sales of the table of the report."""
    chart = spec(visit("meeting.py", **CITY))
    bar = chart["data"][0]
    with Store.open(full) as store:
        review = month_review(store, MeetingRequest("OWN", OCTOBER, "990100"))
    leaves = review.bridge("year").query("is_leaf")["amount"]
    assert len(chart["layout"]["xaxis"]["ticktext"]) == len(leaves) + 2
    assert bar["hovertext"][-1].startswith("<b>Own sales")
    assert float(leaves.sum()) == pytest.approx(float(review.lines.loc["sales", "change"]))


def test_a_plan_is_compared_with_and_said_which(planned, visit) -> None:
    """With a plan the target comes first, and a warning says that it isn't approved."""
    app = visit("meeting.py", **CITY)
    assert spec(app)["layout"]["title"]["text"].count("Against the target") == 1
    assert "which is not approved" in text(app)
    last_year = visit("meeting.py", against="year", **CITY)
    assert spec(last_year)["layout"]["title"]["text"].count("Against last year") == 1


def test_the_city_plan_is_none_of_the_whole(planned, visit) -> None:
    """For the whole market the city's plan isn't a target."""
    assert "No plan for 2026 is broken down to this region or covers all of it." in text(visit("meeting.py"))


def test_both_cards_stand_side_by_side(full, visit) -> None:
    """Last quarter's card and this one's, with what was meant and what came."""
    app = visit("meeting.py", **CITY)
    said = text(app)
    assert said.count("meant ") >= 2
    assert "Where we stood" in said
    assert "Where we stand" in said
    assert "Strategy cards belong to a region" in text(visit("meeting.py"))


def test_a_card_is_submitted_and_approved(full, visit) -> None:
    """An approved card is closed and can be copied; the copy goes through the states by its buttons."""
    app = visit("meeting.py", **CITY)
    assert app.selectbox(key="strategy_card").value == "demo202610"
    app.button(key="strategy_copy").click().run()
    assert app.selectbox(key="strategy_card").value not in {"", "demo202610"}
    app.button(key="strategy_submitted").click().run()
    app.button(key="strategy_feedback").click().run()
    assert any("needs a reason" in error.value for error in app.error)
    app.button(key="strategy_approved").click().run()
    assert not app.exception
    states = app.selectbox(key="strategy_card").options
    assert sum("Superseded" in state for state in states) == 1


def test_an_unknown_month_or_region_is_said(full, visit) -> None:
    """A link to a month or region that isn't there shows the default and says so."""
    app = visit("meeting.py", month="1999-01", region="nowhere")
    assert len([w for w in app.warning if "don't have" in w.value]) == 2


def test_a_month_without_our_sales_is_not_explained(full, visit) -> None:
    """Where nothing of ours is recorded, no bridge is drawn and the page says why."""
    with Store.open(full) as store:
        store.write("strip", lambda cursor: cursor.execute("DELETE FROM market_sales"))
        store.write(
            "strip", lambda cursor: cursor.execute("DELETE FROM terminal_sales WHERE company_id = 'OWN'")
        )
    app = visit("meeting.py", **CITY)
    assert not app.exception
    assert not app.get("plotly_chart")


def test_the_files_have_the_pages_figures(planned, visit) -> None:
    """The workbook and the slide read back: sales and the parts of the bridge are those of the report."""
    from core.exchange.slides.content import Caption
    from core.exchange.slides.slide import slide_file
    from core.reports.cycle.meeting.display.steps import meeting_slide
    from core.reports.cycle.meeting.display.tables import review_sheets

    with Store.open(planned) as store:
        review = month_review(store, MeetingRequest("OWN", OCTOBER, "990100"))
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as writer:
        for title, table in review_sheets(review).items():
            table.to_excel(writer, sheet_name=title, index=False)
    book = openpyxl.load_workbook(buffer)
    assert book["Plan and do"]["C2"].value == pytest.approx(review.lines.loc["sales", "actual"])
    compared = pd.DataFrame(book["What explains it"].values).iloc[1:]
    parts = compared[(compared[0] == "Against last year") & compared[2].isna()][3]
    assert parts.sum() == pytest.approx(review.lines.loc["sales", "change"])
    deck = Presentation(io.BytesIO(slide_file(meeting_slide(review, "year", Caption("Meeting", "Source")))))
    chart = next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)
    _ground, levels, more, less = (list(series.values) for series in chart.plots[0].series)
    changes = [(up or 0) - (down or 0) for up, down in zip(more, less, strict=True)][1:-1]
    leaves = review.bridge("year").query("is_leaf")["amount"] / 1000
    assert changes == pytest.approx(leaves.to_list())
    assert [levels[0], levels[-1]] == pytest.approx(
        [review.lines.loc["sales", name] / 1000 for name in ("previous", "actual")]
    )
