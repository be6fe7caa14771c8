"""Small tables of slides, written as the screen writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.slides.cells import metric_cell, table_of, text_cell
from core.i18n import _
from core.metrics import heading, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from core.exchange.slides.content import SlideTable


def metric_rows(
    table: pd.DataFrame, keys: Sequence[str], *, texts: int, family: str = "market", title: str = ""
) -> SlideTable:
    """Return named rows with some of their KPIs.

    Parameters
    ----------
    table
        Has ``name`` and the KPIs' columns; at least one row.
    texts
        How many columns from the left are texts.
    title
        Heading of the names; empty for regions.
    """
    columns = [metric(key, family) for key in keys]
    headings = (title or _("Region"), *(heading(each) for each in columns))
    rows = [
        [
            text_cell(row["name"]),
            *(metric_cell(each, row[each.text_column or each.key]) for each in columns),
        ]
        for _index, row in table.iterrows()
    ]
    return table_of(headings, rows, texts=texts)
