"""Periods: presets, own choices, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from core.i18n import use_language
from pages._ui.formatting import periods

FIRST, LAST = dt.date(2023, 11, 1), dt.date(2026, 3, 1)


def day(text: str) -> dt.date:
    """Return the first day of a month."""
    return dt.date.fromisoformat(f"{text}-01")


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("", "2025-04", "2026-03"),  # the default
        ("last12", "2025-04", "2026-03"),
        ("year", "2026-01", "2026-03"),
        ("previous_year", "2025-01", "2025-12"),
        ("2024-02_2024-02", "2024-02", "2024-02"),
        ("2023-11_2026-03", "2023-11", "2026-03"),
    ],
)
def test_a_code_means_months(code: str, start: str, end: str) -> None:
    """Presets count back from the last month with data; an own choice names its months."""
    assert periods.resolve(code, FIRST, LAST) == (day(start), day(end))


@pytest.mark.parametrize(
    "code",
    [
        "custom",  # a word of the control, no period
        "2024-13_2024-14",  # no months
        "2024-05_2024-02",  # ends before it starts
        "2020-01_2020-12",  # before the data
        "2026-01_2027-01",  # after the data
        "last12; DROP TABLE region",
        "年",
    ],
)
def test_what_is_no_period_is_refused(code: str) -> None:
    """A code that means no months of these data gives nothing, so that the bar can say so."""
    assert periods.resolve(code, FIRST, LAST) is None


def test_a_preset_is_cut_to_the_months_with_data() -> None:
    """A preset never leaves the data: what lies before them is cut off."""
    assert periods.resolve("last12", dt.date(2026, 1, 1), LAST) == (dt.date(2026, 1, 1), LAST)
    assert periods.resolve("previous_year", dt.date(2026, 1, 1), LAST) == (dt.date(2026, 1, 1),) * 2


def test_a_code_and_its_months_are_one() -> None:
    """Every pair of months is found again from the code that the address holds."""
    for start in periods.months_between(FIRST, LAST)[::5]:
        for end in periods.months_between(start, LAST)[::4]:
            assert periods.resolve(periods.code_of(start, end), FIRST, LAST) == (start, end)


def test_a_period_is_named_in_both_languages() -> None:
    """One month is named alone, several from first to last."""
    assert periods.label(FIRST, FIRST) == "Nov 2023"
    assert periods.label(FIRST, LAST) == "Nov 2023 to Mar 2026"
    use_language("zh_CN")
    assert periods.label(FIRST, LAST) == "2023年11月至2026年3月"
