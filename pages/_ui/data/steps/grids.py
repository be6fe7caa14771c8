"""How tables of raw cells are shown in the guided import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streamlit.elements.lib.column_types import ColumnConfig

FEW = 12
TALL = 460
"""Pixels of a longer table, which scrolls."""
_EXACT = 1e15
"""Below it every whole number of Excel is written as it stands there."""


def tall(rows: int, most: int = TALL) -> int | Literal["content"]:
    """Return the height of a table of so many rows: all of them, or what leaves room for the rest."""
    return "content" if rows <= FEW else most


def shown(cell: Any) -> str:  # noqa: ANN401 - what a cell may hold
    """Return a raw cell as it is shown and edited: a whole number of Excel without its “.0”."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return str(cell)


def free(name: str, taken: Iterable[str]) -> str:
    """Return a name for a column beside those of a file, which may have one called so itself."""
    own = set(map(str, taken))
    while name in own:
        name += "·"
    return name


def row_column() -> ColumnConfig:
    """Return how the row of the file is shown beside its cells."""
    return st.column_config.NumberColumn(_("Row"), width=60, pinned=True)
