"""What is filled in about a relationship: state, talks, intelligence, six steps [0-18, 3-27, 3-31, 3-32]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.customers.accounts.relationship import LEVELS, STATES
from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.i18n import N_, _

_T, _N = FieldKind.TEXT, FieldKind.NOTE
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
LADDER = {
    "none": N_("Not interested"),
    "little": N_("Slightly interested"),
    "much": N_("Very interested"),
    "convinced": N_("Convinced"),
    "accepted": N_("Fully accepts"),
}
REVIEW = {
    "future": N_("Future results were aimed at, not only today's"),
    "impression": N_("The customer's impression of us is known"),
    "reactions": N_("Reactions to competitors and prospects were noted"),
    "timing": N_("The moment was right"),
    "key_person": N_("Enough contact with the key person"),
    "conditions": N_("Conditions of sale were put suitably"),
    "pair_call": N_("A pair call is needed"),
}
OUTCOMES = {
    "won": N_("Agreed"),
    "forward": N_("A step forward"),
    "same": N_("No further"),
    "lost": N_("Refused"),
}
"""What a talk came to, for the rate of talks won; empty where nobody said."""
SOURCES = {"external": N_("External"), "internal": N_("Internal")}
KINDS = {"quantitative": N_("Quantitative"), "qualitative": N_("Qualitative")}


def _something_said(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["state"] is None and values["level"] is None and values["satisfaction"] is None:
        yield Finding(
            "state", None, _("Nothing is said about the relation."), _("Choose a state, a level or a number.")
        )


def _next_after(values: Mapping[str, Any]) -> Iterable[Finding]:
    if values["next_on"] and values["talked_on"] and values["next_on"] <= values["talked_on"]:
        yield Finding(
            "next_on",
            values["next_on"],
            _("The next visit is not after this one."),
            _("Expected a day after {day}.", day=values["talked_on"]),
        )


RELATION = Form(
    "relation",
    N_("Relation of a month"),
    (
        Field("month", FieldKind.MONTH, N_("Month"), required=True),
        Field("state", _C, N_("State"), choices=STATES),
        Field("level", _C, N_("Level of the relation"), choices=LEVELS),
        Field(
            "satisfaction",
            FieldKind.NUMBER,
            N_("Satisfaction (1-5)"),
            N_("1 dissatisfied to 5 delighted."),
            minimum=1,
            maximum=5,
        ),
    ),
    many=True,
    summary=("month", "state"),
    checks=(_something_said,),
)
"""Kept in the table of its name, see :mod:`core.store.forms.relations`."""

TALK = Form(
    "negotiation_review",
    N_("Review of a talk"),
    (
        Field("talked_on", _D, N_("Day of the talk"), required=True),
        Field("outcome", _C, N_("Outcome of the talk"), choices=OUTCOMES),
        Field("ladder", _C, N_("How far the buyer is"), choices=LADDER),
        *(Field(name, _B, label) for name, label in REVIEW.items()),
        Field("result", _N, N_("Result today")),
        Field("next_on", _D, N_("Next visit on"), required=True),
        Field("next_content", _N, N_("Content of the next visit"), required=True),
    ),
    many=True,
    summary=("talked_on", "next_on"),
    checks=(_next_after,),
)
INTELLIGENCE = Form(
    "intelligence",
    N_("Intelligence"),
    (
        Field("learned_on", _D, N_("Learned on"), required=True),
        Field("source", _C, N_("Source of the news"), required=True, choices=SOURCES),
        Field("kind", _C, N_("Kind of news"), required=True, choices=KINDS),
        Field("content", _N, N_("Content"), required=True),
        Field("told_by", _T, N_("Told by"), max_length=100),
    ),
    many=True,
    summary=("learned_on", "kind"),
)
CONSOLIDATION = Form(
    "consolidation",
    N_("Consolidation in six steps"),
    (
        Field("target", _N, N_("No.1 target: 1.7 times the second here")),
        Field("why", _N, N_("Why this customer was chosen")),
        Field("key_persons", _N, N_("Key persons and what to do about them")),
        Field("more_visits", _N, N_("More visits: how many, from when")),
        Field("key_events", _N, N_("Key events and what to do about them")),
        Field("weaknesses", _N, N_("Our own weaknesses")),
    ),
)

FORMS = (TALK, INTELLIGENCE, CONSOLIDATION)
