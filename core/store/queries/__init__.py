"""Queries as files: ``<topic>/<name>.sql``, loaded by name.

What several of them must say alike stands once in ``parts`` and is named where it belongs: ``{parts/NAME}``,
or ``{parts/NAME COLUMN}`` where it is about a column.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"\$([a-z][a-z0-9_]*)")
_COMMENT = re.compile(r"--[^\n]*")
_PART = re.compile(r"\{(parts/[a-z_]+)(?: ([^{}]+))?\}")


@cache
def query(name: str) -> tuple[str, frozenset[str]]:
    """Return a query's text with its parts, and the names of its ``$parameters``."""
    text = _text(name)
    return text, frozenset(_PARAMETER.findall(_COMMENT.sub("", text)))


def _text(name: str) -> str:
    return _PART.sub(_part, (FOLDER / f"{name}.sql").read_text("utf-8"))


def _part(named: re.Match[str]) -> str:
    # Without its comment: the words of a query tell which tables it reads.
    text = _COMMENT.sub("", _text(named[1])).strip()
    return text if named[2] is None else text.replace("{column}", named[2])
