"""Days of stock, sell-through, alerts and the expense ratio."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.dealers.stock import ALERTS, StockRule, stock_table
from core.errors import InputError

TODAY = dt.date(2026, 10, 31)


def row(stock=300.0, sell_out=1000.0, sell_in=1250.0, counted=TODAY, days=100):
    """Return one customer's row: 10 yuan a day are sold."""
    return {"stock": stock, "sell_out": sell_out, "sell_in": sell_in, "counted_on": counted, "days": days}


def alerts(*rows):
    """Return the alert of each row, with limits of 7, 45 and 90 days."""
    return stock_table(pd.DataFrame(rows), TODAY)["alert"].tolist()


def test_worked_example() -> None:
    """300 of stock at 10 a day last 30 days; 1,000 of 1,250 delivered are sold: 80 % [S0]."""
    found = stock_table(pd.DataFrame([row()]), TODAY).iloc[0]
    assert (found["daily_out"], found["days_of_stock"], found["sell_through"]) == (10, 30, 0.8)
    assert (found["alert"], found["slow"], found["count_age"]) == ("fine", False, 0)


def test_the_limits_themselves_are_in_order() -> None:
    """Exactly 45 and exactly 7 days are fine, a little beyond is not; exactly 90 days isn't slow."""
    assert alerts(row(450), row(451), row(70), row(69)) == ["fine", "overstock", "fine", "short"]
    assert stock_table(pd.DataFrame([row(900), row(901)]), TODAY)["slow"].tolist() == [False, True]


def test_what_is_missing_is_said() -> None:
    """No count, no sell-out, an old count and stock without any sale are four different findings."""
    old = TODAY - dt.timedelta(46)
    found = alerts(
        row(None, counted=None), row(sell_out=None), row(counted=old), row(sell_out=0), row(0, sell_out=0)
    )
    assert found == ["no_count", "no_sell_out", "stale_count", "no_sale", "fine"]
    assert alerts(row(counted=TODAY - dt.timedelta(45))) == ["fine"]


def test_nothing_is_divided_by_nothing() -> None:
    """Without deliveries there is no sell-through, without sales there are no days of stock."""
    found = stock_table(pd.DataFrame([row(sell_in=0, sell_out=0)]), TODAY).iloc[0]
    assert np.isnan(found["sell_through"])
    assert np.isnan(found["days_of_stock"])
    assert found["slow"]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(*[st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e6))] * 3),
        min_size=1,
        max_size=8,
    )
)
def test_every_row_gets_an_alert_and_money_scales(rows) -> None:
    """Each row has one alert; in units of 10,000 yuan the days of stock are the same."""
    table = pd.DataFrame([row(*values) for values in rows]).astype(
        dict.fromkeys(("stock", "sell_in", "sell_out"), "float64")
    )
    found = stock_table(table, TODAY)
    assert set(found["alert"]) <= set(ALERTS)
    money = ["stock", "sell_in", "sell_out"]
    scaled = stock_table(table.assign(**{m: table[m] / 1024 for m in money}), TODAY)
    np.testing.assert_allclose(scaled["days_of_stock"], found["days_of_stock"], rtol=1e-9)
    assert scaled["alert"].tolist() == found["alert"].tolist()


def test_limits_out_of_order_are_refused() -> None:
    """The least must lie below the most, and the most not above the slow limit."""
    for limits in ({"least_days": 50}, {"slow_days": 30}, {"stale_days": 0}):
        with pytest.raises(InputError):
            StockRule(**limits)
