"""Characters that nobody sees, and apostrophes, are left out of what is imported, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.customers.forms import form
from core.customers.forms.validate import check
from core.exchange.canonical.importing import check_files, load
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.visible_text import escaped, has_hidden, may_hide, without_hidden
from tests.core.exchange.hostile.texts import INVISIBLE

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.database import Store

SIGNS = [sign for sign in INVISIBLE.values() if len(sign) == 1]


@pytest.mark.parametrize("sign", SIGNS)
def test_every_way_of_looking_agrees(sign: str) -> None:
    """A hidden sign is seen in a text and in bytes, goes when it is cleaned, and is told by its number."""
    text = f"武{sign}汉"
    assert has_hidden(text)
    assert may_hide(text.encode())
    assert not has_hidden(without_hidden(text))
    assert without_hidden(text).replace(" ", "") == "武汉"
    assert escaped(text) == f"武\\u{ord(sign):04x}汉"
    assert not may_hide("武汉“x”—…\t\r\n\u3000".encode())


def test_a_file_of_the_templates_is_cleaned_with_a_warning(store: Store, write) -> None:
    """A name with a sign that turns text around loses it, and the finding shows the sign by its number."""
    paths = write(company="company_id,name\nA,\u202eOne\nB,Two\n")
    (warning,) = [p for p in check_files(store, paths).problems if p.code == "hidden"]
    assert (warning.column, warning.value, warning.rows) == ("name", "\\u202eOne", (2,))
    assert load(store, paths).batches[0].rows == 2
    names = store.fetch("SELECT c.name AS name FROM company AS c ORDER BY 1")["name"].to_pylist()
    assert names == ["One", "Two"]


def test_two_keys_that_look_alike_are_one(store: Store, write) -> None:
    """A key with a sign that nobody sees is the key without it, and so stands twice."""
    check = check_files(store, write(company="company_id,name\nA,One\nA\u200d,Two\n"))
    assert "duplicate_key" in {problem.code for problem in check.problems}


def test_any_file_is_cleaned_with_a_finding(store: Store, tmp_path: Path) -> None:
    """Hidden signs and a leading apostrophe are left out of any file, counted, with the first place."""
    path = tmp_path / "产品.csv"
    path.write_text("产品编号,产品\u200b名称,箱规\n'001,甲\u202e茶,1\n'002,乙茶,2\n", "utf-8")
    known = Known(store)
    flow = open_file(path, known, FileAnswers())
    assert flow.questions == ()
    prepared = prepare(flow, known)
    found = {flaw.source.code: flaw.sentence for flaw in prepared.flaws}
    assert "1 cells, the first in row 2, column “产品名称”" in found["hidden"]
    assert "2 cells, the first in row 2, column “产品编号”" in found["apostrophe"]
    load_file(prepared, known)
    rows = store.fetch("SELECT p.product_id AS id, p.name AS name FROM product AS p ORDER BY 1").to_pylist()
    assert rows == [{"id": "001", "name": "甲茶"}, {"id": "002", "name": "乙茶"}]


def test_a_form_refuses_what_turns_text_around() -> None:
    """A name typed on a page with such a sign is refused with its place and number."""
    _values, findings = check(form("contacts"), {"name": "王\u202e", "function": "purchasing"})
    assert "U+202E" in str(findings[0])
