"""What people judge about a region: roll-out, benefits, success factors, segments, rivals, aims."""

from __future__ import annotations

from core.customers.forms.dealers import PROGRESS
from core.customers.forms.spec import Field, FieldKind, Form
from core.i18n import N_
from core.market.advice import DEVELOPMENT_MODES

_T, _N, _F = FieldKind.TEXT, FieldKind.NOTE, FieldKind.NUMBER
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
ROLL_OUT = {
    "none": N_("Not entered"),
    "model": N_("Model market"),
    "copy": N_("Copying the model"),
    "secure": N_("Consolidating"),
}
BENEFITS = {
    "advantage": N_("Absolute advantage over every rival"),
    "loyalty": N_("Loyal customers"),
    "profit": N_("A better rate of profit"),
    "growth": N_("A source of growth"),
    "speed": N_("Quick response to the market"),
    "team": N_("A professional team"),
}
SUCCESS = {
    "product_quality": N_("Product quality that competes"),
    "information": N_("Information well managed"),
    "functions": N_("Departments that do their part"),
    "people_building": N_("Building of the team"),
    "innovation": N_("Organisation that renews itself"),
}
SALES_FACTORS = {
    "product": N_("Product"),
    "channel": N_("Channel"),
    "price": N_("Price"),
    "promotion": N_("Promotion"),
    "service": N_("Service"),
    "people": N_("Our salespeople"),
}
_RIVAL = {
    "product": N_("Rival's product"),
    "channel": N_("Rival's channel"),
    "price": N_("Rival's price"),
    "promotion": N_("Rival's promotion"),
    "service": N_("Rival's service"),
    "people": N_("Rival's salespeople"),
}
SEGMENTS = {
    "industry": N_("Industry and its habits"),
    "industry_form": N_("Form of the business"),
    "region_kind": N_("Kind of region"),
    "company_size": N_("Size of the companies"),
    "use": N_("Use of the goods"),
    "population": N_("Population structure"),
    "geography": N_("Geography"),
    "society": N_("Society"),
}

REGION_PROFILE = Form(
    "region_profile",
    N_("Profile of the region"),
    (
        Field("roll_out", _C, N_("Roll-out"), N_("How far deep distribution is here."), choices=ROLL_OUT),
        Field(
            "development",
            _C,
            N_("Way of development"),
            N_("Empty: as proposed from the kind of region and its zone."),
            choices=DEVELOPMENT_MODES,
        ),
        *(
            Field(name, _B, label, N_("Being first pays here in this way."))
            for name, label in BENEFITS.items()
        ),
        *(
            Field(name, _F, label, N_("Own judgement, 0 to 10."), minimum=0, maximum=10)
            for name, label in SUCCESS.items()
        ),
        Field("layer", _T, N_("Layer of customers aimed at"), max_length=200),
        *(
            Field(name, _T, label, N_("Tags of the segment, parted by commas."), max_length=200)
            for name, label in SEGMENTS.items()
        ),
    ),
    customer_types=("region",),
    summary=("roll_out", "layer"),
)
"""Rows 0-1, 0-2, 0-5, 3-6, 3-8 and 3-22 of the documents."""

FACTOR_RATING = Form(
    "sales_factors",
    N_("Six sales factors against a rival"),
    (
        Field("rated_on", _D, N_("Rated on"), required=True),
        Field("rival", _T, N_("Rival"), required=True, max_length=100),
        *(
            Field(f"{side}_{name}", _F, label, N_("1 weak to 10 strong."), minimum=1, maximum=10)
            for side, labels in (("own", SALES_FACTORS), ("rival", _RIVAL))
            for name, label in labels.items()
        ),
        Field("ground", _N, N_("Ground of the rating")),
    ),
    many=True,
    customer_types=("region",),
    summary=("rated_on", "rival"),
)
"""Own strength against one rival [3-1]."""

QUALITATIVE_TARGET = Form(
    "qualitative_target",
    N_("Qualitative target"),
    (
        Field("target", _N, N_("What is to be reached"), required=True),
        Field("sign", _N, N_("How one sees that it is reached"), required=True),
        Field("responsible", _T, N_("Responsible person"), required=True, max_length=100),
        Field("due", _D, N_("To be reached by"), required=True),
        Field("state", _C, N_("Progress"), choices=PROGRESS),
        Field("found", _N, N_("What became of it")),
    ),
    many=True,
    customer_types=("region",),
    summary=("target", "due"),
)
"""The qualitative half of the targets of a region [3-9]; the quantitative one is the target plan."""

FORMS = (REGION_PROFILE, FACTOR_RATING, QUALITATIVE_TARGET)
