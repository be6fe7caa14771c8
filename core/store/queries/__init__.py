"""Queries as files: ``<topic>/<name>.sql``, loaded by name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"\$([a-z][a-z0-9_]*)")
_COMMENT = re.compile(r"--[^\n]*")


@cache
def query(name: str) -> tuple[str, frozenset[str]]:
    """Return a query's text and the names of its ``$parameters``."""
    text = (FOLDER / f"{name}.sql").read_text("utf-8")
    return text, frozenset(_PARAMETER.findall(_COMMENT.sub("", text)))
