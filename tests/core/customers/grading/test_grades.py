"""The grading scale: totals, grades, thresholds, what isn't known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.grading.default_scale import default_template
from core.customers.grading.grades import chosen_options, grade_customers, section_levels
from core.customers.grading.scale import Element, Option, Section, Template

PLUS = Element("plus", "Growth", (Option("up", 10, 0.1), Option("flat", 6, 0.0), Option("down", 0)), "growth")
DAYS = Element(
    "days", "Payment", (Option("30", 10, 30), Option("45", 5, 45), Option("late", 0)), "payment_days"
)
WILL = Element("will", "Will", (Option("yes", 10), Option("no", 0)))
SCALE = Template((Section("Facts", 60, (PLUS, DAYS)), Section("Feeling", 40, (WILL,))))


def graded(growth: float, days: float, will: float, scale: Template = SCALE) -> pd.Series:
    values = pd.DataFrame({"growth": [growth], "payment_days": [days]}, index=["x"])
    typed = pd.DataFrame({"will": [will]}, index=["x"])
    return grade_customers(scale, chosen_options(scale, values, typed)).loc["x"]


def test_total_by_hand() -> None:
    """60 x (6 + 10) / 20 + 40 x 10 / 10 = 88: an A."""
    row = graded(0.05, 30, 0)
    assert row["total"] == pytest.approx(88)
    assert (row["grade"], row["missing"], row["section_1"]) == ("A", "", pytest.approx(80))


def test_values_on_a_threshold_reach_it() -> None:
    """Growth of exactly 10 % and 0 %, and exactly 30 and 45 days, take the better option."""
    values = pd.DataFrame({"growth": [0.1, 0.0, -0.01], "payment_days": [30, 45, 45.1]})
    options = chosen_options(SCALE, values, pd.DataFrame())
    assert options["plus"].tolist() == options["days"].tolist() == [0, 1, 2]
    assert options["will"].isna().all()


def test_a_total_on_a_cut_is_above_it() -> None:
    """With cuts at the exact total the customer is in the better grade."""
    assert graded(0.05, 30, 0, Template(SCALE.sections, (88, 50)))["grade"] == "A"
    assert graded(0.05, 30, 0, Template(SCALE.sections, (89, 88)))["grade"] == "B"


def test_unknown_is_left_to_the_others() -> None:
    """Without an opinion 80 of 100 remain over the known 60 %, enough for a grade; less is none."""
    row = graded(0.05, 30, np.nan)
    assert (row["total"], row["known"], row["missing"]) == (pytest.approx(80), pytest.approx(0.6), "will")
    assert row["grade"] == "A"
    assert np.isnan(row["section_2"])
    assert graded(np.nan, 30, np.nan)["grade"] is None


def test_an_option_that_is_none_is_unknown() -> None:
    """A number beyond the options counts as not filled in."""
    assert graded(0.05, 30, 7)["missing"] == "will"


def test_levels_of_the_sections() -> None:
    """Each section has a level by the cuts of the total: quality against growth [S4 4-3]."""
    table = graded(0.05, 30, 1).to_frame().T.astype({"section_1": float, "section_2": float})
    assert section_levels(SCALE, table).iloc[0].tolist() == ["A", "C"]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**16))
def test_total_is_the_documents_formula(seed: int) -> None:
    """Where everything is known the total is the sum of weight x scores / highest scores [S4 4-4]."""
    scale = default_template()
    random = np.random.default_rng(seed)
    options = pd.DataFrame(
        {element.key: random.integers(0, len(element.options), 4) for element in scale.elements}
    ).astype(float)
    found = grade_customers(scale, options)
    for row in range(4):
        total = 0.0
        for section in scale.sections:
            reached = sum(e.options[int(options[e.key][row])].score for e in section.elements)
            total += section.weight * reached / sum(e.most for e in section.elements)
        assert found["total"][row] == pytest.approx(total)
    assert found["known"].tolist() == pytest.approx([1] * 4)
