"""Columns of codes: IDs, six-digit codes, phone numbers, and what Excel did to them."""

from __future__ import annotations

import numbers
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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

_FLOAT = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?e\+?(\d+)", re.IGNORECASE)
_EXACT_DIGITS = 15
"""Excel keeps no more digits of a number."""
_LONG = 8
"""From this length on codes of one kind are of one length: phone numbers, barcodes [I]."""


def parse_codes(
    values: pd.Series | Sequence[Any],
    column: Column,
    known: Collection[str] = frozenset(),
    decisions: Mapping[str, str] | None = None,
) -> Parsed:
    """Read a column of codes.

    Parameters
    ----------
    values
        Raw cells; a number is a code that Excel took for one.
    column
        The column of the store they go into.
    known
        Codes that exist, where they are known.
    decisions
        Answers: ``leading_zeros``, ``pad`` or ``keep``.
    """
    cells = Cells.of(values, column.name)
    read = cells.read(_read)
    results = [None if code is None else code[0] for code in read]
    for position, code in enumerate(read):
        if code is not None and code[1]:
            cells.note(position, code[1])
    width, short = _shortened(read, known)
    questions: tuple[Question, ...] = ()
    if short:
        answer = (decisions or {}).get("leading_zeros")
        if answer is None:
            padded_known = bool(known) and all(str(results[i]).zfill(width) in known for i in short)
            raw = samples([cells.raw[i] for i in short])
            questions = (
                Question(
                    "leading_zeros",
                    column.name,
                    ("pad", "keep"),
                    "pad" if padded_known else None,
                    raw,
                    {"label": column.label, "width": width},
                ),
            )
        for position in short:
            if answer is None:
                results[position] = None
            elif answer == "pad":
                results[position] = str(results[position]).zfill(width)
    return Parsed(cells.spread(results), tuple(cells.findings), questions)


def _read(cell: object) -> tuple[str, str | None] | Refusal:
    """Return the code, and the code of a finding about it."""
    if isinstance(cell, str):
        return _read_text(cell)
    if isinstance(cell, numbers.Integral):
        return str(int(cell)), None
    if isinstance(cell, numbers.Real):
        value = float(cell)
        if abs(value) >= 10**_EXACT_DIGITS:
            return Refusal("lost_digits")
        return (str(int(value)), None) if value == int(value) else Refusal("not_a_code")
    return Refusal("not_a_code")


def _read_text(cell: str) -> tuple[str, str | None] | Refusal:
    text = narrow(cell)
    if text.isalnum() and not text[0].isdecimal():
        return text, None
    if text.casefold() in EXCEL_ERRORS:
        return Refusal("formula_error")
    found = _SCIENTIFIC.fullmatch(text)
    if found:
        digits = found[1] + (found[2] or "")
        missing = int(found[3]) - len(found[2] or "")
        # 4.2E+17 shows two digits of eighteen, and a short code is never written so.
        return (
            Refusal("lost_digits") if missing > 0 or len(digits) > _EXACT_DIGITS else (digits, "excel_number")
        )
    whole = _FLOAT.fullmatch(text)
    if whole:
        return (whole[1], "excel_number") if len(whole[1]) <= _EXACT_DIGITS else Refusal("lost_digits")
    bare = " ".join(unquoted(text).split())
    return bare, "excel_quote" if bare != text and text[:1] in "='" else None


def _shortened(
    read: Sequence[tuple[str, str | None] | None], known: Collection[str]
) -> tuple[int, list[int]]:
    """Return the usual width and the positions of codes that seem to have lost zeros at the beginning."""
    codes = {i: code[0] for i, code in enumerate(read) if code is not None and code[0].isdecimal()}
    if not codes or len(codes) < sum(code is not None for code in read):
        return 0, []
    widths = Counter(map(len, codes.values()))
    width = max(widths, key=lambda n: (widths[n], n))
    zeros = any(code.startswith("0") and len(code) > 1 for code in codes.values())
    if known:
        wide = Counter(len(code) for code in known if code.isdecimal() and code.startswith("0"))
        width = wide.most_common(1)[0][0] if wide else width
        lost = [i for i, code in codes.items() if code not in known and code.zfill(width) in known]
        return width, [i for i in lost if len(codes[i]) < width]
    if zeros:
        width = max(len(code) for code in codes.values() if code.startswith("0"))
        return width, [i for i, code in codes.items() if len(code) < width]
    if width >= _LONG and widths[width] * 2 > len(codes):
        return width, [i for i, code in codes.items() if len(code) == width - 1]
    return width, []


def looks_like_codes(cells: Sequence[Any]) -> bool:
    """Tell whether most cells are codes rather than names: no blanks, no Chinese, a digit in them."""
    texts = [unquoted(narrow(shown(cell))) for cell in cells]
    texts = [text for text in texts if text]
    coded = [
        text for text in texts if re.fullmatch(r"[A-Za-z]{0,6}[-_]?[\dA-Za-z._-]*\d[\dA-Za-z._-]*", text)
    ]
    return bool(texts) and len(coded) >= 0.8 * len(texts)
