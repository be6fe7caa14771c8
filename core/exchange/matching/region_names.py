"""Regions called by a short name, or by a name they no longer or not yet have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.exchange.matching.changes import (
    Change,
    changes_by_code,
    changes_by_first,
    changes_by_name,
    changes_by_stem,
    earlier_names,
)
from core.exchange.matching.results import Candidate
from core.exchange.matching.short_names import is_short_for

if TYPE_CHECKING:
    from core.exchange.matching.index import NameIndex

_SHORT, _NO_LEVEL, _CHANGED, _CHANGED_STEM = 0.93, 0.82, 0.95, 0.86
"""How alike a name is: shortened, with its level and without; changed, with its level and without [I]."""
_ENDINGS = frozenset("州县旗盟")


def code_candidates(index: NameIndex, code: str) -> tuple[Candidate, ...]:
    """Return the regions of an administrative code: those that have it, else those of its area today.

    A region has a code as its adcode or as its ID.
    """
    own = dict.fromkeys(index.adcodes.get(code, ()))
    own |= dict.fromkeys([code] if (index.ids == code).any() else [])
    if own:
        return tuple(Candidate(region, _name(index, region), 1.0, "code") for region in own)
    found = _successors(changes_by_code(code), _CHANGED, index)
    return tuple({candidate.id: candidate for candidate in found}.values())


def region_candidates(index: NameIndex, form: str) -> list[Candidate]:
    """Return the regions that a name shortens, or that its area has become.

    Parameters
    ----------
    form
        The name as :func:`core.exchange.matching.keys.script_keys` writes it.
    """
    found = [
        Candidate(
            str(index.ids[row]),
            str(index.names[row]),
            _SHORT if form[-1] in _ENDINGS else _NO_LEVEL,
            "abbreviation",
        )
        for row in index.by_first.get(form[:1], ())
        if is_short_for(form, index.forms[row])
    ]
    found += _successors(changes_by_name(form), _CHANGED, index)
    found += _successors(changes_by_stem(form), _CHANGED_STEM, index)
    for change in earlier_names(form):
        for row in index.scripts.rows(change.name):
            own, name = str(index.ids[row]), str(index.names[row])
            found.append(Candidate(own, name, _CHANGED, "earlier", change.year))
    if not found:
        alike = changes_by_first().get(form[:1], ())
        former = [change for change in alike if is_short_for(form, change.name)]
        found = _successors(former, _NO_LEVEL, index)
    return found


def _successors(changes: Sequence[Change], score: float, index: NameIndex) -> list[Candidate]:
    found = []
    for change in changes:
        if len(index.scripts.rows(change.name)):
            # The name means a region of today.
            continue
        for code, name in change.successors:
            own = index.adcodes.get(code)
            ids = own if own is not None else [str(index.ids[row]) for row in index.scripts.rows(name)]
            found += [Candidate(i, _name(index, i), score, "changed", change.year) for i in ids]
    return found


def _name(index: NameIndex, own: str) -> str:
    return str(index.names[(index.ids == own).argmax()])
