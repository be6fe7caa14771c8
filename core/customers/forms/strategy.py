"""The strategy card of a region and period (区域策略卡) [S0 0-12]: aim, first rival, means, people, money.

Where the region stands is not asked: the product fills it in from the market table of the period. The six
means are the document's product, price and service, and what a region is worked with besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.i18n import N_, _

MOST_MONTHS = 24
MEANS = ("product", "price", "service", "promotion", "people", "money_for")
_T, _N, _F, _M = FieldKind.TEXT, FieldKind.NOTE, FieldKind.NUMBER, FieldKind.MONEY


def _whole_period(values: Mapping[str, Any]) -> Iterable[Finding]:
    start, end = values["start"], values["end"]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months < 1:
        yield Finding(
            "end",
            end,
            _("The period ends before it starts."),
            _("Expected this month or a later one: {month}.", month=f"{start:%Y-%m}"),
        )
    elif months > MOST_MONTHS:
        yield Finding(
            "end",
            end,
            _("The period has {months} months.", months=months),
            _("At most {most}; make a card for each period.", most=MOST_MONTHS),
        )


STRATEGY_CARD = Form(
    "region_strategy",
    N_("Regional strategy card"),
    (
        Field("start", FieldKind.MONTH, N_("First month"), required=True),
        Field("end", FieldKind.MONTH, N_("Last month"), required=True),
        Field("owner", _T, N_("Owner of the strategy"), required=True, max_length=100),
        Field("rival", _T, N_("First rival"), N_("Whom we attack or hold off first."), max_length=100),
        Field("aim", _N, N_("Aim"), N_("What is to be different at the end of the period."), required=True),
        Field(
            "aim_share",
            _F,
            N_("Share aimed at"),
            N_("Of the market, over the period."),
            minimum=0,
            maximum=100,
            unit=N_("%"),
        ),
        Field("aim_sales", _M, N_("Sales aimed at"), N_("Of the period."), minimum=0, unit=N_("yuan")),
        Field(
            "market_growth",
            _F,
            N_("Growth of the market reckoned with"),
            N_("Over the same months a year earlier. With it, results are parted from the target directly."),
            minimum=-100,
            maximum=1000,
            unit=N_("%"),
        ),
        Field("money", _M, N_("Money"), N_("All expenses of the period."), minimum=0, unit=N_("yuan")),
        Field("product", _N, N_("Product policy")),
        Field("price", _N, N_("Price policy")),
        Field("service", _N, N_("Service policy")),
        Field("promotion", _N, N_("Promotion policy")),
        Field("people", _N, N_("People"), N_("Who works the region, and what changes.")),
        Field("money_for", _N, N_("What the money is for")),
    ),
    many=True,
    customer_types=("region",),
    summary=("start", "end", "owner"),
    checks=(_whole_period,),
    one_approved_per=("start", "end"),
)

FORMS = (STRATEGY_CARD,)
