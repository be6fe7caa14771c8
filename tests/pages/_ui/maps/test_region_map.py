"""The map of regions and its polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely

from pages._ui.charts.layout import Caption, View
from pages._ui.charts.palette import MISSING, SHARE_RAMP, ZONES
from pages._ui.maps.classes import kinds, steps
from pages._ui.maps.region_map import map_config, region_map
from pages._ui.maps.shapes import Shapes, shapes

if TYPE_CHECKING:
    import plotly.graph_objects as go

CAPTION = Caption("Share, 2024", "Source: test")


def squares() -> pd.DataFrame:
    """Three unit squares side by side, the second wound the wrong way, the third with a bow tie."""
    boxes = [shapely.box(110 + i, 30, 111 + i, 31) for i in range(2)]
    bow = shapely.Polygon([(112, 30), (113, 31), (113, 30), (112, 31)])
    return pd.DataFrame(
        {
            "region_id": ["A", "B", "C"],
            "geometry_wkb": [shapely.to_wkb(p) for p in (boxes[0], shapely.reverse(boxes[1]), bow)],
        }
    )


def regions() -> pd.DataFrame:
    """Three regions, the last without a share."""
    return pd.DataFrame(
        {
            "region_id": ["A", "B", "C"],
            "name": ["Alpha", "Beta", "Gamma"],
            "text": ["10%", "30%", "—"],
            "hover": ["a", "b", "c"],
            "share": [0.1, 0.3, np.nan],
            "capacity": [100.0, 400.0, np.nan],
            "lat": [30.5, 30.5, np.nan],
            "lon": [110.5, 111.5, np.nan],
        }
    )


def drawn(polygons: Shapes) -> go.Figure:
    """Draw the regions."""
    classes = steps("Share", regions()["share"], [0.2], ["#EEEEEE", "#003366"], "{:.0%}".format)
    return region_map(regions(), polygons, classes, CAPTION, View())


def test_polygons_are_wound_for_the_map() -> None:
    """Whatever the winding of the file, the exterior is clockwise: d3 reads the other as its outside."""
    for feature in shapes(squares()).features.values():
        for polygon in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
            assert not shapely.is_ccw(polygon.exterior)


def test_neighbours_keep_their_common_border() -> None:
    """Simplifying leaves neither a gap nor an overlap."""
    found = shapes(squares())
    one, two = (shapely.geometry.shape(found.features[r]["geometry"]) for r in "AB")
    assert one.intersection(two).length == pytest.approx(1)


def test_a_label_stands_inside_its_polygon() -> None:
    """The label's place is inside, with the room there told."""
    found = shapes(squares())
    for row in found.places.itertuples():
        polygon = shapely.geometry.shape(found.features[row.region_id]["geometry"])
        assert polygon.contains(shapely.Point(row.lon, row.lat))
        assert row.width > 0


def test_every_region_is_drawn_once_in_its_class() -> None:
    """Missing is light grey, never a colour of the ramp."""
    traces = [t for t in drawn(shapes(squares())).data if t.type == "choropleth" and t.hoverinfo != "skip"]
    assert [(list(t.locations), t.colorscale[0][1]) for t in traces] == [
        (["A"], "#EEEEEE"),
        (["B"], "#003366"),
        (["C"], MISSING),
    ]


def test_outlines_lie_above_all_regions() -> None:
    """One more trace of all regions, transparent, that takes no clicks."""
    last = [t for t in drawn(shapes(squares())).data if t.type == "choropleth"][-1]
    assert list(last.locations) == ["A", "B", "C"]
    assert last.hoverinfo == "skip"


def test_without_boundaries_regions_are_bubbles() -> None:
    """A region with a place and no polygon is a bubble; one with neither isn't on the map."""
    points = [t for t in drawn(Shapes()).data if t.type == "scattergeo"]
    assert [row[0] for t in points for row in t.customdata] == ["A", "B"]
    assert points[1].marker.size[0] > points[0].marker.size[0]


def test_the_map_fetches_nothing() -> None:
    """The world that plotly asks for is inside the page."""
    assert map_config("map", "en")["topojsonURL"].startswith("data:")


def test_an_empty_table_has_no_shapes() -> None:
    """No boundaries, no polygons, no error."""
    assert shapes(squares().head(0)).features == {}


def test_a_map_too_low_to_read_is_refused() -> None:
    """A height below 100 pixels is a mistake."""
    with pytest.raises(ValueError, match="height"):
        View(height=10)


def test_a_value_stands_where_its_name_has_no_room() -> None:
    """A name too long for its polygon leaves the place to the value; a short one has both."""
    named = regions().assign(name=["A name that is longer than any square is wide, by far", "B", "C"])
    classes = steps("Share", named["share"], [0.2], ["#EEEEEE", "#003366"], "{:.0%}".format)
    figure = region_map(named, shapes(squares()), classes, CAPTION, View())
    (texts,) = [trace.text for trace in figure.data if trace.type == "scattergeo" and trace.mode == "text"]
    assert list(texts)[:2] == ["10%", "B<br>30%"]


def test_in_the_dark_little_recedes_into_the_page() -> None:
    """A ramp from little to much turns round on the dark page; its words stay with their regions."""
    light = steps("Share", regions()["share"], [0.2, 0.3, 0.4, 0.5, 0.6, 0.7], SHARE_RAMP, "{:.0%}".format)
    fills = {}
    for dark in (False, True):
        figure = region_map(regions(), shapes(squares()), light, CAPTION, View(dark=dark))
        fills[dark] = {t.name: t.colorscale[0][1] for t in figure.data if t.type == "choropleth" and t.name}
    assert fills[False].keys() == fills[True].keys()
    assert fills[False]["< 20%"] == SHARE_RAMP[0]
    assert fills[True]["< 20%"] == SHARE_RAMP[-1]


def test_the_legend_names_the_zones_that_no_region_has() -> None:
    """All zones stand in the legend in their order, whether a region is in them or not."""
    codes = pd.Series(["stable", "stable", None])
    classes = kinds("Zone", codes, ZONES, str, names_all=True)
    figure = region_map(regions(), shapes(squares()), classes, CAPTION, View())
    entries = sorted((t.legendrank, t.name) for t in figure.data if t.showlegend and t.legendrank)
    assert [name for _rank, name in entries][: len(ZONES)] == list(ZONES)
