"""How users, roles and what they see are written on the page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from core.access import RIGHT_NAMES, ROLES
from core.exchange.user_list import HEADERS
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.access import User
    from core.store.access.references import References
    from core.store.access.rows import UserRecord

ACCOUNT = {
    "new": N_("Never signed in"),
    "in": N_("May sign in"),
    "early": N_("Not yet"),
    "over": N_("No longer"),
    "off": N_("Deactivated"),
}
"""What can be the matter with an account."""


def account(user: User, day: dt.date) -> str:
    """Return the key of :data:`ACCOUNT` that holds for a user on a day."""
    if not user.active:
        return "off"
    if user.since is not None and day < user.since:
        return "early"
    if not user.is_admitted(day):
        return "over"
    return "in" if user.subject else "new"


def role_names(codes: Sequence[str]) -> str:
    """Return the names of roles."""
    return _(", ").join(_(ROLES[code].name) if code in ROLES else code for code in codes)


def sight(user: User, known: References) -> str:
    """Return which part of the market a user sees, in words."""
    if user.is_rep:
        return _("customers of {name}", name=name_of(user.employee_id or "–", known.employees))
    if user.region_ids is None:
        return _("the whole market")
    return _(", ").join(name_of(region, known.regions) for region in user.region_ids)


def name_of(key: str, names: Mapping[str, str]) -> str:
    """Return a name; the id of what isn't there any more."""
    return names.get(key, key)


def user_table(records: Sequence[UserRecord], known: References, day: dt.date) -> pd.DataFrame:
    """Return the users as the page shows them."""
    rows = [
        {
            _("Full name"): record.user.name,
            _("E-mail"): record.user.email,
            _("Roles"): role_names(record.user.roles),
            _("Sees"): sight(record.user, known),
            _("Account"): _(ACCOUNT[account(record.user, day)]),
            _("Last changed"): f"{record.updated_at:%Y-%m-%d}",
        }
        for record in records
    ]
    return pd.DataFrame(rows)


def list_table(records: Sequence[UserRecord]) -> pd.DataFrame:
    """Return the users as a list that can be changed and imported again."""
    rows = []
    for record in records:
        user = record.user
        cells = {
            "email": user.email,
            "name": user.name,
            "roles": role_names(user.roles),
            "region_ids": _("all") if user.region_ids is None else ", ".join(user.region_ids),
            "companies": _("all") if user.companies is None else ", ".join(user.companies),
            "employee_id": user.employee_id or "",
            "active": _("yes") if user.active else _("no"),
            "since": "" if user.since is None else user.since.isoformat(),
            "until": "" if user.until is None else user.until.isoformat(),
        }
        rows.append({_(header): cells[field] for field, header in HEADERS.items()})
    return pd.DataFrame(rows, columns=[_(header) for header in HEADERS.values()])


def role_table() -> pd.DataFrame:
    """Return the roles: name, code, for whom, and what each may do."""
    return pd.DataFrame(
        {
            _("Roles"): _(role.name),
            _("Code"): role.code,
            _("For"): _(role.about),
            _("May"): _("; ").join(_(text) for right, text in RIGHT_NAMES.items() if right in role.rights),
        }
        for role in ROLES.values()
    )
