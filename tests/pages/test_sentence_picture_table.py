"""The regions in a page's sentence are named in its picture and come first in its table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.market.attack import ATTACK_VIEWS
from core.reports.market.display.sentences import NAMED

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def names_in_table(app: AppTest) -> list[str]:
    """Return the names of the page's table of regions, in its order."""
    return next(list(each.value["name"]) for each in app.dataframe if "name" in each.value)


def sentence(app: AppTest, beginning: str) -> str:
    """Return the page's sentence."""
    return next(text.value for text in [*app.caption, *app.markdown] if beginning in text.value)


def picture(app: AppTest) -> dict:
    """Return the page's chart."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def test_quadrant_names_the_same_regions(shown, visit) -> None:
    """The three regions to attack first head the table and are labelled among the bubbles."""
    app = visit("quadrant.py", level="county")
    first = names_in_table(app)[:NAMED]
    assert f"Attack {', '.join(first)} first" in sentence(app, "Attack ")
    labels = [each.get("text", "") for each in picture(app)["layout"]["annotations"]]
    assert all(any(name in label for label in labels) for name in first)


@pytest.mark.parametrize("order", list(ATTACK_VIEWS))
def test_number_one_names_the_same_regions(order: str, shown, visit) -> None:
    """In each order the sentence's regions head the chart and the table."""
    app = visit("number_one.py", level="county", order=order)
    first = names_in_table(app)[:NAMED]
    assert f": {', '.join(first)}, " in sentence(app, "Secured No.1 in ")
    assert picture(app)["layout"]["yaxis"]["ticktext"][:NAMED] == first


def test_map_names_the_same_regions(shown, visit) -> None:
    """The strongest and the weakest region of the sentence head and end the table's known shares."""
    app = visit("market_map.py", level="county")
    table = next(each.value for each in app.dataframe if "share" in each.value)
    known = table[table["share"].notna()]["name"]
    text = sentence(app, "strongest in ")
    assert f"strongest in {known.iloc[0]} (" in text
    assert f"weakest in {known.iloc[-1]} (" in text
