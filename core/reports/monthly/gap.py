"""What a report leaves out, and why: a part without data never becomes an empty picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.exchange.slides.content import Slide
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject


@dataclass(frozen=True)
class Gap:
    """Why a part is left out.

    Parameters
    ----------
    reason
        A sentence: what is missing, in the language in use.
    """

    reason: str


if TYPE_CHECKING:
    MakeSlide = Callable[[Basis, Subject], Slide | Gap]
