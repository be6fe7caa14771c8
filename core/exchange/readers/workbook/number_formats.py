"""How a workbook shows its numbers: what a format divides by, and the unit it writes beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.currency import current_currency
from core.exchange.readers.sheet.cells import ShownNumber

if TYPE_CHECKING:
    from core.exchange.readers.workbook.packages import Unpacker

PERCENT = {9: "0%", 10: "0.00%"}
"""Formats of Excel that every workbook knows by number; the others of them neither scale nor name a unit."""
_OWN = re.compile(r"<(?:\w+:)?numFmt\s([^>]*)/?>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\s([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DATE = re.compile(r"[ymdhs年日时]|am/pm", re.IGNORECASE)
_PERIOD = re.compile(r"[年月季]")
_DIGITS = "0#?"
_NEUTRAL = re.compile(r"(?:约|合计|总计|小计|共计|共|计|合|金额|人民币)?[\W_]*")
"""Words before a figure that say nothing of what it is."""
_HIDDEN = "…"
"""Stands for a number that a format doesn't show."""
_CURRENCIES = {
    "$": "美元", "US$": "美元", "USD": "美元", "€": "欧元", "EUR": "欧元", "£": "英镑", "GBP": "英镑",
    "HK$": "港元", "HKD": "港元", "JPY": "日元", "¥": "元", "￥": "元", "CNY": "元", "RMB": "元",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One section of a format.

    Parameters
    ----------
    scale
        What the stored number is multiplied by before it is shown.
    suffix
        The text around it: its unit, or words that say what it is.
    currency
        The currency before or behind it, empty where none is named.
    condition
        Sign and bound of the numbers it is for; None for all that no other section takes.
    """

    scale: Decimal
    suffix: str
    currency: str
    condition: tuple[str, float] | None = None

    @property
    def plain(self) -> bool:
        """Whether it shows a number as it is stored."""
        return self.scale == 1 and not self.suffix and self.currency in {"", current_currency().word}

    def takes(self, value: float) -> bool:
        """Tell whether it is for a number."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        return {
            "<": value < bound,
            "<=": value <= bound,
            ">": value > bound,
            ">=": value >= bound,
            "=": value == bound,
            "<>": value != bound,
        }[sign]


@dataclass(frozen=True)
class NumberFormat:
    """A format with a scale, a unit or a currency."""

    code: str
    sections: tuple[Section, ...]

    def show(self, value: float) -> float | str:
        """Return a stored number as people see it: the figure with its unit, or a text such as “3月”."""
        section = next((s for s in self.sections if s.takes(value)), self.sections[-1])
        if section.plain:
            return value
        figure = float(Decimal(repr(value)) * section.scale)
        if _PERIOD.search(section.suffix) and section.scale == 1:
            return f"{figure:g}{section.suffix}"
        return ShownNumber(figure, section.suffix, section.currency, float(section.scale), self.code)


ShownCell = tuple[int, int, NumberFormat]
"""Row and column of a cell, from 0, and the format that shows it otherwise than stored."""
SheetFormats = dict[int | str, Iterable[ShownCell]]
"""Position or name of a sheet -> its cells that are shown otherwise than stored."""


def read_formats(unpacker: Unpacker) -> dict[int, NumberFormat]:
    """Return the formats of an XLSX workbook that matter, by the number cells name them by."""
    text = unpacker.text("xl/styles.xml")
    codes = dict(PERCENT)
    for found in _OWN.findall(text):
        values = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(found)}
        if values.get("numFmtId", "").isdigit():
            codes[int(values["numFmtId"])] = values.get("formatCode", "")
    styles = _STYLES.search(text)
    formats: dict[int, NumberFormat] = {}
    for number, found in enumerate(_STYLE.findall(styles[0]) if styles else ()):
        code = codes.get(int(dict(_ATTRIBUTE.findall(found)).get("numFmtId", "0") or 0), "")
        if code and (known := parse_format(code)) is not None:
            formats[number] = known
    return formats


def parse_format(code: str) -> NumberFormat | None:
    """Return what a format code does to a number; None where it shows it as it is stored, or as a date.

    Examples
    --------
    >>> parse_format('0!.0,"万元"').show(450000.0)
    45.0
    """
    sections = []
    for at, part in enumerate(_split(code)[:3]):
        section = _section(part)
        if section is None:
            return None
        if at < 2 and section.condition is None and _is_hidden(part):
            # The third section is for zero, which may well be shown as a dash or not at all.
            section = replace(section, suffix=section.suffix or _HIDDEN)
        if at == 0 and _is_negative(part) and (section.condition or ">")[0][0] != "<":
            section = replace(section, scale=-section.scale)
        sections.append(section)
    if len(sections) > 1 and all(section.condition is None for section in sections):
        signs = [(">=", 0.0), ("<", 0.0)] if len(sections) == 2 else [(">", 0.0), ("<", 0.0), ("=", 0.0)]
        sections = [
            Section(s.scale, s.suffix, s.currency, condition)
            for s, condition in zip(sections, signs, strict=True)
        ]
    return None if all(section.plain for section in sections) else NumberFormat(code, tuple(sections))


def _split(code: str) -> list[str]:
    """Return the sections of a format, which semicolons outside quotes part."""
    parts, current, quoted, escaped = [], "", False, False
    for letter in code:
        if letter == ";" and not quoted and not escaped:
            parts.append(current)
            current = ""
            continue
        quoted ^= letter == '"' and not escaped
        escaped = letter in "\\!" and not escaped and not quoted
        current += letter
    return [*parts, current]


def _section(part: str) -> Section | None:
    """Read one section; None where it shows a date, or a text for every number."""
    condition = _CONDITION.search(part)
    bound = (condition[1], float(condition[2])) if condition else None
    money = _CURRENCY.search(part)
    currency = _CURRENCIES.get(money[1].strip().upper(), money[1].strip()) if money else ""
    signs, literals = _taken_apart(_BRACKETED.sub("", part).replace("G/通用格式", "General"))
    if _DATE.search("".join(signs).replace("General", "")):
        return None
    if not any(letter in _DIGITS for letter in signs) and "General" not in "".join(signs):
        said = "" if bound else "".join(text for _at, text in literals)
        return Section(Decimal(1), said if any(map(str.isalpha, said)) else "", "", bound)
    scale = _scale(signs, literals)
    first, last = (0, 1) if "General" in "".join(signs) else (_first_digit(signs), _last_digit(signs))
    text = "".join(text for at, text in literals if at >= last).strip(" _-()（）")
    before = "".join(text for at, text in literals if at <= first).strip()
    if not currency:
        currency = _CURRENCIES.get(before.upper(), "") or _CURRENCIES.get("".join(signs[:1]), "")
    if before.upper() not in _CURRENCIES:
        # “退1200” is no sale of 1200.
        text = before[_NEUTRAL.match(before).end() :].strip(" _-()（）:：") + text  # type: ignore[union-attr]
    if "%" in signs:
        scale, text = scale * 100, "%"
    if text and not text.strip("0"):
        # 0"000" shows a thousand times what is stored.
        scale, text = scale.scaleb(len(text)), ""
    return Section(scale, text, currency, bound)


def _is_hidden(part: str) -> bool:
    """Tell whether a section shows no number at all; one for texts shows it as it is stored."""
    signs, _literals = _taken_apart(_BRACKETED.sub("", part))
    return not any(letter in f"{_DIGITS}@" for letter in signs) and "General" not in "".join(signs)


def _is_negative(part: str) -> bool:
    """Tell whether a section puts a minus or a bracket before its only digits."""
    signs, literals = _taken_apart(_BRACKETED.sub("", part))
    first = _first_digit(signs)
    before = [*signs[:first], *(text for at, text in literals if at <= first)]
    # Several groups of digits are a number of a telephone: (000) 0000.
    one = all(letter in f"{_DIGITS},." for letter in signs[first : _last_digit(signs)])
    return first < len(signs) and one and any(sign in before for sign in ("-", "("))


def _taken_apart(part: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the signs of a section, and the texts in it with the number of signs before each."""
    signs: list[str] = []
    literals: list[tuple[int, str]] = []
    at = 0
    while at < len(part):
        letter = part[at]
        if letter == '"':
            end = part.find('"', at + 1)
            end = len(part) if end < 0 else end
            literals.append((len(signs), part[at + 1 : end]))
            at = end + 1
        elif letter in "\\!":
            literals.append((len(signs), part[at + 1 : at + 2]))
            at += 2
        elif letter in "_*":
            # Leaves room as wide as the next letter, or fills the cell with it.
            at += 2
        else:
            if ord(letter) > 127 and letter not in "￥¥€£":
                literals.append((len(signs), letter))
            else:
                signs.append(letter)
            at += 1
    return signs, literals


def _first_digit(signs: list[str]) -> int:
    return next((at for at, letter in enumerate(signs) if letter in _DIGITS), len(signs))


def _last_digit(signs: list[str]) -> int:
    return max((at + 1 for at, letter in enumerate(signs) if letter in _DIGITS), default=0)


def _scale(signs: list[str], literals: list[tuple[int, str]]) -> Decimal:
    """Return what a format divides by.

    A comma behind the last digit divides by a thousand. A point that is written as a text between digits
    (``0!.0``) makes decimals of the digits behind it.
    """
    last = _last_digit(signs)
    behind = signs[last:]
    commas = next((at for at, letter in enumerate(behind) if letter != ","), len(behind))
    whole = signs.index(".") if "." in signs else last
    point = next((at for at, text in literals if text == "." and _first_digit(signs) < at < whole), whole)
    decimals = sum(letter in _DIGITS for letter in signs[point:whole])
    return Decimal(1).scaleb(-3 * commas - decimals)
