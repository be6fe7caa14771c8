"""What a figure measures, told from titles, names of sheets, headers and units by one vocabulary."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from core.exchange.matching.script import to_simplified


class Measure(StrEnum):
    """A kind of figure; only sales and capacity are what the market tables hold."""

    SALES = "sales"
    CAPACITY = "capacity"
    PLAN = "plan"
    RETURNS = "returns"
    RUNNING_TOTAL = "running_total"
    PER_DAY = "per_day"
    AVERAGE = "average"
    PROFIT = "profit"
    COST = "cost"
    ORDERS = "orders"
    DELIVERIES = "deliveries"
    INVOICES = "invoices"
    PAYMENTS = "payments"
    DEBTS = "debts"
    STOCK = "stock"
    EARLIER = "earlier"
    CHANGE = "change"
    OTHER_SPAN = "other_span"
    GIFTS = "gifts"
    DRAFT = "draft"
    SCORE = "score"


_CHINESE: dict[Measure, str] = {
    Measure.SALES: "销售|销额|销量|营业额|营收|营业收入|业务收入|交易额|gmv|业绩|流水"
    "|零售额|零售量|动销|实销|成交",
    Measure.CAPACITY: (
        "容量|盘子|市场规模|(?:行业|品类)(?:规模|销|总|零售|容)|市场(?:规模|总)|大盘|市场潜力|潜量|社会消费品|零售总额|消费额"
    ),
    Measure.PLAN: (
        "预算|目标|计划|任务|预测|预估|预计|指标|规划|测算|指引|考核值|定额"
        "|下达|试算|kpi|承诺|挑战|保底|底线|排产|要货|备货|意向|模拟"
    ),
    Measure.RETURNS: "退货|返货|退仓|退库|不良品|冲账|退换|退回|退款|红字|冲销|冲红|红冲|折让|销退|退单",
    Measure.RUNNING_TOTAL: "累计|累积|累销|年初至今|滚动合计|迄今|(?<!数据)(?<!统计)截[至止](?!日|时|月份)",
    Measure.PER_DAY: "日均|每日平均|每天平均|平均每天|平均每日|单日",
    Measure.AVERAGE: (
        "月均|周均|季均|年均|店均|户均|人均|均价|单价|售价|进价|价格|零售价|平均|均值|单店|单产|客单|每店|每人"
        "|均单|店效|人效|坪效|中位数|指数|峰值|最高|最低|占比|比重|百分比|动销率|渗透率|达成率|完成率"
    ),
    Measure.PROFIT: "毛利|利润|净利|盈利|贡献额|边际|毛益",
    Measure.COST: (
        r"成本|费用|(?<![消收])费(?:金?额|明细|$|[^一-鿿])|核销|补差|补损"
        "|支出|投入|奖励|奖金|罚款|提成|工资|薪酬|租金|赔付|理赔|兑奖|垫付|返利|促销费|运费|税额|折旧|佣金|返点|补贴|优惠|折扣额|抵扣|手续费"
    ),
    Measure.ORDERS: "订单|待发|未发|未交|订货|下单|接单|签约|合同额|合同金额|预订|签单",
    Measure.DELIVERIES: "发货|发运|出库|出货|提货|进货|送货|到货|入库|配送额|铺货额|铺底|铺市|压货|在途|欠货",
    Measure.INVOICES: "开票|发票|票据金额|已开具",
    Measure.PAYMENTS: "回款|打款|(?<!未)收款|到账",
    Measure.DEBTS: "应收|预收|账龄|账款|欠款|余额|挂账|赊欠|未收|逾期|坏账|授信|信用额|保证金|押金",
    Measure.STOCK: "库存|结存|期初|期末|在库|存货|盘点|存量|保有量",
    Measure.EARLIER: "同期|去年|上年|前年|上期|上月|往年",
    Measure.CHANGE: "增长额|增减额|增量|变动额|差额|差异|缺口|净增|较上|较去",
    Measure.OTHER_SPAN: (
        r"近\s*[\d一二三四五六七八九十]+\s*个?[天日周月]|滚动(?!合计)|移动年|年化"
        "|双月|半月|周报|周销|周度|旬报|旬销|日报|[上中下]旬|第[\\d一二三四五]+周"
    ),
    Measure.GIFTS: "赠送|赠品|样品|试饮|试用",
    Measure.DRAFT: (
        "测试|虚拟|样例|样表|示例|草稿|草表|草案|初稿|未定稿|作废|废弃|勿用|弃用|备份(?!人)|副本|历史版|老版|(?<!新)旧(?:版|表|稿|$|[)])"
        "|待审|待核|待确认|未审核|未核对"
    ),
    Measure.SCORE: "得分|评分|积分|打分|分值|总分|扣分|加分|满分|星级|评级|名次|满意度",
}
_ENGLISH: dict[Measure, str] = {
    Measure.SALES: "sales|revenue|turnover|sell-?out|sold",
    Measure.CAPACITY: "capacity|market size|total market",
    Measure.PLAN: (
        "budgets?|targets?|plans?|planned|forecasts?|quotas?|goals?|outlook"
        r"|aop|bp|bgt|bud|fcst|le\d+|rf\d+|latest estimates?"
        "|stretch|pipeline|commit(?:ted|ment)?|upside|consensus"
    ),
    Measure.RETURNS: "returns?|returned|refunds?|credit notes?|reversals?",
    Measure.RUNNING_TOTAL: "cumulative|accumulated|ytd|year to date|running total|cum",
    Measure.PER_DAY: "per day|daily average|average daily|a day",
    Measure.AVERAGE: "averages?|avg|mean|per (?:store|shop|outlet|capita|head)|prices?|unit price"
    "|index|median|peak|maximum|minimum",
    Measure.PROFIT: "gp|profits?|margins?|earnings|ebit|contribution",
    Measure.COST: "costs?|expenses?|spend|cogs|rebates?",
    Measure.ORDERS: "orders?|ordered|bookings?|booked|contracts?",
    Measure.DELIVERIES: "shipments?|shipped|deliver(?:y|ies|ed)|dispatch(?:ed)?|sell-?in|purchases?",
    Measure.INVOICES: "invoices?|invoiced|billings?|billed",
    Measure.PAYMENTS: "payments?|paid|collections?|receipts?",
    Measure.DEBTS: "receivables?|overdue|balances?|deposits?|credit limits?",
    Measure.STOCK: "stock|inventor(?:y|ies)|on hand",
    Measure.EARLIER: "ly|py|last year|previous year|prior year|prior period|previous",
    Measure.CHANGE: "changes?|increase|decrease|variance|delta",
    Measure.OTHER_SPAN: (
        "rolling|trailing|moving|annuali[sz]ed|run rate"
        r"|mat|ttm|weekly|last \d+ (?:days|months)"
    ),
    Measure.GIFTS: "gifts?|free of charge|foc",
    Measure.DRAFT: ("drafts?|dummy|void|simulated|obsolete|outdated|bak|do not use"),
    Measure.SCORE: "scores?|ratings?|points|satisfaction",
}
_PATTERNS = {
    measure: re.compile(f"{_CHINESE[measure]}|(?<![a-z])(?:{_ENGLISH[measure]})(?![a-z])")
    for measure in Measure
}
_NOT_MEANT = re.compile(
    "进销存|出货量大|目标客户|目标市场|计划单列市|成本中心|价格带|不含退货|已扣(?:除|减)?退货|退货后"
)
"""Words with a word of the vocabulary in them that say nothing about the figures."""


def measures_in(text: str) -> frozenset[Measure]:
    """Return what a title, a name or a header says is measured; empty where it says nothing.

    Examples
    --------
    >>> sorted(measures_in("2025年销售预算(万元)")), sorted(measures_in("区域"))
    ([<Measure.PLAN: 'plan'>, <Measure.SALES: 'sales'>], [])
    """
    narrow = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    plain = _NOT_MEANT.sub(" ", to_simplified(narrow))
    return frozenset(measure for measure, pattern in _PATTERNS.items() if pattern.search(plain))
