"""The two languages of the product: source strings are English, gettext translates them.

``data/locale/<locale>/LC_MESSAGES/*.po`` holds one catalogue per area of the product; they are read
at the first use and merged. Chinese is the default and complete; English is the source itself.
Call :func:`_` inside a function, never at import: the language belongs to the running request.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, dates, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.currency import in_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE_DIR = Path(__file__).resolve().parent.parent / "data" / "locale"
LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT_LANGUAGE = "zh_CN"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _catalogue(language: str) -> NullTranslations:
    """Read all catalogues of a language into one: a chain of them would be walked for every text."""
    merged = Catalog(locale=language)
    for path in sorted((LOCALE_DIR / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and message.id not in merged:
                    merged.add(message.id, message.string)
    buffer = BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return GNUTranslations(buffer)


@cache
def _locale(language: str) -> Locale:
    # Babel would parse the name for every number it formats.
    return Locale.parse(language)


def use_language(language: str) -> None:
    """Set the language of the current thread or task; an unknown one means the default."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


def current_language() -> str:
    """Return the language in use, a key of ``LANGUAGES``."""
    return _language.get()


@contextmanager
def language(name: str) -> Iterator[None]:
    """Use a language inside a ``with`` block."""
    token = _language.set(name if name in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str, /, **values: object) -> str:
    """Translate ``message`` and fill in its ``{named}`` values."""
    text = in_currency(_catalogue(_language.get()).gettext(message), message)
    return text.format(**values) if values else text


def ngettext(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Translate a message that depends on a number, in it as ``{n}`` with thousands separators."""
    text = in_currency(_catalogue(_language.get()).ngettext(singular, plural, n), singular)
    return text.format(n=format_number(n), **values)


def N_(message: str) -> str:  # noqa: N802 - gettext's conventional name
    """Mark a constant for translation; pass it through :func:`_` where it is shown."""
    return message


def sentences(*sentence: str) -> str:
    """Return sentences as one text, parted as the language parts them; an empty one is left out."""
    # The Chinese full stop brings its own room.
    between = "" if _language.get() == "zh_CN" else " "
    return between.join(part for part in sentence if part)


def format_number(value: float | Decimal, digits: int = 0) -> str:
    """Format a number with thousands separators and a fixed number of decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(numbers.format_decimal(value, format=pattern, locale=_locale(_language.get())))


def format_percent(value: float, digits: int = 1) -> str:
    """Format a ratio as a percentage, ``0.204`` as ``20.4%``."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return str(numbers.format_percent(value, format=pattern, locale=_locale(_language.get())))


def format_date(value: dt.date) -> str:
    """Format a day in the medium form of the language."""
    return str(dates.format_date(value, format="medium", locale=_locale(_language.get())))


def format_month(value: dt.date) -> str:
    """Format a month, ``2022年10月`` or ``Oct 2022``."""
    return str(dates.format_skeleton("yMMM", value, locale=_locale(_language.get())))
