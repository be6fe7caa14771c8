"""An import with errors, corrected, and taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Server
    from playwright.sync_api import Page


def test_errors_are_shown_taken_away_and_corrected(empty: Server, page: Page, tmp_path: Path) -> None:
    """All findings at once, also as a file; the corrected file goes in; once more changes nothing."""
    wrong, right = tmp_path / "wrong" / "company.csv", tmp_path / "right" / "company.csv"
    for path, text in (
        (wrong, "公司编号,名称,本公司\nA,甲,也许\nA,乙,否\n"),
        (right, "公司编号,名称,本公司\nA,甲,是\nB,乙,否\n"),
    ):
        path.parent.mkdir()
        path.write_text(text, "utf-8-sig")

    page.goto(f"{empty.url}/data")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(wrong)
    page.get_by_text("处错误，改正后才能导入").wait_for()
    expect(page.get_by_role("button", name="导入 2 行")).to_be_disabled()
    with page.expect_download() as download:
        page.get_by_role("button", name="表格（CSV）").click()
    findings = Path(download.value.path()).read_text("utf-8-sig")
    assert "也许" in findings
    assert findings.count("company.csv") >= 2

    page.reload()
    chooser.set_input_files(right)
    page.get_by_text("检查通过，没有问题").wait_for()
    page.get_by_role("button", name="导入 2 行").click()
    page.get_by_text("新增 2 行，更新 0 行，删除 0 行").wait_for()

    chooser.set_input_files(right)
    page.get_by_role("button", name="导入 2 行").click()
    page.get_by_text("没有变化：这些行都已经在库里了").wait_for()
