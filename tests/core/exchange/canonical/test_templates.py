"""Templates: what the program writes, it reads."""

from __future__ import annotations

import openpyxl
import pytest

from core.exchange.canonical.headers import match, table_named
from core.exchange.canonical.importing import check_files, load
from core.exchange.canonical.templates import write_templates
from core.i18n import LANGUAGES, _, language
from core.tables import TABLES
from core.tables.boundary import BOUNDARY


@pytest.mark.parametrize("name", LANGUAGES)
def test_empty_templates_are_accepted_and_change_nothing(store, tmp_path, name) -> None:
    """All templates go in at once: the example rows are left out."""
    with language(name):
        paths = write_templates(tmp_path / "模板")
        check = check_files(store, paths)
    assert len(paths) == len(TABLES)
    assert {p.code for p in check.problems} == {"example_row", "no_rows"}
    assert not load(store, paths).changed


def test_a_filled_in_template_goes_in(store, tmp_path, select) -> None:
    """Rows below the example row are imported, with the row numbers of Excel in the findings."""
    with language("zh_CN"):
        path = next(p for p in write_templates(tmp_path) if p.stem == "company")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == ["公司编号", "名称", "英文名称", "本公司", "其他公司合计"]
    assert all(cell.comment for cell in sheet[1])
    for column, value in enumerate(["007", "甲", None, "是", None], 1):
        sheet.cell(4, column, value)
    sheet.cell(5, 1, "008")
    book.save(path)
    (problem,) = [p for p in check_files(store, [path]).problems if p.level == "error"]
    assert (problem.code, problem.column, problem.rows) == ("missing", "name", (5,))
    sheet.cell(5, 2, "乙")
    book.save(path)
    load(store, [path])
    assert select("SELECT company_id, name, is_self FROM company ORDER BY 1") == [
        ("007", "甲", True),
        ("008", "乙", False),
    ]


@pytest.mark.parametrize("table", [*TABLES, BOUNDARY], ids=lambda table: table.name)
@pytest.mark.parametrize("name", LANGUAGES)
def test_headers_of_every_template_are_understood(table, name) -> None:
    """No two columns of a table share a header, and each header finds its column in any language."""
    with language(name):
        headers = [_(column.label) for column in table.columns]
    columns, unique, problems = match(headers, table, "f")
    assert list(columns) == [column.name for column in table.columns]
    assert (unique, problems) == (tuple(headers), [])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_titles_find_their_table(table) -> None:
    """A sheet may be named after the table in either language."""
    for name in LANGUAGES:
        with language(name):
            assert table_named(_(table.label)) is table
