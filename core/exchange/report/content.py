"""What a report holds, whatever file it becomes: a cover, parts of one slide each, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.slides.content import Slide


@dataclass(frozen=True)
class Cover:
    """The first slide.

    Parameters
    ----------
    title
        What it is: the report's name, and of which region.
    subject
        Of which month, company and kind of goods.
    source
        Where the figures come from, and when the file was made.
    """

    title: str
    subject: str
    source: str

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("Expected a title.")


@dataclass(frozen=True)
class Part:
    """One part of a report.

    Parameters
    ----------
    key
        What it is, for programs.
    title
        Short name: of its sheet in a workbook, of its bookmark on paper.
    page
        Title of the page that shows the same figures.
    """

    key: str
    title: str
    page: str
    slide: Slide


@dataclass(frozen=True)
class Report:
    """A report.

    Parameters
    ----------
    has_cover
        Whether the cover is a slide of its own; a short report begins with its first answer.
    gaps
        Sentences: which parts are left out and why, and what the figures lack.
    """

    cover: Cover
    parts: tuple[Part, ...]
    has_cover: bool
    gaps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("Expected at least one part.")
        if len({part.key for part in self.parts}) < len(self.parts):
            raise ValueError("Expected each part once.")

    @property
    def slides(self) -> int:
        """Number of slides."""
        return len(self.parts) + self.has_cover
