"""Sheets whose headers are plain and whose values are hard."""

from datetime import date
from decimal import Decimal

from tests.core.exchange.corpus.understanding_case import Understanding

D = Decimal

HEAD = ("区域编号", "公司编号", "月份", "金额（元）")


def sales(month: object, amount: object, region: object = "420100") -> tuple[object, ...]:
    """Return a row of sales."""
    return (region, "US", month, amount)


def expected(months: list[object], amounts: list[object], regions: list[object] | None = None) -> dict:
    """Return what rows of sales say."""
    return {
        "region_id": regions or ["420100"] * len(months),
        "company_id": ["US"] * len(months),
        "month": months,
        "amount": amounts,
    }


MARCH = date(2024, 3, 1)

CASES = [
    Understanding(
        "numbers",
        "Every way to write a number, and what stands for nothing.",
        HEAD,
        [
            sales("2024-03", each)
            for each in (
                "1,234.5",
                "１２３",
                "(1,234)",
                "1,234-",
                "¥12",
                "3.5万",
                "三千五百",
                "壹万元整",
                "—",
                "/",
                "无",
            )
        ],
        "market_sales",
        expected(
            [MARCH] * 11,
            [D("1234.5"), D(123), D(-1234), D(-1234), D(12), D(35000), D(3500), D(10000), None, None, None],
        ),
    ),
    Understanding(
        "no_numbers",
        "Ranges, estimates, failed formulas, European commas, percentages: errors, not guesses.",
        HEAD,
        [
            sales("2024-03", each)
            for each in ("约1200", "100-200", "#REF!", "1.2.3", "35%", "1.23E+06", "12箱", "10²", "1,23,4")
        ],
        "market_sales",
        expected([MARCH] * 9, [None] * 9),
        asked=("column",),
        answers={("column", "金额（元）"): "market_sales.amount"},
        findings=(
            "formula_error",
            "lost_digits",
            "not_a_number",
            "not_a_number",
            "not_a_number",
            "range",
            "range",
            "unit_conflict",
            "unit_conflict",
        ),
    ),
    Understanding(
        "months",
        "All forms of a month in one column.",
        HEAD,
        [
            sales(each, 1)
            for each in (
                "2024年3月",
                "2024.3",
                "202403",
                202403.0,
                "2024-03-01",
                45352,
                "二〇二四年三月",
                "24年3月",
            )
        ],
        "market_sales",
        expected([MARCH] * 8, [D(1)] * 8),
    ),
    Understanding(
        "periods",
        "Quarters and half-years are refused, with words.",
        HEAD,
        [sales("2024Q1", 1), sales("上半年", 1), sales("2024年", 1), sales("2024-03", 1), sales("202404", 2)],
        "market_sales",
        expected([None, None, None, MARCH, date(2024, 4, 1)], [D(1)] * 4 + [D(2)]),
        asked=("column",),
        answers={("column", "月份"): "market_sales.month"},
        findings=("whole_period", "whole_period", "whole_period"),
    ),
    Understanding(
        "october",
        "2024.1 as a number is January or October: asked.",
        HEAD,
        [sales(2024.1, 1), sales(2024.2, 2)],
        "market_sales",
        expected([date(2024, 10, 1), date(2024, 2, 1)], [D(1), D(2)]),
        asked=("october",),
        answers={("october", "month"): "october"},
    ),
    Understanding(
        "short_days",
        "24/3/5 may be three days: asked, and withheld until answered.",
        ("日期", "客户类型", "客户编码", "产品编码", "库存量（箱）"),
        [("24/3/5", "终端", "T1", "P1", 1), ("24/3/6", "终端", "T1", "P1", 2)],
        "inventory",
        {
            "as_of": [date(2024, 3, 5), date(2024, 3, 6)],
            "customer_type": ["terminal"] * 2,
            "customer_id": ["T1"] * 2,
            "product_id": ["P1"] * 2,
            "quantity": [D(1), D(2)],
        },
        asked=("date_order",),
        answers={("date_order", "as_of"): "ymd"},
    ),
    Understanding(
        "excel_codes",
        "Codes that Excel made numbers of: 420100.0 comes back, 4.2E+17 is lost.",
        HEAD,
        [sales("2024-03", 1, 420100.0), sales("2024-03", 2, "420200.0"), sales("2024-03", 3, "4.2E+17")],
        "market_sales",
        expected([MARCH] * 3, [D(1), D(2), D(3)], ["420100", "420200", None]),
        findings=("excel_number", "lost_digits"),
    ),
    Understanding(
        "lost_zeros",
        "Shop codes of two digits beside a number of one: has it lost a zero?",
        ("门店编码", "品牌编码", "月份", "销售额（元）"),
        [("001", "B1", "2024-03", 1), (2, "B1", "2024-03", 2)],
        "terminal_sales",
        {
            "terminal_id": ["001", "002"],
            "company_id": ["B1"] * 2,
            "month": [MARCH] * 2,
            "amount": [D(1), D(2)],
        },
        asked=("leading_zeros",),
        answers={("leading_zeros", "terminal_id"): "pad"},
    ),
    Understanding(
        "rates",
        "35 and 0.35 in one column of rates: asked.",
        ("产品编码", "产品名称", "毛利率"),
        [("P1", "可乐", 35), ("P2", "雪碧", 0.35)],
        "product",
        {"product_id": ["P1", "P2"], "name": ["可乐", "雪碧"], "unit_margin_rate": [D("0.35"), D("0.0035")]},
        asked=("scale",),
        answers={("scale", "unit_margin_rate"): "percent"},
    ),
    Understanding(
        "ticks",
        "Ticks and empty cells: whether empty means no is asked.",
        ("姓名", "工号", "是否在职"),
        [("张三", "E001", "√"), ("李四", "E002", None)],
        "employee",
        {"name": ["张三", "李四"], "employee_id": ["E001", "E002"], "active": [True, False]},
        asked=("blank_means_no",),
        answers={("blank_means_no", "active"): "no"},
    ),
]
