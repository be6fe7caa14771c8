"""What is filled in about key accounts: profile, eight steps, check 1-2-4, action plan [1-3 to 1-6]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.accounts.churn import CHECKLIST
from core.customers.accounts.key_accounts import (
    FACTORS,
    POLICIES,
    STAGES,
    STEPS,
    TYPES,
    OpportunityWeights,
)
from core.customers.forms.dealers import PROGRESS
from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.i18n import N_, _

_T, _N, _F = FieldKind.TEXT, FieldKind.NOTE, FieldKind.NUMBER
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
MODES = {"transaction": N_("Transactional"), "relation": N_("Relational")}


def _sums_to_hundred(values: Mapping[str, Any]) -> Iterable[Finding]:
    total = sum(values[name] for name in FACTORS)
    if abs(total - 100) > 1e-9:
        first = next(iter(FACTORS))
        yield Finding(
            first,
            values[first],
            _("The weights of the opportunity sum to {sum}.", sum=f"{total:g}"),
            _("Expected 100."),
        )


def _ends_after_start(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["start"] and values["end"] and values["end"] < values["start"]:
        yield Finding(
            "end",
            values["end"],
            _("The action ends before it starts."),
            _("Expected this day or a later one: {day}.", day=values["start"]),
        )


ACCOUNT = Form(
    "key_account",
    N_("Key account"),
    (
        Field(
            "type",
            _C,
            N_("Type of key account"),
            N_("Empty: as broad as the contacts are."),
            choices=TYPES,
        ),
        Field("stage", _C, N_("Stage"), choices=STAGES),
        Field("mode", _C, N_("Mode of selling"), choices=MODES),
        *(Field(name, _F, label, N_("0 to 10."), minimum=0, maximum=10) for name, label in FACTORS.items()),
        *(Field(name, _B, label) for name, label in POLICIES.items()),
        Field("other_policies", _N, N_("Further policies of ours")),
    ),
    summary=("type", "stage"),
)
BOOK = Form(
    "key_account_book",
    N_("Eight steps of development"),
    tuple(Field(name, _N, label) for name, label in STEPS.items()),
)
CHURN = Form(
    "churn_check",
    N_("Check against leaving"),
    (
        *(Field(name, _B, label) for name, (_group, label) in CHECKLIST.items()),
        Field("countermeasures", _N, N_("What is done against it")),
    ),
)
ACTION = Form(
    "key_account_action",
    N_("Action plan of the key account"),
    (
        Field("action", _N, N_("Action and its reason"), required=True),
        Field("steps", _N, N_("Steps")),
        Field("responsible", _T, N_("Responsible person"), required=True, max_length=100),
        Field("state", _C, N_("Progress"), choices=PROGRESS),
        Field("start", _D, N_("Start of the action")),
        Field("end", _D, N_("End of the action"), required=True),
        Field("remarks", _N, N_("Other comments")),
    ),
    many=True,
    summary=("action", "responsible", "end"),
    checks=(_ends_after_start,),
)
WEIGHTS = Form(
    "opportunity_weights",
    N_("Weights of the opportunity"),
    tuple(Field(name, _F, label, required=True, minimum=0, maximum=100) for name, label in FACTORS.items()),
    customer_types=("market",),
    checks=(_sums_to_hundred,),
)

FORMS = (ACCOUNT, BOOK, CHURN, ACTION, WEIGHTS)


def weights_from(payload: Mapping[str, Any] | None) -> OpportunityWeights:
    """Return the weights that were kept, equal ones where none were."""
    if payload is None:
        return OpportunityWeights()
    return OpportunityWeights({name: float(payload[name]) for name in FACTORS})
