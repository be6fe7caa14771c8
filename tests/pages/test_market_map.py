"""市场地图."""

from __future__ import annotations

import json

from pages._ui.maps.measures import MEASURES


def figure(app) -> dict:
    """Return the map of a page."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def regions(app) -> list[str]:
    """Return the regions on the map, without the outline."""
    traces = [t for t in figure(app)["data"] if t["type"] == "choropleth" and t.get("showlegend")]
    return [region for trace in traces for region in trace["locations"]]


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    app = visit("market_map.py")
    assert app.button(key="empty_import").label == "Import data"
    assert not app.get("plotly_chart")


def test_every_county_is_on_the_map_once(shown, visit) -> None:
    """90 counties, whatever their class."""
    found = regions(visit("market_map.py"))
    assert len(found) == len(set(found)) == 90


def test_every_measure_colours_every_region(shown, visit) -> None:
    """A region without a value is in the class of missing ones, not lost."""
    app = visit("market_map.py", level="city")
    for measure in MEASURES:
        app.segmented_control(key="pick_measure").select(measure).run()
        assert len(regions(app)) == 11, measure


def test_a_link_shows_one_region(shown, visit) -> None:
    """Region, level and place in the address give the same view to a colleague."""
    app = visit("market_map.py", within="990100", level="county", region="990103")
    found = regions(app)
    assert found
    assert all(region.startswith("9901") for region in found)
    outlines = [t for t in figure(app)["data"] if t["type"] == "choropleth" and not t["showlegend"]]
    place = 1 + outlines[0]["locations"].index("990103")
    sheets = [block.proto.body for block in app.get("html")]
    assert any(f"path:nth-child({place}) {{ stroke:" in sheet for sheet in sheets)


def test_looking_inside_a_city_and_back(shown, visit) -> None:
    """The button of the card leads to its counties, the path above the map back up."""
    app = visit("market_map.py", level="city", region="990100")
    app.button(key="look_inside").click().run()
    assert not app.exception
    assert all(region.startswith("9901") for region in regions(app))
    app.button(key="way_up_1").click().run()
    assert len(regions(app)) == 11


def test_a_county_has_nothing_inside(shown, visit) -> None:
    """At the bottom of the tree there is no way down."""
    app = visit("market_map.py", region="990103")
    assert "look_inside" not in [button.key for button in app.button]


def test_an_unknown_region_shows_the_whole_market(shown, visit) -> None:
    """An old link still opens."""
    app = visit("market_map.py", region="nowhere")
    assert any(text.value == "## Whole market" for text in app.markdown)


def test_a_column_that_is_added_is_in_the_table_and_in_the_address(shown, visit) -> None:
    """Whoever misses a figure adds it, and a copied link keeps it."""
    app = visit("market_map.py")
    before = list(app.dataframe[0].value)
    assert "cushion" not in before
    app.multiselect(key="pick_columns").select("cushion").run()
    assert list(app.dataframe[0].value) == [*before, "cushion"]
    assert app.text_input(key="columns").value == app.query_params["columns"] == "cushion"
