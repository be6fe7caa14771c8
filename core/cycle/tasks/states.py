"""The states of a task, which can follow which, and how it stands when the data are asked too.

A state is what people say: open, doing, done, signed, dropped. The standing adds what the data say: a task
whose measure is reached is closed whether or not anybody said so, and one that is late is so by the calendar.
"""

from __future__ import annotations

import datetime as dt

from core.errors import InputError
from core.i18n import N_, _

TRANSITIONS: dict[str, tuple[str, ...]] = {
    "open": ("doing", "done", "dropped"),
    "doing": ("open", "done", "dropped"),
    "done": ("doing", "signed", "dropped"),
    "signed": (),
    "dropped": (),
}
"""From each state the states that can follow. What was dropped by mistake comes back by an undo alone."""
NEED_A_REASON = (("done", "doing"), ("open", "dropped"), ("doing", "dropped"), ("done", "dropped"))
STATES = {
    "open": N_("To do"),
    "doing": N_("In work"),
    "done": N_("Awaiting signature"),
    "signed": N_("Signed"),
    "dropped": N_("Dropped"),
}
STANDINGS = {
    "open": STATES["open"],
    "doing": STATES["doing"],
    "awaiting": STATES["done"],
    "reached": N_("Reached by the data"),
    "signed": STATES["signed"],
    "dropped": STATES["dropped"],
}
"""How a task stands, in the order of a board."""
CLOSED = ("reached", "signed", "dropped")
ACHIEVED = ("reached", "signed")


def check_move(state: str, to: str, reason: str = "") -> None:
    """Refuse a move that the states don't allow, or that lacks its reason.

    Raises
    ------
    InputError
        ``to`` can't follow ``state``, or the move needs a reason and has none.
    """
    allowed = TRANSITIONS[state]
    if to not in allowed:
        raise InputError(
            _("A task that is “{state}” can't become “{next}”.", state=_(STATES[state]),
              next=_(STATES.get(to, to))),
            _("It can become: {states}.", states=_(", ").join(_(STATES[name]) for name in allowed))
            if allowed
            else _("Make a follow-up task instead."),
        )  # fmt: skip
    if (state, to) in NEED_A_REASON and not reason.strip():
        raise InputError(
            _("“{state}” needs a reason.", state=_(STATES[to])), _("Say in a sentence what and why.")
        )


def check_signature(signer: str, owner: str | None, verdict: str, reason: str = "") -> None:
    """Refuse a signature without a name, on one's own work, or against the data without a reason.

    Parameters
    ----------
    owner
        Name of whose task it is; None where it is nobody's.
    verdict
        What the data say, see :mod:`core.cycle.tasks.measurement`.

    Raises
    ------
    InputError
        The signature can't be given so.
    """
    name = signer.strip()
    if not name:
        raise InputError(_("A signature needs the name of who signs."), _("Write the manager's name."))
    if owner is not None and name == owner.strip():
        raise InputError(
            _("{name} has done the task and can't sign it as well.", name=name),
            _("Somebody else looks at the result and signs."),
        )
    if verdict == "not_yet" and not reason.strip():
        raise InputError(
            _("The data don't show the target as reached yet."),
            _("Wait for the data, send the task back, or say why it counts as done all the same."),
        )


def standing_of(state: str, verdict: str) -> str:
    """Return how a task stands: a key of :data:`STANDINGS`.

    Parameters
    ----------
    verdict
        What the data say; only ``reached`` closes a task that nobody signed or dropped.
    """
    if state in {"signed", "dropped"}:
        return state
    if verdict == "reached":
        return "reached"
    return "awaiting" if state == "done" else state


def is_late(standing: str, due: dt.date, today: dt.date) -> bool:
    """Tell whether a task should be done and isn't: its day is over and nobody says that it is done."""
    return standing in {"open", "doing"} and due < today
