"""Columns that say row by row that a figure is returned, cancelled, a gift, internal or of another span."""

from tests.core.exchange.corpus.meaning_case import Meaning, sheet

HEAD = ("月份", "区域", "公司", "销售额(元)")
PLAIN = [("2", "A", "2024-03", 100), ("3", "B", "2024-03", 200)]
FIRST, MINUS = PLAIN[:1], [PLAIN[0], ("3", "B", "2024-03", -200)]

_NUMBERS: list[int] = []
"""A name of a file must not say what its column says."""


def said(header: str, words: tuple[object, object], rows: list[tuple[object, ...]] | None) -> Meaning:
    """Return a file of two rows and a word for each; None where no answer is proposed."""
    cells = [("2024-03", "武汉市", "甲公司", 100, words[0]), ("2024-03", "宜昌市", "乙公司", 200, words[1])]
    asked = () if rows == PLAIN else ("row_kind",)
    _NUMBERS.append(len(_NUMBERS))
    return Meaning(f"g_{_NUMBERS[-1]}.xlsx", sheet((*HEAD, header), *cells), asked, rows)


FLAGS = [
    said("作废", ("否", "是"), FIRST),
    said("红冲", (None, "是"), MINUS),
    said("红字", ("N", "Y"), MINUS),
    said("is_deleted", ("0", "1"), FIRST),
    said("cancelled", ("no", "yes"), FIRST),
    said("冲销标识", ("-", "X"), MINUS),
    said("审核标志", ("1", "0"), FIRST),
    said("关联交易", ("否", "是"), None),
    said("公司间", ("N", "Y"), None),
]
WORDS = [
    said("类型", ("正常", "内购"), FIRST),
    said("销售类型", ("正常", "员工内购"), FIRST),
    said("审核状态", ("已审", "未审"), FIRST),
    said("支付状态", ("已支付", "未支付"), FIRST),
    said("物流状态", ("已签收", "拒收"), FIRST),
    said("订单状态", ("完成", "待发货"), None),
    said("出库类型", ("销售出库", "领用出库"), FIRST),
    said("出库类型", ("销售出库", "报废出库"), FIRST),
    said("单据名称", ("销售单", "退货单"), MINUS),
    said("票据类型", ("蓝票", "红票"), MINUS),
    said("指标名称", ("销售额", "退货额"), MINUS),
    said("摘要", ("销售", "冲1月"), MINUS),
    said("性质", ("对外", "内部"), None),
    said("备注", ("-", "内部领用"), FIRST),
    said("收发类别", ("销售出库", "其他出库"), None),
    said("记录类型", ("明细", "调整"), None),
    said("发货状态", ("已发货", "未发货"), None),
]
DETAILS = [
    said("退货原因", ("无", "破损"), MINUS),
    said("退货单号", (None, "TH001"), MINUS),
    said("取消时间", (None, "2024-03-05"), FIRST),
    said("原单号", (None, "XS001"), None),
]
NOTHING_SAID = [
    said("备注", ("-", "好"), PLAIN),
    said("渠道类型", ("商超", "流通"), PLAIN),
    said("作废", ("否", None), PLAIN),
]
CASES = [*FLAGS, *WORDS, *DETAILS, *NOTHING_SAID]
