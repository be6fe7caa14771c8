"""How many visits a customer gets: the norm, what moves it, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import N_, _
from core.visits.norms import CYCLE_DAYS, DEFAULT_TEMPLATE, UNKNOWN, Norm, Template, outlet_class, template

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from core.visits.rules import VisitRule

LADDER = (0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 20.0)
"""Frequencies that can be spaced evenly on fixed weekdays; what a rule asks for is rounded up to one."""
BASES: dict[str, str] = {
    "norm": N_("Norm"),
    "stage": N_("Norm × stage"),
    "number_one": N_("No.1 gap (rule of thumb)"),
    "rival": N_("Rival's visits (rule of thumb)"),
    "override": N_("Set by hand"),
    "closed": N_("Closed"),
}


@dataclass(frozen=True)
class FrequencyRules:
    """What decides how often a customer is visited.

    Parameters
    ----------
    template
        Key of the table of norms.
    norms
        Changed norms, by grade or outlet class of the template.
    stage_factors
        By terminal status, what the norm is multiplied by; statuses not named keep the norm.
    number_one
        Whether the No.1 gap raises the visits, v × √(k / ratio). A rule of thumb [W:30]: it says
        that the ratio of sales follows the square of the ratio of visits.
    k
        The multiple of the runner-up that makes No.1.
    most
        No rule of thumb asks for more visits in four weeks than this.
    """

    template: str = DEFAULT_TEMPLATE
    norms: Mapping[str, Norm] = field(default_factory=dict)
    stage_factors: Mapping[str, float] = field(default_factory=dict)
    number_one: bool = False
    k: float = 1.7
    most: float = 8.0

    def __post_init__(self) -> None:
        chosen = template(self.template)
        unknown = sorted(set(self.norms) - set(chosen.norms))
        if unknown:
            raise InputError(
                _("The template has no norm for {keys}.", keys=", ".join(unknown)),
                _("Choose one of {keys}.", keys=", ".join(filter(None, chosen.norms))),
            )
        if not self.k >= 1:
            raise InputError(_("Expected a No.1 multiple of at least 1, found {value}.", value=self.k))
        if not 0 < self.most <= CYCLE_DAYS:
            raise InputError(
                _("Expected 0 to {most} visits in four weeks, found {value}.", most=28, value=self.most)
            )
        for stage, factor in self.stage_factors.items():
            if not 0 <= factor < math.inf:
                raise InputError(
                    _(
                        "Expected a factor of at least 0 for {stage}, found {value}.",
                        stage=stage,
                        value=factor,
                    )
                )

    @property
    def chosen(self) -> Template:
        """The template that these rules start from."""
        return template(self.template)

    def norm(self, key: str) -> Norm:
        """Return the norm in force for a grade or outlet class; others get that of :data:`UNKNOWN`."""
        norms = {**self.chosen.norms, **self.norms}
        return norms.get(key, norms[UNKNOWN])


def required_visits(
    visits: float | NDArray[np.float64], ratio: float | NDArray[np.float64], k: float = 1.7
) -> NDArray[np.float64]:
    """Return the visits with which the ratio to the rival would become ``k``: v × √(k / ratio).

    With the rival's own visits and a ratio of 1 it is v_rival × √k. Source [W:30] and [I]; a rule of
    thumb, since it takes the sales in an account to follow the square of the visits.

    Parameters
    ----------
    visits
        Visits now, or the rival's.
    ratio
        Own sales ÷ the rival's; NaN or 0 where it is unknown gives NaN.
    k
        The multiple to reach; where it is reached already the visits stay.
    """
    ratio = np.asarray(ratio, np.float64)
    safe = np.where(ratio > 0, ratio, np.nan)
    return np.asarray(visits, np.float64) * np.sqrt(np.maximum(k / safe, 1.0))


def up_the_ladder(visits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round frequencies up to one of :data:`LADDER`; NaN stays NaN."""
    steps = np.asarray(LADDER)
    at = np.minimum(np.searchsorted(steps, np.nan_to_num(visits) - 1e-9), len(steps) - 1)
    return np.where(np.isfinite(visits), steps[at], np.nan)


def frequency_table(
    shops: pd.DataFrame, rules: FrequencyRules, overrides: Sequence[VisitRule] = ()
) -> pd.DataFrame:
    """Return visits per four weeks, minutes a visit and their basis for every shop.

    Parameters
    ----------
    shops
        terminal_id, grade, outlet_type, status; optional: own, rival (yuan; NaN unknown) and
        rival_visits (in four weeks).
    rules
        Norms and rules of thumb.
    overrides
        What holds for single customers; it wins over everything else.

    Returns
    -------
    DataFrame
        ``shops`` with visits, minutes, basis (a key of :data:`BASES`) and reason.
    """
    keys = (
        shops["outlet_type"].map(outlet_class)
        if rules.chosen.by == "outlet_type"
        else shops["grade"].fillna(UNKNOWN)
    )
    by_key = {key: rules.norm(str(key)) for key in keys.unique()}
    norm = keys.map({key: n.visits for key, n in by_key.items()}).to_numpy(np.float64)
    minutes = keys.map({key: n.minutes for key, n in by_key.items()}).to_numpy(np.float64)
    factor = shops["status"].map(rules.stage_factors).astype("float64").fillna(1.0).to_numpy()
    visits = norm * factor
    basis = np.where(factor == 1.0, "norm", "stage").astype(object)
    if rules.number_one:
        visits, basis = _thumb_rules(shops, rules, visits, basis)
    closed = (shops["status"] == "closed").to_numpy(bool)
    visits = np.where(closed, 0.0, visits)
    basis[closed] = "closed"
    table = shops.assign(visits=visits, minutes=minutes, basis=basis, reason="")
    return _override(table, overrides)


def _thumb_rules(
    shops: pd.DataFrame, rules: FrequencyRules, visits: NDArray[np.float64], basis: NDArray[np.object_]
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Raise the visits where the rules of thumb ask for more."""
    nothing = np.full(len(shops), np.nan)

    def column(name: str) -> NDArray[np.float64]:
        return shops[name].to_numpy(np.float64, na_value=np.nan) if name in shops else nothing

    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(column("rival") > 0, column("own") / column("rival"), np.nan)
    asked = {
        "number_one": required_visits(visits, ratio, rules.k),
        "rival": required_visits(column("rival_visits"), np.ones(len(shops)), rules.k),
    }
    for name, needed in asked.items():
        wanted = up_the_ladder(np.minimum(needed, rules.most))
        more = np.isfinite(wanted) & (wanted > visits)
        visits = np.where(more, wanted, visits)
        basis = np.where(more, name, basis)
    return visits, basis


def _override(table: pd.DataFrame, overrides: Sequence[VisitRule]) -> pd.DataFrame:
    by_id = {rule.terminal_id: rule for rule in overrides}
    for row in table.index[table["terminal_id"].isin(by_id)]:
        rule = by_id[table.at[row, "terminal_id"]]
        if rule.visits is not None and table.at[row, "basis"] != "closed":
            table.loc[row, ["visits", "basis", "reason"]] = [rule.visits, "override", rule.reason]
        if rule.minutes is not None:
            table.loc[row, "minutes"] = rule.minutes
    return table


def last_visits(table: pd.DataFrame, rules: Sequence[VisitRule]) -> tuple[tuple[str, dt.date], ...]:
    """Return the day of the last visit of the customers whose rule has a least gap, which counts from it.

    Parameters
    ----------
    table
        terminal_id and last_visit (a moment, missing for never).
    rules
        What holds for single customers.
    """
    ruled = {rule.terminal_id for rule in rules if rule.min_gap is not None}
    known = table[table["terminal_id"].isin(ruled) & table["last_visit"].notna()]
    days = known["last_visit"].dt.date
    return tuple(zip(known["terminal_id"], days, strict=True))


def visits_in_period(
    visits: NDArray[np.float64], weeks: int, days_since: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the whole visits of a period.

    A frequency such as 0.5 gives half a visit in four weeks: it is made in the period in which the
    time since the last visit fills it up, so that over many periods the frequency holds.

    Parameters
    ----------
    visits
        Visits per four weeks.
    weeks
        Length of the period.
    days_since
        Days from the last visit to the first day of the period; NaN for never.
    """
    exact = visits * weeks / 4
    whole = np.floor(exact + 1e-9)
    part = np.where(exact - whole > 1e-9, exact - whole, 0.0)
    waited = np.where(np.isnan(days_since), 1.0, np.minimum(days_since * visits / CYCLE_DAYS, 1.0))
    due = (part > 0) & (part + np.where(visits > 0, waited, 0.0) >= 1 - 1e-9)
    return np.asarray(whole + due, np.int64)
