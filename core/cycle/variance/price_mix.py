"""What a difference of sales consists of: quantity, mix and price of our products.

Each product's change is parted by Bennet's rule (Bennet 1920), the midpoint: the price's change times the
mean quantity, and the quantity's change times the mean price. The quantities' part is parted once more: what
it would be had all quantities moved alike (the change of the total quantity at the mean of the average
prices), and the rest, which is mix. Neither asks which period came first.

This stands beside :mod:`core.cycle.variance.sources` and isn't mixed with it: both part the same difference,
one by where it comes from, one by what it consists of. The market is recorded in yuan; whether a dearer
market or our own price moved the share can't be told from yuan alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.cycle.variance.parts import Bridge, Effect, to_fen
from core.errors import InputError
from core.i18n import N_, _

QUANTITY, MIX, PRICE = "quantity", "mix", "price"
RANGE, UNITEMISED = "range", "unitemised"
REASONS = {
    "no_quantities": N_(
        "No product has its quantity recorded in both periods: price and mix are not recorded."
    ),
    "units": N_(
        "The products are counted in different units: their quantities can't be added up, so quantity and "
        "mix can't be told apart."
    ),
}


@dataclass(frozen=True)
class Sold:
    """What was sold of a product in a period.

    Parameters
    ----------
    quantity
        Above zero, in the product's own unit.
    amount
        Yuan.
    """

    quantity: Decimal
    amount: Decimal

    def __post_init__(self) -> None:
        if not self.quantity > 0:
            raise InputError(_("A price needs a quantity above zero, got {found}.", found=self.quantity))


@dataclass(frozen=True)
class Itemised:
    """Sales of a period and what is known of them by product.

    Parameters
    ----------
    sales
        All, yuan to the fen.
    products
        By product, those with quantity and amount.
    """

    sales: Decimal
    products: Mapping[str, Sold]


def price_bridge(before: Itemised, after: Itemised, *, one_unit: bool = True) -> Bridge:
    """Part the difference of two sales by what it consists of.

    Parameters
    ----------
    one_unit
        Whether all products are counted in the same unit.

    Returns
    -------
    Bridge
        ``quantity``, ``mix`` and ``price`` of the products sold in both periods; ``range``, of those sold in
        only one; ``unitemised``, of sales recorded without product or quantity. Without a product sold in
        both it is ``unitemised`` alone. Where units differ, ``quantity`` holds the mix.
    """
    both = sorted(before.products.keys() & after.products.keys())
    difference = after.sales - before.sales
    if not both:
        return Bridge(
            before.sales, after.sales, (Effect(UNITEMISED, difference),), {UNITEMISED: "no_quantities"}
        )
    old = [before.products[name] for name in both]
    new = [after.products[name] for name in both]
    price = quantities = Fraction(0)
    for a, b in zip(old, new, strict=True):
        before_price, after_price = (Fraction(s.amount) / Fraction(s.quantity) for s in (a, b))
        price += (after_price - before_price) * (Fraction(a.quantity) + Fraction(b.quantity)) / 2
        quantities += (Fraction(b.quantity) - Fraction(a.quantity)) * (before_price + after_price) / 2
    parts = {QUANTITY: quantities, PRICE: price}
    if one_unit:
        volume = _volume(old, new)
        parts = {QUANTITY: volume, MIX: quantities - volume, PRICE: price}
    listed = _amount(after) - _amount(before)
    parts[RANGE] = listed - sum(
        Fraction(b.amount) - Fraction(a.amount) for a, b in zip(old, new, strict=True)
    )
    parts[UNITEMISED] = Fraction(difference) - listed
    amounts = to_fen(list(parts.values()), difference)
    effects = tuple(Effect(key, amount) for key, amount in zip(parts, amounts, strict=True))
    return Bridge(before.sales, after.sales, effects, {} if one_unit else {QUANTITY: "units"})


def _volume(old: list[Sold], new: list[Sold]) -> Fraction:
    """Return the change of the total quantity at the mean of the two average prices."""
    totals = [sum((Fraction(s.quantity) for s in side), Fraction(0)) for side in (old, new)]
    worth = [sum((Fraction(s.amount) for s in side), Fraction(0)) for side in (old, new)]
    return (totals[1] - totals[0]) * (worth[0] / totals[0] + worth[1] / totals[1]) / 2


def _amount(sales: Itemised) -> Fraction:
    return sum((Fraction(sold.amount) for sold in sales.products.values()), Fraction(0))
