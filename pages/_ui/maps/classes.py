"""Which class of colour a region falls into, measure by measure, and how the class looks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import _
from pages._ui.charts import palette

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Look:
    """One entry of a legend."""

    label: str
    colour: str


@dataclass(frozen=True)
class Classes:
    """The classes of one measure.

    Parameters
    ----------
    looks
        Every class; the last one is "missing".
    numbers
        Position in ``looks`` for each region.
    is_sequential
        Whether the colours run from little to much, and so turn round in the dark.
    names_all
        Whether the legend names the classes that no region has.
    """

    title: str
    looks: tuple[Look, ...]
    numbers: np.ndarray
    is_sequential: bool = False
    names_all: bool = False

    def __post_init__(self) -> None:
        if len(self.numbers) and int(np.max(self.numbers)) >= len(self.looks):
            raise ValueError("Expected every class number to name a look.")


def steps(
    title: str, values: pd.Series, cuts: Sequence[float], ramp: Sequence[str], words: Callable[[float], str]
) -> Classes:
    """Class numbers by the limits they reach; a value equal to a limit belongs above it.

    Parameters
    ----------
    values
        One number per region, NaN where missing.
    ramp
        One colour more than there are limits.
    """
    if len(ramp) != len(cuts) + 1:
        raise ValueError("Expected one colour more than cuts.")
    limits = [words(c) for c in cuts]
    labels = [
        "< " + limits[0],
        *(f"{low} – {high}" for low, high in itertools.pairwise(limits)),
        "≥ " + limits[-1],
    ]
    plain = values.to_numpy(dtype=float)
    numbers = np.where(np.isnan(plain), len(ramp), np.searchsorted(cuts, plain, side="right"))
    looks = _with_missing(zip(labels, ramp, strict=True))
    return Classes(title, looks, numbers, is_sequential=tuple(ramp) in palette.SEQUENTIAL)


def kinds(
    title: str,
    codes: pd.Series,
    colours: dict[str, str],
    label: Callable[[str], str],
    *,
    names_all: bool = False,
) -> Classes:
    """Class regions by a code; an unknown or empty one is missing.

    Parameters
    ----------
    codes
        One code per region.
    colours
        The fill of every code, in the order of the legend.
    label
        Names a code in the user's language.
    """
    order = {code: number for number, code in enumerate(colours)}
    numbers = codes.map(order).fillna(len(order)).to_numpy(dtype=int)
    looks = _with_missing((label(c), colour) for c, colour in colours.items())
    return Classes(title, looks, numbers, names_all=names_all)


def _with_missing(looks: Iterable[tuple[str, str]]) -> tuple[Look, ...]:
    return (*(Look(*look) for look in looks), Look(_("no data"), palette.MISSING))


def round_limits(values: pd.Series, count: int) -> list[float]:
    """Return rising limits with two significant digits that split values into about equal groups.

    Parameters
    ----------
    values
        Numbers, NaN ignored.
    count
        How many limits to try for; equal ones are merged.
    """
    known = values.dropna().to_numpy(dtype=float)
    if not len(known):
        return []
    raw = np.quantile(known, np.linspace(0, 1, count + 2)[1:-1])
    return sorted({float(f"{v:.2g}") for v in raw if v > 0})
