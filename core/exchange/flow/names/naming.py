"""From names in a sheet to the IDs of the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.flow.answers import NOBODY
from core.exchange.flow.asking import NameQuestion
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.matching.changes import adcode
from core.exchange.matching.keys import name_keys, script_keys
from core.exchange.matching.names import match_names
from core.exchange.matching.region_names import code_candidates
from core.exchange.matching.regions import (
    PATH,
    address_parts,
    match_addresses,
    match_paths,
    regions_in,
    steps_of,
)
from core.exchange.matching.results import Candidate, NameMatch, Verdict
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.exchange.columns.applying import NamedColumn
    from core.exchange.flow.knowledge import Known


_BETWEEN = re.compile(r"[-/\\>|·、,:_\s]+")
"""Between the names of a path in one cell."""


@dataclass(frozen=True)
class Matched:
    """The names of one column.

    Parameters
    ----------
    column
        The column of the store.
    table
        What they name.
    matches
        One per different name.
    ids
        One per row; None where the name isn't accepted.
    questions
        Names that need a word of the user.
    flaws
        Names that are nobody's.
    by
        What the names are: ``name``, ``address`` or ``tree``.
    """

    column: str
    table: str
    matches: tuple[NameMatch, ...]
    ids: pd.Series
    questions: tuple[NameQuestion, ...]
    flaws: tuple[Flaw, ...]
    by: str = "name"


def match_column(
    sheet: str, of: str, column: str, named: NamedColumn, known: Known, told: Mapping[str, str]
) -> Matched:
    """Find whom the names of a column mean.

    Parameters
    ----------
    sheet, of, column
        The sheet, the table it goes into and the column of the store.
    named
        The names.
    known
        What the store knows.
    told
        Name -> ID, or :data:`NOBODY`, as the user said.
    """
    texts = texts_of(named, known)
    matches = _matches(texts, named, known, told)
    ids = {match.name: match.id for match in matches}
    rows: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        if text is not None:
            rows.setdefault(text, []).append(position)
    questions, flaws = [], []
    what = BY_NAME[named.table].label
    for match in matches:
        if match.id is not None:
            continue
        nobody = told.get(match.name) == NOBODY
        if not (nobody or match.verdict is Verdict.UNKNOWN):
            questions.append(NameQuestion(named.table, match, named.by))
        elif named.by == "name":
            near = match.candidates[0].name if match.candidates and not nobody else None
            code = "nobody" if nobody else "unknown_name"
            oddity = Oddity(code, Level.ERROR, {"what": what, "nearest": near})
            flaws.append(Flaw(sheet, of, column, match.name, tuple(rows[match.name]), oddity))
    if named.by == "address":
        flaws += _nowhere(sheet, of, column, named, texts)
    resolved = pd.Series([ids.get(t) if t else None for t in texts], index=named.names.index, dtype=object)
    found = (tuple(matches), resolved, tuple(questions), tuple(flaws))
    return Matched(column, named.table, *found, by=named.by)


def _nowhere(sheet: str, of: str, column: str, named: NamedColumn, parts: list[str | None]) -> list[Flaw]:
    """Return the addresses that name no known region; their rows have none."""
    addresses = named.names.tolist()
    at = [p for p, text in enumerate(addresses) if isinstance(text, str) and parts[p] is None]
    if not at:
        return []
    oddity = Oddity("no_region_in_address", Level.WARNING)
    return [Flaw(sheet, of, column, str(addresses[at[0]]), tuple(at), oddity)]


def texts_of(named: NamedColumn, known: Known) -> list[str | None]:
    """Return what is matched of every row: the path, the part of an address that names it, or the name."""
    if named.by == "address":
        return address_parts(named.names.tolist(), known.regions)
    if not named.paths:
        return [text if isinstance(text, str) and text.strip() else None for text in named.names]
    return [PATH.join(text for _place, text in steps_of(path)) or None for path in named.paths]


def _matches(
    texts: list[str | None], named: NamedColumn, known: Known, told: Mapping[str, str]
) -> list[NameMatch]:
    ids = known[named.table]
    counts: dict[str, int] = {}
    for text in texts:
        if text is not None:
            counts[text] = counts.get(text, 0) + 1
    # An ID may stand among the names, unless another region has it as its code; a confirmed path is known by
    # its joined text.
    codes = known.index("region").adcodes if named.table == "region" else {}
    sure = {text: told[text] if told.get(text) in ids else text for text in counts if _sure(text, ids, told)}
    sure = {text: own for text, own in sure.items() if text in told or _is_own(text, own, codes)}
    shown = dict(zip(known.names(named.table)["id"], known.names(named.table)["name"], strict=True))
    found = [
        NameMatch(
            text,
            Verdict.ACCEPTED,
            (Candidate(key, str(shown[key]), 1.0, "confirmed" if text in told else "exact"),),
            counts[text],
        )
        for text, key in sure.items()
    ]
    if named.by == "address":
        first: dict[str, str] = {}
        for text, address in zip(texts, named.names, strict=True):
            first.setdefault(text or "", str(address))
        regions = match_addresses([text for text in texts if text not in sure], known.regions)
        return [*found, *(replace(match, example=first[match.name]) for match in regions)]
    if named.paths:
        steps = [text.split(PATH) for text in texts if text is not None and text not in sure]
        # A row that ends at a wider level names no region of the last column's.
        level = named.level if all(path[-1] for path in named.paths) else None
        return [*found, *match_paths(steps, known.regions, level=level)]
    rest = [text for text in texts if text is not None and text not in sure]
    if named.table == "region":
        coded = [
            match
            for text in dict.fromkeys(rest)
            if (match := _by_code(text, counts[text], known) or _by_parts(text, counts[text], known))
        ]
        found += coded
        rest = [text for text in rest if text not in {match.name for match in coded}]
    return [*found, *match_names(rest, known.index(named.table), named.table, level=named.level)]


def _by_code(text: str, rows: int, known: Known) -> NameMatch | None:
    """Return the region of an administrative code; an old code is proposed. None where a text is no code."""
    code = adcode(text)
    candidates = code_candidates(known.index("region"), code) if code else ()
    if not candidates:
        return None
    if candidates[0].reason == "code" and len(candidates) == 1:
        return NameMatch(text, Verdict.ACCEPTED, candidates, rows)
    return NameMatch(text, Verdict.TIED if len(candidates) > 1 else Verdict.PROPOSED, candidates, rows)


def _by_parts(text: str, rows: int, known: Known) -> NameMatch | None:
    """Return the region of a whole path in one cell (湖北武汉, 湖北省/武汉市); None where a text is none."""
    (key,) = script_keys(name_keys([text]))
    spans = {(start, end) for start, end, _weight in regions_in(key, known.regions).values()}
    if len(spans) < 2 or sum(end - start for start, end in spans) != len(_BETWEEN.sub("", key)):
        return None
    (match,) = match_addresses([text], known.regions)
    return replace(match, rows=rows)


def _is_own(text: str, own: str, codes: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether no other region has an ID as its administrative code."""
    return set(codes.get(adcode(text) or "", ())) <= {own}


def _sure(text: str, ids: frozenset[str], told: Mapping[str, str]) -> bool:
    return told.get(text) in ids or (text in ids and text not in told)
