"""The dealer decision tree: from attitude and capability to keep, train, transform, redraw or eliminate.

The article divides general dealers by attitude and capability into usable and unusable ones; the unusable are
eliminated without regard to sales at risk, the usable are trained (unconditionally, or they are unusable
after all) or transformed by building the three functions; a new territory or segment may be the result [S2].
The scores at which a dealer counts as usable or able are not in the article; they are parameters [I].
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

DISPOSITIONS: dict[str, str] = {
    "keep": N_("Retain"),
    "train": N_("Train"),
    "transform": N_("Transform"),
    "redraw": N_("Redraw territory or segment"),
    "eliminate": N_("Eliminate"),
}
FUNCTIONS: dict[str, str] = {
    "sales_team": N_("Own sales team"),
    "information": N_("Information function"),
    "channel_management": N_("Channel management function"),
}
QUESTIONS: dict[str, str] = {
    "attitude": N_("Is the attitude good enough to work together?"),
    "usable_capability": N_("Is the capability enough to be usable at all?"),
    "able": N_("Is the capability enough without training?"),
    "accepts_training": N_("Does the dealer accept training without conditions?"),
    "sales_team": N_("Does the dealer have a sales team of its own?"),
    "information": N_("Does the dealer report sell-out, stock and market news?"),
    "channel_management": N_("Does the dealer manage its sub-dealers, prices and territory?"),
    "can_transform": N_("Can the dealer build what is missing for its whole territory?"),
}
SCORES = ("attitude", "capability")
INPUTS = (*SCORES, "accepts_training", *FUNCTIONS, "can_transform")


@dataclass(frozen=True)
class DealerRule:
    """From which score on a dealer is usable, and able; a score on the limit passes.

    Parameters
    ----------
    attitude
        Least attitude of a usable dealer, 0 to 10.
    usable
        Least capability of a usable dealer, 0 to 10.
    able
        Least capability that needs no training; not below ``usable``.
    """

    attitude: float = 4.0
    usable: float = 3.0
    able: float = 6.0

    def __post_init__(self) -> None:
        if not (0 <= self.attitude <= 10 and 0 <= self.usable <= self.able <= 10):
            raise InputError(
                _(
                    "The limits are attitude {attitude}, usable {usable}, able {able}.",
                    attitude=self.attitude,
                    usable=self.usable,
                    able=self.able,
                ),
                _("Expected 0 to 10 each, and usable not above able."),
            )


@dataclass(frozen=True)
class Step:
    """One question on the way.

    Parameters
    ----------
    question
        A key of :data:`QUESTIONS`.
    answer
        True yes, False no, None not known: there the way ends.
    value, limit
        Score and limit where the question compares two, else None.
    """

    question: str
    answer: bool | None
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Walk:
    """The way through the tree.

    Parameters
    ----------
    disposition
        A key of :data:`DISPOSITIONS`; None while an answer is missing.
    steps
        The questions in order, the last one being the one that decided or is unanswered.
    asks
        The input that must be known to go on, of :data:`INPUTS`; None when decided.
    lacking
        The functions to build, of :data:`FUNCTIONS`, as far as asked.
    """

    disposition: str | None
    steps: tuple[Step, ...]
    asks: str | None = None
    lacking: tuple[str, ...] = ()


def walk(inputs: Mapping[str, object], rule: DealerRule | None = None) -> Walk:
    """Walk the tree as far as the answers reach; what is missing is asked for, never assumed.

    Parameters
    ----------
    inputs
        By name of :data:`INPUTS`: scores 0 to 10 (None or NaN unknown), yes or no (None unknown).
        Only what lies on the way is looked at.

    Returns
    -------
    Walk
        The result with every question on the way.

    Raises
    ------
    InputError
        A score is outside 0 to 10.
    """
    limits = rule or DealerRule()
    way = _Way(inputs)
    if not way.reaches("attitude", "attitude", limits.attitude):
        return way.end("eliminate")
    if not way.reaches("usable_capability", "capability", limits.usable):
        return way.end("eliminate")
    if not way.reaches("able", "capability", limits.able):
        return way.end("train" if way.says("accepts_training") else "eliminate")
    lacking = tuple(name for name in FUNCTIONS if not way.says(name))
    if not lacking:
        return way.end("keep")
    return way.end("transform" if way.says("can_transform") else "redraw", lacking)


class _Way:
    """The questions asked so far; after the first unanswered one nothing is asked any more."""

    def __init__(self, inputs: Mapping[str, object]) -> None:
        self._inputs = inputs
        self._steps: list[Step] = []
        self._asks: str | None = None

    def reaches(self, question: str, name: str, limit: float) -> bool:
        if self._asks is not None:
            return False
        score = _score(name, self._inputs.get(name))
        answer = None if score is None else score >= limit
        return self._note(Step(question, answer, score, limit), name)

    def says(self, name: str) -> bool:
        if self._asks is not None:
            return False
        said = self._inputs.get(name)
        return self._note(Step(name, None if _unknown(said) else bool(said)), name)

    def _note(self, step: Step, name: str) -> bool:
        self._steps.append(step)
        if step.answer is None:
            self._asks = name
        return bool(step.answer)

    def end(self, disposition: str, lacking: tuple[str, ...] = ()) -> Walk:
        if self._asks is None:
            return Walk(disposition, tuple(self._steps), None, lacking)
        known = tuple(s.question for s in self._steps if s.question in FUNCTIONS and s.answer is False)
        return Walk(None, tuple(self._steps), self._asks, known)


def _unknown(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 - NaN differs from itself


def _score(name: str, value: object) -> float | None:
    if _unknown(value):
        return None
    score = float(value)  # type: ignore[arg-type]
    if not (math.isfinite(score) and 0 <= score <= 10):
        raise InputError(
            _("The {name} is {value}.", name=name, value=value), _("Expected a score from 0 to 10.")
        )
    return score
