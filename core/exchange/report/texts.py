"""Every text that a report shows."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = "0123456789+-.,%× "


def texts_of(content: object) -> Iterator[str]:
    """Yield the texts of a report, or of any part of its content, and what numbers are written with."""
    yield DIGITS
    yield from _texts(content)


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from _texts(each)
    elif is_dataclass(content):
        for each in fields(content):
            yield from _texts(getattr(content, each.name))
