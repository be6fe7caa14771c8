"""Usual types of outlets, purposes and results of visits in both languages; what else is typed stays so.

They are recorded as the company writes them, and a list may be in either language: the screen, files and
slides show a known word in theirs, and hand on what is recorded.
"""

from __future__ import annotations

from core.i18n import N_, _

KNOWN: dict[str, str] = {
    "大卖场": N_("Hypermarket"),
    "卖场": N_("Hypermarket"),
    "超市": N_("Supermarket"),
    "百货": N_("Department store"),
    "母婴店": N_("Baby store"),
    "化妆品店": N_("Cosmetics store"),
    "便利店": N_("Convenience store"),
    "食杂店": N_("Grocery"),
    "杂货店": N_("Grocery"),
    "小卖部": N_("Corner shop"),
    "餐饮店": N_("Restaurant"),
    "餐饮": N_("Restaurant"),
    "烟酒店": N_("Tobacco and liquor store"),
    "批发部": N_("Wholesaler"),
    "批发": N_("Wholesaler"),
    "特通": N_("Special channel"),
    "特殊通路": N_("Special channel"),
    "订货": N_("Take an order"),
    "理货陈列": N_("Tend the display"),
    "客情维护": N_("Look after the relationship"),
    "新品推荐": N_("Introduce a new product"),
    "收款": N_("Collect payment"),
    "已下单": N_("Order placed"),
    "已补陈列": N_("Display put right"),
    "无需求": N_("Nothing needed"),
    "负责人不在": N_("The person in charge was out"),
    "约定下次": N_("Agreed on another time"),
}
_SOURCES = {
    **{text.casefold(): text for text in KNOWN.values()},
    **{word.casefold(): text for word, text in KNOWN.items()},
}


def known_word(value: object) -> str:
    """Return a recorded word in the language in use, as it is typed where it isn't known.

    A missing one is an empty text.
    """
    if not isinstance(value, str):
        return ""
    source = _SOURCES.get(value.strip().casefold())
    return value if source is None else _known_in_this_language(value, source)


def _known_in_this_language(value: str, source: str) -> str:
    """Return the word of the language; one that is in it already stays as the company writes it."""
    shown = _(source)
    # A Chinese word on a Chinese screen: 餐饮 isn't made 餐饮店.
    return value if not shown.isascii() and not value.isascii() else shown
