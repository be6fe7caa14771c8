"""Where a page's figures come from: noted while it is made, said at its end and in files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.reports.provenance import RECORDS, provenance
from core.store.read_tracking import naming
from pages._ui import reads
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = "records_read"


@contextmanager
def note_origins() -> Iterator[None]:
    """Note which records a page reads, and say below it where they come from."""
    with naming() as tables:
        # Not a copy: a file made later in the run, or on a click, says all that was read.
        st.session_state[READ] = tables
        yield
        sentences = origins(frozenset(tables))
    if sentences:
        with st.popover(
            _("Where the figures come from"), icon=":material/database:", type="tertiary", key="origins"
        ):
            st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))


def origins(tables: frozenset[str]) -> tuple[str, ...]:
    """Return the sentences about the records of some tables."""
    known = tuple(sorted(tables & set(RECORDS)))
    found: tuple[str, ...] = reads.shared(provenance, known) if known else ()
    return found


def records_read() -> set[str]:
    """Return the names of the records that the page shown has read so far; they grow until it is made."""
    found: set[str] = st.session_state.get(READ, set())
    return found
