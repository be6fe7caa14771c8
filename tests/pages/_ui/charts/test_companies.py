"""Lines and bars of companies."""

from __future__ import annotations

import base64
import itertools
import re

import pandas as pd
import pytest

from pages._ui.charts.competitors import competitors_html, sparkline_html
from pages._ui.charts.layout import PICTURE_SCALE, PICTURE_WIDTH, Caption, View, chart_config
from pages._ui.charts.palette import AGGREGATE, OTHER_RIVALS, RIVAL, US, ink_on
from pages._ui.charts.trend import trend_figure


def companies() -> pd.DataFrame:
    """Five companies in one month."""
    return pd.DataFrame(
        {
            "month": pd.Timestamp("2024-01-01"),
            "company_id": list("abcde"),
            "name": ["Rival", "Us", "Third", "Fourth", "Others"],
            "share": [0.3, 0.25, 0.2, 0.15, 0.1],
            "text": ["30%", "25%", "20%", "15%", "10%"],
            "hover": "x",
            "is_self": [False, True, False, False, False],
            "is_benchmark": [True, False, False, False, False],
            "is_aggregate": [False, False, False, False, True],
        }
    )


COLOURS = [RIVAL, US, OTHER_RIVALS[0], OTHER_RIVALS[1], AGGREGATE]


def test_bars_wear_the_companies_colours() -> None:
    """We are blue, the rival to beat vermilion, others muted in order, the rest grey."""
    assert re.findall(r"background:(#\w{6})", competitors_html(companies())) == COLOURS


def test_lines_wear_the_same_colours_as_bars() -> None:
    """A company looks the same in every chart."""
    figure = trend_figure(companies(), Caption("t", "s"), View())
    assert [t.line.color for t in figure.data] == COLOURS


def test_lines_that_end_together_have_names_apart() -> None:
    """Names never lie on each other."""
    close = companies().assign(share=[0.20, 0.201, 0.202, 0.203, 0.204])
    figure = trend_figure(close, Caption("t", "s"), View(300))
    places = sorted(a.y for a in figure.layout.annotations)
    assert min(b - a for a, b in itertools.pairwise(places)) > 0.01


def test_a_picture_is_1600_pixels_wide() -> None:
    """The camera saves a picture for a slide."""
    options = chart_config("name", "zh_CN")["toImageButtonOptions"]
    assert round(options["width"] * options["scale"]) == round(PICTURE_WIDTH * PICTURE_SCALE)
    assert abs(options["width"] * options["scale"] - 1600) <= 1


def test_text_reads_on_every_fill() -> None:
    """Dark ink on light fills, light ink on dark ones."""
    assert ink_on("#FFFFFF") != ink_on("#0B3F75")


def test_a_picture_needs_a_title() -> None:
    """A picture that leaves the page says what it shows."""
    with pytest.raises(ValueError, match="Expected a title"):
        Caption("", "source")


def test_bars_are_as_long_as_shares() -> None:
    """The largest fills the row; names from the data can't become markup."""
    html = competitors_html(companies().assign(name=["<b>", "Us", "c", "d", "e"]))
    assert re.findall(r"width:([\d.]+)%", html)[:2] == ["100.0", "83.3"]
    assert "<span><b></span>" not in html


def test_a_sparkline_leaves_out_missing_months() -> None:
    """A month without a share is no point at zero."""
    two = pd.concat([companies(), companies().assign(month=pd.Timestamp("2024-02-01"), share=[None] * 5)])
    image = re.search(r"base64,([^\"]*)", sparkline_html(two, first="a", last="b"))
    assert image is not None
    lines = re.findall(r'points="([^"]*)"', base64.b64decode(image[1]).decode())
    assert [len(line.split()) for line in lines] == [1] * 5
