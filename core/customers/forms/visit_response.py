"""What managers judge more or fewer visits to sell, by grade of the shops [W:35]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.i18n import N_, _

GRADES = ("A", "B", "C")
QUESTIONS = ("none", "half", "more", "endless")
_LABELS: dict[tuple[str, str], str] = {
    ("A", "none"): N_("Grade A: sales without any visit"),
    ("A", "half"): N_("Grade A: sales with half the visits"),
    ("A", "more"): N_("Grade A: sales with half as many visits again"),
    ("A", "endless"): N_("Grade A: sales however many visits"),
    ("B", "none"): N_("Grade B: sales without any visit"),
    ("B", "half"): N_("Grade B: sales with half the visits"),
    ("B", "more"): N_("Grade B: sales with half as many visits again"),
    ("B", "endless"): N_("Grade B: sales however many visits"),
    ("C", "none"): N_("Grade C: sales without any visit"),
    ("C", "half"): N_("Grade C: sales with half the visits"),
    ("C", "more"): N_("Grade C: sales with half as many visits again"),
    ("C", "endless"): N_("Grade C: sales however many visits"),
}


def _all_or_nothing(values: Mapping[str, Any]) -> Iterable[Finding]:
    for grade in GRADES:
        names = [field_name(grade, question) for question in QUESTIONS]
        said = [values[name] for name in names]
        if all(value is None for value in said):
            continue
        if any(value is None for value in said):
            missing = names[said.index(None)]
            yield Finding(
                missing,
                None,
                _("Grade {grade}: one of four answers is missing.", grade=grade),
                _("Give all four, or none where nobody can tell."),
            )
        elif not said[0] < said[1] < 100 < said[2] < said[3]:
            yield Finding(
                names[0],
                said[0],
                _("Grade {grade}: the answers don't rise through 100.", grade=grade),
                _("Expected none < half < 100 < half as many again < however many."),
            )


def field_name(grade: str, question: str) -> str:
    """Return the name of the field that holds an answer."""
    return f"{grade.lower()}_{question}"


VISIT_RESPONSE = Form(
    "visit_response",
    N_("Judgement: what visits sell"),
    (
        *(
            Field(
                field_name(grade, question),
                FieldKind.NUMBER,
                label,
                N_("100 is what these shops sell with today's visits."),
                minimum=0,
                maximum=1000,
            )
            for (grade, question), label in _LABELS.items()
        ),
        Field(
            "basis",
            FieldKind.NOTE,
            N_("Who judged, and on which ground"),
            N_("A trial, a region that was visited less, the experience of the reps."),
            required=True,
        ),
    ),
    customer_types=("market",),
    checks=(_all_or_nothing,),
)
FORMS = (VISIT_RESPONSE,)
