"""The few numbers that matter, in a row, each with its change and its explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.origins import with_origins

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Card:
    """One number.

    Parameters
    ----------
    change
        Formatted with its sign; empty when there is nothing to compare with.
    against
        What the change is against, such as “same period a year earlier”.
    good
        True when up is good, False when down is, None when neither.
    explanation
        Markdown shown on hover: formula, inputs, source; where the data come from is added.
    records
        Names of the records it is made of; where none are named, of all that its page has read so far.
    """

    label: str
    value: str
    change: str = ""
    against: str = ""
    good: bool | None = True
    explanation: str = ""
    records: Sequence[str] = ()


def cards(row: Sequence[Card], *, key: str = "cards") -> None:
    """Show up to five numbers side by side."""
    colour = {True: "normal", False: "inverse", None: "off"}
    with st.container(key=key):
        for column, card in zip(st.columns(len(row), gap="small"), row, strict=True):
            column.metric(
                card.label,
                card.value,
                card.change or None,
                delta_color=colour[card.good],  # type: ignore[arg-type]
                delta_description=card.against or None,
                help=with_origins(card.explanation, card.records),
                border=True,
                height="stretch",
            )
