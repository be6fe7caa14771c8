"""What the tasks of the demonstration region say."""

from __future__ import annotations

import datetime as dt

OFFICE = "销售部"
RATIO = "{county}近 12 个月为最大对手的 {ratio} 倍，{k} 倍才是稳固的第一。"
RATIO_TITLES = {
    "win": "在{county}做到第一：达到最大对手的 {target} 倍",
    "defend": "守住{county}：恢复到最大对手的 {target} 倍",
    "region": "缩小与{county}最大对手的差距：追到 {target} 倍",
}
SUBDIVIDE = "在{county}选定一个局部先做第一"
FAR = "{county}的对手远在射程之外，不宜全面追赶。"
DROPPED = "经销商换人，先把渠道理顺再定"
FIND_OUT = "查清对手在{county}的销售额"
BLIND = "{county}没有任何对手的销售记录。"
VISIT_ALL = "走访{county}四周未访问的客户"
UNVISITED = "{county}有客户四周没有人拜访。"
WIN_SHOP = "开发{shop}成为客户"
BLANK_SHOP = "{shop}尚未销售我方产品。"
VISIT_SHOP = "拜访{shop}"
OVERDUE = "{shop}的拜访已逾期。"
VISIT_LIST = "走访 {n} 家空白终端"
LIST = "终端地图上的空白终端清单。"
DEALER_TALK = "与{dealer}商定四季度的库存和回款"
DEALER_WHY = "{dealer}的库存天数偏高。"
# Title, why, made on, due, steps.
BY_HAND = (
    (
        "更换商超主推位的陈列",
        "巡店时发现主推位被对手占用。",
        dt.date(2026, 9, 7),
        dt.date(2026, 9, 25),
        (
            ("doing", dt.date(2026, 9, 8), ""),
            ("done", dt.date(2026, 9, 18), ""),
            ("doing", dt.date(2026, 9, 21), "还有两家店没有换"),
            ("done", dt.date(2026, 9, 24), ""),
            ("signed", dt.date(2026, 9, 25), ""),
        ),
    ),
    (
        "培训新来的两名业务员",
        "十月新增两条线路。",
        dt.date(2026, 10, 8),
        dt.date(2026, 10, 16),
        (
            ("doing", dt.date(2026, 10, 9), ""),
            ("done", dt.date(2026, 10, 15), ""),
            ("signed", dt.date(2026, 10, 16), ""),
        ),
    ),
    (
        "核对三季度促销费用的凭证",
        "促销费用高于预算。",
        dt.date(2026, 10, 9),
        dt.date(2026, 10, 28),
        (("doing", dt.date(2026, 10, 20), ""),),
    ),
    ("准备十月经营例会", "每月一次，先看逾期的任务。", dt.date(2026, 10, 26), dt.date(2026, 10, 30), ()),
    (
        "排定十一月的协同拜访",
        "主管每月与每名业务员同行一天。",
        dt.date(2026, 10, 26),
        dt.date(2026, 11, 4),
        (),
    ),
)
