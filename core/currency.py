"""The one currency of a store: its amounts are in it, and every text that speaks of yuan says it instead.

A process serves one store, so the currency is the process's. Texts are written for the yuan; where the store
holds dollars, :func:`in_currency` puts them in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Currency:
    """A currency.

    Parameters
    ----------
    code
        ISO 4217; what English texts call it.
    word
        What Chinese texts call it.
    minor
        Its hundredth, English.
    """

    code: str
    word: str
    minor: str = "cents"

    def __str__(self) -> str:
        return f"{self.word} · {self.code}"


YUAN = Currency("CNY", "元", "fen")
CURRENCIES: dict[str, Currency] = {
    each.code: each
    for each in (
        YUAN,
        Currency("USD", "美元"),
        Currency("EUR", "欧元"),
        Currency("GBP", "英镑", "pence"),
        Currency("HKD", "港元"),
        Currency("TWD", "新台币"),
        Currency("JPY", "日元", "sen"),
        Currency("KRW", "韩元", "jeon"),
        Currency("SGD", "新加坡元"),
        Currency("MYR", "林吉特", "sen"),
        Currency("THB", "泰铢", "satang"),
        Currency("VND", "越南盾", "xu"),
    )
}
_ENGLISH = re.compile(r"\b(yuan|fen)\b", re.IGNORECASE)

_current = YUAN


def use_currency(code: str) -> None:
    """Let this process speak of a currency of :data:`CURRENCIES`; of an unknown code, of the yuan."""
    global _current  # noqa: PLW0603 - one store, one currency, in every thread
    _current = CURRENCIES.get(code, YUAN)


def current_currency() -> Currency:
    """Return the currency of the store that is open."""
    return _current


def in_currency(text: str, message: str) -> str:
    """Return a text with the store's currency in place of the yuan.

    Parameters
    ----------
    text
        The message as it is shown, before its values are filled in.
    message
        Its English source: a text is about money where it names yuan or fen.
    """
    if _current is YUAN or not _ENGLISH.search(message):
        return text
    if text != message:
        return text.replace("元", _current.word)
    return _ENGLISH.sub(lambda word: _current.code if word[0].casefold() == "yuan" else _current.minor, text)
