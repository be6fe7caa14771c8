"""A GBK report with title, two-row header and total: read, asked about, loaded, worked off, known again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Server
    from playwright.sync_api import Page

REGION = "region_id,parent_id,level,name\n1,,province,湖北省\n2,1,city,武汉市\n3,1,city,宜昌市\n"
COMPANY = "company_id,name,is_self\nA,甲公司,true\nB,乙公司,false\n"
REPORT = (
    "2024年3月各公司销售情况,,,,\n单位：万元,,,,\n区域,竞品,本月,,同比\n,,销售额,数量(箱),\n"
    "武汉市,甲公司,１２.5,30,5%\n宜昌,乙公司,8,20,3%\n宜昌市,甲公司,x,1,\n火星,甲公司,1,2,\n"
    "合计,,21.5,53,\n制表人：张三,,,,\n"
)


@pytest.fixture(scope="module")
def named(serve: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app on a store with two cities and two companies."""
    from core.exchange.canonical.importing import load
    from core.store.database import Store

    folder = tmp_path_factory.mktemp("named")
    (folder / "region.csv").write_text(REGION, "utf-8")
    (folder / "company.csv").write_text(COMPANY, "utf-8")
    with Store.open(folder / "named.duckdb") as store:
        load(store, [folder / "region.csv", folder / "company.csv"])
    return serve(folder / "named.duckdb")


def test_a_messy_report_becomes_rows_of_the_store(named: Server, page: Page, tmp_path: Path) -> None:
    """Month and name are asked; two rows go in, two wait; the same file then asks nothing."""
    file = tmp_path / "各公司销售.csv"
    file.write_bytes(REPORT.encode("gb18030"))
    page.goto(f"{named.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(file)

    page.get_by_text("所有行的“月份”都是 2024-03 吗？").wait_for()
    page.get_by_role("button", name="确认", exact=False).click()
    page.get_by_role("button", name="确认这些名称").click()
    page.get_by_text("2 行可以导入，2 行有错误").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="带检查结果的原始行").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    page.get_by_role("button", name="导入 2 行，2 行待处理").click()
    page.get_by_text("新增 2 行，更新 0 行，删除 0 行").wait_for()
    page.get_by_text("有 2 行放入了待处理区").wait_for()

    page.goto(f"{named.url}/data?lang=zh&tab=quarantine")
    page.get_by_role("button", name="检查并导入已改对的行").wait_for()
    page.get_by_role("button", name="放弃").click()
    page.get_by_label("为什么不需要了？").fill("不是我们的区域")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="放弃全部 2 行").click()
    page.get_by_text("已放弃，连同原因留在记录里").wait_for()

    # The same file again: nothing is asked any more but what has changed.
    page.goto(f"{named.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("2 行可以导入，2 行有错误").wait_for()


DEALERS = (
    "经销商名称,联系地址,账期天数\n甲商贸,湖北省武汉市解放大道1号,30\n乙商贸,湖北省武汉市友谊路2号,30\n"
    "丙商贸,宜昌市东山大道3号,45\n丁商贸,一马路4号,45\n"
)


def test_dealers_get_their_region_from_the_address(named: Server, page: Page, tmp_path: Path) -> None:
    """The region is offered, confirmed once per town, and an address without one is told and stays empty."""
    file = tmp_path / "经销商名单.csv"
    file.write_bytes(DEALERS.encode("gb18030"))
    page.goto(f"{named.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(file)

    page.get_by_text("没有区域列。要从“联系地址”里识别区域吗？").wait_for()
    page.get_by_role("button", name="确认", exact=False).click()
    page.get_by_text("从地址识别").wait_for()
    page.get_by_role("button", name="确认这些名称").click()
    page.get_by_text("地址里没有已知的区域名，例如“一马路4号”。").wait_for()
    page.get_by_role("button", name="导入 4 行").click()
    page.get_by_text("新增 4 行，更新 0 行，删除 0 行").wait_for()


def test_unusual_sheets_are_read_to_the_sentence_before_loading(
    named: Server, page: Page, tmp_path: Path
) -> None:
    """A deep header, 万元 by format, two blocks and returns are each told in a sentence with their total."""
    import xlsxwriter

    file = tmp_path / "报表.xlsx"
    sheets: dict[str, list[list[object]]] = {
        "多层": [
            ["2024年销售(元)"],
            ["区域", "甲公司", None, None, None],
            [None, "1月", None, "2月", None],
            [None, "销售额", "增幅", "销售额", "增幅"],
            ["武汉市", 10_000, 0.1, 20_000, 0.2],
            ["宜昌市", 30_000, 0.1, 40_000, 0.2],
        ],
        "格式": [["区域", "公司", "月份", "销售额(万元)"], ["武汉市", "甲公司", "2023-05", 450_000]],
        "两块": [
            ["2021年销售(元)"],
            ["区域", "公司", "1月", "2月"],
            ["武汉市", "甲公司", 10_000, 20_000],
            [],
            ["2022年销售(元)"],
            ["区域", "公司", "1月", "2月"],
            ["武汉市", "甲公司", 50_000, 60_000],
        ],
        "退货": [
            ["单据类型", "区域", "公司", "月份", "销售额(元)"],
            ["销售出库", "武汉市", "乙公司", "2024-03", 100_000],
            ["销售退货", "宜昌市", "乙公司", "2024-03", 30_000],
        ],
    }
    with xlsxwriter.Workbook(file) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
        book.get_worksheet_by_name("格式").write(1, 3, 450_000, book.add_format({"num_format": "0!.0,"}))
    page.goto(f"{named.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("“单据类型”为“销售退货”的行怎样计？").wait_for()
    page.get_by_role("button", name="确认", exact=False).click()
    for sentence in (
        "多层 → 市场销售 · 2024-01 – 2024-02 · 甲公司 · 4 行 · 合计 10.00 万元",
        "格式 → 市场销售 · 2023-05 · 甲公司 · 1 行 · 合计 45.00 万元",
        "两块 → 市场销售 · 2021-01 – 2021-02 · 甲公司 · 2 行 · 合计 3.00 万元",
        "两块 (2) → 市场销售 · 2022-01 – 2022-02 · 甲公司 · 2 行 · 合计 11.00 万元",
        "退货 → 市场销售 · 2024-03 · 乙公司 · 2 行 · 合计 7.00 万元",
    ):
        page.get_by_text(sentence).wait_for()
    page.get_by_role("button", name="导入 11 行").wait_for()
