"""Companies, products, regions and people whose names stand in a header, alone or beside what is measured."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from core.exchange.measures import measures_in
from core.exchange.readers.sheet.vocabulary import is_known_header, is_unit, measure_span, plain, total_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COMPANY = re.compile(
    r"我司|我方|我们|本公司|我公司|自有品牌|本品"
    r"|(?:竞品|竞争对手|对手|友商)[一-鿿]{2,6}"
    r"|(?:竞品|竞争对手|对手|友商|竞争品牌|品牌|公司|厂家|厂商)\s*[a-z0-9一二三四五六七八九十甲乙丙丁戊己]{0,2}"
    r"|.{1,12}(?:公司|集团|股份|厂|品牌)|其[他它](?:公司|品牌|厂家)|our company|competitor\s*\w{0,2}",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"其[他它余](?:合计)?|others?|the rest", re.IGNORECASE)
_HEADERS = re.compile(r"公司|竞品|对手|品牌|厂家|厂商|竞争对手|company|brand|competitor", re.IGNORECASE)
"""These alone head a column of companies."""
_CURRENT = re.compile(
    r"(?:本期|当期|本月|当月|本年|今年|本季|现期)(?:数|额|值)?|实际(?:数|完成)?|实绩|完成(?:数|额|值)?|绝对额|mtd|actuals?|current",
    re.IGNORECASE,
)
_OTHER_STAGE = re.compile(
    r"计划|目标|任务|预算|预测|预计|(?:去年|上年)?同[期月]数?|去年|上年|上期|上月|(?:本年|当年)?累计数?|ytd|ly|py"
    r"|plan|target|budget|last year",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(.*?)\s*[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*")
_BETWEEN = " -_/:：·的"


def name_key(text: str) -> str:
    """Return what names of a header and of the store are compared by."""
    return "".join(plain(text).casefold().split())


def kind_of_label(text: str, lexicon: Mapping[str, str]) -> str:
    """Return what a label names: ``company``, ``product``, ``region`` or ``employee``; empty for nothing."""
    known = lexicon.get(name_key(text))
    if known is not None:
        return known
    own = plain(text).strip()
    return "company" if _COMPANY.fullmatch(own) and not _HEADERS.fullmatch(own) else ""


def split_label(level: str, lexicon: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return kind, name and measure of a level that holds both, such as 竞品A销量 or 销售额（蓝海）."""
    if (kind := kind_of_label(level, lexicon)) and not measure_span(level):
        return kind, level, ""
    unit_behind = _BRACKETS.fullmatch(level)
    if unit_behind and is_unit(unit_behind[2]):
        # 蓝海销售额(万元) is split below, with its unit.
        split = None if measure_span(unit_behind[1]) else split_label(unit_behind[1], lexicon)
        if split is not None or _BRACKETS.fullmatch(unit_behind[1]):
            split = split or split_label(unit_behind[1], lexicon)
            return split and (split[0], split[1], f"{split[2]}({unit_behind[2]})")
    bracketed = _BRACKETS.fullmatch(level)
    pairs = [(bracketed[2], bracketed[1])] if bracketed else []
    if span := measure_span(level):
        start, end = span
        unit = (
            level[end:] if is_unit(level[end:].strip(_BETWEEN)) or level[end:].startswith(("(", "（")) else ""
        )
        rest = level[end:] if not unit else ""
        before, after = level[:start].strip(_BETWEEN), rest.strip(_BETWEEN)
        pairs += [(before, level[start:])] if before and not after else []
        pairs += [(after, level[:end])] if after and not before else []
    for name, measure in pairs:
        kind = kind_of_label(name, lexicon) or ("company" if _HEADERS.fullmatch(name) else "")
        if kind and (measure_span(measure) or not measure):
            return kind, name, measure.strip(_BETWEEN)
    return None


def split_off(
    rests: Mapping[int, Sequence[str]], lexicon: Mapping[str, str]
) -> tuple[str, dict[int, str], dict[int, list[str]]]:
    """Split names of one kind off the levels of some columns.

    Parameters
    ----------
    rests
        Column -> levels of its name.
    lexicon
        Known name -> what it names.

    Returns
    -------
    kind
        What they name; empty where no column has a name.
    labels
        Column -> the name.
    rests
        Column -> the levels that are left, of the columns with a name.
    """
    found: dict[str, dict[int, tuple[str, list[str]]]] = defaultdict(dict)
    for column, levels in rests.items():
        for at, level in enumerate(levels):
            if (split := split_label(level, lexicon)) is not None:
                kind, name, measure = split
                left = [*levels[:at], *([measure] if measure else []), *levels[at + 1 :]]
                found[kind].setdefault(column, (name, left))
                break
    if not found:
        return "", {}, {}
    kind = max(found, key=lambda kind: len(found[kind]))
    for column, levels in rests.items() if kind in {"company", "product"} else ():
        # What is left of the companies or products stands beside them, and so do those nobody knows.
        other = _beside(levels, [left for _name, left in found[kind].values()])
        if other is not None:
            found[kind].setdefault(column, other)
    own = dict(sorted(found[kind].items()))
    labels = {column: name for column, (name, _left) in own.items()}
    return kind, labels, {column: left for column, (_name, left) in own.items()}


def _beside(levels: Sequence[str], lefts: Sequence[Sequence[str]]) -> tuple[str, list[str]] | None:
    """Return a name beside names of companies or products, and the other levels; None for another column."""
    for at, level in enumerate(levels):
        bracketed = _BRACKETS.fullmatch(level)
        unit = f"({bracketed[2]})" if bracketed and is_unit(bracketed[2]) else ""
        name = bracketed[1] if bracketed and unit else level
        rest = [*levels[:at], *([unit] if unit else []), *levels[at + 1 :]]
        if _OTHERS.fullmatch(plain(name).strip()) or (
            list(rest) in [list(left) for left in lefts] and not _says_something(name)
        ):
            return name, rest
    return None


def unknown_level(rests: Mapping[int, Sequence[str]]) -> tuple[int, list[str]] | None:
    """Return the level of a header that holds names nobody knows, and the names.

    Every one of two or more names stands above the same names of measures; none of them is a measure, a
    period, a plan beside the actual figure, or a total.
    """
    depth = max((len(levels) for levels in rests.values()), default=0)
    for level in range(depth - 1):
        below: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for levels in rests.values():
            if len(levels) == depth:
                below[levels[level]].add((*levels[:level], *levels[level + 1 :]))
        names = [name for name in below if not _says_something(name)]
        if len(names) > 1 and len(names) == len(below) and len(set(map(frozenset, below.values()))) == 1:
            return level, names
    return None


def is_stage(level: str) -> bool:
    """Tell whether a level says actual, planned or of an earlier period, and nothing of what is measured."""
    own = plain(level).strip()
    return bool(_CURRENT.fullmatch(own) or _OTHER_STAGE.fullmatch(own))


def _says_something(name: str) -> bool:
    return bool(
        measures_in(name)
        or _CURRENT.search(plain(name))
        or is_known_header(name)
        or is_unit(name)
        or total_word(name)
    )
