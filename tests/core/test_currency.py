"""Texts in the currency of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import numbers
from core.currency import current_currency, use_currency
from core.exchange.columns.parsing.number_columns import parse_numbers
from core.exchange.columns.parsing.units import split_unit, stated_unit
from core.exchange.readers.workbook.number_formats import parse_format
from core.i18n import _, language
from core.store.database import Store
from core.store.preferences import CURRENCY, prefer
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _yuan_again() -> Iterator[None]:
    yield
    use_currency("")


def test_amounts_and_texts_are_in_the_currency() -> None:
    """Units, amounts and texts that name the yuan name the store's currency instead, in both languages."""
    use_currency("USD")
    assert numbers.money(1_234_600) == "1.23 M USD"
    assert numbers.yuan(12) == "12 USD"
    assert _("Amounts are in yuan and fen.") == "Amounts are in USD and cents."
    with language("zh_CN"):
        assert numbers.money(1_234_600) == "123 万美元"
        assert _("Amount (yuan)") == "金额（美元）"


def test_names_that_are_filled_in_stay() -> None:
    """Only the text itself changes, never what is put into it."""
    use_currency("EUR")
    assert _("{amount} yuan", amount="yuan") == "yuan EUR"


def test_a_store_keeps_its_currency(tmp_path: Path) -> None:
    """The choice travels with the file; a store without one is in yuan."""
    with Store.open(tmp_path / "dollars.duckdb") as store:
        prefer(store, CURRENCY, "USD")
        assert current_currency().code == "USD"
    Store.open(tmp_path / "yuan.duckdb").close()
    assert current_currency().code == "CNY"
    Store.open(tmp_path / "dollars.duckdb").close()
    assert current_currency().code == "USD"


def test_a_file_in_another_currency_is_asked_about() -> None:
    """Where the store holds dollars, they are its unit, and yuan another currency; a scale is neither."""
    use_currency("USD")
    assert split_unit("销售额(万美元)")[1].dimension == "money"
    assert split_unit("Sales (k)")[1].dimension == "money"
    for header in ("销售额(万元)", "Sales (RMB)", "金额(￥)"):
        assert split_unit(header)[1].currency == "人民币"
    assert stated_unit(["单位：万元"]).currency == "人民币"
    amount = BY_NAME["market_sales"].column("amount")
    [question] = parse_numbers(["12.5"], amount, split_unit("销售额(元)")[1]).questions
    assert question.code == "exchange_rate"
    use_currency("")
    assert split_unit("销售额(万元)")[1].dimension == "money"
    assert split_unit("销售额(万美元)")[1].currency == "美元"


def test_yuan_that_a_cell_alone_shows_are_asked_about() -> None:
    """In a store of dollars ¥ in a cell or in its format asks for the rate, and the header's scale counts."""
    use_currency("USD")
    amount = BY_NAME["market_sales"].column("amount")
    shown = parse_format('"¥"#,##0.00')
    assert shown is not None
    for cells in (["¥100"], [shown.show(100.0)], ["RMB 100"]):
        [question] = parse_numbers(cells, amount).questions
        assert question.code == "exchange_rate"
        parsed = parse_numbers(cells, amount, split_unit("Sales (k)")[1], {"exchange_rate": "0.14"})
        assert parsed.values.tolist() == [14_000]
    assert parse_numbers(["¥100", "200"], amount).values.tolist() == [None, 200]
    use_currency("")
    assert parse_format('"¥"#,##0.00') is None
