"""Tiers of customers: who must own them, who is left without an owner, whom to call back when [S2].

Large accounts are in the hands of the general manager, medium and ordinary ones of deputy and business
managers. People leave; the account stays ours only when somebody else knows it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.analysis.abc import SALES_CUTS, AbcRule, abc_table
from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

TIERS: dict[str, str] = {"large": N_("Large"), "medium": N_("Medium"), "small": N_("Ordinary")}
ROLES: dict[str, str] = {
    "rep": N_("Sales rep"),
    "manager": N_("Business manager"),
    "director": N_("General management"),
}
OWNER_FINDINGS: dict[str, str] = {
    "no_owner": N_("Nobody owns it"),
    "owner_unknown": N_("The owner isn't in the list of employees"),
    "owner_left": N_("The owner has left"),
    "tier_unknown": N_("No tier"),
    "role_unknown": N_("The owner's role is unknown"),
    "too_low": N_("The owner's position is too low"),
    "fine": N_("In order"),
}
BACKUP_FINDINGS: dict[str, str] = {
    "no_backup": N_("No stand-in"),
    "backup_unknown": N_("The stand-in isn't in the list of employees"),
    "backup_left": N_("The stand-in has left"),
    "same_person": N_("Owner and stand-in are the same"),
    "fine": N_("In order"),
}
ORPHANED = ("no_owner", "owner_unknown", "owner_left")
CALL_STATES: dict[str, str] = {
    "never": N_("Never called back"),
    "overdue": N_("Overdue"),
    "soon": N_("Due within a week"),
    "later": N_("Not due yet"),
}
SOON_DAYS = 7


@dataclass(frozen=True)
class TierRule:
    """Who must own a tier at least, and how often it is called back.

    Parameters
    ----------
    owner
        Least role by tier, of :data:`ROLES`; by default the article's [S2].
    call_days
        Days from one call-back to the next, by tier [I].
    cuts
        Cumulated parts of the sales up to which a customer is proposed as large, and as medium [I].
    """

    owner: Mapping[str, str] = field(
        default_factory=lambda: {"large": "director", "medium": "manager", "small": "manager"}
    )
    call_days: Mapping[str, int] = field(default_factory=lambda: {"large": 30, "medium": 60, "small": 90})
    cuts: tuple[float, float] = SALES_CUTS

    def __post_init__(self) -> None:
        if set(self.owner) != set(TIERS) or not set(self.owner.values()) <= set(ROLES):
            raise InputError(
                _("The owners of the tiers are {owners}.", owners=dict(self.owner)),
                _(
                    "Expected for each of {tiers} one of {roles}.",
                    tiers=", ".join(TIERS),
                    roles=", ".join(ROLES),
                ),
            )
        if set(self.call_days) != set(TIERS) or min(self.call_days.values()) < 1:
            raise InputError(
                _("The days between call-backs are {days}.", days=dict(self.call_days)),
                _("Expected a positive number for each of {tiers}.", tiers=", ".join(TIERS)),
            )


def owner_checks(table: pd.DataFrame, rule: TierRule | None = None) -> pd.DataFrame:
    """Find accounts in the wrong hands or in nobody's.

    Parameters
    ----------
    table
        tier, owner_id, owner_known, owner_role, owner_active, backup_id, backup_known, backup_active; an
        unknown activity counts as employed.
    rule
        Who must own what.

    Returns
    -------
    pandas.DataFrame
        ``table`` with required_role (None without a tier), owner_finding and backup_finding (of
        :data:`OWNER_FINDINGS` and :data:`BACKUP_FINDINGS`, the gravest first) and orphan.
    """
    limits = rule or TierRule()
    rank = {role: place for place, role in enumerate(ROLES)}
    required = table["tier"].map(dict(limits.owner))
    has, needs = table["owner_role"].map(rank), required.map(rank)
    owner = {
        "no_owner": table["owner_id"].isna(),
        "owner_unknown": ~_said(table["owner_known"]),
        "owner_left": ~_said(table["owner_active"], unknown=True),
        "tier_unknown": needs.isna(),
        "role_unknown": has.isna(),
        "too_low": has < needs,
    }
    backup = {
        "no_backup": table["backup_id"].isna(),
        "backup_unknown": ~_said(table["backup_known"]),
        "backup_left": ~_said(table["backup_active"], unknown=True),
        "same_person": table["backup_id"] == table["owner_id"],
    }
    found = _first(owner)
    return table.assign(
        required_role=required.astype(object).where(required.notna(), None),
        owner_finding=found,
        backup_finding=_first(backup),
        orphan=np.isin(found, ORPHANED),
    )


def contribution(amounts: pd.Series, rule: TierRule | None = None) -> pd.DataFrame:
    """Rank customers by what they contribute and propose a tier [S2 2-5].

    Parameters
    ----------
    amounts
        Sales of the period by customer, yuan; NaN unknown.

    Returns
    -------
    pandas.DataFrame
        On the same index: amount, rank, part (of all), cumulated, proposed (tier; None where unknown).
    """
    limits = rule or TierRule()
    table = abc_table(amounts, AbcRule(limits.cuts))
    total = table["amount"].clip(lower=0).sum()
    part = table["amount"] / total if total > 0 else np.nan
    tier = table["grade"].map(dict(zip("ABC", TIERS, strict=True)))
    proposed = tier.astype(object).where(tier.notna(), None)
    return table.drop(columns="grade").assign(part=part, proposed=proposed)


def call_schedule(
    tier: pd.Series, last_call: pd.Series, today: dt.date, rule: TierRule | None = None
) -> pd.DataFrame:
    """Say when each customer is to be called back.

    Parameters
    ----------
    tier
        Of :data:`TIERS`, by customer; an unknown tier is called like an ordinary one.
    last_call
        Day of the last call-back on the same index; NaT for never.

    Returns
    -------
    pandas.DataFrame
        last_call, next_call (today where there never was one), overdue (days; below zero for not yet),
        state (of :data:`CALL_STATES`).
    """
    limits = rule or TierRule()
    days = tier.map(dict(limits.call_days)).fillna(limits.call_days["small"])
    last = pd.to_datetime(last_call).astype("datetime64[ns]")
    now = pd.Timestamp(today)
    following = (last + pd.to_timedelta(days, unit="D")).fillna(now)
    overdue = (now - following).dt.days
    conditions = {"never": last.isna(), "overdue": overdue > 0, "soon": overdue >= -SOON_DAYS}
    state = np.select([c.to_numpy(bool) for c in conditions.values()], list(conditions), default="later")
    return pd.DataFrame(
        {"last_call": last, "next_call": following, "overdue": overdue, "state": state}, index=tier.index
    )


def _said(values: pd.Series, *, unknown: bool = False) -> pd.Series:
    return values.astype("boolean").fillna(unknown).astype(bool)


def _first(conditions: Mapping[str, pd.Series]) -> NDArray[np.str_]:
    return np.select([c.to_numpy(bool) for c in conditions.values()], list(conditions), default="fine")
