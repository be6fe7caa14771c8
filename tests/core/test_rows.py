"""Every row of the founding documents is somewhere, and what the table names is there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "methods" / "rows.md").read_text("utf-8")
LINES = [line for line in TEXT.splitlines() if re.match(r"\| \d-\d+ ", line)]
LAST = {0: 23, 1: 6, 2: 7, 3: 32, 4: 13}
"""Number of the last row of each document."""
NOT_BUILT = "not built"


def named(kind: str) -> list[str]:
    """Return what the table names in backticks that begins with a word."""
    found = [name for line in LINES for name in re.findall(rf"`({kind}[^`]*)`", line)]
    return sorted(set(found))


def test_every_row_has_one_line() -> None:
    """0-1 to 4-13 stand in the table, each once and in order."""
    rows = [tuple(map(int, re.match(r"\| (\d)-(\d+)", line).groups())) for line in LINES]  # type: ignore[union-attr]
    assert rows == [(document, row) for document, last in LAST.items() for row in range(1, last + 1)]


def test_every_row_names_function_page_and_test() -> None:
    """A row without one of the three says that it isn't built, and why."""
    for line in LINES:
        _row, _what, function, page, test = (part.strip() for part in line.strip("|").split("|"))
        if NOT_BUILT in function:
            assert len(function) > len(NOT_BUILT) + 20, line
            continue
        assert "`core." in function, line
        assert "`pages/" in page, line
        assert "`tests/" in test, line


@pytest.mark.parametrize("name", named("core"))
def test_the_function_is_there(name: str) -> None:
    """A dotted name is a module, or something that a module holds."""
    module, _dot, attribute = name.rpartition(".")
    assert (ROOT / f"{name.replace('.', '/')}.py").exists() or hasattr(import_module(module), attribute)


@pytest.mark.parametrize("name", [*named("pages"), *named("tests")])
def test_the_file_is_there(name: str) -> None:
    """Pages and tests are files of the project."""
    assert (ROOT / name).is_file()
