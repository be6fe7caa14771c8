"""Templates of how often and how long: by grade or outlet type, ready to be chosen and changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import InputError, nearest
from core.i18n import N_, _

CYCLE_DAYS = 28
"""All frequencies are visits per four weeks, the cycle of the documents [S3 p116]."""
UNKNOWN = ""
"""Key of the norm for a shop without grade or of another type."""


@dataclass(frozen=True)
class Norm:
    """How often and how long a kind of shop is visited.

    Parameters
    ----------
    visits
        Visits per four weeks; 0.5 is once in eight weeks.
    minutes
        Length of one visit.
    """

    visits: float
    minutes: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.visits) and 0 <= self.visits <= CYCLE_DAYS):
            raise InputError(
                _("Expected 0 to {most} visits in four weeks, found {value}.", most=28, value=self.visits)
            )
        if not (math.isfinite(self.minutes) and 0 < self.minutes <= 480):
            raise InputError(
                _("Expected more than 0 and at most 480 minutes a visit, found {value}.", value=self.minutes)
            )


@dataclass(frozen=True)
class Template:
    """A ready table of norms.

    Parameters
    ----------
    key, label
        Code and name (a source string).
    by
        ``grade`` or ``outlet_type``: what the norms are keyed by.
    norms
        Norm per grade or type; :data:`UNKNOWN` is for all others.
    source
        Where the figures come from.
    customers
        The customers of the published example, if it is one.
    """

    key: str
    label: str
    by: str
    norms: Mapping[str, Norm]
    source: str
    customers: Mapping[str, int] = field(default_factory=dict)

    @property
    def visits(self) -> float:
        """Visits of the published example in four weeks."""
        return sum(count * self.norms[key].visits for key, count in self.customers.items())


_ACCOUNTS = {"A": 10, "B": 30, "C": 200}


def _grades(key: str, label: str, source: str, visits: tuple[float, float, float]) -> Template:
    norms = dict(zip("ABC", map(Norm, visits, (40.0, 28.0, 18.0)), strict=True))
    norms["D"] = norms[UNKNOWN] = norms["C"]
    return Template(key, label, "grade", norms, source, _ACCOUNTS)


TEMPLATES: dict[str, Template] = {
    template.key: template
    for template in (
        _grades(
            "cycle_weekly",
            N_("A weekly, B fortnightly, C every four weeks"),
            "S3 p116, R1",
            (4, 2, 1),
        ),
        _grades("cycle_double", N_("A twice a week, B weekly, C every fourth"), "S3 p116, R1", (8, 4, 1)),
        # 50 visits a week: A 10, B 15, C 25.
        _grades("capacity", N_("50 visits a week: C only every eighth week"), "S3 p116, R2", (4, 2, 0.5)),
        Template(
            "outlet_types",
            N_("Four outlet types with visit minutes"),
            "outlet_type",
            {
                "hyper": Norm(8, 80),
                "super": Norm(4, 45),
                "high_grocery": Norm(2, 28),
                "low_grocery": Norm(1, 18),
                UNKNOWN: Norm(1, 18),
            },
            "W:32",
            {"hyper": 10, "super": 35, "high_grocery": 110, "low_grocery": 400},
        ),
    )
}
DEFAULT_TEMPLATE = "cycle_weekly"
OUTLET_CLASSES: dict[str, tuple[str, ...]] = {
    "hyper": ("大卖场", "卖场", "连锁总部", "hypermarket", "supermarket chain", "大型超市"),
    "super": ("超市", "百货", "母婴", "supermarket", "department store", "baby store"),
    "high_grocery": ("便利店", "化妆品店", "convenience store", "cosmetics"),
    "low_grocery": ("食杂店", "杂货店", "小卖部", "grocery"),
}
OUTLET_LABELS: dict[str, str] = {
    "hyper": N_("Hypermarkets, chain head offices"),
    "super": N_("Small supermarkets, department and baby stores"),
    "high_grocery": N_("High-potential groceries, cosmetics, convenience stores"),
    "low_grocery": N_("Low-potential groceries"),
    UNKNOWN: N_("Others"),
}


def template(key: str) -> Template:
    """Return a template.

    Raises
    ------
    InputError
        There is no such template.
    """
    if key in TEMPLATES:
        return TEMPLATES[key]
    close = nearest(key, TEMPLATES)
    raise InputError(
        _("There is no visit template “{key}”.", key=key),
        _("Choose one of {keys}.", keys=", ".join(TEMPLATES)) + (f" ({close}?)" if close else ""),
    )


def outlet_class(outlet_type: str | None) -> str:
    """Return the class of the four-type table that an outlet type belongs to, :data:`UNKNOWN` for others."""
    wanted = (outlet_type or "").strip().lower()
    return next((code for code, names in OUTLET_CLASSES.items() if wanted in names), UNKNOWN)
