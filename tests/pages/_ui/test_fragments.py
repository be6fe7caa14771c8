"""Parts of a page that rerun alone."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, language
from pages._ui.fragments import fragment

if TYPE_CHECKING:
    import pytest


def test_a_part_keeps_the_language_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click reruns the part in a thread that knows no language; it speaks as its page did."""
    parts = []
    monkeypatch.setattr(st, "fragment", lambda function: parts.append(function) or function)

    @fragment
    def part(word: str) -> str:
        return _(word)

    with language("en"):
        assert part("Data") == "Data"
    # A fresh context, as a rerun has it; Chinese is its default.
    assert contextvars.Context().run(_, "Data") == "数据"
    assert contextvars.Context().run(parts[0]) == "Data"
