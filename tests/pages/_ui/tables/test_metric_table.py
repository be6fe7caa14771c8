"""Tables of KPIs, whatever they are about."""

from __future__ import annotations

import pandas as pd

from core.i18n import language
from core.metrics import display_table
from pages._ui.tables.metric_table import MetricColumns, export_rows

REGIONS = pd.DataFrame(
    {
        "name": ["A", "B"],
        "capacity": [1_234_567.0, None],
        "share": [0.2041, None],
        "ratio": [1.644, None],
        "zone": ["growth_competition", None],
    }
)
COLUMNS = MetricColumns("market", ("capacity", "share", "ratio", "zone"), "Region")


def test_money_is_scaled_and_shares_are_percent() -> None:
    """The screen shows ten thousands of yuan and percents, and a missing value stays missing."""
    with language("zh_CN"):
        rows = display_table(REGIONS, COLUMNS.metrics)
    assert rows.loc[0, ["capacity", "share", "ratio"]].tolist() == [123.5, 20.4, 1.64]
    assert rows.loc[1, ["capacity", "share", "ratio", "zone"]].isna().all()


def test_a_file_says_the_units_that_its_cells_leave_out() -> None:
    """A percent sign that stands in the cells of the screen stands in the heading of the file."""
    assert "%" not in COLUMNS.heading("share")
    assert "%" in COLUMNS.heading("share", in_file=True)
    assert next(iter(export_rows(REGIONS, COLUMNS))) == "Region"


def test_a_file_of_customers_begins_with_their_ids() -> None:
    """Rows of customers can be found again by their ID, from the index or from a column."""
    columns = MetricColumns("customers", (), "Dealer", "dealer")
    by_index = pd.DataFrame({"name": ["x"]}, index=["d1"])
    by_column = pd.DataFrame({"name": ["x"], "dealer_id": ["d2"]})
    assert export_rows(by_index, columns).iloc[0].tolist() == ["d1", "x"]
    assert export_rows(by_column, columns).iloc[0].tolist() == ["d2", "x"]
