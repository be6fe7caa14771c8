"""Raw cells: each different one is read once, and what stands for nothing is known."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.exchange.columns.results import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Only what is wide or narrow: compatibility forms would turn 10² into 102 and ① into 1.
WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
WIDTHS |= dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20)
WIDTHS |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None)  # type: ignore[arg-type]
WIDTHS |= {0xFFE5: 0xA5}
MISSING = frozenset(
    [
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "―",
        "−",
        "/",
        "//",
        "\\",
        ".",
        "..",
        "...",
        "…",
        "……",
        "无",
        "暂无",
        "没有",
        "空",
        "缺",
        "未知",
        "不详",
        "不明",
        "未填",
        "未提供",
        "待定",
        "待补",
        "無",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "null",
        "none",
        "nil",
        "nan",
        "(无)",
        "(空)",
        "(blank)",
        "unknown",
        "tbd",
        "*",
        "?",
    ]
)
"""What people write for nothing, in narrow letters and lower case."""
EXCEL_ERRORS = frozenset(("#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!"))
SAMPLES = 5
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)


def narrow(text: str) -> str:
    """Return a text in narrow letters, without what can't be seen."""
    return text.strip() if text.isascii() else text.translate(WIDTHS).strip()


def is_missing(text: str) -> bool:
    """Tell whether a narrow text stands for nothing."""
    return text.casefold() in MISSING


def unquoted(text: str) -> str:
    """Return a text without what keeps Excel from making a number of it: ="001", '001."""
    if (text[:1].isdecimal() and text[-1:].isdecimal()) or text.isalnum():
        return text
    found = _QUOTED.fullmatch(text.strip())
    return (found.group(1) if found else text).strip().removeprefix("'").removesuffix("\t").strip()


@dataclass
class Cells:
    """The different raw cells of a column, and the findings about them.

    Parameters
    ----------
    column
        The column of the store, for the findings.
    index
        Of the raw column.
    which
        Row -> position in ``raw``; -1 for an empty cell.
    raw
        The different cells.
    """

    column: str
    index: pd.Index
    which: NDArray[np.intp]
    raw: list[Any]
    findings: list[Finding] = field(default_factory=list)
    _rows: list[NDArray[np.intp]] | None = None

    @classmethod
    def of(cls, values: pd.Series | Sequence[Any], column: str) -> Cells:
        """Look for the different cells of a raw column."""
        # A series of each of thousands of columns with a few cells takes longer than reading them.
        if isinstance(values, pd.Series):
            index, objects = values.index, values.astype(object).to_numpy()
        else:
            index, objects = pd.RangeIndex(len(values)), np.fromiter(values, object, len(values))
        if not {bool, np.bool_}.isdisjoint(map(type, objects)):
            # True is equal to 1 and would be taken for it.
            objects = np.array([_spelled(cell) for cell in objects], dtype=object)
        which, raw = pd.factorize(objects, use_na_sentinel=True)
        return cls(column, index, which, list(raw))

    def read(self, reader: Callable[[Any], object]) -> list[Any]:
        """Read every different cell; a cell that is missing gives None, a :class:`Refusal` is noted."""
        results: list[Any] = []
        for position, cell in enumerate(self.raw):
            result = None if self.blank(cell) else reader(cell)
            if isinstance(result, Refusal):
                self.note(position, result.code, **result.context)
                result = None
            results.append(result)
        return results

    def blank(self, cell: object) -> bool:
        """Tell whether a cell stands for nothing."""
        if not isinstance(cell, str):
            return isinstance(cell, float) and math.isnan(cell)
        # What begins or ends with a digit is something; that spares most cells the rest.
        if cell[-1:].isdecimal() or cell[:1].isdecimal():
            return False
        return is_missing(unquoted(narrow(cell)))

    def rows(self, position: int) -> NDArray[np.intp]:
        """Return the rows of a different cell."""
        if self._rows is None:
            order = np.argsort(self.which, kind="stable")
            edges = np.searchsorted(self.which[order], np.arange(len(self.raw) + 1))
            self._rows = [order[a:b] for a, b in itertools.pairwise(edges)]
        return self._rows[position]

    def note(self, position: int, code: str, **context: object) -> None:
        """Add a finding about a different cell."""
        rows = tuple(int(row) for row in self.rows(position))
        self.findings.append(Finding(code, self.column, shown(self.raw[position]), rows, context))

    def spread(self, results: Sequence[Any]) -> pd.Series:
        """Return one value per row."""
        lookup = np.empty(len(results) + 1, dtype=object)
        for position, result in enumerate(results):
            lookup[position] = result
        lookup[-1] = None
        return pd.Series(lookup[self.which], index=self.index, dtype=object)


@dataclass(frozen=True)
class Refusal:
    """A cell that can't be read, and why."""

    code: str
    context: dict[str, object] = field(default_factory=dict)


def shown(cell: object) -> str:
    """Return a cell as people see it."""
    if isinstance(cell, float):
        return format(cell, ".15g")
    return str(cell)


def samples(cells: Sequence[Any]) -> tuple[str, ...]:
    """Return a few different cells as people see them."""
    return tuple(dict.fromkeys(shown(cell) for cell in cells))[:SAMPLES]


def _spelled(cell: object) -> object:
    return ("TRUE" if cell else "FALSE") if isinstance(cell, bool | np.bool_) else cell
