"""Words by which the reader knows headers, totals, footnotes, units and months."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from core.exchange.matching.script import to_simplified
from core.exchange.readers.sheet.cells import folded, label_of
from core.i18n import LANGUAGES, _, language
from core.tables import TABLES

_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]$")

_HEADER = re.compile(
    r"区域|地区|大区|片区|省区|省份|城市|区县|县区|乡镇|客户|经销商|分销商|终端|门店|店名|网点|名称|编码|编号|代码|工号"
    r"|日期|月份|年份|年度|月度|时间|销售|销量|销额|金额|数量|件数|单价|价格|回款|出货|进货|容量|总量|盘子|份额|占比|占有率"
    r"|产品|商品|品名|品类|规格|公司|厂家|品牌|竞品|对手|业务员|业代|经理|人员|姓名|电话|手机|联系|地址|经度|纬度|备注|说明"
    r"|序号|类型|类别|等级|级别|渠道|状态|库存|目标|任务|完成率|增长率|增幅|增速|增减|涨幅|同比|环比|上级|单位|性别|拜访|毛利|费用|人口"
    r"|省|市|县|区|镇|年|月"
    r"|\b(?:region|area|province|city|county|town|customer|client|dealer|distributor|outlet|terminal|shop|store"
    r"|name|code|id|no|date|month|year|sales|amount|qty|quantity|units?|price|value|capacity|volume|share|growth"
    r"|product|item|sku|category|brand|company|rival|competitor|rep|manager|employee|person|phone|tel|address"
    r"|lat|lon|lng|latitude|longitude|remarks?|notes?|type|level|grade|channel|status|stock|target|parent|market"
    r"|is|start|end|role|title|email)\b",
    re.IGNORECASE,
)
_TOTAL_WORD = (
    r"(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|总\s*和|汇\s*总|总\s*合\s*计"
    r"|grand\s*total|sub\s*-?\s*totals?|totals?|sum)"
)
_TOTAL = re.compile(rf"(?P<of>.*?)[\s\-_/（(:：]*(?P<word>{_TOTAL_WORD})[\s:：)）]*", re.IGNORECASE)
_TOTAL_MARK = re.compile(r"[计計和总總]|total|sum|ｔｏｔａｌ", re.IGNORECASE)
_TOTAL_LETTERS = "计計和总總lmLMｌＬ"
"""Each of the marks has one of them."""
_PARTIAL = re.compile(r"小\s*计|sub|本\s*页|本页", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"[\s*※#(（【\[]*(?:注|备注|附注|说明|填表|制表|制单|审核|复核|批准|打印|导出|数据来源|来源|资料来源|统计口径|口径|单位负责人"
    r"|负责人|联系人|联系电话|日期|报表日期|note|notes|source|prepared|printed|checked|approved|generated|exported)"
    r"(?:\s*[\d一二三四五六七八九十]+)?\s*(?:人|单位|日期|时间|by|on|at)?\s*[:：.、)）】\]]",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s*第\s*\d+\s*页.*|\s*page\s*\d+.*|\s*-\s*\d+\s*-\s*", re.IGNORECASE)
_KEY_VALUE = re.compile(r"[^:：]{1,12}[:：].*", re.DOTALL)
_UNIT = re.compile(
    r"单\s*位\s*[:：为是]?\s*[（(]?\s*([^\s,，;；:：()（）、]{1,8})|[（(]\s*([^()（）]{0,4}?(?:元|箱|件|吨|千克|公斤|瓶|升|盒|%))\s*[)）]"
)
_UNIT_ONLY = re.compile(
    r"[(\[]?(?:(?:百|千|万|百万|亿)?(?:元|美元|欧元|港元|日元|英镑|箱|件|吨|个|家|人|瓶|公斤|千克|升|盒|包|次|天)|kg|t|%|rmb|usd|eur|yuan|pcs)[)\]]?|[-—/]",
    re.IGNORECASE,
)
_NOT_ADDITIVE = re.compile(
    r"率|占比|份额|比例|比重|%|均|单价|价格|售价|进价|经度|纬度|编码|编号|代码|序号|电话|手机|年份|月份|日期|等级|系数|指数|排名|同比|环比"
    r"|\b(?:share|rate|ratio|price|avg|average|mean|lat|lon|lng|latitude|longitude|id|code|no|rank|index|year|month"
    r"|date|phone)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"退货(?:金额|额|量|数量)|销售金额|销售额|销售量|销售|销额|销量|市场容量|容量|回款额|回款|出货量|出货|进货量|进货|数量|金额|任务|目标|库存|费用|毛利"
    r"|sales|amount|quantity|volume|capacity|target",
    re.IGNORECASE,
)
_DIMENSIONS = {
    "product": re.compile(
        r"产品|商品|品项|品类|品种|品名|规格|\bsku\b|\bproducts?\b|\bitems?\b", re.IGNORECASE
    ),
    "company": re.compile(
        r"公司|厂家|厂商|品牌|竞品|对手|企业|\bcompan(?:y|ies)\b|\bbrands?\b|\bcompetitors?\b", re.IGNORECASE
    ),
}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:\s*年度?)?")
_MONTH_INSIDE = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])\s*月|(?:十[一二]?|[一二三四五六七八九])月")
_YEAR_ONLY = re.compile(r"((?:19|20)\d\d)\s*(?:年度?)?")
_MONTH_ONLY = re.compile(r"(0?[1-9]|1[0-2])\s*月\s*份?|([一二三四五六七八九十]|十[一二])\s*月\s*份?")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-/.年]?\s*(0[1-9]|1[0-2]|(?<=[-/.年\s])[1-9])\s*月?\s*份?")
_M_MONTH = re.compile(r"((?:19|20)\d\d)[\s\-/.]?m(0?[1-9]|1[0-2])", re.IGNORECASE)
_SHORT_YEAR_MONTH = re.compile(r"'?(\d\d)年\s*(1[0-2]|0?[1-9])\s*月\s*份?")
_ENGLISH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:[\s\-]*((?:19|20)\d\d))?", re.IGNORECASE
)
_SHORT_YEAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*[\s\-'.]*(\d\d)", re.IGNORECASE
)
_ONE_MONTH = re.compile(r"(?<![\d\-~～—–至到.])(1[0-2]|0?[1-9])\s*月(?:份)?(?!\s*[\-~～—–至到]\s*\d)")
_UNTIL = re.compile(r"截[至止]|until|as of", re.IGNORECASE)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"十一": 11, "十二": 12}


@dataclass(frozen=True)
class Period:
    """A year, a month, or both; None is what the label doesn't say."""

    year: int | None
    month: int | None


def plain(text: str) -> str:
    """Return a text in narrow letters and simplified characters, as the words here are written."""
    return to_simplified(folded(text))


def period_of(label: object) -> Period | None:
    """Return the period a header cell names, None when it names none."""
    text = plain(label_of(label)).strip()
    if found := _YEAR_MONTH.fullmatch(text) or _M_MONTH.fullmatch(text):
        return Period(int(found[1]), int(found[2]))
    if found := _SHORT_YEAR_MONTH.fullmatch(text):
        return Period(2000 + int(found[1]), int(found[2]))
    if found := _YEAR_ONLY.fullmatch(text):
        return Period(int(found[1]), None)
    if found := _MONTH_ONLY.fullmatch(text):
        return Period(None, int(found[1]) if found[1] else _CHINESE[found[2]])
    if found := _ENGLISH.fullmatch(text):
        month = _NAMES.index(found[1][:3].lower()) + 1
        return Period(int(found[2]) if found[2] else None, month)
    return None


def short_period_of(label: object) -> Period | None:
    """Return the period of a month with two digits behind it (Nov-24), which may be a day's elsewhere."""
    text = plain(label_of(label)).strip()
    found = _SHORT_YEAR.fullmatch(text)
    return Period(2000 + int(found[1]), _NAMES.index(text[:3].lower()) + 1) if found else None


def months_in(text: str) -> set[int]:
    """Return the single months that a title names; none for a span (1-3月) or a closing date (截至3月)."""
    own = plain(text)
    return set() if _UNTIL.search(own) else {int(month) for month in _ONE_MONTH.findall(own)}


def split_period(label: str) -> tuple[Period, str] | None:
    """Return the period at the beginning of a name and the measure behind it: 1月销售额, 2024年1月销量."""
    text = plain(label).strip()
    for pattern in (_YEAR_MONTH, _MONTH_ONLY, _YEAR_ONLY):
        found = pattern.match(text)
        rest = text[found.end() :].strip(" 的-_/") if found else ""
        if found and measure_in(rest) and (period := period_of(found[0])):
            return period, rest
    return None


def period_in(text: str) -> bool:
    """Tell whether a text names a year or a month anywhere."""
    own = plain(text)
    return bool(_YEAR.search(own) or _MONTH_INSIDE.search(own) or _ENGLISH.fullmatch(own.strip()))


def is_unit(label: str) -> bool:
    """Tell whether a text is nothing but a unit, or a dash where a row of units has none."""
    return _UNIT_ONLY.fullmatch(plain(label)) is not None


def years_in(text: str) -> set[int]:
    """Return the years a text names."""
    return {int(year) for year in _YEAR.findall(plain(text))}


@cache
def _labels() -> frozenset[str]:
    """Return the labels of all columns of the store, with and without their units."""
    found = set()
    for code in LANGUAGES:
        with language(code):
            labels = [folded(_(column.label)) for table in TABLES for column in table.columns]
        found |= {text.casefold() for label in labels for text in (label, _BRACKETS.sub("", label))}
    return frozenset(found)


def is_known_header(label: object) -> bool:
    """Tell whether a cell reads like the name of a column."""
    text = plain(label_of(label)).replace("_", " ")
    if text.casefold() in _labels():
        return True
    return 0 < len(text) <= 40 and (_HEADER.search(text) is not None or period_of(text) is not None)


def total_word(text: object) -> tuple[str, str] | None:
    """Return what a total is of, and its word; None when a text is no total."""
    found = _TOTAL.fullmatch(plain(text)) if isinstance(text, str) and len(text) <= 40 else None
    if not found or (
        found["word"].isascii() and found["of"] and found["of"][-1].isalpha() and found["of"][-1].isascii()
    ):
        return None
    return found["of"].strip(), re.sub(r"\s", "", found["word"]).casefold()


def may_name_totals(together: str) -> bool:
    """Tell whether any of many texts put together may be a total; costs next to nothing."""
    return any(letter in together for letter in _TOTAL_LETTERS)


def total_words(texts: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return :func:`total_word` of those texts that are totals; quick where there is none among many."""
    if not may_name_totals("".join(texts)):
        return {}
    marked = [text for text in set(texts) if _TOTAL_MARK.search(text)]
    return {text: found for text in marked if (found := total_word(text))}


def is_partial(text: str) -> bool:
    """Tell whether a total is one of a part: 小计, 本页合计, subtotal."""
    return _PARTIAL.search(plain(text)) is not None


def is_footnote(text: str) -> bool:
    """Tell whether a text begins as notes and signatures under a table do."""
    return (
        _FOOTNOTE.match(to_simplified(text)) is not None or _PAGE.fullmatch(to_simplified(text)) is not None
    )


def is_page_number(text: str) -> bool:
    """Tell whether a text is the number of a printed page."""
    return _PAGE.fullmatch(to_simplified(text)) is not None


def is_key_value(text: str) -> bool:
    """Tell whether a text is a name and a value with a colon between."""
    return _KEY_VALUE.fullmatch(text) is not None


def unit_in(text: str) -> str:
    """Return the unit a line above a table names, empty when it names none."""
    found = _UNIT.search(to_simplified(text))
    return (found[1] or found[2]).strip() if found else ""


def is_additive(name: str) -> bool:
    """Tell whether the values of a column may be added up, by its name."""
    return _NOT_ADDITIVE.search(plain(name)) is None


def measure_in(text: str) -> str:
    """Return the word in a text that says what is measured, empty when there is none."""
    found = _MEASURE.search(to_simplified(text))
    return found[0] if found else ""


def measure_span(text: str) -> tuple[int, int] | None:
    """Return where the word that says what is measured begins and ends; None where there is none."""
    found = _MEASURE.search(to_simplified(text))
    return found.span() if found else None


def dimension_in(text: str) -> str:
    """Return ``product`` or ``company`` when a text says that such stand below it, else empty."""
    return next((name for name, pattern in _DIMENSIONS.items() if pattern.search(to_simplified(text))), "")
