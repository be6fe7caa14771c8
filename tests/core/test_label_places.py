"""Names of marks."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from core.label_places import Mark, place_labels, spread, text_width

POSITIONS = st.lists(st.floats(-1000, 1000), min_size=1, max_size=12)


def test_a_chinese_letter_is_about_twice_as_wide_as_a_latin_one() -> None:
    """The width of a text counts Chinese letters as squares."""
    assert 1.7 < text_width("江州") / text_width("ab") < 2.1


def test_two_neighbours_get_names_that_do_not_overlap() -> None:
    """The second name moves aside when the first has taken the place between them."""
    marks = [Mark(100, 100, 10, "North county"), Mark(125, 100, 10, "South county")]
    (one_x, one_y), (two_x, two_y) = place_labels(marks, 400, 300)
    half = text_width("North county") / 2
    apart_across = abs((100 + one_x) - (125 + two_x)) >= 2 * half
    assert apart_across or abs(one_y - two_y) >= 15


def test_a_name_stays_inside_the_plot() -> None:
    """At the right edge a name goes where it is not cut."""
    mark = Mark(395, 100, 8, "A long name")
    ((shift, _y),) = place_labels([mark], 400, 300)
    assert mark.x + shift + text_width(mark.text) / 2 <= 400


@settings(deadline=None, max_examples=200)
@given(POSITIONS, st.floats(0.1, 50))
def test_spread_keeps_the_distance_and_the_order(positions: list[float], least: float) -> None:
    """Neighbours end at least the distance apart, and nobody overtakes anybody."""
    placed = spread(positions, least)
    order = sorted(range(len(positions)), key=positions.__getitem__)
    gaps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(gap >= least - 1e-6 for gap in gaps)


def test_spread_moves_nothing_that_has_room() -> None:
    """Labels that are apart already stay where they are."""
    assert spread([10.0, 0.0, 30.0], 5) == [10.0, 0.0, 30.0]


def test_a_name_keeps_clear_of_marks_without_one() -> None:
    """Above the mark another one lies, so the name goes below."""
    mark, other = Mark(200, 150, 10, "name"), Mark(200, 170, 12, "")
    (free,) = place_labels([mark], 400, 300)
    (moved,) = place_labels([mark], 400, 300, around=[other])
    assert free[1] > 0
    assert moved[1] < 0


def test_a_name_keeps_clear_of_what_is_written() -> None:
    """Captions above, below and at both sides: the name goes a line further off than it would."""
    mark = Mark(200, 150, 10, "name")
    half, boxes = text_width("name") / 2, [(150.0, 160.0, 250.0, 176.0), (100.0, 124.0, 300.0, 159.9)]
    ((across, upwards),) = place_labels([mark], 400, 300, writing=boxes)
    box = (200 + across - half, 150 + upwards - 7.5, 200 + across + half, 150 + upwards + 7.5)
    apart = [box[2] <= b[0] or b[2] <= box[0] or box[3] <= b[1] or b[3] <= box[1] for b in boxes]
    assert apart == [True, True]


def test_a_name_without_a_mark_stands_on_its_place() -> None:
    """Where nothing is in the way a name of two lines is centred; a second at the same place goes aside."""
    places = [Mark(200, 150, 0, "one\nline"), Mark(200, 150, 0, "two")]
    first, second = place_labels(places, 400, 300)
    assert first == (0.0, 0.0)
    assert second != (0.0, 0.0)
