"""Hours as people write them."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.visits.hours import hours_of, hours_text, moment


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8:00-12:00, 14:00-18:00", ((480.0, 720.0), (840.0, 1080.0))),
        ("14：00至18：00；8：00至12：00", ((480.0, 720.0), (840.0, 1080.0))),
        ("上午", ((0.0, 720.0),)),
        ("Morning", ((0.0, 720.0),)),
        ("20:00-24:00", ((1200.0, 1440.0),)),
        ("", ()),
    ],
)
def test_windows_are_understood(text: str, hours: tuple[tuple[float, float], ...]) -> None:
    """One or several, in any order, mornings by name."""
    assert hours_of(text) == hours
    assert hours_of(hours_text(hours)) == hours


@pytest.mark.parametrize(
    "text", ["9", "9:00", "12:00-9:00", "8:00-12:00, 11:00-13:00", "9:75-10:00", "later"]
)
def test_what_is_no_window_is_refused(text: str) -> None:
    """No end, the wrong order, an overlap, no minute, no hours at all."""
    with pytest.raises(InputError):
        hours_of(text)


def test_a_moment_is_a_time_of_day() -> None:
    """9:30 is 570 minutes after midnight; 25:00 is none."""
    assert moment("9:30") == 570.0
    with pytest.raises(InputError):
        moment("25:00")
