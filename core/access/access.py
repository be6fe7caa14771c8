"""What one person may do and see now: made from the user by the one function that decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.access.rights import RIGHT_NAMES, RIGHT_OF_ACTION, ROLES, WHOLE_MARKET, Right
from core.errors import NotAllowedError
from core.i18n import _

if TYPE_CHECKING:
    from core.access.user import User


@dataclass(frozen=True)
class Access:
    """What somebody may do, and with which part of the market.

    Parameters
    ----------
    actor
        Under which name changes are written down: the e-mail address, or ``local`` without sign-in.
    rights
        What may be done; nothing at all without :attr:`Right.VIEW`.
    region_ids
        The top regions that may be seen, with everything below them; None for the whole market.
    companies
        Own companies for which targets may be planned; None for all.
    employee_id
        Set for a rep: customers and visits of this employee only.
    """

    actor: str
    rights: frozenset[Right]
    region_ids: tuple[str, ...] | None = None
    companies: tuple[str, ...] | None = None
    employee_id: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells answers apart that are kept in memory: all but the actor."""
        return self.region_ids, self.companies, self.employee_id, tuple(sorted(self.rights))

    @property
    def is_restricted(self) -> bool:
        """Whether a part of the market is out of sight."""
        return self.region_ids is not None or self.employee_id is not None

    @property
    def is_local(self) -> bool:
        """Whether it is that of the one user without sign-in."""
        return self.actor == LOCAL.actor

    def written_by(self, given: str) -> str:
        """Return the name under which something is written down: the given one without sign-in alone."""
        return given if self.is_local else self.actor

    def can(self, right: Right) -> bool:
        """Return whether something may be done."""
        return right in self.rights

    def require(self, right: Right) -> None:
        """Refuse where a right is missing, or concerns the whole market and a part of it is out of sight.

        Raises
        ------
        NotAllowedError
            Names the right, and the roles that carry it.
        """
        if right not in self.rights:
            raise NotAllowedError(
                _("You may not do this: {right}.", right=_(RIGHT_NAMES[right])),
                _("An administrator can give you one of these roles: {roles}.", roles=_roles_with(right)),
            )
        if right in WHOLE_MARKET and self.is_restricted:
            raise NotAllowedError(
                _("This concerns the whole market, and you see a part of it."),
                _("Ask somebody who sees the whole market."),
            )

    def require_for(self, action: str) -> None:
        """Refuse a change of the store that this access doesn't allow, by the name the audit log has for it.

        Raises
        ------
        NotAllowedError
            The right is missing, or no right is declared for the action.
        """
        if action not in RIGHT_OF_ACTION:
            raise NotAllowedError(_("Nobody may do “{action}”: no right is declared for it.", action=action))
        self.require(RIGHT_OF_ACTION[action])


LOCAL = Access("local", frozenset(Right))
"""The one user of a program without sign-in, who may do everything."""


def access_of(user: User, day: dt.date | None = None) -> Access:
    """Return what a user may do: the one function that decides.

    A user who is not admitted on the day has no rights at all, and no region to use them in. Roles add their
    rights; whoever is a rep sees own customers only, whatever other roles there are; a rep without an
    employee has no rights, because nobody's customers are not everybody's. A role that this program doesn't
    know carries nothing.

    Parameters
    ----------
    day
        Today, where nothing is said.
    """
    nothing = Access(user.email, frozenset(), region_ids=())
    if not user.is_admitted(day or dt.date.today()) or (user.is_rep and not user.employee_id):
        return nothing
    carried = [ROLES[role].rights for role in user.roles if role in ROLES]
    return Access(
        user.email,
        frozenset().union(*carried),
        region_ids=_settled(user.region_ids),
        companies=_settled(user.companies),
        employee_id=user.employee_id if user.is_rep else None,
    )


def see_as(actor: str, user: User, day: dt.date | None = None) -> Access:
    """Return the access with which an administrator looks at what a user sees, and changes nothing.

    Parameters
    ----------
    actor
        Of the administrator: what is written down is never written in the user's name.
    """
    theirs = access_of(user, day)
    return replace(theirs, actor=actor, rights=theirs.rights & {Right.VIEW})


def _settled(ids: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return ids once each and in order, so that equal accesses are equal keys."""
    return None if ids is None else tuple(sorted(set(ids)))


def _roles_with(right: Right) -> str:
    names = [_(role.name) for role in ROLES.values() if right in role.rights]
    return _(", ").join(names)
