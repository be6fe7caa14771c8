"""Who may do what: users, their roles, the rights roles carry, and how much of the market each may see."""

from __future__ import annotations

from core.access.access import LOCAL, Access, access_of, see_as
from core.access.rights import RIGHT_NAMES, RIGHT_OF_ACTION, ROLES, Right, Role
from core.access.user import User

__all__ = [
    "LOCAL",
    "RIGHT_NAMES",
    "RIGHT_OF_ACTION",
    "ROLES",
    "Access",
    "Right",
    "Role",
    "User",
    "access_of",
    "see_as",
]
