"""What is filled in about working with a dealer: decisions, transformation, hand-overs, calls, issues, 7P."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.dealers.decision import DISPOSITIONS, FUNCTIONS
from core.customers.dealers.issues import CATEGORIES, DISORDERS
from core.customers.forms.spec import Check, Field, FieldKind, Finding, Form
from core.i18n import N_, _

_T, _N, _I, _M = FieldKind.TEXT, FieldKind.NOTE, FieldKind.INTEGER, FieldKind.MONEY
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
_DEALER = ("dealer",)
_BOTH = ("dealer", "terminal")

PROGRESS = {"open": N_("Not begun"), "running": N_("Under way"), "done": N_("Done")}
RISKS = {"low": N_("Low"), "middle": N_("Middle"), "high": N_("High")}
CALL_WAYS = {
    "visit": N_("Visit"),
    "phone": N_("Phone call"),
    "message": N_("Message"),
    "meeting": N_("Meeting"),
}


def _limit(name: str, label: str) -> Field:
    return Field(name, FieldKind.NUMBER, label, minimum=0, maximum=10)


def _not_before(values: Mapping[str, Any], start: str, end: str, message: str) -> Iterable[Finding]:
    if values[start] and values[end] and values[end] < values[start]:
        yield Finding(
            end, values[end], message, _("Expected this day or a later one: {day}.", day=values[start])
        )


def _closed_after_opened(values: Mapping[str, Any]) -> Iterable[Finding]:
    return _not_before(values, "opened", "closed", _("The issue is closed before it was opened."))


def _disorder_is_coordination(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["disorder"] and values["category"] != "coordination":
        yield Finding(
            "disorder",
            values["disorder"],
            _("A disorder of prices belongs to training and coordination."),
            _("Choose that category, or leave the disorder empty."),
        )


def _next_after_call(values: Mapping[str, Any]) -> Iterable[Finding]:
    return _not_before(values, "called_on", "next_on", _("The next call-back is before this one."))


def _two_people(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["from_person"] and values["from_person"] == values["to_person"]:
        yield Finding(
            "to_person",
            values["to_person"],
            _("The account is handed over to the same person."),
            _("Name whoever takes it over."),
        )


def _part_of_whole(part: str, whole: str) -> Check:
    def check(values: Mapping[str, Any]) -> Iterable[Finding]:
        if values[part] is not None and values[whole] is not None and values[part] > values[whole]:
            yield Finding(
                part,
                values[part],
                _("A part is larger than its whole."),
                _("Expected at most {most}.", most=values[whole]),
            )

    return check


DECISION = Form(
    "dealer_decision",
    N_("Decision about the dealer"),
    (
        Field("decided_on", _D, N_("Decided on"), required=True),
        Field("disposition", _C, N_("Decision"), required=True, choices=DISPOSITIONS),
        Field("proposed", _C, N_("The tree says"), choices=DISPOSITIONS),
        Field("reason", _N, N_("Reason"), required=True),
        _limit("attitude", N_("Attitude (0-10)")),
        _limit("capability", N_("Capability (0-10)")),
        Field("accepts_training", _B, N_("Accepts training")),
        *(Field(name, _B, label) for name, label in FUNCTIONS.items()),
        Field("can_transform", _B, N_("Can build what is missing")),
        _limit("limit_attitude", N_("Least attitude")),
        _limit("limit_usable", N_("Least capability")),
        _limit("limit_able", N_("Capability that needs no training")),
        Field("at_risk", _M, N_("Sales at risk"), unit=N_("yuan")),
    ),
    many=True,
    customer_types=_DEALER,
    summary=("decided_on", "disposition"),
)
TRANSFORMATION = Form(
    "dealer_transformation",
    N_("Transformation measure"),
    (
        Field("function", _C, N_("Function to build"), required=True, choices=FUNCTIONS),
        Field("state", _C, N_("Progress"), required=True, choices=PROGRESS),
        Field("measure", _N, N_("What is done"), required=True),
        Field("due", _D, N_("Until")),
        Field("responsible", _T, N_("Responsible"), max_length=100),
    ),
    many=True,
    customer_types=_DEALER,
    summary=("function", "state"),
)
HANDOVER = Form(
    "handover",
    N_("Hand-over record"),
    (
        Field("handed_on", _D, N_("Handed over on"), required=True),
        Field("from_person", _T, N_("Handed over by"), required=True, max_length=100),
        Field("to_person", _T, N_("Taken over by"), required=True, max_length=100),
        Field("reason", _T, N_("Reason"), max_length=300),
        Field("introduced", _B, N_("New owner introduced to the key persons")),
        Field("receivable", _M, N_("Receivable confirmed"), unit=N_("yuan")),
        Field("stock_confirmed", _B, N_("Stock confirmed")),
        Field("promises", _N, N_("Promises made and not yet kept")),
        Field("open_matters", _N, N_("Open matters")),
        Field("habits", _N, N_("What one must know about this customer")),
        Field("confirmed", _B, N_("Confirmed by the customer")),
    ),
    many=True,
    customer_types=_BOTH,
    summary=("handed_on", "to_person"),
    checks=(_two_people,),
)
CALL_BACK = Form(
    "call_back",
    N_("Call-back"),
    (
        Field("called_on", _D, N_("Called back on"), required=True),
        Field("way", _C, N_("How"), choices=CALL_WAYS),
        Field("caller", _T, N_("By whom"), max_length=100),
        Field("content", _N, N_("What was said"), required=True),
        Field("satisfaction", _I, N_("Satisfaction"), N_("1 very bad to 5 very good."), minimum=1, maximum=5),
        Field("next_on", _D, N_("Next call-back")),
    ),
    many=True,
    customer_types=_DEALER,
    summary=("called_on", "way"),
    checks=(_next_after_call,),
)
ISSUE = Form(
    "dealer_issue",
    N_("Channel issue"),
    (
        Field("opened", _D, N_("Opened on"), required=True),
        Field("category", _C, N_("Kind of issue"), required=True, choices=CATEGORIES),
        Field("disorder", _C, N_("Disorder of prices"), choices=DISORDERS),
        Field("description", _N, N_("What happened"), required=True),
        Field("origin", _T, N_("Where the goods came from"), N_("For diversion."), max_length=200),
        Field("amount", _M, N_("Amount concerned"), minimum=0, unit=N_("yuan")),
        Field("responsible", _T, N_("Responsible"), max_length=100),
        Field("due", _D, N_("Until")),
        Field("closed", _D, N_("Closed on"), N_("Empty while it is open.")),
        Field("solution", _N, N_("Solution")),
    ),
    many=True,
    customer_types=_DEALER,
    summary=("opened", "category"),
    checks=(_closed_after_opened, _disorder_is_coordination),
)
SERVICE = Form(
    "dealer_service",
    N_("Monthly service record"),
    (
        Field("month", FieldKind.MONTH, N_("Month"), required=True),
        Field("ordered", _M, N_("Ordered"), minimum=0, unit=N_("yuan")),
        Field("delivered", _M, N_("Delivered of it"), minimum=0, unit=N_("yuan")),
        Field("orders", _I, N_("Orders"), minimum=0),
        Field("wrong_orders", _I, N_("Wrong orders"), minimum=0),
        Field("receivable", _M, N_("Receivable"), minimum=0, unit=N_("yuan")),
        Field("overdue", _M, N_("Overdue of it"), minimum=0, unit=N_("yuan")),
    ),
    many=True,
    customer_types=_DEALER,
    summary=("month",),
    checks=(
        _part_of_whole("delivered", "ordered"),
        _part_of_whole("wrong_orders", "orders"),
        _part_of_whole("overdue", "receivable"),
    ),
)
SEVEN_P = Form(
    "seven_p",
    N_("7P: what is known of the customer"),
    (
        Field("level", _T, N_("Standing"), N_("Education, standing, connections."), max_length=300),
        Field("risk", _C, N_("Risk"), choices=RISKS),
        Field("hobbies", _N, N_("Hobbies")),
        Field("habits", _N, N_("Habits")),
        Field("loyalty", _N, N_("Why it stays, or might leave")),
        Field("prospects", _N, N_("What can be won in future")),
        Field("means", _N, N_("How to win it")),
        Field("design", _N, N_("Products: design and assortment")),
        Field("supply_chain", _N, N_("Products: supply chain")),
        Field("promotion", _N, N_("Promotion: what works here")),
    ),
    customer_types=_BOTH,
)

FORMS = (DECISION, TRANSFORMATION, HANDOVER, CALL_BACK, ISSUE, SERVICE, SEVEN_P)
