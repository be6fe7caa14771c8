"""The limits that dealers are judged by: one form for the whole market; an empty field means the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.dealers.rules import DEFAULTS, rules_from
from core.customers.dealers.tiers import ROLES
from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.errors import InputError
from core.i18n import N_


def _score(name: str, label: str, note: str = "") -> Field:
    return Field(name, FieldKind.NUMBER, label, note, minimum=0, maximum=10)


def _days(name: str, label: str, note: str = "") -> Field:
    return Field(name, FieldKind.INTEGER, label, note, minimum=1, maximum=3650, unit=N_("days"))


def _fit_together(values: Mapping[str, Any]) -> Iterable[Finding]:
    try:
        rules_from(values)
    except InputError as wrong:
        yield Finding("limit_attitude", None, wrong.message, wrong.hint)


RULES = Form(
    "dealer_rules",
    N_("Limits for judging dealers"),
    (
        _score("limit_attitude", N_("Least attitude of a usable dealer")),
        _score("limit_usable", N_("Least capability of a usable dealer")),
        _score("limit_able", N_("Capability that needs no training")),
        _days("most_days", N_("Most days of stock")),
        _days("least_days", N_("Least days of stock")),
        _days("slow_days", N_("Days of stock of a slow mover")),
        _days("stale_days", N_("Age at which a stock count is too old")),
        Field("owner_large", FieldKind.CHOICE, N_("Who owns large accounts"), choices=ROLES),
        Field("owner_medium", FieldKind.CHOICE, N_("Who owns medium accounts"), choices=ROLES),
        Field("owner_small", FieldKind.CHOICE, N_("Who owns ordinary accounts"), choices=ROLES),
        _days("call_large", N_("Call back large accounts every")),
        _days("call_medium", N_("Call back medium accounts every")),
        _days("call_small", N_("Call back ordinary accounts every")),
        _days("fresh_days", N_("A card is fresh for")),
        Field(
            "expense_norm",
            FieldKind.NUMBER,
            N_("Planned expense ratio"),
            N_("Percent of net sales; empty where there is no plan."),
            minimum=0,
            maximum=100,
            unit=N_("%"),
        ),
        _score("core_network", N_("Core customer: least network score")),
        _score("core_capability", N_("Core customer: least capability score")),
        _score("core_present", N_("Core customer: least present score")),
        _score("core_future", N_("Core customer: least future score")),
    ),
    customer_types=("market",),
    checks=(_fit_together,),
)

FORMS = (RULES,)

__all__ = ["DEFAULTS", "FORMS", "RULES"]
