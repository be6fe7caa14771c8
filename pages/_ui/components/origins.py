"""Where figures come from: noted while a page is made, said by each figure, below the page and in files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.reports.market.sources import data_from, is_origin
from core.reports.provenance import NAMES, RECORDS, provenance, records_behind
from core.store.read_tracking import aside, naming
from pages._ui import reads
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

READ, SAID = "records_read", "origins_said"


@contextmanager
def note_origins() -> Iterator[None]:
    """Note which records a page reads, and say below it where they come from."""
    # Not a copy: a figure shown and a file made later in the run, or on a click, say all that was read.
    tables = st.session_state[READ] = set()
    with note_more_origins():
        yield
    sentences = origins(tables - NAMES)
    if sentences:
        with st.popover(
            _("Where the figures come from"), icon=":material/database:", type="tertiary", key="origins"
        ):
            st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))


@contextmanager
def note_more_origins() -> Iterator[None]:
    """Note what a part of a page reads that is made anew, besides what the page has read."""
    # A page has many figures of the same records: within one run they say the same.
    st.session_state[SAID] = {}
    with naming(records_read()):
        yield


def origins(tables: Collection[str]) -> tuple[str, ...]:
    """Return the sentences about the records of some tables; each kind is counted once while it stands."""
    said: dict[str, tuple[str, ...]] = st.session_state.get(SAID, {})
    wanted = [name for name in RECORDS if name in tables]
    with aside():
        said.update({name: reads.shared(provenance, (name,)) for name in wanted if name not in said})
    return tuple(sentence for name in wanted for sentence in said[name])


def records_read() -> set[str]:
    """Return the names of the records that the page shown has read so far; they grow until it is made."""
    found: set[str] = st.session_state.get(READ, set())
    return found


def figure_origins(records: Collection[str] = ()) -> list[str]:
    """Return where one figure comes from, a sentence for each kind of record behind it.

    Parameters
    ----------
    records
        See :func:`core.reports.provenance.records_behind`.
    """
    found = origins(records_behind(records, records_read()))
    return data_from(found or (_("this store's own lists and settings: typed in, or counted now."),))


def with_origins(explanation: str, records: Collection[str] = ()) -> str:
    """Return an explanation in Markdown that also says where its figure comes from; as it is where it does.

    Parameters
    ----------
    records
        See :func:`figure_origins`.
    """
    if any(map(is_origin, explanation.split("\n"))):
        return explanation
    said = map(escape_markdown, figure_origins(records))
    return "\n\n".join([explanation, *said] if explanation else said)
