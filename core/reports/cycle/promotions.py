"""What each promotion brought against comparable shops, and its return, said with its uncertainty.

For the report and the meeting: :func:`promotion_report` with the period of the page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.cycle.expenses.effect import Effect, Refusal, shop_effect
from core.cycle.expenses.matching import STEPS
from core.cycle.expenses.region_effect import region_effect
from core.cycle.expenses.returns import Return, promotion_return
from core.i18n import _, format_month, ngettext
from core.periods import Period
from core.reports.market.choices import names_of
from core.store.cycle import promotions as read
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.store.database import Store

CONFIDENCE = 0.95
_COUNTS = ("units", "controls", "left_out", "mixed")
_NUMBERS = (
    "effect", "effect_low", "effect_high", "trend_rate", "trend_low", "trend_high", "expected", "margin_rate",
    *(each.name for each in fields(Return) if each.name not in {"verdict", "trend"}),
)  # fmt: skip


@dataclass(frozen=True)
class PromotionRequest:
    """Whose promotions, and when.

    Parameters
    ----------
    start, end
        First days of the first and the last month; promotions that ran on any day of them count.
    own_company
        Whose sales are compared.
    """

    start: dt.date
    end: dt.date
    own_company: str
    scope: Scope = EVERYTHING


def promotion_report(store: Store, request: PromotionRequest) -> pd.DataFrame:
    """Return what the promotions of a period brought, the latest first.

    Returns
    -------
    pandas.DataFrame
        One row per promotion, on promotion_id: name, place (region or number of shops), product, start_on,
        end_on, cost (yuan); method (``shops`` or ``regions``), units, controls, left_out, mixed (promoted
        shops that had another promotion in these months); effect with its interval effect_low to effect_high
        (relative to what was to be expected), expected (yuan); trend_rate with trend_low and trend_high (the
        same comparison before it began) and trend, ``alike`` or ``apart``; margin_rate and the amounts of
        :class:`core.cycle.expenses.returns.Return` (rate is the return); verdict; reason (why nothing is
        said, in the language in use; empty otherwise); compared (with whom).
        Numbers are NaN where nothing can be said.
    """
    period = Period(request.start, request.end)
    listed = read.promotions(store, period, scope=request.scope)
    last = read.last_sales_month(store, request.own_company)
    rows = [_row(store, request, row, last) for row in listed.to_dict("records")]
    columns = [*_TEXTS, "start_on", "end_on", "cost", *_COUNTS, *_NUMBERS]
    table = pd.DataFrame(rows, columns=["promotion_id", *columns])
    numbers = dict.fromkeys(("cost", *_NUMBERS), "float64")
    counts = dict.fromkeys(_COUNTS, "Int64")
    return table.astype(numbers | counts).set_index("promotion_id")


_TEXTS = ("name", "place", "product", "method", "verdict", "trend", "reason", "compared")


def _row(
    store: Store, request: PromotionRequest, promotion: Mapping[str, Any], last: dt.date | None
) -> dict[str, Any]:
    named = int(promotion["shops"])
    by_shops = named > 0
    row = {key: promotion[key] for key in ("promotion_id", "name", "start_on", "end_on", "cost")}
    row |= {
        "place": _place(promotion),
        "product": promotion["product"] if isinstance(promotion["product"], str) else _("All products"),
        "method": "shops" if by_shops else "regions",
    }
    if promotion["end_on"] < promotion["start_on"]:
        return row | {"verdict": "refused", "reason": _("It ends before it begins: correct its days.")}
    months = Period(promotion["start_on"].replace(day=1), promotion["end_on"].replace(day=1))
    span = read.PromotionSpan(
        promotion["promotion_id"],
        months,
        request.own_company,
        promotion["product_id"] if isinstance(promotion["product_id"], str) else None,
        None if by_shops else promotion["level"],
    )
    found, mixed = _effect(store, request, promotion, span, last)
    if isinstance(found, Refusal):
        return row | {"verdict": "refused", "reason": found.sentence}
    margin = promotion["product_margin"]
    if span.product is None:
        region = promotion["region_id"] if isinstance(promotion["region_id"], str) else None
        known = read.promotion_margin(store, span, region, named, scope=request.scope)
        margin = np.nan if known is None else known
    value = promotion_return(found, months=months.months, margin_rate=margin, cost=promotion["cost"])
    others = {"margin_rate": margin, "mixed": mixed, "reason": ""}
    return row | _figures(found, months.months) | asdict(value) | others


def _effect(
    store: Store,
    request: PromotionRequest,
    promotion: Mapping[str, Any],
    span: read.PromotionSpan,
    last: dt.date | None,
) -> tuple[Effect | Refusal, int]:
    """Return the effect, and how many promoted shops had another promotion in the same months."""
    named, seen = int(promotion["shops"]), int(promotion["seen"])
    if named == 0 and not isinstance(promotion["region_id"], str):
        return Refusal("no_place", _("Neither its shops nor its region are recorded.")), 0
    if seen < named:
        return Refusal("scope", _("Some of its shops lie outside the regions you may see.")), 0
    if last is None or span.months.end > last:
        text = _("Sales up to {month} aren't recorded yet.", month=format_month(span.months.end))
        return Refusal("not_over", text), 0
    shops = read.promotion_shops(store, span, scope=request.scope)
    mixed = int((shops["is_promoted"] & shops["has_another"]).sum())
    return (shop_effect if named else region_effect)(shops, confidence=CONFIDENCE), mixed


def _figures(effect: Effect, months: int) -> dict[str, Any]:
    during, trend = effect.during, effect.trend
    return {
        "units": effect.units,
        "controls": effect.controls,
        "left_out": effect.left_out,
        "effect": during.rate,
        "effect_low": during.low,
        "effect_high": during.high,
        "expected": during.expected * months,
        "trend_rate": trend.rate,
        "trend_low": trend.low,
        "trend_high": trend.high,
        "compared": _("; ").join(_compared(effect)),
    }


def _compared(effect: Effect) -> Iterator[str]:
    for step, count in effect.steps.items():
        label = _(STEPS[step][0])
        yield ngettext("{n} shop: {label}", "{n} shops: {label}", count, label=label)
    if not effect.steps:
        yield ngettext("{n} other region of the level", "{n} other regions of the level", effect.controls)


def _place(promotion: Mapping[str, Any]) -> str:
    named = int(promotion["shops"])
    shops = ngettext("{n} shop", "{n} shops", named)
    if not isinstance(promotion["region"], str):
        return shops if named else ""
    region = str(
        names_of(pd.DataFrame([promotion]).assign(name=promotion["region"], name_en=promotion["region_en"]))[
            0
        ]
    )
    return f"{region} · {shops}" if named else _("All of {region}", region=region)
