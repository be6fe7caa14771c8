"""What moved the orders of a rep: customers × visits × hit rate × order value [S3 p73–74]."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.cycle.variance.parts import FEN, Bridge, Effect, shapley, to_fen
from core.errors import InputError
from core.i18n import N_, _

FACTORS: dict[str, str] = {
    "customers": N_("Customers visited"),
    "visits": N_("Visits a customer"),
    "hit_rate": N_("Hit rate"),
    "order_value": N_("Value of an order"),
}


@dataclass(frozen=True)
class Activity:
    """What was done in some weeks.

    Parameters
    ----------
    customers, visits, orders
        Customers visited, visits made, and visits with an order.
    amount
        Yuan of those orders, to the fen.
    new_amount
        The part of customers that haven't bought from us for longer than three months before.
    """

    customers: int
    visits: int
    orders: int
    amount: Decimal
    new_amount: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if not 0 <= self.customers <= self.visits or not 0 <= self.orders <= self.visits:
            raise InputError(_("Expected customers and orders within the visits, found {value}.", value=self))

    @property
    def factors(self) -> tuple[Fraction, ...] | None:
        """The four factors, whose product is the amount; None where one of them has no value."""
        if not self.orders:
            return None
        return (
            Fraction(self.customers),
            Fraction(self.visits, self.customers),
            Fraction(self.orders, self.visits),
            Fraction(self.amount) / self.orders,
        )


def activity_bridge(before: Activity, after: Activity) -> Bridge | None:
    """Return what each factor adds to the change of the orders, to the fen.

    Customers and visits a customer first make the visits, and these, the hit rate and the value the amount:
    by Shapley's rule on both steps. Example: 10 customers × 2 visits × 50 % × 100 yuan become 12 × 2 ×
    50 % × 100: the change of 200 is the customers' alone.

    Returns
    -------
    Bridge or None
        None where one of the two has no order, so no hit rate and no value to compare.
    """
    then, now = before.factors, after.factors
    if then is None or now is None:
        return None
    visits = shapley(then[:2], now[:2])
    # What one more visit is worth: the effect is a change times a weight of the two others.
    weight = shapley((Fraction(0), *then[2:]), (Fraction(1), *now[2:]))[0]
    rest = shapley((then[0] * then[1], *then[2:]), (now[0] * now[1], *now[2:]))[1:]
    parts = [*(effect * weight for effect in visits), *rest]
    total = (after.amount - before.amount).quantize(FEN)
    amounts = to_fen(parts, total)
    effects = tuple(Effect(key, amount) for key, amount in zip(FACTORS, amounts, strict=True))
    return Bridge(before.amount, after.amount, effects, {})
