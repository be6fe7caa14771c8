"""What a reader must know about figures: findings in words, with the regions they concern."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import InputError
from core.i18n import _

LEVELS = ("information", "warning")


@dataclass(frozen=True)
class Note:
    """One finding.

    Parameters
    ----------
    code
        What was found, for programs.
    level
        ``information`` or ``warning`` (a figure on the page may mislead without it).
    sentence
        The finding, in the language in use when the report was made.
    regions
        Ids of the regions concerned; empty when it concerns all.
    """

    code: str
    level: str
    sentence: str
    regions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise InputError(_("There is no note level {level}.", level=self.level), ", ".join(LEVELS))


def list_text(names: list[str], *, shown: int = 3) -> str:
    """Join the first names; the others are counted."""
    text = _(", ").join(names[:shown])
    return text if len(names) <= shown else _("{names} and {n} more", names=text, n=len(names) - shown)
