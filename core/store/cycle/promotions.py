"""What the store knows of promotions: what ran where, and what the shops sold before and meanwhile."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.periods import Period, shift
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

MONTHS_BEFORE = 3
"""Months of each of the two spans before a promotion."""


@dataclass(frozen=True)
class PromotionSpan:
    """Which promotion, and the months that it touched.

    Parameters
    ----------
    company
        Whose sales count.
    product
        What was promoted; None for everything.
    level
        Level of the regions that are compared where no shops are named; None otherwise.
    """

    promotion_id: str
    months: Period
    company: str
    product: str | None = None
    level: str | None = None

    @property
    def before(self) -> dt.date:
        """First month of the span right before."""
        return shift(self.months.start, -MONTHS_BEFORE)

    @property
    def early(self) -> dt.date:
        """First month of the span before that."""
        return shift(self.months.start, -2 * MONTHS_BEFORE)

    @property
    def end_day(self) -> dt.date:
        """First day after the last month."""
        return shift(self.months.end, 1)


def promotions(store: Store, period: Period, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the promotions that ran on any day of the period, the latest first.

    Returns
    -------
    pandas.DataFrame
        promotion_id, name, region_id, region, region_en, level (of that region), product_id, product,
        product_margin, start_on, end_on, cost (yuan, NaN unknown), shops (named; 0: all of the region), seen
        (of those, in the scope).
    """
    table = store.read(
        "cycle/promotions",
        scope=scope,
        first_day=period.start,
        last_day=shift(period.end, 1) - dt.timedelta(days=1),
    )
    return table.to_pandas().astype({"cost": "float64", "product_margin": "float64"})


def promotion_shops(store: Store, span: PromotionSpan, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the shops of a promotion and those without one in the same months, on terminal_id.

    Returns
    -------
    pandas.DataFrame
        is_promoted, has_another (promotion in these months), region_id, parent_id, outlet_type, grade,
        unit_id (the region of the level asked for), early, before, during: mean sales a month, yuan, NaN
        where any month of the span isn't recorded.
    """
    table = store.read(
        "cycle/promotion_shops",
        scope=scope,
        promotion=span.promotion_id,
        company=span.company,
        product=span.product,
        level=span.level,
        early=span.early,
        before=span.before,
        during=span.months.start,
        end_day=span.end_day,
        months=span.months.months,
        months_before=MONTHS_BEFORE,
    )
    spans = dict.fromkeys(("early", "before", "during"), "float64")
    return table.to_pandas().astype(spans).set_index("terminal_id")


def promotion_margin(
    store: Store, span: PromotionSpan, region_id: str | None, named: int, *, scope: Scope = EVERYTHING
) -> float | None:
    """Return the margin rate of what the shops of a promotion sold while it ran; None where it isn't known.

    Parameters
    ----------
    named
        How many shops the promotion names; 0 means all of its region.
    """
    found = store.read(
        "cycle/promotion_margin",
        scope=scope,
        promotion=span.promotion_id,
        company=span.company,
        region=region_id,
        named=named,
        during=span.months.start,
        end_day=span.end_day,
    ).to_pylist()[0]
    amount = found["amount"]
    return found["margin"] / amount if amount is not None and amount > 0 else None


def last_sales_month(store: Store, company: str, *, scope: Scope = EVERYTHING) -> dt.date | None:
    """Return the last month with a shop's sales of a company; None where none is recorded."""
    found: dt.date | None = store.read("cycle/last_shop_month", scope=scope, company=company)["month"][
        0
    ].as_py()
    return found
