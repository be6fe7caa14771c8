"""What is filled in about a prospect: whether it is one, its tags, and how often rivals visit it."""

from __future__ import annotations

from core.customers.forms.spec import Field, FieldKind, Form
from core.i18n import N_

_T, _N = FieldKind.TEXT, FieldKind.NOTE
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
PURCHASES = {"new": N_("New customer"), "more": N_("Buys more"), "change": N_("Changes supplier")}
UNITS = {"company": N_("Company"), "unit": N_("Institution"), "single": N_("Single owner")}
DENSITIES = {"tight": N_("Tight"), "usual": N_("Usual"), "loose": N_("Wide-meshed")}

PROSPECT_PROFILE = Form(
    "prospect_profile",
    N_("Profile of the prospect"),
    (
        Field("can_pay", _B, N_("Can pay"), N_("Has the money for the first order and the next ones.")),
        Field("has_need", _B, N_("Has the need"), N_("Sells this category, or could.")),
        Field("is_interested", _B, N_("Is interested"), N_("Asked, or listened to the end.")),
        Field("decides", _T, N_("Who decides, by name"), max_length=100),
        Field("purchase", _C, N_("Form of purchase"), choices=PURCHASES),
        Field("unit", _C, N_("Company or institution"), choices=UNITS),
        Field("density", _C, N_("Density of management"), choices=DENSITIES),
        Field("supplier", _T, N_("Buys today from"), max_length=100),
        Field("hindrance", _N, N_("What stands in the way")),
    ),
    customer_types=("terminal",),
    summary=("purchase", "decides"),
)
"""Able, in need, interested [3-18]; purchase, unit, density of management [3-20]."""

RIVAL_VISITS = Form(
    "rival_visits",
    N_("Visits of a rival"),
    (
        Field("seen_on", _D, N_("Learned on"), required=True),
        Field("rival", _T, N_("Rival"), required=True, max_length=100),
        Field(
            "visits",
            FieldKind.NUMBER,
            N_("Visits in 4 weeks"),
            N_("How often the rival's people come; the rule of thumb for more visits starts from it."),
            required=True,
            minimum=0,
            maximum=28,
        ),
        Field("told_by", _T, N_("Told by"), max_length=100),
    ),
    many=True,
    customer_types=("terminal",),
    summary=("seen_on", "rival", "visits"),
)
"""What the required visits v* = v × √k start from [B.6]."""

FORMS = (PROSPECT_PROFILE, RIVAL_VISITS)
