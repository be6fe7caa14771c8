"""The way from draft to approved: of target plans, and of forms that are approved like them [S3 3-4]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InputError, NotAllowedError, StoreError
from core.i18n import N_, _
from core.store.preferences import preferences

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

    from core.store.database import Store

# From each state the states that can follow. "superseded" follows by approving a later one.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "draft": ("submitted",),
    "submitted": ("feedback", "approved"),
    "feedback": ("revised",),
    "revised": ("submitted", "feedback", "approved"),
    "approved": (),
    "superseded": (),
}
NEED_A_REASON = ("feedback", "revised")
JUDGED = ("feedback", "approved")
"""Steps that need the right to approve."""
HANDED_ON = ("submitted", "revised")
"""Steps of those whose work is judged."""
FOUR_EYES = "four_eyes"
"""The preference of a store whether who submits may approve: ``yes`` or ``no`` to four eyes."""
EDITABLE = ("draft", "feedback", "revised")
STATUSES = {
    "draft": N_("Draft"),
    "submitted": N_("Submitted"),
    "feedback": N_("Feedback given"),
    "revised": N_("Revised"),
    "approved": N_("Approved"),
    "superseded": N_("Superseded"),
}


class ClosedError(StoreError):
    """Something is in a state in which it can't be changed."""


def status_label(status: str) -> str:
    """Return the name of a state; a word of the user's own is its own name."""
    return _(STATUSES[status]) if status in STATUSES else status


def check_step(status: str, to: str, reason: str) -> None:
    """Refuse a step that can't follow, or that lacks its reason.

    Raises
    ------
    ClosedError
        That state can't follow.
    InputError
        Feedback and a revision need a reason.
    """
    following = TRANSITIONS.get(status, ())
    if to not in following:
        allowed = [status_label(state) for state in following]
        raise ClosedError(
            _("What is {status} can't become {next}.", status=status_label(status), next=status_label(to)),
            _("It can become: {states}.", states=_(", ").join(allowed))
            if allowed
            else _("Copy it; the approved copy takes its place."),
        )
    if to in NEED_A_REASON and not reason.strip():
        raise InputError(
            _("“{status}” needs a reason.", status=status_label(to)), _("Say in a sentence what and why.")
        )


def needs_four_eyes(store: Store) -> bool:
    """Return whether who submits can't approve; so it is where people sign in, if nothing is said."""
    chosen = preferences(store).get(FOUR_EYES, "")
    return chosen == "yes" or (chosen != "no" and not store.access.is_local)


def refuse_own_work(cursor: duckdb.DuckDBPyConnection, actor: str, hands: Collection[str]) -> None:
    """Refuse an approval by somebody whose own work it is.

    Parameters
    ----------
    hands
        Who submitted and saved it. Two addresses of one user are one person.

    Raises
    ------
    NotAllowedError
        The actor is one of them.
    """
    known = dict(cursor.execute("SELECT e.email, e.user_id FROM app_user_email AS e").fetchall())
    if known.get(actor, actor) in {known.get(hand, hand) for hand in hands}:
        raise NotAllowedError(
            _("{actor} submitted or saved this and can't approve it.", actor=actor),
            _("Four eyes: somebody else approves it."),
        )


def closed_hint(status: str) -> str:
    """Return what to do about something that can't be changed in its state."""
    if status in {"approved", "superseded"}:
        return _("Copy it; the approved copy takes its place.")
    return _("Give feedback first, then revise it.")
