"""What a target plan is asked for: year, regions, who gets targets, how the total is shared out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from core.errors import InputError, nearest
from core.i18n import N_, _
from core.periods import Period, shift
from core.store.scope import EVERYTHING, Scope
from core.targets.units import Unit

CATEGORY, REGION, OWNER, MONTH = "category", "region", "owner", "month"
DIMENSIONS = {
    CATEGORY: N_("Product"),
    REGION: N_("Region"),
    OWNER: N_("Rep or dealer"),
    MONTH: N_("Month"),
}
FACTORS = {
    "history": N_("Past sales"),
    "capacity": N_("Market capacity"),
    "gap": N_("Gap to No.1"),
    "potential": N_("Potential (capacity not yet ours)"),
    "index": N_("Market index"),
    "season": N_("Seasonal index"),
    "even": N_("Even"),
}
# Which factors say something about the parts of each dimension.
CHOICES: Mapping[str, tuple[str, ...]] = {
    CATEGORY: ("history", "capacity", "gap", "potential", "even"),
    REGION: ("history", "capacity", "gap", "potential", "index", "even"),
    OWNER: ("history", "even"),
    MONTH: ("season", "history", "even"),
}
DEPTHS = {
    "none": N_("not at all"),
    "category": N_("by category"),
    "product": N_("by single product"),
}
TEMPLATES = {
    "breakdown": N_("Task breakdown"),
    "strategy": N_("Strategy led"),
    "blended": N_("Both blended"),
}
Weights = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
STANDARD_WEIGHTS: Weights = (
    (CATEGORY, (("history", 0.9), ("gap", 0.1))),
    (REGION, (("history", 0.9), ("gap", 0.1))),
    (OWNER, (("history", 1.0),)),
    (MONTH, (("season", 1.0),)),
)


@dataclass(frozen=True)
class PlanRequest:
    """What to plan and how.

    Parameters
    ----------
    own_company
        ``company_id`` of the company that plans.
    base_end
        First day of the last month of the twelve that the plan is compared with.
    level
        Code of the level of regions that get targets.
    target
        Total of the year, yuan; zero or more.
    within
        Only what lies in this region; None for everything in the scope.
    owner
        Who has the targets in a region: ``employee``, ``dealer``, or empty for nobody.
    depth
        How far targets are broken down by product: ``none``, ``category`` or ``product``.
    order
        The dimensions in the order of the breakdown.
    weights
        By dimension, factors and their weights.
    unit
        What targets are rounded to, yuan.
    template
        ``breakdown`` from above, ``strategy`` from the customers' expected output, or ``blended``.
    share
        Part of the plan from above in a blended one, 0 to 1.
    proposals
        A saved plan whose cells are the proposals from below, in place of the customers' expected output.
    ceiling
        Largest share of the capacity that counts as within reach.
    k
        The No.1 multiple.
    keep_checks
        Whether what the weights give is moved between regions and reps so that the plan keeps its checks.
    """

    own_company: str
    year: int
    base_end: dt.date
    level: str
    target: float = 0.0
    within: str | None = None
    owner: str = "employee"
    depth: str = "category"
    order: tuple[str, ...] = (CATEGORY, REGION, OWNER, MONTH)
    weights: Weights = STANDARD_WEIGHTS
    unit: str = "100"
    template: str = "breakdown"
    share: float = 0.5
    proposals: str | None = None
    ceiling: float = 0.739
    k: float = 1.7
    keep_checks: bool = False
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        if sorted(self.order) != sorted(DIMENSIONS):
            raise InputError(
                _("The order names {order}.", order=", ".join(self.order)),
                _("Name each of these once: {names}.", names=", ".join(DIMENSIONS)),
            )
        if self.template not in TEMPLATES:
            raise _unknown(_("template"), self.template, TEMPLATES)
        if self.depth not in DEPTHS:
            raise _unknown(_("depth of products"), self.depth, DEPTHS)
        if self.owner not in {"", "employee", "dealer"}:
            raise _unknown(_("owner of targets"), self.owner, ("employee", "dealer"))
        if not 1990 <= self.year <= 2099:
            raise InputError(_("The year is {year}; it must lie between 1990 and 2099.", year=self.year))
        if not self.target >= 0 or not 0 <= self.share <= 1 or not 0 < self.ceiling <= 1:
            raise InputError(_("The target is zero or more, and shares lie between 0 and 1."))
        for dimension, mix in self.weights:
            for factor, weight in mix:
                if factor not in CHOICES.get(dimension, ()):
                    raise _unknown(_("factor"), factor, CHOICES.get(dimension, DIMENSIONS))
                if not weight >= 0:
                    raise InputError(_("The weight of {factor} is below zero.", factor=_(FACTORS[factor])))
        _checked = self.size

    @property
    def size(self) -> Unit:
        """The unit that targets are rounded to."""
        try:
            return Unit(Decimal(self.unit))
        except InvalidOperation as error:
            raise InputError(
                _("“{text}” is no unit.", text=self.unit), _("Write 1, 100 or 10000.")
            ) from error

    @property
    def by_category(self) -> bool:
        """Whether categories have targets of their own."""
        return self.depth != "none"

    @property
    def base(self) -> Period:
        """The twelve months the plan is compared with."""
        return Period(shift(self.base_end, -11), self.base_end)

    @property
    def factors(self) -> dict[str, dict[str, float]]:
        """Factors with a weight above zero, by dimension; even where none has one."""
        chosen = {d: {f: w for f, w in mix if w > 0} for d, mix in self.weights}
        return {dimension: chosen.get(dimension) or {"even": 1.0} for dimension in DIMENSIONS}

    @property
    def parameters(self) -> dict[str, Any]:
        """Everything as plain values, to be saved with the plan; the scope belongs to the user."""
        values = dataclasses.asdict(self) | {"base_end": self.base_end.isoformat()}
        values.pop("scope")
        return {name: _plain(value) for name, value in values.items()}

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any], scope: Scope = EVERYTHING) -> PlanRequest:
        """Read back what :attr:`parameters` returned; other names are left aside."""
        names = {field.name for field in dataclasses.fields(cls)} - {"scope"}
        values = {name: value for name, value in with_depth(parameters).items() if name in names}
        if "own_company" not in values or "base_end" not in values:
            raise InputError(
                _("The plan doesn't say what it was computed from."),
                _("It was imported; it can be edited and exported, but not computed again."),
            )
        values["base_end"] = dt.date.fromisoformat(values["base_end"])
        values["order"] = tuple(values.get("order", DIMENSIONS))
        weights = values.get("weights", STANDARD_WEIGHTS)
        values["weights"] = tuple((d, tuple((f, float(w)) for f, w in mix)) for d, mix in weights)
        return cls(**values, scope=scope)


def with_depth(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan's parameters with its depth; plans saved before products could be planned have none."""
    known = "category" if parameters.get("by_category", True) else "none"
    return {"depth": known, **parameters}


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _unknown(kind: str, name: str, allowed: object) -> InputError:
    names = list(allowed)  # type: ignore[call-overload]
    close = nearest(name, names)
    return InputError(
        _("There is no {kind} “{name}”.", kind=kind, name=name),
        _("Did you mean {name}?", name=close) if close else _("Possible: {names}.", names=", ".join(names)),
    )
