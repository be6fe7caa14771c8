"""Sections of a customer page: one at a time, chosen by a code in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.i18n import _
from core.store.customers.customers import KINDS
from pages._ui.market import region_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.components.downloads import Download

PARAMETER = "section"


@dataclass(frozen=True)
class SectionHead:
    """What a section says at the top of its page."""

    answer: str = ""
    downloads: Sequence[Download] = ()


@dataclass(frozen=True)
class Section:
    """A part of a page.

    Parameters
    ----------
    show
        Draws it for a :class:`~pages._ui.customers.customer_view.ListView` or
        :class:`~pages._ui.customers.customer_view.CardView`, and returns what stands at the top of the page.
    parameters
        Address parameters of its own.
    kinds
        Kinds of customers whose card has it.
    """

    label: str
    show: Callable[[Any], SectionHead | None]
    parameters: tuple[str, ...] = ()
    kinds: tuple[str, ...] = KINDS


def parameters(sections: Mapping[str, Section]) -> tuple[str, ...]:
    """Return the address parameters of a page with these sections, each once."""
    own = [name for section in sections.values() for name in section.parameters]
    return tuple(dict.fromkeys([PARAMETER, *own]))


def choose(sections: Mapping[str, Section], kind: str) -> Section:
    """Show the names of the sections and return the one chosen, the first for what means nothing."""
    fitting = {code: section for code, section in sections.items() if kind in section.kinds}
    return fitting[
        region_choice.pick_code(PARAMETER, {code: _(section.label) for code, section in fitting.items()})
    ]
