"""The slides of the market pages say what the pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core import numbers
from core.exchange.slides.slide import slide_file
from core.reports.market.choices import choices
from core.reports.market.display import cut_lines, quadrant_slide, sentences, slides
from core.reports.market.request import MarketRequest
from core.reports.overview.display import overview_slide
from core.reports.overview.overview import overview
from core.store.database import Store
from pages._ui import runtime
from pages._ui.charts.layout import Caption
from pages._ui.formatting import periods
from pages._ui.market import market_view, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAPTION = Caption("Subject · period", "Source: test")


@pytest.fixture
def market(full: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, market_view.MarketView]]:
    """Return the demonstration region as a market page sees it."""
    with Store.open(full) as store:
        monkeypatch.setattr(runtime, "store", lambda: store)
        found = choices(store)
        assert found is not None
        period = periods.preset(periods.DEFAULT, found.first_month, found.last_month)
        yield store, market_view._view(store, MarketRequest(found.own_company, *period, found.default_level))


@pytest.mark.parametrize("page", ["overview.py", "market_map.py", "quadrant.py", "number_one.py"])
def test_each_market_page_offers_a_slide(full, visit, page: str) -> None:
    """It stands below the tables in the export menu."""
    labels = [button.proto.label for button in visit(page).get("download_button")]
    assert labels[:3] == ["Table (Excel)", "Table (CSV)", "Slide (PowerPoint)"]


def test_the_quadrant_slide_shows_every_region_of_the_page(market) -> None:
    """Each region with a zone is a bubble in its zone's field, where the page has it."""
    _store, shown = market
    ordered = sentences.attack_order(shown.regions)
    slide = quadrant_slide.quadrant_slide(shown, ordered, sentences.quadrant_answer(shown), CAPTION)
    points = cut_lines.axes(shown).dropna(subset=["zone"])
    bubbles = {(b.name, b.x, b.y, b.size) for field in slide.picture.fields for b in field.bubbles}
    columns = (points["name"], points["share"], points["growth"], points["capacity"].fillna(0))
    assert bubbles == set(zip(*columns, strict=True))
    assert [row[0] for row in slide.table.rows] == list(ordered["name"][:12])
    named = {b.name for field in slide.picture.fields for b in field.bubbles if b.side}
    assert set(ordered["name"][:3]) <= named
    assert len(named) <= 9
    assert slide.answer == sentences.quadrant_answer(shown)
    assert slide_file(slide)


def test_the_target_slide_keeps_the_page_s_order_and_figures(market) -> None:
    """Bars are own sales, the rival's and the base target of the first regions, in the screen's unit."""
    _store, shown = market
    rows = plan.rows(shown, "nearest")
    slide = slides.number_one_slide(shown, rows, sentences.number_one_answer(shown), CAPTION)
    first = shown.regions.set_index("region_id").loc[rows["region_id"][:8]]
    for series, column in zip(slide.picture.series, ("own", "rival_sales", "target_base"), strict=True):
        assert series.values == pytest.approx(tuple(first[column] / numbers.money_divisor()))
    assert [row[0] for row in slide.table.rows] == list(rows["name"][:12])
    assert slide.table.rows[0][-1] == numbers.money(first["gap"].iloc[0], unit=False)
    assert slide_file(slide)


def test_the_overview_slide_holds_the_five_numbers_and_the_steps(market) -> None:
    """The lines are the page's own, missing months included; the numbers come with what they changed by."""
    store, shown = market
    found = overview(store, shown.report.request)
    trend = market_view._trend_of_all(store, shown.report.request)
    slide = overview_slide(found, trend, "Answer.", CAPTION)
    assert len(slide.table.rows) == 5
    assert slide.points[1:] == tuple(action.sentence for action in found.actions)
    ours = trend[trend["is_self"]]
    drawn = next(s for s in slide.picture.series if s.name == ours["name"].iloc[0])
    assert [m for m, v in zip(slide.picture.months, drawn.values, strict=True) if v is not None] == [
        m.date() for m in pd.to_datetime(ours.loc[ours["share"].notna(), "month"])
    ]
    assert slide_file(slide)


def test_the_region_slide_speaks_of_its_region(market) -> None:
    """A region has its own sentence; everything together has the page's."""
    _store, shown = market
    best = shown.regions.sort_values("share", ascending=False)["region_id"].iloc[0]
    row = shown.row(best)
    slide = slides.region_slide(shown, row, "Page.", CAPTION)
    assert slide.answer.startswith(f"{row['name']}: ")
    assert numbers.percent(row["share"]) in slide.answer
    companies = shown.companies(row)
    assert slide.picture.series[0].values[0] == companies["share"].max()
    assert slides.region_slide(shown, shown.row(None), "Page.", CAPTION).answer == "Page."
    for region_id in shown.regions["region_id"]:
        assert "nan" not in slides.region_slide(shown, shown.row(region_id), "Page.", CAPTION).answer
