"""Which version of the roll-ups is shown, how old it is, and what it doesn't hold."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import _, format_number, ngettext
from pages._ui import runtime
from pages._ui.components.header import section


def version_footer() -> None:
    """Say in the sidebar which version is shown and how old it is; nothing where a store is shown."""
    shown = runtime.published()
    if shown is not None:
        version = shown.version
        st.caption(
            _("Version {number} · {age}", number=version.number, age=age(version.made)),
            help=_(
                "A published version, made {when}; nothing can be changed here.", when=_when(version.made)
            ),
        )


def version_facts() -> None:
    """Say on the settings page what the version is made of and what it holds."""
    shown = runtime.published()
    assert shown is not None
    version = shown.version
    section(_("Published version"))
    lines = [
        _("Version {number} · {age}", number=version.number, age=age(version.made)),
        _(
            "Made {when} by {engine}; data version {data}.",
            when=_when(version.made),
            engine=version.engine,
            data=version.data_version,
        ),
        _(
            "{lines} sales lines of {months} months, {files} files.",
            lines=format_number(version.counts["lines"]),
            months=version.counts["months"],
            files=format_number(len(version.inputs)),
        ),
        _(
            "Figures of single customers and the map of shops: {windows}.",
            windows=shown.window_names() or "–",
        ),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(
        _("A newer version is shown from the next click on. What is chosen for all comes with the version.")
    )


def age(made: dt.datetime) -> str:
    """Return how long ago a version was made, in whole minutes, hours or days."""
    minutes = max(0, int((dt.datetime.now(dt.UTC) - made).total_seconds() // 60))
    if minutes < 60:
        return ngettext("{n} minute old", "{n} minutes old", minutes)
    if minutes < 48 * 60:
        return ngettext("{n} hour old", "{n} hours old", minutes // 60)
    return ngettext("{n} day old", "{n} days old", minutes // (24 * 60))


def _when(made: dt.datetime) -> str:
    return f"{made.astimezone():%Y-%m-%d %H:%M}"
