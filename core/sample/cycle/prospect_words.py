"""What the reps of the demonstration region wrote about their talks with prospects."""

from __future__ import annotations

OFFICE = "销售内勤"
RESULTS = (
    "店主愿意先试两个单品，担心压货",
    "采购要看三个月的动销数据再定",
    "认可产品，价格比对手高，要求试销支持",
    "老板娘做主，本次未见到，店员印象不错",
    "同意腾出一个排面，等对手合同月底到期",
    "现款没问题，要求送货到店、临期可换",
)
NEXT = (
    "带试销方案和陈列图，谈首单品项和数量",
    "约老板娘当面谈，确认付款方式",
    "带同街已合作店的动销数据",
    "请主管一起谈进场条件",
    "送样品，确认到货时间和陈列位置",
    "对手合同到期前一周，落实首单",
)
