"""What a cell looks like: number, date, label, a sign for “nothing” – without deciding what it means."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"
_MISSING = {
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "/",
    "\\",
    "无",
    "無",
    "n/a",
    "na",
    "#n/a",
    "null",
    "none",
    "nil",
    "*",
}
_NUMBER = re.compile(
    r"[(]?[-+]?[¥￥$€]?\s?[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?[)]?\s?[%‰]?"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?月?"
    r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
    r"|(?:19|20)\d\d年度?|\d{1,2}月(?:份|\d{1,2}日)?|\d{1,2}/\d{1,2}/(?:19|20)\d\d"
)


class Kind(IntEnum):
    """How a cell looks."""

    EMPTY = 0
    MISSING = 1
    NUMBER = 2
    DATE = 3
    BOOL = 4
    TEXT = 5


class ShownNumber(float):
    """A number as its format shows it.

    Attributes
    ----------
    unit, currency
        What the format writes beside it; empty where nothing.
    scale
        What the stored number was multiplied by.
    code
        The format.
    """

    unit: str
    currency: str
    scale: float
    code: str

    def __new__(
        cls, value: float, unit: str = "", currency: str = "", scale: float = 1.0, code: str = ""
    ) -> ShownNumber:
        """Make one; a float otherwise."""
        made = super().__new__(cls, value)
        made.unit, made.currency, made.scale, made.code = unit, currency, scale, code
        return made

    @property
    def sort(self) -> tuple[str, str, float]:
        """What tells it from an equal number that is shown in another way."""
        return self.unit, self.currency, self.scale

    def __eq__(self, other: object) -> bool:
        """Whether both are the same figure, shown in the same way."""
        if isinstance(other, ShownNumber) and self.sort != other.sort:
            return False
        return float(self) == other

    def __hash__(self) -> int:
        """Equal for all numbers of one value and sort."""
        return hash((float(self), self.sort))


def clean(value: object) -> object:
    """Return a cell without blanks around its text; None where nothing is left."""
    if isinstance(value, str):
        return value.strip(BLANKS) or None
    if type(value) is int:
        return float(value)
    return value


def folded(text: str) -> str:
    """Return a text with full-width letters, digits and signs made narrow."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=1 << 16)
def _kind_of_text(text: str) -> Kind:
    plain = folded(text).strip(BLANKS)
    if not plain:
        return Kind.EMPTY
    if plain.casefold() in _MISSING:
        return Kind.MISSING
    if any(letter.isdigit() for letter in plain):
        if _NUMBER.fullmatch(plain):
            return Kind.NUMBER
        if _DATE.fullmatch(plain):
            return Kind.DATE
    return Kind.TEXT


def kind_of(value: object) -> Kind:
    """Return how a cell looks."""
    if value is None:
        return Kind.EMPTY
    if isinstance(value, str):
        return _kind_of_text(value) if len(value) <= 40 else Kind.TEXT
    if isinstance(value, bool):
        return Kind.BOOL
    if isinstance(value, (int, float)):
        return Kind.NUMBER
    return Kind.DATE if isinstance(value, (dt.date, dt.time, dt.timedelta)) else Kind.TEXT


def number_of(value: object) -> float | None:  # noqa: PLR0911 - one return per form
    """Return a cell as a number, None where it is none; a percentage is divided by 100."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if not isinstance(value, str):
        return None
    if value.isdecimal() and value.isascii() and len(value) <= 15:
        return float(value)
    if kind_of(value) is not Kind.NUMBER:
        return None
    text = folded(value).strip(BLANKS)
    negative = text.startswith("(") and text.rstrip("%‰ ").endswith(")")
    scale = 100.0 if text.endswith("%") else 1000.0 if text.endswith("‰") else 1.0
    try:
        number = float(re.sub(r"[()¥￥$€,\s%‰]", "", text)) / scale
    except ValueError:
        return None
    return -number if negative else number


def label_of(value: object) -> str:
    """Return a cell of a header as text: on one line, a month as 2024-01, a year without “.0”."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value:%Y-%m}" if value.day == 1 else value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(str(value).strip(BLANKS).split())
