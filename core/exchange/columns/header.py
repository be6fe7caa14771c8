"""A header taken apart: what names its column, the unit in it, and what kind of column it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from core.exchange.canonical.headers import fold
from core.exchange.columns import levels, synonyms
from core.exchange.columns.parsing import units
from core.exchange.matching.script import to_simplified
from core.exchange.measures import Measure, measures_in

_SEPARATOR = " / "
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_DERIVED = re.compile("|".join(synonyms.DERIVED.split("|")))
_INTENDED = re.compile("|".join(synonyms.INTENDED.split("|")))
_LEFT_OUT = frozenset(fold(text) for text in synonyms.LEFT_OUT.split("|"))
_ADDRESSES = frozenset(fold(text) for text in synonyms.TABLE_COLUMNS["terminal.address"].split("|"))
_TURNABLE = frozenset((Measure.RUNNING_TOTAL, Measure.PER_DAY))
_CUSTOMERS = ("客户", "customer", "client")


@dataclass(frozen=True)
class Header:
    """A header taken apart.

    Parameters
    ----------
    text
        As it stands.
    parts
        What can name the column, folded: the whole without its unit, without brackets, its last level.
    unit
        The unit in it.
    units
        All units in it; several contradict each other.
    """

    text: str
    parts: tuple[str, ...]
    unit: units.Unit | None
    units: tuple[units.Unit, ...] = ()

    @classmethod
    def of(cls, text: str) -> Header:
        """Take a header apart; the levels of a flattened header are separated by “ / ”."""
        levels = [level for level in text.split(_SEPARATOR) if level.strip()] or [text]
        found = [units.split_unit(level) for level in levels]
        unit = next((unit for _rest, unit in reversed(found) if unit is not None), None)
        last, whole = found[-1][0], " ".join(rest for rest, _unit in found)
        if len(levels) > 1 and units.unit_named(levels[-1]):
            last, unit = found[-2][0], units.unit_named(levels[-1])
        candidates = (whole, _BRACKETS.sub("", whole), last, _BRACKETS.sub("", last))
        parts = tuple(dict.fromkeys(key(part) for part in candidates if key(part)))
        every = dict.fromkeys(own for level in levels for own in units.units_of(level))
        return cls(text, parts, unit, tuple(every))

    @property
    def left_out(self) -> bool:
        """Whether it is a running number or empty."""
        return not self.parts or any(part in _LEFT_OUT for part in self.parts)

    @property
    def derived(self) -> bool:
        """Whether it is a growth, a share, a rank or the like."""
        return any(_DERIVED.search(part) for part in self.parts)

    def says(self, spelling: str) -> bool:
        """Tell whether a spelling is the whole of a derived header, or one of a figure that can be turned."""
        return (spelling in self.parts and bool(_DERIVED.search(spelling))) or self.turnable

    @property
    def turnable(self) -> bool:
        """Whether it is a running total or an average per day, from which the month can be computed."""
        kinds = measures_in(self.text)
        return bool(kinds & _TURNABLE) and not kinds & {Measure.EARLIER, Measure.PLAN}

    @property
    def intended(self) -> bool:
        """Whether it is a target or a plan."""
        return any(_INTENDED.search(part) for part in self.parts)

    @property
    def measure(self) -> bool:
        """Whether it is an amount or a quantity in any table."""
        return any(part in _measures() for part in self.parts)

    @property
    def customer(self) -> bool:
        """Whether it says customer, which is a dealer to some and a shop to others."""
        return any(part.startswith(_CUSTOMERS) for part in self.parts)

    @property
    def owner(self) -> bool:
        """Whether it names companies or customers, whose own the figures beside it are."""
        return any(part in _owners() for part in self.parts)

    @property
    def level(self) -> int | None:
        """Which step of a path to a region it names, 0 the widest; None when it is none."""
        return levels.level_rank(self)

    @property
    def address(self) -> bool:
        """Whether it is an address."""
        return any(part in _ADDRESSES for part in self.parts)


@cache
def _measures() -> frozenset[str]:
    texts = [synonyms.COLUMNS["amount"], synonyms.COLUMNS["quantity"]]
    texts += [text for name, text in synonyms.TABLE_COLUMNS.items() if "amount" in name or "quantity" in name]
    return frozenset(key(word) for text in texts for word in text.split("|"))


@cache
def _owners() -> frozenset[str]:
    nouns = [noun for table in ("company", "dealer", "terminal") for noun in synonyms.NOUNS[table].split("|")]
    names = [
        name for table in ("company", "dealer", "terminal") for name in synonyms.OWN_NAMES[table].split("|")
    ]
    names += [noun + ending for noun in nouns for ending in (*synonyms.NAME_ENDINGS, *synonyms.CODE_ENDINGS)]
    return frozenset(map(key, (*nouns, *names)))


def key(text: str) -> str:
    """Return what headers are compared by: simplified, folded, without marks."""
    return fold(to_simplified(units.tidy(text))).strip("：:*.。、/#")
