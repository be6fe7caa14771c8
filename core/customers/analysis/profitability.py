"""Products by what they earn x customers by what they earn us: four grades x three [S4 4-10].

Amounts are added in whole fen, so that the cells make the totals to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.customers.analysis.abc import GRADES, SALES_CUTS, AbcRule, abc_table
from core.errors import InputError
from core.i18n import N_, _

PRODUCT_GRADES = ("1", "2", "3", "4")
UNKNOWN = "unknown"
TOTAL = "total"
QUARTILES = (0.75, 0.50, 0.25)
# What to do with products of a grade at customers of a grade [I]: the document asks for it and gives none.
ACTIONS: dict[tuple[str, str], str] = {
    ("1", "A"): N_("Protect: supply first, the best people"),
    ("1", "B"): N_("Deepen: make them sell the full range"),
    ("1", "C"): N_("Grow: list more of it in each order"),
    ("2", "A"): N_("Hold: keep terms, raise the mix"),
    ("2", "B"): N_("Grow: link rebates to this product"),
    ("2", "C"): N_("Serve by routine"),
    ("3", "A"): N_("Exchange for better products step by step"),
    ("3", "B"): N_("Sell only together with better products"),
    ("3", "C"): N_("Minimum order, no extras"),
    ("4", "A"): N_("Renegotiate: price or terms"),
    ("4", "B"): N_("Raise the price or replace"),
    ("4", "C"): N_("Stop pushing; drop in turn"),
}


@dataclass(frozen=True)
class ProfitRule:
    """Where the grades end.

    Parameters
    ----------
    rates
        Least margin rates of the product grades 1, 2 and 3, falling; None for the quartiles of the products.
    customers
        Cumulated parts of the margin up to which a customer is A, and up to which B.
    """

    rates: tuple[float, float, float] | None = None
    customers: tuple[float, float] = SALES_CUTS

    def __post_init__(self) -> None:
        if self.rates is not None and not 1 >= self.rates[0] > self.rates[1] > self.rates[2] >= -1:
            raise InputError(
                _("The margin rates of the grades are {rates}.", rates=self.rates),
                _("Expected three falling rates, for instance 0.30, 0.20 and 0.10."),
            )


@dataclass(frozen=True, eq=False)
class Profit:
    """What products and customers earn.

    Parameters
    ----------
    cells
        Index (product grade, customer grade), both with ``unknown`` and ``total``: amount and margin in yuan,
        margin_amount (sales whose margin is known), margin_rate on those, part of all sales, products,
        customers. Margin is NaN where none is known.
    products, customers
        By id: amount, margin, margin_amount, margin_rate, grade (``unknown`` where no margin is known).
    rates
        The least margin rates of the product grades 1 to 3; None where no product's rate is known.
    """

    cells: pd.DataFrame
    products: pd.DataFrame
    customers: pd.DataFrame
    rates: tuple[float, float, float] | None


def profit(sales: pd.DataFrame, rule: ProfitRule | None = None) -> Profit:
    """Cross products and customers.

    Parameters
    ----------
    sales
        One row per product and customer: product_id (None for sales that name no product), customer_id,
        amount (yuan), margin_rate (NaN unknown).
    """
    limits = rule or ProfitRule()
    known = sales["margin_rate"].notna().to_numpy() & sales["product_id"].notna().to_numpy()
    amount = np.rint(sales["amount"].to_numpy(np.float64) * 100)
    rate = sales["margin_rate"].to_numpy(np.float64, na_value=np.nan)
    facts = pd.DataFrame(
        {
            "product_id": sales["product_id"].astype(object).where(sales["product_id"].notna(), UNKNOWN),
            "customer_id": sales["customer_id"],
            "amount": amount.astype(np.int64),
            "margin_amount": np.where(known, amount, 0).astype(np.int64),
            "margin": np.rint(np.where(known, amount * rate, 0)).astype(np.int64),
            "known": known,
        }
    )
    products = _earnings(facts.groupby("product_id"))
    # Not from the rounded margins: a rate of exactly 30 % is 30 %.
    exact = pd.Series(np.where(known, amount * rate, 0)).groupby(facts["product_id"]).sum()
    products["margin_rate"] = exact / products["margin_amount"].where(products["margin_amount"] > 0) / 100
    rates = limits.rates or _quartiles(products["margin_rate"])
    products["grade"] = _product_grade(products["margin_rate"], rates)
    customers = _earnings(facts.groupby("customer_id"))
    grade = abc_table(customers["margin"], AbcRule(limits.customers))["grade"]
    customers["grade"] = grade.astype(object).where(grade.notna(), UNKNOWN)
    facts["product_grade"] = facts["product_id"].map(products["grade"])
    facts["customer_grade"] = facts["customer_id"].map(customers["grade"])
    return Profit(_cells(facts), products, customers, rates)


def _earnings(grouped: pd.api.typing.DataFrameGroupBy) -> pd.DataFrame:
    sums = grouped[["amount", "margin_amount", "margin"]].sum()
    return _in_yuan(sums.assign(known=grouped["known"].any()))


def _in_yuan(sums: pd.DataFrame) -> pd.DataFrame:
    table = sums[["amount", "margin_amount", "margin"]] / 100
    table["margin"] = table["margin"].where(sums["known"].to_numpy(bool))
    table["margin_rate"] = table["margin"] / table["margin_amount"].where(table["margin_amount"] > 0)
    return table


def _quartiles(rates: pd.Series) -> tuple[float, float, float] | None:
    known = rates.dropna()
    if known.empty:
        return None
    first, second, third = (float(known.quantile(part)) for part in QUARTILES)
    return first, second, third


def _product_grade(rates: pd.Series, least: tuple[float, float, float] | None) -> pd.Series:
    if least is None:
        return pd.Series(UNKNOWN, index=rates.index, dtype=object)
    # The last bits of a quotient don't push a product over a line.
    place = np.searchsorted(-np.array(least), -(rates.fillna(0).to_numpy(np.float64) + 1e-9), side="left")
    grade = pd.Series(np.array(PRODUCT_GRADES, dtype=object)[place], index=rates.index, dtype=object)
    return grade.where(rates.notna(), UNKNOWN)


def _cells(facts: pd.DataFrame) -> pd.DataFrame:
    """Sum by both grades; every total is summed from the facts themselves."""
    places = pd.MultiIndex.from_product(
        [[*PRODUCT_GRADES, UNKNOWN, TOTAL], [*GRADES, UNKNOWN, TOTAL]], names=["product", "customer"]
    )
    parts = []
    for product in ("product_grade", None):
        for customer in ("customer_grade", None):
            keys = [
                facts[column] if column else pd.Series(TOTAL, index=facts.index)
                for column in (product, customer)
            ]
            grouped = facts.groupby(keys)
            part = grouped[["amount", "margin_amount", "margin"]].sum()
            part["known"] = grouped["known"].any()
            part["products"] = grouped["product_id"].agg(lambda ids: ids[ids != UNKNOWN].nunique())
            part["customers"] = grouped["customer_id"].nunique()
            parts.append(part.rename_axis(["product", "customer"]))
    sums = pd.concat(parts).reindex(places)
    numbers = ["amount", "margin_amount", "margin", "products", "customers"]
    sums[numbers] = sums[numbers].fillna(0).astype("int64")
    sums["known"] = sums["known"].astype("boolean").fillna(False)
    whole = sums.loc[(TOTAL, TOTAL), "amount"]
    table = _in_yuan(sums)
    table["part"] = sums["amount"] / whole if whole else np.nan
    return table.join(sums[["products", "customers"]])
