"""What words in a column say of its rows: they subtract, don't count, or hold another figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exchange.columns.parsing.cells import narrow
from core.exchange.matching.script import to_simplified
from core.exchange.measures import Measure, measures_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ADD, SUBTRACT, LEAVE_OUT = "add", "subtract", "leave_out"
_SAYS_KIND = re.compile(
    r".{0,5}(?:类型|类别|性质|状态|种类|标志|标识|标记)|红蓝字?|红字.*|冲销.*|收支|借贷.*|.{0,3}方向|正负号?|符号"
    r"|(?:单据|票据|凭证|业务|交易|指标|科目|项目|类型)名称|.{0,4}(?:粒度|周期|频度|频率)"
    r"|是否.*|(?:进|入|收|退)?[/／]?出?[/／]?入?库?方向|出入库?|进出库?|进销|收退|计划/?实际|.{0,4}(?:指标|口径|版本|情景|场景|期间|科目|项目)"
    r"|(?:\w+\s*)?(?:type|status|kind|flag|sign|scenario|version|measure|metric|fact|kpi|indicator|account)"
    r"|dr/?cr|line item",
    re.IGNORECASE,
)
"""Headers of columns that say of what kind a row is: words that aren't known there are asked about."""
_DOCUMENT = re.compile(
    r"(?:单据|业务|交易|移动|凭证|订单|发票|行?项目)(?:类型|类别)|版本|情景|场景"
    r"|.{0,4}(?:粒度|周期|频度|频率)"
    r"|(?:billing|document|doc|movement|order|transaction|invoice)\s*type|item\s*category|scenario|version",
    re.IGNORECASE,
)
"""Headers of kinds of documents or spans: words that nobody knows (ZF2, RE) are asked about too."""
_REMARK = re.compile(r"摘要|备注|说明|note|remark|comment", re.IGNORECASE)
_NAMES = re.compile(
    r"名|客户|门店|终端|网点|店铺|产品|商品|货|品|规格|公司|厂|牌|区|省|市|县|址|员|人|号|码|电话"
    r"|name|customer|product|item|company|brand|region|city|address|code|\bid\b|\bno\b",
    re.IGNORECASE,
)
"""Headers of names: a word in a name says nothing of the row."""
_GOOD = re.compile(
    r"(?:是否|^)(?:为|已)?(?:有效|生效|成交|完成|签收|审核|通过|计入|统计|结算|正常|实销|销售|发货|出库|付款)"
    r"(?:$|标[志识记]|[?？])|是否(?:为|已)?(?:有效|生效|成交|完成|签收|审核|通过|计入|统计|正常|实销)"
    r"|^valid|is ?valid|counted",
    re.IGNORECASE,
)
"""Flags of rows that count: no means that they don't."""
_MIXED = re.compile(r"(?:是否)?含税|税别|含税情况", re.IGNORECASE)
"""Headers of columns whose rows can't be added up unless all say the same."""
_FLAG = re.compile(r"是否|标[志识记]|红字标|flag|^is ", re.IGNORECASE)
_FLAG_REST = re.compile(r"[已被为是否单据票货款品字蓝订交易销售了?？\s]|led|ed|al|able")
"""What may stand beside a word such as 作废 in a header that is a flag by its cells."""
_ASK = ""
"""The words say that the row is no plain sale, and not what becomes of it."""
_WAYS = (
    (ADD, re.compile(r"(?:无|未|非|不含|不)(?:售后|退货|退款|退|赠|冲销|作废|取消)|no return|not? void")),
    (
        LEAVE_OUT,
        re.compile(
            r"作废|取消|撤销|撤单|驳回|草稿|无效|未审核?|待审核?|未生效|删除|待付款|未[付支]|待支付|失败|交易关闭"
            r"|拒收|拒签|cancel|void|draft|reject|unpaid|failed|expired|deleted?|invalid|inactive"
        ),
    ),
    (
        SUBTRACT,
        re.compile(
            r"退|返货|逆向|红[字票单]|红蓝|红冲|冲销|冲红|冲减|^冲(?!击)|负单|[-−–]|负数?|减|return|refund|credit|revers"
        ),
    ),
    (LEAVE_OUT, re.compile(r"赠|样品|试饮|试用|搭送|免费|内购|员工购|领用|自用|gift|sample|free")),
    (
        LEAVE_OUT,
        re.compile(r"采购|进货|入库?|调拨|调入|调出|盘盈|盘亏|报[损废]|损耗|purchase|transfer|adjust"),
    ),
    (
        _ASK,
        re.compile(
            r"换货|关闭|支出|借方?|转出|待(?:发|处理|确认|出库|提)|未(?:发|出库|交)|内部|关联|公司间|暂估|预提|不含税|未税"
            r"|其[他它]出库|调[整账]|closed|debit|dr|exchange|pending|internal|intercompany"
        ),
    ),
)
_WHOLE = re.compile(r"[-−–]|负数?|减|借方?|dr|入|未")
"""Of these the whole text has to be one."""
_PLAIN = re.compile(
    r"销售(?:出库|订单|单|发货|开票|收入)?单?|正常|普通|(?:交易)?(?:已?完成|成功)|已?审核|已?发货|已?出库|已?签收|有效|已审|已支付|未退货?|未红冲|无退货"
    r"|蓝[字票单]?|出|正向|本品|零售|批发|现销|赊销|已?付款|[+＋]|正数?|加|贷方?|收入|(?:主营业务|营业)收入|否|n|no|0"
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
_YES = frozenset(("是", "y", "yes", "1", "true", "t", "√", "v", "红", "退", "负", "有", "已"))
_NO = frozenset(("否", "n", "no", "0", "false", "f", "×", "x", "未", "无", "无效", "-", "–", "—", "/", "蓝"))
_TICKS = frozenset(("√", "v"))
_MOST_KINDS, _LONGEST = 20, 12
_NUMBER = re.compile(
    r".*(?:单号|单据编?号|订单编?号|凭证编?号|流水号|出库编?号)|(?:order|document|doc|invoice|bill)\s*(?:no|number|id)\.?",
    re.IGNORECASE,
)
"""Headers of the numbers of documents."""
_BEGINNING = re.compile(r"[a-z]{2,6}(?=[-_/]?\d)")
_OF_RETURNS = re.compile(r"(?:x|xs|s)?th[d]?|ret|rtn?|rma|cn|tk[d]?|hc")
"""Beginnings of the numbers of returns (XSTH20250301), credit notes and reversals."""
_DETAIL = re.compile(
    r"(?P<way>退货|退回|退款|销退|红冲|冲销|冲红|作废|取消|撤销|return|refund|reversal|cancel(?:l?ation)?|void)\s*"
    r"(?:的)?(?:原因|理由|单号|订单号|编号|日期|时间|人|方式|说明|reason|date|time|no\.?|number|id|by)|原(?:销售)?(?:订?单|单据)号",
    re.IGNORECASE,
)
"""Headers of what only returned or cancelled rows have: when, why, by which document."""


def kinds_in(header: str, texts: Collection[str]) -> dict[str, str | None]:
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
    title = _title(header)
    if _MIXED.fullmatch(title):
        said = [text for text in texts if narrow(text)]
        return dict.fromkeys(said) if len(said) > 1 else {}
    telling = _SAYS_KIND.fullmatch(title) is not None
    good = _GOOD.search(title) is not None
    folded = {to_simplified(narrow(text)).casefold() for text in texts}
    flagged = ADD if good else _flag(title, folded)
    remark = _REMARK.search(title) is not None
    if not (telling or remark or good or flagged != ADD) and _NAMES.search(title):
        return {}
    yes = _YES if folded & _TICKS else _YES | {"x"}
    found: dict[str, str | None] = {}
    odd = False
    for text in texts:
        own = to_simplified(narrow(text)).casefold()
        if not own or len(own) > _LONGEST:
            continue
        way = None if remark and _WHOLE.fullmatch(own) else _way(own)
        if flagged != ADD and own in yes | _NO:
            way = flagged if own in yes else ADD
        if good and own in _YES | _NO:
            way = LEAVE_OUT if own in _NO else ADD
        odd = odd or way not in {None, ADD}
        if way is not None or (telling and flagged == ADD):
            found[text] = way or None
        if len(found) > _MOST_KINDS:
            return {}
    unknown = _DOCUMENT.fullmatch(title) is not None and len(found) > 1 and not any(found.values())
    return found if odd or unknown else {}


def _title(header: str) -> str:
    plain = to_simplified(narrow(header)).rpartition(" / ")[2].replace("_", " ")
    return plain.strip().casefold()


def _flag(title: str, texts: Collection[str]) -> str:
    """Return what becomes of the rows that a flag marks; ADD where the header is no flag."""
    way, seen = next(((way, seen) for way, words in _WAYS if (seen := words.search(title))), (ADD, None))
    if seen is None or way == ADD:
        return ADD
    alone = not _FLAG_REST.sub("", title[: seen.start()] + title[seen.end() :])
    return way if _FLAG.search(title) or (alone and set(texts) <= _YES | _NO | {"x", ""}) else ADD


def groups_in(header: str, texts: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Return texts whose rows are of one kind, with what they have in common and what becomes of them.

    These are numbers of documents whose beginning says that they are returns, unless all begin alike, and
    whatever stands in a column that only returned or cancelled rows fill.

    Parameters
    ----------
    header, texts
        As for :func:`kinds_in`.
    """
    title = _title(header)
    if (detail := _DETAIL.fullmatch(title)) is not None:
        way = (
            next((way for way, words in _WAYS if words.search(detail["way"])), None)
            if detail["way"]
            else None
        )
        given = [text for text in texts if narrow(text).casefold() not in _NO | {""}]
        return dict.fromkeys(given, ("", way))
    if not _NUMBER.fullmatch(title):
        return {}
    found = {text: seen[0] for text in texts if (seen := _BEGINNING.match(narrow(text).casefold()))}
    back = {text: own.upper() for text, own in found.items() if _OF_RETURNS.fullmatch(own)}
    every = len(set(found.values())) == len(set(back.values()))
    return {} if every else {text: (own, SUBTRACT) for text, own in back.items()}


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
