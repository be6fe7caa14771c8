"""Cross-tables, readiness, positions and the GE matrix of customers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.cross_table import TOTAL, UNKNOWN, cross_table
from core.customers.analysis.ge import cell_counts, ge_matrix
from core.customers.analysis.positioning import check_labels, positions
from core.customers.grading.readiness import readiness
from core.errors import InputError
from core.market.attractiveness import ScoreCard

MARKS = st.lists(
    st.tuples(st.sampled_from(["x", "y", None]), st.sampled_from(["A", "B", "C", None])), max_size=20
)


@settings(deadline=None, max_examples=30)
@given(MARKS)
def test_a_cross_table_adds_up(rows: list[tuple[str | None, str | None]]) -> None:
    """Every row and column makes its total, also with unknown marks and without customers."""
    table = pd.DataFrame(rows, columns=["segment", "grade"], dtype=object)
    found = cross_table(table["segment"], table["grade"], column_order=list("ABC"))
    assert (found.drop(columns=TOTAL).sum(axis=1) == found[TOTAL]).all()
    assert (found.drop(index=TOTAL).sum() == found.loc[TOTAL]).all()
    assert found.loc[TOTAL, TOTAL] == len(rows)
    assert found.loc[UNKNOWN, TOTAL] == table["segment"].isna().sum()


def test_the_gate_before_grading() -> None:
    """A block at exactly the gate is ready; a column that isn't there is unknown for everybody [S4 4-1]."""
    customers = pd.DataFrame(
        {
            "region_id": ["r"] * 5,
            "segment": ["s"] * 5,
            "sales": [1.0] * 5,
            "sales_previous": [1.0] * 3 + [None] * 2,
        }
    )
    file, sales, finance = readiness(customers)
    assert (file.known, file.ready) == (pytest.approx(2 / 3), False)
    assert (sales.known, sales.ready) == (pytest.approx(0.8), True)
    assert finance.known == 0
    assert readiness(customers, left_out=frozenset({"owner"}))[0].ready
    with pytest.raises(InputError):
        readiness(customers, gate=2)


def test_products_by_price_and_features() -> None:
    """The four fields and what lacks a tier make all sales; an unknown margin is not nothing [S3 3-11]."""
    products = pd.DataFrame(
        {
            "price_tier": ["H", "L", None, "H"],
            "feature_tier": ["H", "L", "L", "L"],
            "amount": [60.0, 30, 10, 0],
            "margin": [12.0, np.nan, 1, np.nan],
            "margin_amount": [60.0, 0, 10, 0],
        }
    )
    found = positions(products)
    assert found["products"].to_dict() == {1: 1, 2: 1, 3: 0, 4: 1, 0: 1}
    assert found["part"].sum() == pytest.approx(1)
    assert found.loc[1, "margin_rate"] == pytest.approx(0.2)
    assert np.isnan(found.loc[4, "margin"])


@pytest.mark.parametrize(
    "labels", [("a", "b", "c"), ("a", "a", "b", "c"), ("a", " ", "b", "c"), ("a" * 41, "b", "c", "d")]
)
def test_names_of_fields_are_checked(labels: tuple[str, ...]) -> None:
    """The four fields need four different names of a sensible length."""
    with pytest.raises(InputError):
        check_labels(labels)


def test_ge_scale_and_cells() -> None:
    """The best in everything scores 10 and stands in cell 1, the worst 1 in cell 9; nobody gets lost."""
    card = ScoreCard({"demand": 1.0})
    strong = ScoreCard({"share": 1.0})
    factors = pd.DataFrame({"demand": [9.0, 5, 1, np.nan], "share": [0.9, 0.5, 0.1, 0.3]})
    found = ge_matrix(factors, card, strong)
    assert found["attractiveness"].tolist()[:3] == [10, 5.5, 1]
    assert found["cell"].tolist()[:3] == [1, 5, 9]
    assert found["advice"].tolist()[:3] == ["invest", "select", "harvest"]
    assert found["attractiveness_missing"][3] == "demand"
    counts = cell_counts(found)
    assert counts[0] == 1
    assert counts.sum() == 4
