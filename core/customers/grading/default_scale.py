"""The scale to begin with: three sections, every element with three options [S4 4-3, 4-4].

The document names the parts of a scale and fills in none: sections, weights and thresholds are a
proposal [I].
"""

from __future__ import annotations

from core.customers.grading.scale import Element, Option, Section, Template
from core.i18n import N_


def _three(
    labels: tuple[str, str, str], limits: tuple[float, float] | None, scores: tuple[float, float, float]
) -> tuple[Option, ...]:
    bounds: tuple[float | None, ...] = (*limits, None) if limits else (None, None, None)
    return tuple(Option(*each) for each in zip(labels, scores, bounds, strict=True))


QUALITY = Section(
    N_("Quality"),
    50.0,
    (
        Element(
            "contribution",
            N_("Contribution to sales"),
            _three(
                (N_("among the first 70%"), N_("among the first 90%"), N_("the rest")),
                (0.7, 0.9),
                (20, 12, 4),
            ),
            "sales_cumulated",
        ),
        Element(
            "margin_rate",
            N_("Margin rate"),
            _three((N_("25% or more"), N_("15% or more"), N_("less than 15%")), (0.25, 0.15), (20, 12, 4)),
            "margin_rate",
        ),
        Element(
            "payment",
            N_("Payment"),
            _three((N_("up to 30 days"), N_("up to 45 days"), N_("more than 45 days")), (30, 45), (10, 6, 0)),
            "payment_days",
        ),
    ),
)
GROWTH = Section(
    N_("Customer growth"),
    30.0,
    (
        Element(
            "growth",
            N_("Sales growth"),
            _three((N_("15% or more"), N_("not falling"), N_("falling")), (0.15, 0.0), (10, 6, 0)),
            "growth",
        ),
        Element(
            "account_share",
            N_("Our share in the account"),
            _three(
                (N_("41.7% or more"), N_("26.1% or more"), N_("less than 26.1%")), (0.417, 0.261), (10, 6, 2)
            ),
            "account_share",
        ),
    ),
)
COOPERATION = Section(
    N_("Cooperation"),
    20.0,
    (
        Element(
            "attitude",
            N_("Attitude"),
            _three((N_("8 or more"), N_("5 or more"), N_("less than 5")), (8, 5), (10, 6, 2)),
            "attitude",
        ),
        Element(
            "visits",
            N_("Visits in the period"),
            _three((N_("24 or more"), N_("6 or more"), N_("fewer than 6")), (24, 6), (4, 3, 1)),
            "visits",
        ),
        Element(
            "willingness",
            N_("Wants to grow with us"),
            _three((N_("Yes, with a plan"), N_("Open to it"), N_("Not at all")), None, (6, 3, 0)),
        ),
    ),
)


def default_template() -> Template:
    """Return the scale a new store begins with."""
    return Template((QUALITY, GROWTH, COOPERATION))
