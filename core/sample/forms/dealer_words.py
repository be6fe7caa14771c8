"""What the papers about the dealers of the demonstration region say: invented, in the manner of the trade."""

from __future__ import annotations

import datetime as dt
from typing import Any

OFFICE, FORMER, LEFT = "销售内勤", "前任业务经理", "离职"
SOLVED = "已处理，客户认可"
AGAINST_THE_TREE = "县内暂无可替代的经销商，先培训一季度再评"
REASONS = {
    "keep": "态度好，三项功能齐备，继续做透现有区域",
    "train": "有意愿，能力不足，安排终端管理与库存管理培训",
    "transform": "能力够，功能不全，限期补齐",
    "redraw": "在现有大区域内补不齐，收缩到县城渠道",
    "eliminate": "不符合可用标准，启动替换",
}
MEASURES = {
    "sales_team": "招聘两名业务员，分路线跑店",
    "information": "每月 3 日前上报进销存和竞品价格",
    "channel_management": "与二批签订价格与区域协议",
}
CALLS = (
    "近期动销平稳，希望增加陈列支持",
    "反映邻县低价货流入",
    "回款正常，要求提前供应节日货",
    "库存偏高，商定本月少进",
)
ISSUES: tuple[tuple[str, str | None, str], ...] = (
    ("supply", None, "旺季断货五天，两家超市被竞品补位"),
    ("supply", None, "到货批次日期偏旧，客户拒收一部分"),
    ("promotion", None, "陈列费用核销拖延"),
    ("promotion", None, "赠品未随货到达"),
    ("service", None, "漏液退货两件，等待换货"),
    ("ordering", None, "订单品项发错"),
    ("settlement", None, "返利金额双方对账不一致"),
    ("settlement", None, "货款逾期，承诺月底付清"),
    ("coordination", "diversion", "外县批发部把货冲进城区，单价低一成"),
    ("coordination", "dumping", "二批为冲量低价倾销"),
    ("coordination", "price_swing", "调价通知晚到，终端价格混乱"),
)
_DAY = dt.date(2026, 8, 15)
CARD_TEXTS: dict[str, dict[str, tuple[Any, ...]]] = {
    "card_profile": {
        "head": ("陈老板", "刘总", "黄经理", "周老板"),
        "phone": ("0000-1234567", "0000-7654321"),
        "address": ("城关商贸城 12 号", "环城路批发街 88 号"),
        "company_form": ("individual", "company"),
        "founded": (1998, 2005, 2012, 2018),
        "staff": (6, 12, 25),
        "salespeople": (1, 3, 8),
        "vehicles": (1, 2, 5),
        "warehouse": (200, 500, 1200),
        "brands": ("本品约四成，另有两个饮料品牌", "本品为主，兼营粮油"),
        "scope": ("饮料、乳品、休闲食品", "饮料批发及商超配送"),
    },
    "card_credit": {
        "rating": ("A", "B", "B", "C"),
        "assessed_on": (_DAY, dt.date(2026, 3, 1)),
        "habit": ("on_time", "late", "early", "on_time"),
        "guarantee": ("店面抵押", "无"),
        "bad_debt": (0, 0, 20000),
        "risk": ("同时欠另一供应商货款", "未发现"),
    },
    "card_sales": {
        "agreed": (3_000_000, 6_000_000, 12_000_000),
        "purchases": (8_000_000, 15_000_000, 30_000_000),
        "channels": (("grocery", "wholesale"), ("supermarket", "convenience"), ("catering",)),
        "season": ("6–9 月旺，2 月淡", "春节前旺"),
        "remark": ("乡镇流通强，商超弱",),
    },
    "card_price": {
        "price_list": ("2026 年 3 月版", "2026 年 9 月版"),
        "rebate": (2.0, 3.0, 5.0),
        "resale": ("kept", "sometimes", "broken"),
        "retail": ("kept", "sometimes"),
        "floor": ("不低于开票价 97%",),
        "last_breach": (dt.date(2026, 7, 6),),
    },
    "card_cost_profit": {
        "promotion_cost": (60_000, 120_000, 200_000),
        "rebate_cost": (50_000, 90_000, 180_000),
        "delivery_cost": (30_000, 60_000),
        "staff_cost": (48_000, 96_000),
        "other_cost": (5_000, 12_000),
        "dealer_margin": (6.0, 8.0, 11.0),
    },
    "card_rivals": {
        "rival": ("栎森饮品", "黛峰食品", "槿禾乳饮"),
        "rival_dealer": ("城东商行", "利民批发"),
        "policy": ("每箱搭赠一瓶，账期三十天", "进场费全包"),
        "people": (2, 4, 7),
        "strengths": ("餐饮渠道强", "配送快"),
        "weaknesses": ("乡镇覆盖差", "断货多"),
        "moves": ("正在铺冰柜",),
    },
    "card_consumers": {
        "collected_on": (_DAY,),
        "asked": (30, 50, 80),
        "satisfaction": (3, 4, 4, 5),
        "praise": ("口感清爽",),
        "complaints": ("大瓶不好拿", "标签易脱落"),
        "wishes": ("希望有无糖小瓶装",),
    },
    "card_subdealers": {
        "collected_on": (_DAY,),
        "asked": (4, 8, 15),
        "supply": (3, 4, 5),
        "price_order": (2, 3, 4),
        "margin": (2, 3, 4),
        "complaints": ("小品项送货不及时", "邻县价格低"),
        "suggestions": ("统一调价日期",),
    },
    "card_strategy": {
        "goal": ("一年内成为县城第一", "守住乡镇，补齐商超"),
        "target": (4_000_000, 8_000_000, 15_000_000),
        "product": ("主推茶饮料，导入功能饮料",),
        "price": ("稳住流通价，商超做组合装",),
        "service": ("每周两次送货",),
        "promotion": ("旺季前铺冰柜与陈列",),
        "responsible": ("业务经理",),
        "review_on": (dt.date(2026, 12, 31),),
        "key_supply": (True, False),
    },
}
