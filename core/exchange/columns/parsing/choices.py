"""Columns of yes and no, and of a few known words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.errors import nearest
from core.exchange.canonical.headers import fold
from core.exchange.columns.parsing.cells import (
    EXCEL_ERRORS,
    Cells,
    Refusal,
    narrow,
    samples,
    shown,
    unquoted,
)
from core.exchange.columns.results import Parsed, Question

if TYPE_CHECKING:
    import pandas as pd

    from core.tables import Column

_YES = frozenset(
    [
        "是",
        "对",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "✅",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "1.0",
        "在职",
        "在岗",
        "有效",
        "独家",
        "启用",
        "正常",
        "已",
        "○",
        "●",
        "真",
        "ok",
    ]
)
_NO = frozenset(
    [
        "否",
        "不是",
        "不",
        "没有",
        "无",
        "×",
        "✗",
        "✘",
        "❌",
        "x",
        "n",
        "no",
        "false",
        "f",
        "0",
        "0.0",
        "离职",
        "离岗",
        "无效",
        "非独家",
        "停用",
        "未",
        "假",
        "☐",
        "□",
    ]
)
_TICKS = frozenset("√✓✔☑✅")


def parse_booleans(
    values: pd.Series | Sequence[Any], column: Column, decisions: Mapping[str, str] | None = None
) -> Parsed:
    """Read a column of yes and no.

    Where 有 occurs 无 means no, else it means that nothing is known. Where the only word is a tick, it
    is asked whether an empty cell means no.

    Parameters
    ----------
    values
        Raw cells.
    column
        The column of the store they go into.
    decisions
        Answers: ``blank_means_no``, ``no`` or ``unknown``.
    """
    cells = Cells.of(values, column.name)
    spellings = [unquoted(narrow(shown(cell))).casefold() for cell in cells.raw]
    contrasted = "有" in spellings
    results: list[bool | None] = []
    for position, text in enumerate(spellings):
        result = None
        if text in {"无", "没有", "無"} and contrasted:
            result = False
        elif not cells.blank(cells.raw[position]):
            result = True if text in _YES else False if text in _NO else None
            if result is None:
                cells.note(position, "formula_error" if text in EXCEL_ERRORS else "not_boolean")
        results.append(result)
    spread = cells.spread(results)
    questions: tuple[Question, ...] = ()
    said = [text for text, result in zip(spellings, results, strict=True) if result is not None]
    if said and all(text in _TICKS for text in said) and bool((cells.which < 0).any()):
        answer = (decisions or {}).get("blank_means_no")
        if answer == "no":
            spread = spread.where(cells.which >= 0, False)
        elif answer is None:
            questions = (
                Question(
                    "blank_means_no",
                    column.name,
                    ("no", "unknown"),
                    "no",
                    samples(cells.raw),
                    {"label": column.label},
                ),
            )
    return Parsed(spread, tuple(cells.findings), questions)


def parse_choices(values: pd.Series | Sequence[Any], column: Column) -> Parsed:
    """Read a column of a few known words; other words are kept, with the nearest known one named.

    Parameters
    ----------
    values
        Raw cells.
    column
        A column of the store with known codes.
    """
    cells = Cells.of(values, column.name)
    spellings = {fold(text): code for code, others in column.known.items() for text in (*others, code)}
    shown_codes = [others[0] if others else code for code, others in column.known.items()]
    results: list[str | None] = []
    for position, text in enumerate(cells.read(read_text)):
        code = None if text is None else spellings.get(fold(text))
        if text is not None and code is None:
            near = nearest(text, [*spellings, *shown_codes])
            cells.note(position, "unknown_choice", allowed=shown_codes, nearest=near)
        results.append(code or text)
    return Parsed(cells.spread(results), tuple(cells.findings))


def parse_text(values: pd.Series | Sequence[Any], column: Column) -> Parsed:
    """Read a column of text: blanks at the edges and what stands for nothing go, the rest stays.

    Parameters
    ----------
    values
        Raw cells.
    column
        The column of the store they go into.
    """
    cells = Cells.of(values, column.name)
    return Parsed(cells.spread(cells.read(read_text)), tuple(cells.findings))


def read_text(cell: object) -> str | Refusal:
    """Read one cell that isn't missing as text."""
    text = shown(cell)
    if text.isalnum():
        return text
    if text.casefold() in EXCEL_ERRORS:
        return Refusal("formula_error")
    return " ".join(unquoted(text).replace("\u200b", "").replace("﻿", "").split())
