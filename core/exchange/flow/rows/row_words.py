"""What words in a column say of its rows: they subtract, don't count, or hold another figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exchange.columns.parsing.cells import narrow
from core.exchange.matching.script import to_simplified
from core.exchange.measures import Measure, measures_in

if TYPE_CHECKING:
    from collections.abc import Iterable

ADD, SUBTRACT, LEAVE_OUT = "add", "subtract", "leave_out"
_SAYS_KIND = re.compile(
    r".{0,5}(?:类型|类别|性质|状态|种类|标志|标识|标记)|红蓝字?|红字.*|冲销.*|收支|借贷.*|.{0,3}方向|正负号?|符号"
    r"|是否.*|(?:进|入|收|退)?[/／]?出?[/／]?入?库?方向|出入库?|进出库?|进销|收退|计划/?实际|.{0,4}(?:指标|口径|版本|情景|场景|期间|科目|项目)"
    r"|(?:\w+\s*)?(?:type|status|kind|flag|sign|scenario|version|measure|metric|fact|kpi|indicator|account)"
    r"|dr/?cr|line item",
    re.IGNORECASE,
)
"""Headers of columns that say of what kind a row is: words that aren't known there are asked about."""
_DOCUMENT = re.compile(
    r"(?:单据|业务|交易|移动|凭证|订单|发票|行?项目)(?:类型|类别)|版本|情景|场景"
    r"|(?:billing|document|doc|movement|order|transaction|invoice)\s*type|item\s*category|scenario|version",
    re.IGNORECASE,
)
"""Headers of kinds of documents: codes that nobody knows (ZF2, RE) are asked about too."""
_REMARK = re.compile(r"摘要|备注|说明|note|remark|comment", re.IGNORECASE)
_NAMES = re.compile(
    r"名|客户|门店|终端|网点|店铺|产品|商品|货|品|规格|公司|厂|牌|区|省|市|县|址|员|人|号|码|电话"
    r"|name|customer|product|item|company|brand|region|city|address|code|\bid\b|\bno\b",
    re.IGNORECASE,
)
"""Headers of names: a word in a name says nothing of the row."""
_GOOD = re.compile(
    r"是否(?:为|已)?(?:有效|生效|成交|完成|签收|审核|通过|计入|统计|结算|正常|实销|销售|发货|出库|付款)"
    r"|^valid|is ?valid|counted",
    re.IGNORECASE,
)
"""Flags of rows that count: no means that they don't."""
_FLAG = re.compile(r"是否|标[志识记]|红字标|flag|^is ", re.IGNORECASE)
_ASK = ""
"""The words say that the row is no plain sale, and not what becomes of it."""
_WAYS = (
    (ADD, re.compile(r"(?:无|未|非|不含|不)(?:售后|退货|退款|退|赠|冲销|作废|取消)|no return|not? void")),
    (
        LEAVE_OUT,
        re.compile(
            r"作废|取消|撤销|撤单|驳回|草稿|无效|未审核|未生效|删除|待付款|未付款|失败|交易关闭"
            r"|cancel|void|draft|reject|unpaid|failed|expired"
        ),
    ),
    (
        SUBTRACT,
        re.compile(r"退|返货|逆向|红字|红冲|冲销|冲红|冲减|负单|[-−–]|负数?|减|return|refund|credit|revers"),
    ),
    (LEAVE_OUT, re.compile(r"赠|样品|试饮|试用|搭送|免费|gift|sample|free")),
    (LEAVE_OUT, re.compile(r"采购|进货|入库?|调拨|调入|调出|盘盈|盘亏|报损|purchase|transfer|adjust")),
    (_ASK, re.compile(r"换货|关闭|支出|借方?|转出|closed|debit|dr|exchange|pending")),
)
_WHOLE = re.compile(r"[-−–]|负数?|减|借方?|dr|入|未")
"""Of these the whole text has to be one."""
_PLAIN = re.compile(
    r"销售(?:出库|订单|单|发货|开票|收入)?单?|正常|普通|(?:交易)?(?:已?完成|成功)|已?审核|已?发货|已?出库|已?签收|有效"
    r"|蓝字?|出|正向|本品|零售|批发|现销|赊销|已?付款|[+＋]|正数?|加|贷方?|收入|(?:主营业务|营业)收入|否|n|no|0"
    r"|(?:实际|实绩|实销|本期|当期|当月|本月|本年|今年|现期)(?:数|额|销售|销售额)?"
    r"|sales?|normal|completed?|done|shipped|paid|approved|invoice|actuals?|current|revenue|cr",
)
_OTHER_FIGURES = frozenset(Measure) - {
    Measure.SALES,
    Measure.RETURNS,
    Measure.ORDERS,
    Measure.DELIVERIES,
    Measure.INVOICES,
    Measure.PAYMENTS,
}
"""Kinds of figures that are no sales of the row's month; stages of a sale are none of them."""
_YES = frozenset(("是", "y", "yes", "1", "true", "√", "红", "退", "负"))
_NO = frozenset(("否", "n", "no", "0", "false", "×", "x", "未", "无效"))
_MOST_KINDS, _LONGEST = 20, 12
_NUMBER = re.compile(
    r".*(?:单号|单据编?号|订单编?号|凭证编?号|流水号|出库编?号)|(?:order|document|doc|invoice|bill)\s*(?:no|number|id)\.?",
    re.IGNORECASE,
)
"""Headers of the numbers of documents."""
_BEGINNING = re.compile(r"[a-z]{2,6}(?=[-_/]?\d)")
_OF_RETURNS = re.compile(r"(?:x|xs|s)?th[d]?|ret|rtn?|rma|cn|tk[d]?|hc")
"""Beginnings of the numbers of returns (XSTH20250301), credit notes and reversals."""


def kinds_in(header: str, texts: Iterable[str]) -> dict[str, str | None]:
    """Return what the different texts of a column say about their rows; empty where all simply count.

    Parameters
    ----------
    header
        Of the column.
    texts
        Its different texts.

    Returns
    -------
    dict
        Text -> :data:`ADD`, :data:`SUBTRACT` or :data:`LEAVE_OUT`; None where it has to be asked.
    """
    title = to_simplified(narrow(header)).rpartition(" / ")[2].strip().casefold()
    telling = _SAYS_KIND.fullmatch(title) is not None
    if not telling and not _REMARK.search(title) and _NAMES.search(title):
        return {}
    flagged = next((way for way, words in _WAYS if words.search(title)), ADD) if _FLAG.search(title) else ADD
    good = _GOOD.search(title) is not None
    flagged = ADD if good else flagged
    found: dict[str, str | None] = {}
    odd = False
    for text in texts:
        own = to_simplified(narrow(text)).casefold()
        if not own or len(own) > _LONGEST:
            continue
        way = flagged if flagged != ADD and own in _YES else _way(own)
        if good and own in _YES | _NO:
            way = LEAVE_OUT if own in _NO else ADD
        odd = odd or way not in {None, ADD}
        if way is not None or (telling and flagged == ADD):
            found[text] = way or None
        if len(found) > _MOST_KINDS:
            return {}
    unknown = _DOCUMENT.fullmatch(title) is not None and len(found) > 1 and not any(found.values())
    return found if odd or unknown else {}


def beginnings(header: str, texts: Iterable[str]) -> dict[str, str]:
    """Return the numbers of documents whose beginning says that they are returns, with the beginning.

    Empty where all numbers of the column begin alike: then it says nothing.

    Parameters
    ----------
    header, texts
        As for :func:`kinds_in`.
    """
    if not _NUMBER.fullmatch(to_simplified(narrow(header)).strip()):
        return {}
    found = {text: seen[0] for text in texts if (seen := _BEGINNING.match(narrow(text).casefold()))}
    back = {text: own.upper() for text, own in found.items() if _OF_RETURNS.fullmatch(own)}
    return back if len(set(found.values())) > len(set(back.values())) else {}


def _way(text: str) -> str | None:
    """Return what a word says of its row; None where it isn't known, empty where it has to be asked."""
    if _PLAIN.fullmatch(text):
        return ADD
    for way, words in _WAYS:
        seen = words.search(text)
        if seen is not None and (seen[0] == text or not _WHOLE.fullmatch(seen[0])):
            return way
    kinds = measures_in(text)
    return LEAVE_OUT if kinds & _OTHER_FIGURES else ADD if kinds == {Measure.SALES} else None
