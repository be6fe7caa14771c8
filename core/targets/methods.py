"""Ways to set a year's target, side by side: the seven of [S3 3-14] and what No.1 needs [S0 0-18].

Each method states what it needs. Where something is missing it gives no figure and says what is
missing; the planner picks one method or weights several.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Formula = Callable[[Mapping[str, float]], float]


@dataclass(frozen=True)
class Need:
    """A figure that a method needs.

    Parameters
    ----------
    label
        What it is called on screen, in English.
    lowest
        Smallest figure that makes sense, itself allowed unless ``above`` is set.
    highest
        Largest figure that makes sense.
    above
        Whether the figure must be larger than ``lowest``.
    """

    label: str
    lowest: float = 0.0
    highest: float = math.inf
    above: bool = False

    def accepts(self, value: float) -> bool:
        """Tell whether a figure lies in the range."""
        return self.lowest <= value <= self.highest and not (self.above and value == self.lowest)


NEEDS = {
    "last_year": Need(N_("Last year's sales")),
    "growth": Need(N_("Planned growth rate"), lowest=-1.0),
    "forecast": Need(N_("Forecast of next year's sales")),
    "capacity": Need(N_("Market capacity next year")),
    "target_share": Need(N_("Target market share"), highest=1.0),
    "market_expansion": Need(N_("Market expansion rate (next year / this year)")),
    "share_expansion": Need(N_("Share expansion rate (next year / this year)")),
    "power_index": Need(N_("Purchasing-power index (part of the whole market)"), highest=1.0),
    "national_target": Need(N_("Target of the whole market")),
    "required_profit": Need(N_("Required profit")),
    "profit_rate": Need(N_("Profit rate on sales"), highest=1.0, above=True),
    "fixed_cost": Need(N_("Fixed cost")),
    "contribution_rate": Need(
        N_("Contribution margin rate (1 - variable cost rate)"), highest=1.0, above=True
    ),
    "number_one": Need(N_("Sales needed to be No.1")),
}  # fmt: skip


@dataclass(frozen=True)
class Method:
    """One way to set a target.

    Parameters
    ----------
    key
        Name in plans and files.
    label
        Name on screen, in English.
    group
        What it starts from, in English: past sales, the market, or profit.
    needs
        Keys of the figures it takes.
    formula
        Computes the target from them.
    reason
        How the target comes about, in English.
    """

    key: str
    label: str
    group: str
    needs: tuple[str, ...]
    formula: Formula
    reason: str


PAST, MARKET, PROFIT = N_("From past sales"), N_("From the market"), N_("From profit")

METHODS = (
    Method(
        "growth", N_("Growth on last year"), PAST, ("last_year", "growth"),
        lambda x: x["last_year"] * (1 + x["growth"]),
        N_("Last year's sales x (1 + planned growth rate)."),
    ),
    Method(
        "forecast", N_("Sales forecast"), PAST, ("forecast",),
        lambda x: x["forecast"],
        N_("What sales become if nothing changes, forecast from their own history."),
    ),
    Method(
        "capacity_share", N_("Capacity x target share"), MARKET, ("capacity", "target_share"),
        lambda x: x["capacity"] * x["target_share"],
        N_("Market capacity next year x target market share."),
    ),
    Method(
        "expansion", N_("Market and share expansion"), MARKET,
        ("last_year", "market_expansion", "share_expansion"),
        lambda x: x["last_year"] * x["market_expansion"] * x["share_expansion"],
        N_("Last year's sales x market expansion rate x share expansion rate."),
    ),
    Method(
        "purchasing_power", N_("Purchasing-power index"), MARKET, ("power_index", "national_target"),
        lambda x: x["power_index"] * x["national_target"],
        N_("Purchasing-power index x target of the whole market."),
    ),
    Method(
        "profit_rate", N_("Profit rate"), PROFIT, ("required_profit", "profit_rate"),
        lambda x: x["required_profit"] / x["profit_rate"],
        N_("Required profit / profit rate on sales."),
    ),
    Method(
        "cost_volume_profit", N_("Cost-volume-profit"), PROFIT,
        ("fixed_cost", "required_profit", "contribution_rate"),
        lambda x: (x["fixed_cost"] + x["required_profit"]) / x["contribution_rate"],
        N_("(Fixed cost + required profit) / contribution margin rate."),
    ),
    Method(
        "number_one", N_("No.1 needed"), MARKET, ("number_one",),
        lambda x: x["number_one"],
        N_("Sales at which the regions chosen become No.1, summed."),
    ),
)  # fmt: skip
BY_KEY = {method.key: method for method in METHODS}


@dataclass(frozen=True)
class MethodResult:
    """What one method gives.

    Parameters
    ----------
    key
        Key of the method.
    inputs
        The figures it took, or would take; None where unknown.
    target
        The target, in the measure of the inputs; None where a figure is missing.
    reason
        How the target comes about, or what is missing, in the user's language.
    """

    key: str
    inputs: Mapping[str, float | None]
    target: float | None
    reason: str


def compare(figures: Mapping[str, float | None]) -> tuple[MethodResult, ...]:
    """Set a target by every method.

    Parameters
    ----------
    figures
        Figures by the keys of ``NEEDS``; unknown ones are None or left out. Money in one measure.

    Returns
    -------
    tuple of MethodResult
        One result per method, in the order of ``METHODS``.

    Raises
    ------
    InputError
        A key is unknown, or a figure is outside its range. All findings are in the message.
    """
    findings = [text for key, value in figures.items() if (text := _finding(key, value))]
    if findings:
        raise InputError(" ".join(findings))
    return tuple(_result(method, figures) for method in METHODS)


def _finding(key: str, value: float | None) -> str:
    if key not in NEEDS:
        close = nearest(key, NEEDS)
        text = _("There is no figure {key}.", key=key)
        return text if close is None else f"{text} {_('Did you mean {name}?', name=close)}"
    need = NEEDS[key]
    if value is None or (math.isfinite(value) and need.accepts(value)):
        return ""
    if math.isinf(need.highest):
        return _("{label} is {value}; it must be at least {lowest}.", label=_(need.label), value=value,
                 lowest=f"{need.lowest:g}")  # fmt: skip
    if need.above:
        return _("{label} is {value}; it must be above {lowest} and at most {highest}.", label=_(need.label),
                 value=value, lowest=f"{need.lowest:g}", highest=f"{need.highest:g}")  # fmt: skip
    return _("{label} is {value}; it must lie between {lowest} and {highest}.", label=_(need.label),
             value=value, lowest=f"{need.lowest:g}", highest=f"{need.highest:g}")  # fmt: skip


def _result(method: Method, figures: Mapping[str, float | None]) -> MethodResult:
    inputs = {key: figures.get(key) for key in method.needs}
    known = {key: value for key, value in inputs.items() if value is not None}
    missing = [_(NEEDS[key].label) for key in method.needs if key not in known]
    if missing:
        return MethodResult(method.key, inputs, None, _("Missing: {figures}.", figures=_(", ").join(missing)))
    return MethodResult(method.key, inputs, method.formula(known), _(method.reason))


def weighted_target(results: tuple[MethodResult, ...], weights: Mapping[str, float]) -> float:
    """Combine the targets of several methods; one method alone is simply chosen.

    Parameters
    ----------
    results
        Results of :func:`compare`.
    weights
        Weight of each method used, zero or more; they need not sum to one.

    Returns
    -------
    float
        Weighted mean of the targets, in the measure of the inputs.

    Raises
    ------
    InputError
        A method is unknown or has no target, a weight is negative, or all are zero.
    """
    targets = {result.key: result for result in results}
    if unknown := [key for key in weights if key not in targets]:
        close = nearest(unknown[0], targets)
        raise InputError(
            _("There is no target method {key}.", key=unknown[0]),
            "" if close is None else _("Did you mean {name}?", name=close),
        )
    if any(not (math.isfinite(w) and w >= 0) for w in weights.values()) or not sum(weights.values()):
        raise InputError(_("Weights are zero or more, and at least one is above zero."))
    total = 0.0
    for key, weight in weights.items():
        target = targets[key].target
        if weight and target is None:
            raise InputError(_("{method} gives no target.", method=_(BY_KEY[key].label)), targets[key].reason)
        total += weight * (target or 0.0)
    return total / sum(weights.values())
