"""The two languages of the product: source strings are English, gettext translates them.

``data/locale/<locale>/LC_MESSAGES/*.po`` holds one catalogue per area of the product; they are read
at the first use and merged. Chinese is the default and complete; English is the source itself.
Call :func:`_` inside a function, never at import: the language belongs to the running request.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import struct
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, dates, numbers

from core.currency import in_currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCALE_DIR = Path(__file__).resolve().parent.parent / "data" / "locale"
LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT_LANGUAGE = "zh_CN"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return all catalogues of a language as one: a chain of them would be walked for every text."""
    texts = {path.name: path.read_bytes() for path in (LOCALE_DIR / language / "LC_MESSAGES").glob("*.po")}
    if not texts:
        return NullTranslations()
    # Reading them takes longer than all else at the start of a process: what was read is kept, as Python
    # keeps its modules, under a name that says what it was made of.
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(name.encode() + b"\0" + texts[name])
    path = LOCALE_DIR / language / "__pycache__" / f"{digest.hexdigest()[:32]}.mo"
    try:
        return GNUTranslations(BytesIO(path.read_bytes()))
    except (OSError, ValueError, struct.error):
        compiled = _compile(language, [texts[name] for name in sorted(texts)])
    with suppress(OSError):
        _replace_all(path, compiled)
    return GNUTranslations(BytesIO(compiled))


def _compile(language: str, texts: Iterable[bytes]) -> bytes:
    """Return catalogues as one in the binary form of gettext; of two for one message the first counts."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged, buffer = Catalog(locale=language), BytesIO()
    for text in texts:
        for message in read_po(BytesIO(text), locale=language):
            if message.id and message.string and message.id not in merged:
                merged.add(message.id, message.string)
    write_mo(buffer, merged)
    return buffer.getvalue()


def _replace_all(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, in place of all others of its folder.

    Raises
    ------
    OSError
        The folder can't be written, as where the program belongs to somebody else.
    """
    path.parent.mkdir(exist_ok=True)
    before = list(path.parent.iterdir())
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)
    for file in before:
        file.unlink(missing_ok=True)


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
