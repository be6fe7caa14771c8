"""What each part of a difference is called, how it is computed, and why one could not be parted further."""

from __future__ import annotations

from core.cycle.variance import price_mix, sources
from core.i18n import N_, _

LABELS = {
    sources.ASKED: N_("Growth the plan asked for"),
    sources.MARKET: N_("Size of the market"),
    sources.SHARE: N_("Our share"),
    sources.DISTRIBUTION: N_("Distribution"),
    sources.IN_STORE: N_("Share in the shops"),
    sources.BEYOND: N_("Beyond the recorded shops"),
    sources.CHANGE: N_("Not told apart"),
    price_mix.QUANTITY: N_("Quantity sold"),
    price_mix.MIX: N_("Mix of products"),
    price_mix.PRICE: N_("Our prices"),
    price_mix.RANGE: N_("New and dropped products"),
    price_mix.UNITEMISED: N_("Not recorded by product"),
}
COMPUTED = {
    sources.ASKED: N_("Last year's sales less the target."),
    sources.MARKET: N_("Change of the market × mean of our share then and now."),
    sources.SHARE: N_("Change of our share × mean of the market then and now."),
    sources.DISTRIBUTION: N_(
        "Part of the share's effect: the shops that carry us, weighted by what all companies sell in them, "
        "became more or fewer; the mean over every order in which it could have changed (Shapley)."
    ),
    sources.IN_STORE: N_(
        "Part of the share's effect: our share in the shops that carry us rose or fell; the mean over every "
        "order in which it could have changed (Shapley)."
    ),
    sources.BEYOND: N_(
        "Part of the share's effect that the recorded shops don't show: our share of the whole market moved "
        "otherwise than our share in the shops whose sales are recorded."
    ),
    sources.CHANGE: N_("Sales less what they are compared with."),
    price_mix.QUANTITY: N_("Change of all quantities together × mean of the average prices then and now."),
    price_mix.MIX: N_("Dearer or cheaper products sold more: the rest of the change of quantities."),
    price_mix.PRICE: N_("Of each product sold in both months: change of its price × mean of its quantities."),
    price_mix.RANGE: N_("Sales of products recorded in only one of the two months."),
    price_mix.UNITEMISED: N_("The change of sales recorded without product or without quantity."),
}
REASONS = sources.REASONS | price_mix.REASONS


def effect_label(key: str) -> str:
    """Return what a part is called."""
    return _(LABELS[key])


def effect_note(key: str, reason: str = "") -> str:
    """Return how a part is computed, and why it isn't parted further where it isn't."""
    text = _(COMPUTED[key])
    return _("{first} {second}", first=text, second=_(REASONS[reason])) if reason else text
