"""A user as the store lists one: who signs in, what for, and from when until when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from core.access.rights import MANAGER, REP, ROLES
from core.errors import InputError, nearest
from core.i18n import _

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


@dataclass(frozen=True)
class User:
    """Somebody who may sign in.

    Parameters
    ----------
    subject
        What the sign-in service calls this person for ever; empty until the first sign-in.
    email
        By which the first sign-in finds the user; kept in small letters.
    roles
        Codes of :data:`core.access.rights.ROLES`.
    region_ids
        The top regions that may be seen, with everything below them; None for the whole market.
    companies
        Own companies for which targets may be planned; None for all.
    employee_id
        Which employee this is; a rep sees the customers and visits of this one only.
    since, until
        First and last day on which the user may come in; None without a bound.
    """

    subject: str
    email: str
    name: str
    roles: tuple[str, ...]
    region_ids: tuple[str, ...] | None = None
    companies: tuple[str, ...] | None = None
    employee_id: str | None = None
    active: bool = True
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_rep(self) -> bool:
        """Whether only the customers of one employee may be seen."""
        return REP in self.roles

    def is_admitted(self, day: dt.date) -> bool:
        """Return whether the user may come in on a day."""
        begun = self.since is None or self.since <= day
        over = self.until is not None and self.until < day
        return self.active and begun and not over


def email_key(text: str) -> str:
    """Return an e-mail address as it is kept and compared: without blanks around it, in small letters."""
    return text.strip().casefold()


def issues(user: User) -> list[str]:
    """Return everything that is wrong with a user by itself, in sentences; empty where all is right."""
    return [sentence for check in _CHECKS if (sentence := check(user))]


def check_user(user: User) -> None:
    """Refuse a user with whom something is wrong.

    Raises
    ------
    InputError
        Says everything that is.
    """
    found = issues(user)
    if found:
        raise InputError(" ".join(found))


def _email(user: User) -> str:
    if _EMAIL.fullmatch(user.email):
        return ""
    return _("“{email}” is no e-mail address.", email=user.email)


def _name(user: User) -> str:
    return "" if user.name.strip() else _("A name is missing.")


def _roles(user: User) -> str:
    if not user.roles:
        return _("At least one role is needed: {roles}.", roles=", ".join(ROLES))
    unknown = next((role for role in user.roles if role not in ROLES), None)
    if unknown is None:
        return ""
    near = nearest(unknown, ROLES)
    if near:
        return _("There is no role “{role}”. Did you mean {name}?", role=unknown, name=near)
    return _("There is no role “{role}”. There are: {roles}.", role=unknown, roles=", ".join(ROLES))


def _rep(user: User) -> str:
    if not user.is_rep:
        return ""
    if len(user.roles) > 1:
        return _("A sales rep sees own customers only and has no other role.")
    return "" if user.employee_id else _("A sales rep needs an employee: whose customers are the own ones?")


def _regions(user: User) -> str:
    if user.region_ids == ():
        return _("No region is chosen: choose regions, or the whole market.")
    if MANAGER in user.roles and user.region_ids is None:
        return _("A regional manager needs at least one region.")
    # What such a role is for is refused to whoever sees a part, so it would be a role for nothing.
    whole = [_(ROLES[role].name) for role in user.roles if role in ROLES and ROLES[role].is_of_whole_market]
    if whole and user.region_ids is not None:
        return _(
            "{roles}: for the whole market only. Take the regions away, or the role.",
            roles=_(", ").join(whole),
        )
    return ""


def _period(user: User) -> str:
    if user.since and user.until and user.until < user.since:
        return _("The last day, {until}, is before the first, {since}.", until=user.until, since=user.since)
    return ""


_CHECKS: tuple[Callable[[User], str], ...] = (_email, _name, _roles, _rep, _regions, _period)
