"""The Chinese screen is complete: every source string has a translation with the same placeholders."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from core import i18n
from core.i18n import LOCALE_DIR

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{(\w+)")


@cache
def used() -> dict[str, str]:
    """Return every source string in core and pages with the place it stands at."""
    found: dict[str, str] = {}
    for folder in ("core", "pages"):
        # Babel would skip folders that begin with an underscore, such as pages/_ui.
        rows = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            directory_filter=lambda _path: True,
        )
        for name, line, message, _comments, _context in rows:
            messages = message if isinstance(message, tuple) else (message,)
            found.setdefault(messages[0], f"{folder}/{name}:{line}")
    return found


@cache
def chinese() -> dict[str, str]:
    """Return the merged Chinese catalogue."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALE_DIR / "zh_CN" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalogue: Catalog = read_po(file, locale="zh_CN", abort_invalid=True)
        for entry in catalogue:
            if entry.id and entry.string and not entry.fuzzy:
                key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                text = entry.string[0] if isinstance(entry.string, tuple) else entry.string
                if text:
                    merged.setdefault(key, text)
    return merged


def test_every_source_string_has_a_chinese_translation() -> None:
    """No English is left on the Chinese screen."""
    missing = {message: place for message, place in used().items() if message not in chinese()}
    assert not missing


def test_translations_use_the_same_placeholders() -> None:
    """A translation names no value that the program doesn't give, and drops none but {n}."""
    wrong = {
        message: chinese()[message]
        for message in used()
        if message in chinese()
        and set(PLACEHOLDER.findall(message)) - {"n"} != set(PLACEHOLDER.findall(chinese()[message])) - {"n"}
    }
    assert not wrong


def test_no_translation_is_left_over() -> None:
    """Every entry of the catalogue is in use, so that it shows what the screen says."""
    unused = sorted(set(chinese()) - set(used()))
    assert not unused


@pytest.mark.parametrize(
    "path", sorted((LOCALE_DIR / "zh_CN" / "LC_MESSAGES").glob("*.po")), ids=lambda p: p.stem
)
def test_no_two_catalogues_disagree(path: Path) -> None:
    """A source string has one Chinese wording in the whole product."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    conflicts = {}
    for entry in catalogue:
        if entry.id and entry.string:
            key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            text = entry.string[0] if isinstance(entry.string, tuple) else entry.string
            if text and chinese().get(key) != text:
                conflicts[key] = (text, chinese().get(key))
    assert not conflicts


def test_a_catalogue_read_once_is_kept_until_a_text_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process finds what the first compiled; a changed text or a damaged file is read anew."""
    shutil.copytree(LOCALE_DIR / "zh_CN" / "LC_MESSAGES", tmp_path / "zh_CN" / "LC_MESSAGES")
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    read = i18n._catalogue.__wrapped__
    whole = read("zh_CN").gettext("Overview")
    (kept,) = (tmp_path / "zh_CN" / "__pycache__").iterdir()
    with monkeypatch.context() as patched:
        patched.setattr(i18n, "_compile", lambda *_texts: pytest.fail("compiled a second time"))
        assert read("zh_CN").gettext("Overview") == whole
    kept.write_bytes(b"")
    assert read("zh_CN").gettext("Overview") == whole
    (tmp_path / "zh_CN" / "LC_MESSAGES" / "new.po").write_text('msgid "Never said"\nmsgstr "新"\n', "utf-8")
    assert read("zh_CN").gettext("Never said") == "新"
    assert len(list(kept.parent.iterdir())) == 1
