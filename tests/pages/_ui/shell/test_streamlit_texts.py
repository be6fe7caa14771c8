"""The words that Streamlit itself shows."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

from pages._ui.shell import streamlit_texts

BUNDLE = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_every_phrase_has_a_chinese_one() -> None:
    """No phrase is left in English, and its place-holders are kept."""
    pairs = streamlit_texts.pairs()["words"]
    for phrase, chinese in pairs.items():
        assert chinese != phrase
        assert re.findall(r"\{\w+\}", phrase) == re.findall(r"\{\w+\}", chinese)


def test_the_upload_says_what_is_translated() -> None:
    """The pinned Streamlit still says these words where files are uploaded."""
    script = next(BUNDLE.glob("FileUploader.*.js")).read_text("utf-8")
    for phrase in ("Upload", "Add files", "Drag and drop files here", " per file", " files are not allowed."):
        assert phrase in script
