"""A target plan as a plain table: CSV that Excel opens in Chinese, or Parquet; the workbook by its ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from core.exchange.formula_guard import harmless
from core.exchange.plans.workbook import write_workbook
from core.exchange.tables import check_path

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.plans.model import PlanBook


def write_plan(path: Path, book: PlanBook) -> None:
    """Write a plan to a file; its ending says how.

    Parameters
    ----------
    path
        ``.xlsx``, ``.csv`` (UTF-8 with the mark that Excel needs) or ``.parquet``.

    Raises
    ------
    InputError
        The ending is another one, or the folder doesn't exist.
    """
    check_path(path)
    ending = path.suffix.lower()
    if ending == ".xlsx":
        write_workbook(path, book)
    elif ending == ".csv":
        texts = plan_table(book)
        for name in texts.columns[texts.columns != "amount"]:
            texts[name] = texts[name].astype("str").map(harmless)
        texts.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    else:
        pq.write_table(pa.Table.from_pandas(plan_table(book), preserve_index=False), path)


def plan_table(book: PlanBook) -> pd.DataFrame:
    """Return a plan with one row per cell.

    Returns
    -------
    DataFrame
        The columns of the import's table target_cell, in yuan, and the names of regions and owners.
    """
    rows = book.cells.reset_index()
    rows["amount"] = book.unit.amounts(rows["count"].to_numpy())
    table = rows.assign(
        plan_id=book.plan_id,
        version=book.version,
        month=rows["month"].dt.strftime("%Y-%m"),
        region=rows["region_id"].map(book.regions["name"]).fillna(""),
        owner=rows["owner_id"].map(book.owners).fillna("") if book.owners else "",
        **_items(book, rows["item"]),
    )
    columns = [
        "plan_id",
        "version",
        "month",
        "region_id",
        "region",
        "category",
        "product_id",
        "product",
        "owner_id",
        "owner",
        "amount",
    ]
    return table[[*columns, "locked"]]


def _items(book: PlanBook, items: pd.Series) -> dict[str, pd.Series | str]:
    """Return category and product of each row; a category without products stands for itself."""
    if book.products is None:
        return {"category": items, "product_id": "", "product": ""}
    category = items.map(book.products["category"]).fillna(items)
    product = items.where(items != category, "")
    return {
        "category": category,
        "product_id": product,
        "product": product.map(book.products["name"]).fillna(""),
    }
