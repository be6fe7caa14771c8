"""A value is written in one form, whether in a table, a file or a sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from core.i18n import language
from core.metrics import DISPLAYS, Format, display_table, heading, help_text, metric, write_value


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("own", 12_345_678.9, "1,235 万元"),
        ("share", 0.204, "20.4%"),
        ("growth", 0.032, "+3.2%"),
        ("growth", -0.032, "-3.2%"),
        ("share_change", -0.012, "-1.2 个百分点"),
        ("ratio", 1.6449, "1.64 ×"),
        ("rank", 3, "3"),
        ("borderline", True, "是"),
        ("rival_id", "R1", "R1"),
        ("state", "tied", "并列第一"),
        ("rank", pd.NA, "—"),
    ],
)
def test_each_format_is_written_as_the_screen_wants_it(key: str, value: object, text: str) -> None:
    """Money is in 万元, growth carries a sign, a multiple its ×, a missing value is a dash."""
    with language("zh_CN"):
        assert write_value(metric(key), value) == text


def test_a_table_has_the_units_of_the_screen() -> None:
    """Shares become percent, money thousands, codes words; what is missing stays missing."""
    rows = pd.DataFrame({"own": [1_500.0, None], "share": [0.25, 0.5], "state": ["tied", None]})
    table = display_table(rows, [metric("own"), metric("share"), metric("state")])
    assert table["own"].tolist()[0] == 1.5
    assert table["own"].isna().tolist() == [False, True]
    assert table["share"].tolist() == [25.0, 50.0]
    assert table["state"].iloc[0] == "Tied for first"
    assert table["state"].isna().tolist() == [False, True]


def test_an_id_is_shown_by_its_name() -> None:
    """A column that stands for a name shows the name."""
    rows = pd.DataFrame({"rival_id": ["R1"], "rival_name": ["Rival"]})
    assert display_table(rows, [metric("rival_id")])["rival_id"].tolist() == ["Rival"]


def test_a_file_says_percent_in_the_heading() -> None:
    """The screen has the % in its cells, a file in the heading, where cells are bare numbers."""
    assert heading(metric("share")) == "Market share"
    assert heading(metric("share"), in_file=True) == "Market share (%)"
    assert heading(metric("own")) == "Own sales (k yuan)"


def test_a_multiple_has_one_pattern_in_all_tables() -> None:
    """Every table writes a multiple with two decimals and its sign."""
    assert DISPLAYS[Format.MULTIPLE].pattern == "%.2f ×"
    assert DISPLAYS[Format.CHANGE].pattern == "%+.1f%%"


def test_help_names_formula_meaning_and_source() -> None:
    """The help of a column ends with the source of its rule."""
    assert help_text(metric("ratio")).endswith("Source: S0, W:7")
