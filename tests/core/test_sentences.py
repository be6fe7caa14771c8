"""Sentences that stand one after the other."""

from __future__ import annotations

from core.errors import InputError
from core.i18n import sentences, use_language


def test_a_chinese_sentence_follows_without_a_space() -> None:
    """The full stop of Chinese is as wide as a letter; English puts a space; nothing said adds nothing."""
    use_language("zh_CN")
    assert sentences("领先。", "", "落后。") == "领先。落后。"
    use_language("en")
    assert sentences("Ahead.", "", "Behind.") == "Ahead. Behind."
    assert sentences("Ahead.", "") == "Ahead."


def test_an_error_parts_its_two_sentences_as_their_language_does() -> None:
    """A blank stands behind a full stop, and none behind a Chinese one."""
    assert str(InputError("没有网点。", "请导入。")) == "没有网点。请导入。"
    assert str(InputError("No shops.", "Import some.")) == "No shops. Import some."
    assert str(InputError("No shops.")) == "No shops."
