"""From what somebody typed to a typed value, field by field; a value that can't be read is a finding."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.forms.spec import Field, FieldKind, Finding
from core.errors import nearest
from core.i18n import _, format_number
from core.visible_text import has_hidden

if TYPE_CHECKING:
    from collections.abc import Callable

_YES = frozenset({"true", "yes", "y", "1", "是", "对", "√"})
_NO = frozenset({"false", "no", "n", "0", "否", "错", "×"})
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)")
_LARGEST_AMOUNT = Decimal(10) ** 16


class Unreadable(Exception):
    """A value is no value of its field; carries the sentence and the hint of the finding."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def is_empty(value: object) -> bool:
    """Tell whether nothing is filled in: None, NaN, no text but blanks, no choice."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple | set | frozenset):
        return not value
    return bool(pd.isna(value))


def read(field: Field, value: object) -> tuple[Any, Finding | None]:
    """Return a field's typed value, or None and what is wrong with it."""
    if is_empty(value):
        if field.required:
            return None, Finding(
                field.name, value, _("{field} is empty.", field=_(field.label)), _("Fill it in.")
            )
        return None, None
    try:
        return _READERS[field.kind](field, value), None
    except Unreadable as wrong:
        return None, Finding(field.name, value, wrong.message, wrong.hint)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable(_("{field}: expected text, found “{value}”.", field=_(field.label), value=value))
    text = _LINE_ENDS.sub("\n" if field.kind is FieldKind.NOTE else " ", value).strip()
    if field.kind is FieldKind.TEXT:
        text = text.replace("\n", " ")
    for position, sign in enumerate(text, 1):
        # Half a character (a lone surrogate) can't be written to any file; control characters break exports.
        # So do signs that nobody sees and that turn text around, but for the joiner inside of a picture.
        if has_hidden(sign) and sign != "\u200d":
            raise Unreadable(
                _(
                    "{field}: character {position} (U+{code}) can't be kept.",
                    field=_(field.label),
                    position=position,
                    code=f"{ord(sign):04X}",
                ),
                _("Delete it, or type that place again."),
            )
    if len(text) > field.max_length:
        raise Unreadable(
            _(
                "{field} has {count} characters.",
                field=_(field.label),
                count=format_number(len(text)),
            ),
            _(
                "At most {most} are kept; shorten it by {over}.",
                most=format_number(field.max_length),
                over=format_number(len(text) - field.max_length),
            ),
        )
    return text


def _decimal(field: Field, value: object) -> Decimal:
    if isinstance(value, bool):
        number = None
    elif isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
    else:
        text = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "").replace("，", "")
        for unit in (field.unit, _(field.unit) if field.unit else ""):
            text = text.removesuffix(unit).strip() if unit else text
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = None
    if number is None or not number.is_finite():
        raise Unreadable(
            _("{field}: expected a number, found “{value}”.", field=_(field.label), value=value),
            _("Write it like {example}.", example="1234.5" if field.kind is not FieldKind.INTEGER else "12"),
        )
    low, high = field.minimum, field.maximum
    if (low is not None and number < Decimal(str(low))) or (high is not None and number > Decimal(str(high))):
        raise Unreadable(
            _("{field}: {value} is out of range.", field=_(field.label), value=value), _range(field, number)
        )
    return number


def _range(field: Field, number: Decimal) -> str:
    low, high = field.minimum, field.maximum
    bounds = {"low": _plain(low), "high": _plain(high)}
    close = _plain(low if low is not None and number < Decimal(str(low)) else high)
    if low is None:
        return _("Expected at most {high}; the nearest is {nearest}.", nearest=close, high=bounds["high"])
    if high is None:
        return _("Expected at least {low}; the nearest is {nearest}.", nearest=close, low=bounds["low"])
    return _("Expected {low} to {high}; the nearest is {nearest}.", nearest=close, **bounds)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _number(field: Field, value: object) -> float:
    return float(_decimal(field, value))


def _integer(field: Field, value: object) -> int:
    number = _decimal(field, value)
    if number != number.to_integral_value() or abs(number) > 2**53:
        raise Unreadable(
            _("{field}: expected a whole number, found “{value}”.", field=_(field.label), value=value),
            _("The nearest is {nearest}.", nearest=round(number)),
        )
    return int(number)


def _money(field: Field, value: object) -> Decimal:
    number = _decimal(field, value)
    amount = number.quantize(Decimal("0.01")) if abs(number) < _LARGEST_AMOUNT else None
    if amount is None or amount != number:
        raise Unreadable(
            _("{field}: {value} is no amount in yuan and fen.", field=_(field.label), value=value),
            _("Expected two decimals, below {most}.", most=format_number(_LARGEST_AMOUNT))
            if amount is None
            else _("The nearest is {nearest}.", nearest=amount),
        )
    return amount


def _boolean(field: Field, value: object) -> bool:
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise Unreadable(
            _("{field}: expected yes or no, found “{value}”.", field=_(field.label), value=value)
        )
    return word in _YES


def _date(field: Field, value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        day: dt.date | None = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        day = _day_of(unicodedata.normalize("NFKC", str(value)).strip(), month=field.kind is FieldKind.MONTH)
    if day is None or not 1900 <= day.year <= 2200:
        example = "2026-01" if field.kind is FieldKind.MONTH else "2026-01-31"
        raise Unreadable(
            _("{field}: “{value}” is no day between 1900 and 2200.", field=_(field.label), value=value),
            _("Write it like {example}.", example=example),
        )
    return day.replace(day=1) if field.kind is FieldKind.MONTH else day


def _day_of(text: str, *, month: bool) -> dt.date | None:
    # Times behind the day, as spreadsheets write them, say nothing here.
    found = _DAY.fullmatch(re.split("[ T]", text, maxsplit=1)[0])
    if found is None or (found[3] is None and not month):
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _choice(field: Field, value: object) -> str:
    word = str(value).strip()
    codes = {code.casefold(): code for code in field.choices}
    for code, label in field.choices.items():
        codes.setdefault(label.casefold(), code)
        codes.setdefault(_(label).casefold(), code)
    if word.casefold() in codes:
        return codes[word.casefold()]
    words = [_(label) for label in field.choices.values()]
    near = nearest(word, [*words, *field.choices])
    hint = _("Expected one of: {allowed}.", allowed=_(", ").join(words))
    if near is not None:
        hint += " " + _("Did you mean {suggestion}?", suggestion=field.word(near))
    raise Unreadable(_("{field}: “{value}” is no choice.", field=_(field.label), value=word), hint)


def _choices(field: Field, value: object) -> tuple[str, ...]:
    parts = re.split(r"[,，、;；]", value) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple | set | frozenset):
        raise Unreadable(_("{field}: “{value}” is no choice.", field=_(field.label), value=value))
    chosen = {_choice(field, part) for part in parts if not is_empty(part)}
    return tuple(code for code in field.choices if code in chosen)


_READERS: dict[FieldKind, Callable[[Field, object], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.NOTE: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.DATE: _date,
    FieldKind.MONTH: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
}
