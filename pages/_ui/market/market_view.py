"""What a market page looks at: the filters' market report, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.i18n import _
from core.reports.market.choices import names_of
from core.reports.market.completeness import completeness
from core.reports.market.display.rows import MarketRows, market_rows
from core.reports.market.market import MarketRequest, market_trend
from core.reports.market.sources import figure_sources
from core.reports.market.trend import largest_trend
from core.store.market import geography
from pages._ui import reads, url
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.highlight import highlight_css
from pages._ui.charts.layout import Caption, View
from pages._ui.charts.trend import trend_figure
from pages._ui.formatting import periods
from pages._ui.maps.measures import classes_of, words_of
from pages._ui.maps.shapes import Shapes, shapes
from pages._ui.market.hover import hover_texts, month_texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from core.store.database import Store
    from pages._ui.filters import Filters
    from pages._ui.maps.classes import Classes

# More lines than these can't be told apart.
MOST_LINES = 7


@dataclass(frozen=True)
class MarketView(MarketRows):
    """The rows of a market report with what the screen adds: hover on each region."""

    def trend(self, row: Mapping[str, object]) -> pd.DataFrame:
        """Return the companies of a row month by month."""
        return trend(self.report.request, None if self.is_whole(row) else str(row["region_id"]))

    def origins(self, row: Mapping[str, object]) -> dict[str, str]:
        """Return where a row's figures come from, one sentence for each kind of figure."""
        whole = self.regions["region_id"] if self.is_whole(row) else [row["region_id"]]
        answer: dict[str, str] = reads.shared(figure_sources, self.report.request, tuple(map(str, whole)))
        return answer


def view(request: MarketRequest) -> MarketView:
    """Return the view of a request, from the cache where it was asked before."""
    answer: MarketView = reads.shared(_view, request)
    return answer


def trend(request: MarketRequest, region_id: str | None) -> pd.DataFrame:
    """Return the companies' months in a region, None for everything; from the cache where asked before."""
    answer: pd.DataFrame = reads.shared(market_trend, request, region_id)
    return answer


def trend_of_all(request: MarketRequest) -> pd.DataFrame:
    """Return the months of the largest companies of the whole market, with the rival to beat marked."""
    answer: pd.DataFrame = reads.shared(_trend_of_all, request)
    return answer


def trend_picture(request: MarketRequest, caption: Caption, height: int) -> CachedFigure:
    """Return the lines of the largest companies of the whole market, drawn once per question."""
    figure: CachedFigure = reads.shared(_trend_picture, request, caption, picture(height, ""))
    return figure


def months_of(trend_rows: pd.DataFrame) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last month of a trend; None where nobody sold anything."""
    if trend_rows.empty:
        return None
    months = pd.to_datetime(trend_rows["month"])
    return months.min().date(), months.max().date()


def places(request: MarketRequest) -> tuple[pd.DataFrame, Shapes]:
    """Return the point and the polygon of each region, from the cache where asked before."""
    answer: tuple[pd.DataFrame, Shapes] = reads.shared(_places, request.level, request.within)
    return answer


def map_rows(request: MarketRequest, measure: str) -> tuple[pd.DataFrame, Classes]:
    """Return the regions of a map with the words and the classes of a measure; from the cache.

    Parameters
    ----------
    measure
        A key of ``MEASURES``.
    """
    answer: tuple[pd.DataFrame, Classes] = reads.shared(_map_rows, request, measure)
    return answer


def path(region_id: str | None) -> list[tuple[str, str]]:
    """Return region_id and name from the whole market down to a region."""
    if not region_id:
        return [("", _("Whole market"))]
    rows = reads.shared(geography.path, region_id)
    return [
        ("", _("Whole market")),
        *zip(rows["region_id"].to_list(), names_of(rows).to_list(), strict=True),
    ]


def level_below(region_id: str) -> tuple[str, int] | None:
    """Return the level right below a region and how many regions it has there; None at the bottom."""
    rows = reads.shared(geography.below, region_id)
    return None if rows.empty else (str(rows["level"].iloc[0]), int(rows["regions"].iloc[0]))


def caption(filters: Filters, title: str, months: tuple[dt.date, dt.date] | None = None) -> Caption:
    """Return what a picture of this page says about itself: subject, period, product, source.

    Parameters
    ----------
    months
        First and last month of the picture, where it shows others than the filters' period.
    """
    choices = reads.choices()
    company = choices.companies[filters.company] if choices else filters.company
    parts = [
        title,
        periods.label(*(months or (filters.start, filters.end))),
        filters.category or _("All categories"),
    ]
    source = _("Source: own store · own company: {company}", company=company)
    if reads.preferences().get("demonstration") == "yes":
        source = _("Demonstration data, invented · own company: {company}", company=company)
    return Caption(" · ".join(parts), source)


def picture(height: int, place: str) -> View:
    """Return how a figure of this page is shown: size and theme."""
    return View(height, st.context.theme.type == "dark", place)


def mark(figure: CachedFigure, key: str, region_id: str | None = None) -> None:
    """Mark the chosen region on a figure.

    Parameters
    ----------
    key
        Key of its chart.
    region_id
        Another region than the address says.
    """
    ink = picture(100, "").ink
    st.html(highlight_css(figure.source, region_id or url.value("region"), key=key, ink=ink))


def _view(store: Store, request: MarketRequest) -> MarketView:
    rows = market_rows(store, request)
    return MarketView(rows.report, rows.regions.assign(hover=hover_texts(rows.regions)), rows.whole)


def _trend_of_all(store: Store, request: MarketRequest) -> pd.DataFrame:
    months = largest_trend(store, request, view(request).whole["rival_id"].iloc[0], most=MOST_LINES)
    return months.assign(hover=month_texts(months))


def _trend_picture(_store: Store, request: MarketRequest, caption: Caption, look: View) -> CachedFigure:
    return CachedFigure(trend_figure(trend_of_all(request), caption, look))


def _map_rows(store: Store, request: MarketRequest, measure: str) -> tuple[pd.DataFrame, Classes]:
    market = view(request)
    points, _polygons = places(request)
    rows = market.regions.merge(points, on="region_id", how="left")
    if measure == "completeness":
        complete = completeness(store, market.report)[["region_id", "overall"]]
        rows = rows.merge(complete.rename(columns={"overall": "completeness"}), on="region_id", how="left")
    rows_shown = rows[["region_id", "name", "hover", "capacity", "lat", "lon"]]
    growth = float(market.whole["growth"].iloc[0])
    classes = classes_of(measure, rows, market_growth=growth, k=request.k)
    return rows_shown.assign(text=words_of(measure, rows)), classes


def _places(store: Store, level: str, within: str | None) -> tuple[pd.DataFrame, Shapes]:
    table = geography.places(store, level, within)
    return table[["region_id", "lat", "lon"]], shapes(table[table["geometry_wkb"].notna()])
