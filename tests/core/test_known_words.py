"""Types of outlets and purposes of visits in the language of the screen."""

from __future__ import annotations

import pytest

from core.i18n import language
from core.known_words import known_word


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("便利店", "Convenience store", "便利店"),
        ("餐饮", "Restaurant", "餐饮"),
        ("supermarket ", "Supermarket", "超市"),
        ("收款", "Collect payment", "收款"),
        ("加油站店", "加油站店", "加油站店"),
        (None, "", ""),
    ],
)
def test_known_words_are_shown_in_the_language(typed: str | None, english: str, chinese: str) -> None:
    """A known word is translated, one in the language already and one nobody knows stay as typed."""
    assert known_word(typed) == english
    with language("zh_CN"):
        assert known_word(typed) == chinese
