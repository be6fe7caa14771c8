"""The formula of a KPI can be shown with numbers."""

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.i18n import language
from core.market.options import MarketOptions
from core.market.table import market_table
from core.metrics import explain
from tests.core.market.conftest import frames

ROW = dict(market_table(*frames([(250, [400, 200], 150)], growth=0.25), MarketOptions("us")).iloc[0])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("share", "Market share = own sales ÷ market capacity = 250.00 ÷ 1,000.00 = 25.0%"),
        ("growth", "1,000.00 ÷ 800.00 - 1 = +25.0%"),
        ("target_fixed", "1.7 × 400.00 = 680.00"),
        ("target_proportional", "1,000.00 × 1.7 × 400.00 ÷ (1,000.00 - 250.00 + 1.7 × 400.00) = 475.52"),
        ("target_from_rival", "250.00 + (1.7 × 400.00 - 250.00) ÷ (1 + 1.7) = 409.26"),
        ("target_proportional", "S = 1,000.00, c = 400.00 ÷ (1,000.00 - 250.00) = 53.3%"),
        ("target_least", "L = 240.74 (m = 1); 1.7 × 240.74 = 409.26"),
        ("target_base", "Base target = Target, all rivals lose in proportion = S × k × c"),
        ("rival_part", "400.00 ÷ (1,000.00 - 250.00) = 53.3%"),
        ("gap", "475.52 - 250.00 = 225.52"),
        ("feasible", "680.00 + 400.00 ≤ 1,000.00: no"),
        ("state", "= Chasing, in range"),
        ("zone", "= Unstable zone"),
    ],
)
def test_formulas_with_numbers(key: str, text: str) -> None:
    """The explanation of a figure is its formula with this region's numbers."""
    assert text in explain(key, ROW | {"k": 1.7}, money="yuan")


def test_a_secured_target_explains_itself() -> None:
    """Where No.1 is secured the targets are own sales, and the explanation says so instead of 1.7 × r."""
    row = dict(market_table(*frames([(600, [300], 100)]), MarketOptions("us")).iloc[0])
    assert "600.00, kept because No.1 is secured" in explain("target_fixed", row | {"k": 1.7}, money="yuan")


def test_missing_numbers_are_dashes() -> None:
    """What isn't known shows as a dash, in whatever form it is missing."""
    assert explain("share", {"own": np.nan, "capacity": None, "share": pd.NA}).endswith("— ÷ — = —")
    assert explain("share", {}).endswith("— ÷ — = —")


def test_chinese() -> None:
    """On the Chinese screen names, formulas and units are Chinese."""
    with language("zh_CN"):
        assert explain("share", ROW, money="yuan") == (
            "市场占有率 = 我方销售额 ÷ 市场容量 = 250.00 ÷ 1,000.00 = 25.0%"
        )


def test_unknown_metric() -> None:
    """A mistyped KPI is answered with the one it must mean."""
    with pytest.raises(InputError, match="Did you mean target_base"):
        explain("target_bas", {})
