"""What a name could mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is done with a name."""

    ACCEPTED = "accepted"
    """Its normalised form is that of exactly one known or official short name, or the user confirmed it."""
    PROPOSED = "proposed"
    """One known name is likely; the user confirms."""
    TIED = "tied"
    """Several known names are equally likely; the user chooses."""
    UNKNOWN = "unknown"
    """No known name is near."""


@dataclass(frozen=True)
class Candidate:
    """A known name that a name could mean.

    Parameters
    ----------
    score
        0 to 1; 1 is equal after normalising.
    reason
        Code of what makes them alike, a key of :data:`core.exchange.matching.wording.REASONS`.
    year
        Of a region that was renamed or merged: when.
    """

    id: str
    name: str
    score: float
    reason: str
    year: int | None = None


@dataclass(frozen=True)
class NameMatch:
    """What one name of a file could mean.

    Parameters
    ----------
    candidates
        Best first.
    example
        An address it was taken from.
    """

    name: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    rows: int = 1
    example: str = ""

    @property
    def id(self) -> str | None:
        """The ID it stands for, None unless accepted."""
        return self.candidates[0].id if self.verdict is Verdict.ACCEPTED else None
