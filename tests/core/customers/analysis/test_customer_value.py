"""Base, partner, busy for nothing."""

import numpy as np
import pandas as pd
import pytest

from core.customers.analysis.customer_value import WorthRule, worth
from core.errors import InputError

NAN = float("nan")


def customers(rows: list[tuple[float, float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["margin", "growth", "visits"])
    return table.assign(sales_previous=100.0, sales=100 * (1 + table["growth"]))


def test_each_label_on_its_line() -> None:
    """A value on a line is on its upper side: margin 100 is a base, growth 10 % a partner, 12 visits busy."""
    rows = [(100, -1, 99), (99, 0.10, 0), (99, 0.09, 12), (99, 0.09, 11)]
    labels = worth(customers(rows), WorthRule(100, 0.10, 12))
    assert labels.tolist() == ["base", "partner", "busy", "ordinary"]


def test_what_decides_must_be_known() -> None:
    """Without margin nothing is said; a base needs no growth; an unknown growth or effort stops there."""
    rows = [(NAN, 1, 1), (100, NAN, NAN), (1, NAN, 99), (1, 0, NAN)]
    assert worth(customers(rows), WorthRule(100, 0.10, 12)).tolist() == [None, "base", None, None]


def test_lines_follow_from_the_customers() -> None:
    """By default the lines are the mean margin, the growth of all together and the mean visits."""
    table = customers([(30, 0.2, 2), (10, 0.0, 6)])
    lines = WorthRule().settled(table)
    assert (lines.margin, lines.effort) == (20, 4)
    assert lines.growth == pytest.approx(0.1)
    assert worth(table).tolist() == ["base", "busy"]


def test_no_margin_at_all() -> None:
    """Where no margin is known no customer gets a label, and no line is made up."""
    table = customers([(NAN, 0.2, 2)])
    assert WorthRule().settled(table).margin is None
    assert worth(table).tolist() == [None]


def test_a_line_is_a_number() -> None:
    """An infinite line is refused by name."""
    with pytest.raises(InputError, match="growth"):
        WorthRule(growth=np.inf)
