"""What is filled in about terminals: score sheets, their wording per role, feedback [S1 1-1, 1-2]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from core.customers.accounts.score_sheet import ITEMS, ROLES, STANDARD, Template
from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.i18n import N_, _

_T, _N, _M, _D, _C = (
    FieldKind.TEXT,
    FieldKind.NOTE,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.CHOICE,
)
SHEET = "score_sheet"
FEEDBACK_KINDS = {
    "change": N_("Change in the customer's business"),
    "report": N_("Monthly report of sell-out, stock and movement"),
    "opinion": N_("Opinion about products or service"),
    "competitor": N_("News of a competitor"),
}


def score_field(item: int) -> str:
    """Return the field of an item's points."""
    return f"score_{item}"


def note_field(item: int) -> str:
    """Return the field of an item's remark."""
    return f"note_{item}"


def _something_scored(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["assessed_on"] is None:
        yield Finding("assessed_on", None, _("The day of the assessment is empty."), _("Choose a day."))
    if all(values[score_field(item)] is None for item in ITEMS):
        yield Finding(
            score_field(1),
            None,
            _("No item has points."),
            _("Give at least one item 0 to 10 points; an item left empty is not a zero."),
        )


def _remark_needs_points(values: Mapping[str, Any]) -> Iterable[Finding]:
    for item in ITEMS:
        if values[note_field(item)] and values[score_field(item)] is None:
            yield Finding(
                score_field(item),
                None,
                _("Item {item} has a remark and no points.", item=item),
                _("Give it 0 to 10 points, or take the remark away."),
            )


def sheet_form(template: Template, people: Mapping[str, str]) -> Form:
    """Return the score sheet of a role, in the language in use.

    Parameters
    ----------
    template
        Wording and points of its items.
    people
        Names by employee_id of those who may be assessed.
    """
    fields = [
        Field("employee_id", _C if people else _T, N_("Sales representative"), choices=people),
        Field("assessed_on", _D, N_("Day of the assessment")),
        Field("assessor", _T, N_("Assessed by"), max_length=100),
    ]
    for item, wording in template.items.items():
        fields += [
            Field(
                score_field(item),
                FieldKind.NUMBER,
                f"{item} {_(wording)}",
                minimum=0,
                maximum=min(template.standard[item], STANDARD),
            ),
            Field(note_field(item), _T, N_("Remarks"), max_length=1_000),
        ]
    return Form(
        SHEET,
        N_("Score sheet of the relationship"),
        tuple(fields),
        many=True,
        customer_types=("terminal",),
        summary=("assessed_on", "employee_id"),
        checks=(_something_scored, _remark_needs_points),
    )


def _wording(role: str) -> Form:
    return Form(
        f"score_template_{role}",
        ROLES[role],
        tuple(
            Field(f"item_{item}", _T, wording, N_("Empty: the wording of the document."), max_length=200)
            for item, wording in ITEMS.items()
        ),
        customer_types=("market",),
    )


TEMPLATES = {role: _wording(role) for role in ROLES}
"""By role, the form in which the wording of its sheet is changed; ten points each."""


def template_of(role: str, payload: Mapping[str, Any] | None) -> Template:
    """Return the sheet of a role: the document's wording where none was written."""
    written = payload or {}
    items = {item: str(written.get(f"item_{item}") or wording) for item, wording in ITEMS.items()}
    return Template(role, items, dict.fromkeys(ITEMS, float(STANDARD)))


def _needs(kind: str, name: str, message: str, values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["kind"] == kind and values[name] is None:
        yield Finding(name, None, _(message), _("Fill it in, or choose another kind of feedback."))


def _answered_after(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["answered_on"] and values["answered_on"] < values["told_on"]:
        yield Finding(
            "answered_on",
            values["answered_on"],
            _("The feedback was passed on before it was given."),
            _("Expected this day or a later one: {day}.", day=values["told_on"]),
        )


NO_MONTH = N_("A monthly report says for which month it is.")
FEEDBACK = Form(
    "feedback",
    N_("Feedback record"),
    (
        Field("told_on", _D, N_("Told us on"), required=True),
        Field("kind", _C, N_("Kind of feedback"), required=True, choices=FEEDBACK_KINDS),
        Field("month", FieldKind.MONTH, N_("Month reported"), N_("For monthly reports.")),
        Field("sell_out", _M, N_("Sell-out reported"), minimum=0, unit=N_("yuan")),
        Field("stock", _M, N_("Stock reported"), minimum=0, unit=N_("yuan")),
        Field("movement", _T, N_("Movement of goods"), N_("What sells, what lies."), max_length=500),
        Field("content", _N, N_("What was said")),
        Field("recorded_by", _T, N_("Recorded by"), max_length=100),
        Field("answered_on", _D, N_("Passed on and answered on"), N_("Empty while nobody has answered.")),
    ),
    many=True,
    summary=("told_on", "kind"),
    checks=(partial(_needs, "report", "month", NO_MONTH), _answered_after),
)

FORMS = (FEEDBACK, *TEMPLATES.values())
