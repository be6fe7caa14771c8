"""Weights to share a target by: history, market index, capacity, No.1 gap, potential, even, mixed.

Every factor is put on one scale, its mean among the siblings being one, before the factors are
weighted. So a mix of factors that are all known equals the mix of the shares they would give alone
[S3 3-15, domain B.7]; where a factor is missing the others count in its place, and that is reported
[domain B.8].
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError, nearest
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.targets.arrays import Booleans, Floats, Integers

# The name of the factor that is the same for all siblings; it needs no data.
EVEN = "even"


class Gather(StrEnum):
    """How a factor known for small parts is gathered for the whole: sales add up, an index is averaged."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Factor:
    """One factor of a mix.

    Parameters
    ----------
    name
        Name of its values, or ``even``.
    weight
        Its part in the mix, above zero; parts need not sum to one.
    gather
        How values of leaves become the value of the node above them.
    """

    name: str
    weight: float = 1.0
    gather: Gather = Gather.SUM

    def __post_init__(self) -> None:
        if not (np.isfinite(self.weight) and self.weight > 0):
            raise InputError(
                _("The weight of {factor} must be above zero; it is {weight}.", factor=self.name,
                  weight=self.weight)
            )  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """Mixed weights and what had to be filled in for them.

    Parameters
    ----------
    weights
        Relative weights, comparable inside each group.
    missing
        Cells in which at least one factor was unknown and the others counted in its place.
    negative
        Cells in which a factor was below zero, such as more returns than sales, and counted as zero.
    unknown
        Cells in which every factor was unknown; their weight is zero.
    """

    weights: Floats
    missing: Booleans
    negative: Booleans
    unknown: Booleans


def mix(values: Mapping[str, Floats], factors: Sequence[Factor], groups: Integers) -> Mix:
    """Mix factors into one weight per cell.

    Parameters
    ----------
    values
        Values of each factor by name, NaN where unknown (cells).
    groups
        Group of siblings each cell belongs to, 0, 1, 2 ... (cells).

    Returns
    -------
    Mix
        The weights, and where data was missing or negative.

    Raises
    ------
    InputError
        No factor is given, or one has no values.
    """
    if not factors:
        raise InputError(_("Choose at least one factor to share the target by."))
    score = np.zeros(groups.size)
    known_weight = np.zeros(groups.size)
    missing = np.zeros(groups.size, np.bool_)
    negative = np.zeros(groups.size, np.bool_)
    for factor in factors:
        raw = _values(values, factor, groups.size)
        known = np.isfinite(raw)
        positive = np.where(known, np.maximum(raw, 0.0), 0.0)
        count = np.bincount(groups, weights=known)
        mean = np.bincount(groups, weights=positive) / np.maximum(count, 1)
        # A factor that is zero for all siblings says nothing about them, so it is not known there.
        known &= mean[groups] > 0
        score += factor.weight * np.divide(positive, mean[groups], out=np.zeros(groups.size), where=known)
        known_weight += factor.weight * known
        missing |= ~np.isfinite(raw)
        negative |= np.isfinite(raw) & (raw < 0)
    unknown = known_weight == 0
    weights = np.divide(score, known_weight, out=np.zeros(groups.size), where=~unknown)
    return Mix(weights, missing, negative, unknown)


def _values(values: Mapping[str, Floats], factor: Factor, size: int) -> Floats:
    if factor.name == EVEN:
        return np.ones(size)
    if factor.name not in values:
        close = nearest(factor.name, [*values, EVEN])
        raise InputError(
            _("There are no values of the factor {factor}.", factor=factor.name),
            "" if close is None else _("Did you mean {name}?", name=close),
        )
    found = np.asarray(values[factor.name], dtype=np.float64)
    if found.shape != (size,):
        raise InputError(
            _("The factor {factor} has {found} values for {needed} cells.", factor=factor.name,
              found=found.size, needed=size)
        )  # fmt: skip
    return found
