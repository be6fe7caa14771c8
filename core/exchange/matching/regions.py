"""Regions by the names of their path, in columns of their own or in an address."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from core.exchange.matching.index import NameIndex
from core.exchange.matching.keys import core, name_keys, script_keys
from core.exchange.matching.region_names import region_candidates
from core.exchange.matching.results import Candidate, NameMatch, Verdict
from core.exchange.matching.short_names import formal_short_name

if TYPE_CHECKING:
    import pandas as pd

PATH = " / "
"""Between the names of a path, widest first."""
_STREETS = re.compile(
    r"(?:东|南|西|北|中)?(?:路|街|大道|大街|道|巷|弄|胡同|桥|广场|酒店|小区|花园|商城|市场)"
)
_UNNAMED = frozenset(("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖", "省直辖县"))
"""What official lists write where a county has no city above it."""
_SHOWN = 5
_FULL, _SHORT = 1.0, 0.8
"""What a region's name counts in an address with its ending (江岸区) and without (江岸) [I]."""


@dataclass(frozen=True)
class RegionNames:
    """The names of all regions.

    Parameters
    ----------
    ids
        Name -> regions called so and the weight of the name.
    about
        region_id, parent_id, name, and level and adcode where they are known.
    """

    ids: Mapping[str, tuple[tuple[str, float], ...]]
    parents: Mapping[str, str | None]
    names: Mapping[str, str]
    longest: int
    about: pd.DataFrame

    @classmethod
    def of(cls, regions: pd.DataFrame) -> RegionNames:
        """Take the names of regions.

        Parameters
        ----------
        regions
            region_id, parent_id (missing at the top), name; level and adcode where they are known.
        """
        parents, names = {}, {}
        found: dict[str, dict[str, float]] = defaultdict(dict)
        keys = script_keys(name_keys([str(name) for name in regions["name"]]))
        for key, (region, parent, name) in zip(
            keys, regions[["region_id", "parent_id", "name"]].itertuples(index=False), strict=True
        ):
            parents[str(region)] = parent if isinstance(parent, str) and parent else None
            names[str(region)] = str(name)
            short = core(key, "region")
            if len(short) >= 2:
                found[short][str(region)] = _SHORT
            for form in (key, formal_short_name(key) or ""):
                if len(form) >= 2:
                    found[form][str(region)] = _FULL
        ids = {key: tuple(owners.items()) for key, owners in found.items()}
        return cls(ids, parents, names, max(map(len, ids), default=0), regions)

    @cached_property
    def index(self) -> NameIndex:
        """The names, ready to be compared with one that nobody is called by."""
        return NameIndex.of(self.about.rename(columns={"region_id": "id"}), "region")

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """Region -> level, where it is known."""
        if "level" not in self.about:
            return {}
        return dict(zip(self.about["region_id"].astype(str), self.about["level"], strict=True))

    def called(self, form: str) -> list[Candidate]:
        """Return the regions called by a name; of a name that none has, those it shortens or has become."""
        owners = self.ids.get(form)
        if owners is None:
            return region_candidates(self.index, form)
        return [Candidate(region, self.names[region], weight, "path") for region, weight in owners]

    def path(self, region: str) -> list[str]:
        """Return a region and everything above it, narrowest first."""
        found: list[str] = []
        step: str | None = region
        while step is not None and step in self.parents and step not in found:
            found.append(step)
            step = self.parents[step]
        return found

    def shown(self, region: str) -> str:
        """Return the names of a path, widest first."""
        return PATH.join(self.names[step] for step in reversed(self.path(region)))


def steps_of(path: Sequence[str | None]) -> list[tuple[int, str]]:
    """Return the regions a path names, each with its place: without blanks, 市辖区, and a name twice.

    Parameters
    ----------
    path
        Names, widest first (北京市 | 北京市 | 朝阳区, 重庆市 | 市辖区 | 渝中区).
    """
    found: list[tuple[int, str]] = []
    for place, step in enumerate(path):
        text = step.strip() if isinstance(step, str) else ""
        if text and text not in _UNNAMED and (not found or found[-1][1] != text):
            found.append((place, text))
    return found


def match_paths(
    paths: Iterable[Sequence[str | None]],
    regions: pd.DataFrame | RegionNames,
    *,
    level: str | None = None,
) -> list[NameMatch]:
    """Find the regions that names in neighbouring columns lead to (湖北 | 武汉市 | 江岸区).

    Parameters
    ----------
    paths
        Names, widest first; missing steps are passed over, and so is 市辖区.
    level
        The level of the last names, as the header of their column says: the city or the county 恩施.

    Returns
    -------
    list of NameMatch
        One per different path, its name joined by :data:`PATH`. A path is accepted when exactly one
        region of the last name has all other names above it, every name in full; with names that lack
        their ending (武汉), are shortened or have changed it is proposed.
    """
    names = regions if isinstance(regions, RegionNames) else RegionNames.of(regions)
    counts = Counter(tuple(text for _place, text in steps_of(path)) for path in paths)
    return [
        NameMatch(PATH.join(path), *_lead(path, names, level), count)
        for path, count in counts.items()
        if path
    ]


def _lead(
    path: Sequence[str], names: RegionNames, level: str | None
) -> tuple[Verdict, tuple[Candidate, ...]]:
    *above, last = script_keys(name_keys(list(path)))
    owners = [names.called(step) for step in above]
    candidates = []
    for candidate in names.called(last):
        wider = names.path(candidate.id)[1:]
        least = candidate.score
        for called in owners:
            least = min(least, max((own.score for own in called if own.id in wider), default=0.0))
        candidates.append(replace(candidate, name=names.shown(candidate.id), score=least))
    led = sorted((c for c in candidates if c.score > 0), key=lambda c: (-c.score, c.name))
    led = [c for c in led if names.levels.get(c.id) == level] or led
    full = [c for c in led if c.score >= _FULL]
    if len(full) == 1 or len(led) == 1:
        return (Verdict.ACCEPTED if full else Verdict.PROPOSED), tuple(led)
    if led:
        return Verdict.TIED, tuple(led[:_SHOWN])
    # The last name is known and the names above it say something else.
    return Verdict.UNKNOWN, tuple(sorted(candidates, key=lambda c: c.name)[:_SHOWN])


def match_addresses(addresses: Iterable[str | None], regions: pd.DataFrame | RegionNames) -> list[NameMatch]:
    """Find the regions addresses lie in, as far as they name them.

    Of all regions named in an address that with the most names of its path in it wins, the deepest
    first; a name followed by 路, 街 and the like is a street. All are proposals: an address may name the
    head office. Equal paths are a tie.
    """
    names = regions if isinstance(regions, RegionNames) else RegionNames.of(regions)
    counts = Counter(text for text in addresses if isinstance(text, str) and text.strip())
    keys = script_keys(name_keys(list(counts)))
    return [
        NameMatch(text, *_lies(key, names), count)
        for key, (text, count) in zip(keys, counts.items(), strict=True)
    ]


def address_parts(addresses: Iterable[str | None], regions: pd.DataFrame | RegionNames) -> list[str | None]:
    """Return the part of each address that names its region: up to the last name in it that is known.

    Addresses of the same part lie in the same region (湖北省武汉市江岸区解放大道1号 and … 2号), so that
    it is confirmed once. None where no region is named.
    """
    names = regions if isinstance(regions, RegionNames) else RegionNames.of(regions)
    texts = [text if isinstance(text, str) else "" for text in addresses]
    parts: dict[str, str | None] = {}
    keys = script_keys(name_keys(texts))
    for key in keys:
        if key not in parts:
            ends = [end for _start, end, _weight in regions_in(key, names).values()]
            parts[key] = key[: max(ends)] if ends else None
    return [parts[key] for key in keys]


def _lies(address: str, names: RegionNames) -> tuple[Verdict, tuple[Candidate, ...]]:
    hits = regions_in(address, names)
    scored = []
    for region in hits:
        path = names.path(region)
        named = [step for step in path if step in hits]
        # A region stands behind those it belongs to.
        if all(hits[a][0] >= hits[b][0] for a, b in itertools.pairwise(named)):
            scored.append((sum(hits[step][2] for step in named), len(path), region))
    if not scored:
        return Verdict.UNKNOWN, ()
    scored.sort(reverse=True)
    weight = scored[0][0]
    best = [region for own, _depth, region in scored if own == weight]
    # Of a region and what it holds, both named as well, the narrower says more.
    best = [r for r in best if not any(r in names.path(other)[1:] for other in best)]
    score = round(min(0.95, 0.6 + 0.15 * weight), 3)
    found = tuple(Candidate(region, names.shown(region), score, "path") for region in best[:_SHOWN])
    return (Verdict.PROPOSED if len(best) == 1 else Verdict.TIED), found


def regions_in(address: str, names: RegionNames) -> dict[str, tuple[int, int, float]]:
    """Return the regions named in an address: from where, to where, and how fully (1 with the ending)."""
    found: dict[str, tuple[int, int, float]] = {}
    start = 0
    while start < len(address):
        end = min(len(address), start + names.longest)
        while end > start + 1:
            owners = names.ids.get(address[start:end])
            if owners and not _STREETS.match(address, end):
                for region, weight in owners:
                    if region not in found or found[region][2] < weight:
                        found[region] = (start, end, weight)
                break
            end -= 1
        # Names don't overlap: 武汉市 hides the 汉市 in it.
        start = end if end > start + 1 else start + 1
    return found
