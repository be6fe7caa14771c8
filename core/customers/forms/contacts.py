"""Who is who at a customer: the people to know, and what they decide [S0 0-18, S1 1-5, E]."""

from __future__ import annotations

from core.customers.forms.spec import Field, FieldKind, Form
from core.i18n import N_

FUNCTIONS = {
    "owner": N_("Owner or general manager"),
    "purchasing": N_("Purchasing"),
    "sales": N_("Sales"),
    "finance": N_("Finance"),
    "logistics": N_("Logistics and warehouse"),
    "counter": N_("Shop assistant"),
    "other": N_("Other function"),
}

CONTACTS = Form(
    "contacts",
    N_("Contacts"),
    (
        Field("name", FieldKind.TEXT, N_("Full name"), required=True, max_length=100),
        Field("function", FieldKind.CHOICE, N_("Function"), required=True, choices=FUNCTIONS),
        Field("title", FieldKind.TEXT, N_("Job title"), max_length=100),
        Field("phone", FieldKind.TEXT, N_("Phone"), max_length=100),
        Field(
            "is_key_person",
            FieldKind.BOOLEAN,
            N_("Key person"),
            N_("Decides, or is listened to by whoever decides."),
        ),
        Field("money", FieldKind.BOOLEAN, N_("Holds the money"), N_("Releases payment.")),
        Field("authority", FieldKind.BOOLEAN, N_("Has authority"), N_("May sign the order.")),
        Field("need", FieldKind.BOOLEAN, N_("Has the need"), N_("Uses or sells what we bring.")),
        Field(
            "interests", FieldKind.NOTE, N_("Interests and habits"), N_("What to talk about, and what not.")
        ),
    ),
    many=True,
    summary=("name", "function"),
)

FORMS = (CONTACTS,)
