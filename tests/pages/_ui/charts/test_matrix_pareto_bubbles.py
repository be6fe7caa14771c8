"""The matrix, the ABC curve and the bubbles as figures, without a page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pages._ui.charts.bubbles import Axis, Plane, bubble_figure
from pages._ui.charts.layout import Caption, View
from pages._ui.charts.matrix import Cells, matrix_figure, wrapped
from pages._ui.charts.palette import MISSING, SHARE_RAMP
from pages._ui.charts.pareto import Words, pareto_figure

CAPTION, VIEW = Caption("Title", "Source"), View()


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_cell_for_every_place_and_none_for_nothing(missing: float | None) -> None:
    """The heaviest cell is the darkest, nothing is grey, and every text stands in its cell."""
    cells = Cells(("r",), ("x", "y", "z"), ((0.2, 0.4, missing),), (("1", "2", ""),), (("a", "b", "c"),))
    figure = matrix_figure(cells, CAPTION, VIEW)
    assert [shape.fillcolor for shape in figure.layout.shapes] == [SHARE_RAMP[3], SHARE_RAMP[-1], MISSING]
    assert [note.text for note in figure.layout.annotations] == ["1", "2", ""]
    assert list(figure.data[0].hovertext) == ["a", "b", "c"]


def test_a_matrix_with_a_hole_is_refused() -> None:
    """Every row has as many cells as there are columns."""
    with pytest.raises(ValueError, match="1 rows of 2 cells"):
        Cells(("r",), ("x", "y"), ((0.2,),), (("1",),), (("a",),))


def test_texts_fit_their_cells() -> None:
    """Words are kept whole, Chinese is cut by signs, and a name with signs of HTML stays a name."""
    assert wrapped("one two three", 8) == "one two<br>three"
    assert wrapped("逐步换成更好的产品") == "逐步换成更好的产<br>品"
    assert wrapped("a<b") == "a&lt;b"


def test_the_curve_ends_each_class_where_it_ends() -> None:
    """Of many items a part is drawn, among them the last one of every class."""
    count = 5_000
    table = pd.DataFrame(
        {
            "rank": np.arange(1, count + 1),
            "cumulated": np.arange(1, count + 1) / count,
            "grade": ["A"] * 3_500 + ["B"] * 1_000 + ["C"] * 500,
        }
    )
    words = Words("across", "up", (0.7, 0.9), {grade: grade for grade in "ABC"}, lambda row: f"{row.rank}")
    figure = pareto_figure(table, words, CAPTION, VIEW)
    assert [trace.y[-1] for trace in figure.data] == [0.7, 0.9, 1]
    assert all(len(trace.x) == len(trace.hovertext) < 800 for trace in figure.data)
    assert figure.data[1].hovertext[0] == "3501"


def test_bubbles_without_a_place_are_not_drawn() -> None:
    """A customer without growth is in no bubble; a missing size is the smallest one."""
    table = pd.DataFrame(
        {
            "x": [1.0, np.nan, 2.0],
            "y": [1.0, 1.0, 2.0],
            "size": [4.0, 1.0, np.nan],
            "kind": ["k", "k", "k"],
            "name": ["a", "b", "c"],
            "hover": ["a", "b", "c"],
        }
    )
    plane = Plane(Axis("x", ((1.5, "line"),)), Axis("y"), {"k": ("#000000", "Kind")})
    figure = bubble_figure(table, plane, CAPTION, VIEW)
    assert list(figure.data[0].hovertext) == ["a", "c"]
    assert list(figure.data[0].marker.size) == [38, 6]


def test_the_largest_bubbles_are_named_beside_each_other() -> None:
    """Six names are written, of the largest, and two on one spot don't stand over each other."""
    table = pd.DataFrame(
        {
            "x": [5.0, 5.0, 1.0, 9.0, 3.0, 7.0, 2.0],
            "y": [5.0, 5.0, 1.0, 9.0, 7.0, 3.0, 8.0],
            "size": [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 1.0],
            "kind": "k",
            "name": list("abcdefg"),
            "hover": "",
        }
    )
    plane = Plane(Axis("x", limits=(1, 10)), Axis("y", limits=(1, 10)), {"k": ("#000000", "Kind")})
    notes = [note for note in bubble_figure(table, plane, CAPTION, VIEW).layout.annotations if note.text]
    assert [note.text for note in notes] == list("abcdef")
    assert (notes[0].xshift, notes[0].yshift) != (notes[1].xshift, notes[1].yshift)
