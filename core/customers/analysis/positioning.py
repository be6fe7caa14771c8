"""Products by price and features: four fields, a kind of customer each [S3 3-11].

The slide's grid is lost; its four labels are read row by row, the high price first [I], and are editable.
"""

from __future__ import annotations

import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

# (price, feature) of the fields 1 to 4.
FIELDS: tuple[tuple[str, str], ...] = (("H", "H"), ("H", "L"), ("L", "H"), ("L", "L"))
FIELD_LABELS: tuple[str, ...] = (
    N_("National customers"),
    N_("Key accounts"),
    N_("General market"),
    N_("Small and home offices"),
)
LONGEST = 40


def check_labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels without the blanks around them.

    Raises
    ------
    InputError
        They aren't four, or one is empty, too long or the same as another.
    """
    told = tuple(label.strip() for label in labels)
    if len(told) != len(FIELDS) or not all(told):
        raise InputError(_("The four fields need a name each."), _("Fill in all four."))
    if len(set(told)) != len(told):
        raise InputError(_("Two fields have the same name."), _("Name each field differently."))
    if max(map(len, told)) > LONGEST:
        raise InputError(_("A field's name has at most {most} characters.", most=LONGEST))
    return told


def positions(products: pd.DataFrame) -> pd.DataFrame:
    """Sum products up by field.

    Parameters
    ----------
    products
        price_tier and feature_tier (``H``, ``L``, None unknown), amount (yuan, NaN unknown), margin (yuan)
        and margin_amount (the sales whose margin is known).

    Returns
    -------
    pandas.DataFrame
        Fields 1 to 4 and 0 for products that lack a tier, in the order 1, 2, 3, 4, 0: price, feature,
        products, amount, margin (NaN where none is known), margin_rate, part of all sales. The rows add up to
        all products.
    """
    places = {tiers: number for number, tiers in enumerate(FIELDS, start=1)}
    tiers = zip(products["price_tier"], products["feature_tier"], strict=True)
    table = products.assign(field=[places.get(pair, 0) for pair in tiers])
    grouped = table.groupby("field")
    result = pd.DataFrame(
        {
            "products": grouped.size(),
            "amount": grouped["amount"].sum(),
            "margin": grouped["margin"].sum(min_count=1),
            "margin_amount": grouped["margin_amount"].sum(),
        }
    ).reindex([1, 2, 3, 4, 0])
    result[["products", "amount", "margin_amount"]] = result[["products", "amount", "margin_amount"]].fillna(
        0
    )
    result["products"] = result["products"].astype("int64")
    total = result["amount"].sum()
    result["margin_rate"] = result["margin"] / result["margin_amount"].where(result["margin_amount"] > 0)
    result["part"] = result["amount"] / total if total > 0 else float("nan")
    result.insert(0, "price", [*(price for price, _feature in FIELDS), None])
    result.insert(1, "feature", [*(feature for _price, feature in FIELDS), None])
    return result.drop(columns="margin_amount")
