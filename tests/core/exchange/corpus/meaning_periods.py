"""Files that name more than one period, or whose names, titles, headers and rows contradict each other."""

from collections.abc import Sequence

from tests.core.exchange.corpus.meaning_case import SALES, Meaning, sheet

WUHAN, YICHANG = "武汉市", "宜昌市"
HEAD = ("区域", "公司", "销售额(元)")
ROWS = ((WUHAN, "甲公司", 1), (YICHANG, "乙公司", 2))


def stored(month: str) -> list[tuple[object, ...]]:
    """Return the rows as rows of a month."""
    return [("2", "A", month, 1), ("3", "B", month, 2)]


def titled(number: int, title: str, month: str = "", name: str = "Sheet1") -> Meaning:
    """Return a file with a title; without a month it is to be asked for."""
    rows = stored(month) if month else None
    return Meaning(
        f"d_{number}.xlsx",
        sheet((title,), HEAD, *ROWS, name=name),
        ("constant",) if month else ("missing",),
        rows,
    )


def dated(name: str, sheet_name: str, header: Sequence[object], row: Sequence[object], code: str) -> Meaning:
    """Return a file whose rows say another period than its title, its sheet or its name."""
    title = ("2025年销售额(元)",)
    return Meaning(name, sheet(title, header, row, name=sheet_name), (code,))


TITLES = [
    titled(at, title)
    for at, title in enumerate(
        (
            "2025年1月销售通报（12月数据）",
            "2025年2月例会：1月销售",
            "2025年1月发布 上月销售",
            "2025年3月（2月完成）",
            "1月通报 2024年12月销售",
        )
    )
]
NAMES = [
    titled(10, "2025年3月销售", name="2024年"),
    titled(11, "2025年3月销售", name="2月"),
    Meaning("d_2024年.xlsx", sheet(("2025年3月销售",), HEAD, *ROWS), ("missing",)),
    Meaning(
        "d_note.xlsx", sheet(("2025年1月销售",), HEAD, *ROWS, (), ("注：数据为2024年12月",)), ("missing",)
    ),
    Meaning(
        "d_header.xlsx",
        sheet(("2025年3月销售",), (*HEAD[:2], "2024年销售额(元)"), *ROWS),
        ("column", "missing"),
    ),
]
ROWS_SAY = [
    dated("d_rows_2024年.xlsx", "Sheet1", ("区域", "公司", "1月", "2月"), (WUHAN, "甲公司", 1, 2), "year"),
    dated(
        "d_rows_sheet.xlsx",
        "2024年",
        ("月份", *HEAD[:2], "销售额"),
        ("2025-01", WUHAN, "甲公司", 1),
        "title_conflict",
    ),
    dated(
        "d_rows_title.xlsx",
        "Sheet1",
        ("区域", "公司", "2024年1月", "2024年2月"),
        (WUHAN, "甲公司", 1, 2),
        "title_conflict",
    ),
    Meaning(
        "d_year_counts.xlsx",
        sheet(("月份", *HEAD), ("2025-01", WUHAN, "甲公司", 1), name="2024年"),
        ("title_conflict",),
        [("2", "A", "2024-01", 1)],
        answers={"title_conflict": "title"},
    ),
]
CLEAR = [
    titled(20, "2025年1月销售 打印日期：2025年2月3日", "2025-01"),
    titled(21, "25年1月销售", "2025-01"),
    titled(22, "2025年1月销售（1月31日止）", "2025-01"),
    titled(23, "2025年3月销售", "2025-03", name="3月"),
    Meaning("d_202501.xlsx", sheet(HEAD, *ROWS), ("constant",), stored("2025-01"), SALES),
]
CASES = [*TITLES, *NAMES, *ROWS_SAY, *CLEAR]
