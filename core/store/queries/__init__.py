"""Queries as files: ``<topic>/<name>.sql``, loaded by name.

What several of them must say alike stands once in ``parts`` and is named where it belongs: ``{parts/NAME}``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"\$([a-z][a-z0-9_]*)")
_COMMENT = re.compile(r"--[^\n]*")
_PART = re.compile(r"\{(parts/[a-z_]+)\}")


@cache
def query(name: str) -> tuple[str, frozenset[str]]:
    """Return a query's text with its parts, and the names of its ``$parameters``."""
    text = _PART.sub(lambda part: query(part[1])[0].strip(), (FOLDER / f"{name}.sql").read_text("utf-8"))
    return text, frozenset(_PARAMETER.findall(_COMMENT.sub("", text)))
