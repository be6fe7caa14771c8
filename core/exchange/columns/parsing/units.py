"""Units in headers and titles, and what turns a value in them into the unit of the store."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.currency import YUAN, current_currency
from core.exchange.matching.script import to_simplified
from core.tables import Kind

if TYPE_CHECKING:
    from core.tables import Column


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    Parameters
    ----------
    code
        Its Chinese name, as people write it.
    dimension
        ``money``, ``currency`` (other money), ``count``, ``percent``, ``mass``, ``volume``, ``area``,
        ``people`` or ``time``; units of ``count`` (case, piece) turn into each other only by the pack
        size of a product.
    factor
        How many of the smallest usual unit it is: yuan, piece, per cent, gram, millilitre, square
        metre, person, minute.
    spellings
        Other ways to write it, after NFKC and in lower case.
    """

    code: str
    dimension: str
    factor: Decimal
    spellings: tuple[str, ...] = ()

    @property
    def currency(self) -> str:
        """The currency where it isn't that of the store, else empty."""
        if self.dimension != "currency":
            return ""
        return _RENMINBI if self.code.endswith(_RENMINBI) else self.code.lstrip("千万百亿")


_RENMINBI = "人民币"
_CURRENCIES = {
    "美元": "美金|usd|us$|$|dollar|dollars",
    "欧元": "eur|€|euro|euros",
    "港元": "港币|hkd|hk$",
    "日元": "日币|jpy|yen",
    "英镑": "gbp|£",
    "新台币": "台币|twd|nt$",
    "新加坡元": "新元|sgd|s$",
    "澳元": "aud|a$",
    "韩元": "krw",
    "卢布": "rub",
}
"""Other currencies: what an amount in them is worth in yuan is asked."""
_SCALES = {"": "1", "千": "1e3", "万": "1e4", "百万": "1e6", "亿": "1e8"}
_LATIN_SCALES = {
    "千": ("k{}", "thousand {}", "{} thousand"),
    "百万": ("m{}", "{}m", "million {}", "{} million", "mn {}"),
}


def _foreign() -> list[Unit]:
    """Return every currency at every scale."""
    found = []
    for code, spellings in _CURRENCIES.items():
        for scale, factor in _SCALES.items():
            ways = [f"{scale}{way}" for way in spellings.split("|")]
            latin = [way for way in spellings.split("|") if way.isascii() and way.isalpha()]
            ways += [form.format(way) for form in _LATIN_SCALES.get(scale, ()) for way in latin]
            ways += [f"{way}{scale}元" for way in (code, *spellings.split("|")) if not way.isascii()]
            found.append(Unit(f"{scale}{code}", "currency", Decimal(factor), tuple(ways)))
    return found


def _unit(code: str, dimension: str, factor: str, spellings: str = "") -> Unit:
    return Unit(code, dimension, Decimal(factor), tuple(spellings.split("|")) if spellings else ())


UNITS = {
    unit.code: unit
    for unit in (
        _unit("元", "money", "1", "人民币|人民币元|rmb|cny|yuan|块|圆|¥|元/月"),
        _unit("角", "money", "0.1"),
        _unit("百元", "money", "1e2", "佰元"),
        _unit(
            "千元",
            "money",
            "1e3",
            "仟元|k元|krmb|kcny|rmb k|rmb thousand|thousand|'000|rmb'000|cny'000|rmb '000|cny '000|千|k"
            "|'000 rmb|'000 cny|'000 yuan|cny k|cny thousand|thousand rmb|thousand cny|thousand yuan"
            "|k rmb|k cny",
        ),
        _unit(
            "万元",
            "money",
            "1e4",
            "萬元|人民币万元|w|10k|万rmb|rmb万|10kcny|rmb 10,000|rmb10,000|rmb 10k|rmb 10000",
        ),
        _unit("十万元", "money", "1e5"),
        _unit(
            "百万元",
            "money",
            "1e6",
            "百万|佰万元|百萬元|m|million|mn"
            "|mrmb|mcny|rmbm|rmbmn|cnym|rmb mn|rmb million|rmb m|cny mn|yuan mn"
            "|cny m|cny million|mn rmb|mn cny|m rmb|m cny|million rmb|million cny|million yuan|yuan million",
        ),
        _unit("千万元", "money", "1e7", "千万|仟万元"),
        _unit("亿元", "money", "1e8", "亿|億元|億|人民币亿元"),
        *_foreign(),
        _unit("万", "number", "1e4", "萬"),
        _unit("箱", "count", "1", "case|cases|整箱|ctn|箱数"),
        _unit("件", "count", "1", "件数|pcs"),
        _unit("瓶", "count", "1", "bottle|bottles"),
        _unit("罐", "count", "1", "听|can|cans"),
        _unit("袋", "count", "1", "包|bag|bags"),
        _unit("盒", "count", "1", "box|boxes"),
        _unit("个", "count", "1", "只|支|条|台|桶|提|piece|pieces|pc|ea"),
        _unit("千箱", "count", "1e3", "kcases"),
        _unit("万箱", "count", "1e4", "萬箱"),
        *(_unit(f"千{each}", "count", "1e3") for each in "件瓶罐袋盒"),
        *(_unit(f"万{each}", "count", "1e4", f"萬{each}") for each in "件瓶罐袋盒"),
        _unit("克", "mass", "1", "g|gram"),
        _unit("斤", "mass", "500", "市斤"),
        _unit("公斤", "mass", "1e3", "千克|kg|kilo"),
        _unit("吨", "mass", "1e6", "t|ton|tons|tonne|tonnes|噸"),
        _unit("千吨", "mass", "1e9", "kt"),
        _unit("万吨", "mass", "1e10", "萬吨"),
        _unit("毫升", "volume", "1", "ml"),
        _unit("升", "volume", "1e3", "l|litre|liter|公升"),
        _unit("千升", "volume", "1e6", "kl"),
        _unit("%", "percent", "1", "百分比|百分数|percent|pct"),
        _unit("‰", "percent", "0.1", "千分比"),
        _unit("㎡", "area", "1", "m2|m^2|平米|平方米|平方|平|sqm"),
        _unit("亩", "area", "666.6666666667"),
        _unit("公顷", "area", "1e4", "ha"),
        _unit("km²", "area", "1e6", "km2|km^2|平方公里|平方千米|sqkm"),
        _unit("人", "people", "1", "口|个人|名|people|persons"),
        _unit("千人", "people", "1e3"),
        _unit("万人", "people", "1e4", "萬人"),
        _unit("分钟", "time", "1", "分|min|mins|minute|minutes"),
        _unit("小时", "time", "60", "h|hr|hrs|hour|hours|时|钟头"),
        _unit("天", "time", "1440", "日|day|days"),
    )
}
UNITS |= {
    code: replace(unit, code=code, dimension="currency", spellings=())
    for unit in UNITS.values()
    if unit.dimension == "money" and (code := f"{unit.code.removesuffix('元')}{_RENMINBI}")
}
"""Yuan are another currency where the store holds dollars."""
# What the store keeps a column in, where it isn't yuan; other numbers have no unit.
_STORED = {
    "area_km2": "km²",
    "area_m2": "㎡",
    "population": "人",
    "gdp": "元",
    "minutes": "分钟",
    "work_minutes_per_day": "分钟",
    "payment_days": "天",
}
_SPELLINGS = {
    spelling: unit
    for unit in UNITS.values()
    if not unit.code.endswith(_RENMINBI)
    for spelling in (unicodedata.normalize("NFKC", unit.code).casefold(), *unit.spellings)
}
_OF_YUAN = re.compile("[元圆块角¥]|rmb|cny|yuan|人民币")
_LONGEST_FIRST = "|".join(re.escape(text) for text in sorted(_SPELLINGS, key=len, reverse=True))
_BRACKETED = re.compile(
    r"[(\[【〔{]\s*(?:(?:金额|数量|计量|货币)?单位\s*[:：]?\s*|unit\s*:\s*|in\s+|人民币\s*)?"
    rf"({_LONGEST_FIRST})\s*[)\]】〕}}]"
)
_LISTED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*[,，、;；][^()\[\]【】〔〕]*)[)\]】〕]")
_COMMA = re.compile(r"[,，、;；]")
_STATED = re.compile(
    rf"(?:单位|unit|units|currency|币种|货币|金额)\s*(?:[:：]|为|是)\s*(?:人民币|rmb)?\s*({_LONGEST_FIRST})(?=$|[^a-z一-鿿])"
)
_COUNTED_IN = re.compile(
    rf"(?:以|按)\s*(?:人民币)?({_LONGEST_FIRST})\s*(?:计|为单位|列示|表示)|({_LONGEST_FIRST})为单位"
)
_IN_ENGLISH = re.compile(r"(?<![a-z])in\s+(thousand|million)s?(?![a-z])")
# A unit of one Latin letter or a bare 分, 时, 平 at the end of a header is more likely part of a word.
_TRAILING = re.compile(
    "(?:[/:_、,·-]|(?<=\\S)\\s|(?<=[额价金量数值款收业入出]))("
    + "|".join(
        re.escape(t)
        for t in sorted(_SPELLINGS, key=len, reverse=True)
        if len(t) > 1 or t in "元箱件瓶吨%人亿"
    )
    + r")\s*$|[/_ ](万|w)\s*$"
)


def tidy(text: str) -> str:
    """Return a text in NFKC, lower case, with single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("￥", "¥").casefold().split())


def split_unit(header: str) -> tuple[str, Unit | None]:
    """Return a header without its unit, and the unit.

    Parameters
    ----------
    header
        As it stands: “销售额(万元)”, “销售额/万元”, “金额（单位：千元）”, “毛利率%”.
    """
    text = tidy(header)
    for bracket in _LISTED.finditer(text):
        # （万元，含税） holds a unit and more.
        words = [word.strip() for word in _COMMA.split(bracket[1])]
        own = [_spelled(word) for word in words if word in _SPELLINGS]
        if len(own) == 1 and len(words) > 1:
            rest = (text[: bracket.start()] + text[bracket.end() :]).strip(" /:_、,·-")
            more = ",".join(word for word in words if word not in _SPELLINGS)
            return (f"{rest}({more})" if rest else text), own[0]
    for pattern in (_BRACKETED, _STATED, _TRAILING):
        found = pattern.search(text)
        if found:
            rest = (text[: found.start()] + text[found.end() :]).strip(" /:_、,·-")
            if rest:
                return rest, _spelled(next(group for group in found.groups() if group))
    if text.endswith("%") and len(text) > 1:
        return text[:-1].strip(), UNITS["%"]
    return text, None


def units_of(header: str) -> tuple[Unit, ...]:
    """Return all different units in a header: 销售(万)(元) has two."""
    found: list[Unit] = []
    rest, unit = split_unit(header)
    while unit is not None:
        found.append(unit)
        rest, unit = split_unit(rest)
    return tuple(dict.fromkeys(found))


def stated_unit(lines: list[str] | tuple[str, ...]) -> Unit | None:
    """Return the unit the title lines state (“单位：万元”), None where they state none or several."""
    found = set()
    for line in lines:
        text = to_simplified(tidy(line))
        alone = unit_named(text.strip("()[] "))
        if alone is not None and alone.dimension in {"money", "currency"}:
            found.add(alone)
            continue
        for pattern in (_STATED, _COUNTED_IN, _BRACKETED, _IN_ENGLISH):
            match = pattern.search(text)
            if match:
                found.add(_spelled(next(group for group in match.groups() if group)))
                break
    return found.pop() if len(found) == 1 else None


def unit_named(text: str) -> Unit | None:
    """Return the unit a text names, None for another text."""
    spelling = tidy(text)
    return _spelled(spelling) if spelling in _SPELLINGS else None


def unit_of(code: str) -> Unit:
    """Return the unit of a code; the store's own currency is money."""
    unit = UNITS[code]
    return replace(unit, dimension="money") if unit.currency == current_currency().word else unit


def _spelled(spelling: str) -> Unit:
    """Return the unit of a spelling; it is money in the store's currency, or where it says a scale alone."""
    unit = _SPELLINGS[spelling]
    if unit.dimension == "money" and current_currency() is not YUAN and _OF_YUAN.search(spelling):
        return UNITS[f"{unit.code.removesuffix('元')}{_RENMINBI}"]
    return unit_of(unit.code)


def dimension_of(column: Column) -> str | None:
    """Return the dimension of a column of the store, None where it has no unit."""
    if column.kind is Kind.MONEY:
        return "money"
    if column.name in _STORED:
        return UNITS[_STORED[column.name]].dimension
    if column.name == "quantity":
        return "count"
    return "percent" if is_rate(column) else None


def is_rate(column: Column) -> bool:
    """Tell whether a column is a share of one, which people also write in per cent."""
    return column.kind is Kind.NUMBER and column.maximum == 1


def suits(unit: Unit, column: Column) -> bool:
    """Tell whether values in a unit can go into a column; weights and volumes are quantities too."""
    dimension = dimension_of(column)
    if dimension == "count":
        return unit.dimension in {"count", "mass", "volume", "number"}
    if dimension == "money" and unit.dimension == "currency":
        return True
    return dimension is not None and unit.dimension in {dimension, "number"}


def factor(unit: Unit | None, column: Column) -> Decimal:
    """Return what a value in a unit is multiplied by to be in the unit of the store.

    Quantities are left in their own unit (only 千 and 万 of it count): what a case holds depends on the
    product, see :mod:`core.exchange.columns.parsing.packs`.
    """
    if unit is None:
        return Decimal(1)
    if column.name == "quantity":
        return unit.factor if unit.dimension in {"count", "number"} else Decimal(1)
    if unit.dimension == "number":
        return unit.factor
    stored = UNITS[_STORED[column.name]].factor if column.name in _STORED else Decimal(1)
    return unit.factor / stored
