"""Products x customers by what they earn."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.abc import GRADES
from core.customers.analysis.profitability import (
    ACTIONS,
    PRODUCT_GRADES,
    TOTAL,
    UNKNOWN,
    ProfitRule,
    profit,
)
from core.errors import InputError

RULE = ProfitRule(rates=(0.30, 0.20, 0.10))


def sales(rows: list[tuple[str | None, str, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["product_id", "customer_id", "amount", "margin_rate"])


def test_a_small_matrix_by_hand() -> None:
    """100 at 30 % and 50 at 5 % make 32.50, 21.67 %; the better customer is A and the better product 1."""
    found = profit(sales([("p", "x", 100, 0.30), ("q", "y", 50, 0.05)]), RULE)
    assert found.cells.loc[("1", "A"), "margin"] == 30
    assert found.cells.loc[("4", "C"), "margin"] == 2.5
    assert found.cells.loc[(TOTAL, TOTAL), "margin_rate"] == pytest.approx(32.5 / 150)
    assert found.cells.loc[("1", "A"), "part"] == pytest.approx(2 / 3)


def test_rates_on_a_line_are_above_it() -> None:
    """Exactly 30 %, 20 % and 10 % are the grades 1, 2 and 3."""
    rows = [("p", "x", 0.1, 0.30), ("q", "x", 0.7, 0.20), ("r", "x", 1, 0.10), ("s", "x", 1, 0.09)]
    scaled = [(product, customer, amount * 1000, rate) for product, customer, amount, rate in rows]
    assert profit(sales(scaled), RULE).products["grade"].tolist() == ["1", "2", "3", "4"]


def test_missing_margin_is_missing() -> None:
    """Sales without margin rate or product earn an unknown amount, not nothing, and count in the total."""
    found = profit(sales([("p", "x", 100, np.nan), (None, "x", 40, 0.5), ("q", "y", 60, 0.2)]), RULE)
    assert np.isnan(found.cells.loc[(UNKNOWN, UNKNOWN), "margin"])
    assert found.cells.loc[(UNKNOWN, UNKNOWN), "amount"] == 140
    assert found.cells.loc[(UNKNOWN, UNKNOWN), "products"] == 1
    whole = found.cells.loc[(TOTAL, TOTAL)]
    assert (whole["amount"], whole["margin"], whole["margin_rate"]) == (200, 12, pytest.approx(0.2))


def test_quartiles_by_default() -> None:
    """Without given rates the products' quartiles part them; nothing known gives no rates."""
    rows = [(name, "x", 10, rate) for name, rate in zip("pqrst", (0.1, 0.2, 0.3, 0.4, 0.5), strict=True)]
    found = profit(sales(rows))
    assert found.rates == pytest.approx((0.4, 0.3, 0.2))
    assert found.products["grade"].tolist() == ["4", "3", "2", "1", "1"]
    assert profit(sales([("p", "x", 1, np.nan)])).rates is None


def test_every_cell_has_an_action() -> None:
    """All twelve cells say what to do; rates that don't fall are refused."""
    assert set(ACTIONS) == {(p, c) for p in PRODUCT_GRADES for c in GRADES}
    with pytest.raises(InputError, match=r"0\.1"):
        ProfitRule(rates=(0.1, 0.2, 0.3))


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["p", "q", "r", "s", None]),
        st.sampled_from("wxyz"),
        st.integers(-500, 99_999).map(lambda fen: fen / 100),
        st.sampled_from([0.05, 0.1, 0.333, -0.2, np.nan]),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None, max_examples=20)
@given(ROWS)
def test_cells_make_the_totals_exactly(rows: list[tuple[str | None, str, float, float]]) -> None:
    """Amounts and margins of the cells make the totals of rows, columns and all, to the fen."""
    table = sales(rows)
    table["margin_rate"] = table.groupby("product_id", dropna=False)["margin_rate"].transform("first")
    fen = (
        profit(table, RULE)
        .cells[["amount", "margin", "margin_amount"]]
        .fillna(0)
        .mul(100)
        .round()
        .astype(int)
    )
    inner = fen.drop(index=TOTAL, level="product").drop(index=TOTAL, level="customer")
    for level in ("product", "customer"):
        sums = inner.groupby(level=level).sum()
        totals = fen.xs(TOTAL, level="customer" if level == "product" else "product").drop(index=TOTAL)
        assert (sums.sort_index().to_numpy() == totals.sort_index().to_numpy()).all()
    assert (inner.sum() == fen.loc[(TOTAL, TOTAL)]).all()
    assert fen.loc[(TOTAL, TOTAL), "amount"] == sum(round(row[2] * 100) for row in rows)
