"""What is decided from the market table, and what would change it: order of attack, flips, entry score."""

from __future__ import annotations

from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

_SCALED = N_("0 the worst region, 1 the best; missing where it isn't recorded")


def _scaled(key: str, label: str, help_text: str) -> Metric:
    return Metric(key, label, _SCALED, help_text, "S0", Format.RATIO, Good.UP)


DECISION_METRICS: tuple[Metric, ...] = (
    Metric(
        "attack_rank",
        N_("Rank of attack"),
        N_("within range before out of range, then zone, then opportunity, then needed gain"),
        N_("One order over all regions that aren't secured; out of range means subdivide first."),
        "S3 p100, W:8, I",
        Format.INTEGER,
    ),
    Metric(
        "state_flip",
        N_("Change that flips the No.1 state"),
        N_("nearest of rival's sales ÷ k, rival's sales, k × rival's sales, less own sales"),
        N_("So much more or less of our sales and the state is another one, the rival standing still."),
        "I",
        Format.MONEY,
    ),
    Metric(
        "state_flip_to",
        N_("State it flips to"),
        N_("the state after that change"),
        N_("What is gained or lost by it."),
        "I",
        Format.CODE,
        codes="state",
    ),
    Metric(
        "zone_flip",
        N_("Change that flips the zone"),
        N_("the nearer of both cut lines less the region's value, the lines standing still"),
        N_("So many points of growth or share and the region stands in another zone."),
        "I",
        Format.POINTS,
    ),
    Metric(
        "zone_flip_by",
        N_("What the zone hangs on"),
        N_("the axis whose cut line is nearer"),
        N_("Check this figure first."),
        "I",
        Format.CODE,
        codes="flip_input",
    ),
    Metric(
        "zone_flip_to",
        N_("Zone it flips to"),
        N_("the zone behind that line"),
        N_("What the advice would be then."),
        "I",
        Format.CODE,
        codes="zone",
    ),
    Metric(
        "target_step",
        N_("Target per percent of the rival"),
        N_("base target where the benchmark rival sells 1 % more, less the base target"),
        N_("How much the target hangs on the rival's figure; 0 where No.1 stays secured."),
        "I",
        Format.MONEY,
    ),
    Metric(
        "entry_score",
        N_("Entry score"),
        N_(
            "100 × (30 % relative share + 40 % little needed gain + 15 % price advantage + 15 % dealer "
            "strength) ÷ weights of what is recorded, each scaled from 0 to 1 over the regions"
        ),
        N_("How good a region is to enter first (切入点): 0 worst, 100 best of the regions compared."),
        "S0, I",
        Format.SCORE,
        Good.UP,
        "100 × (30% × {entry_relative_share} + 40% × {entry_needed_gain} + 15% × {entry_price_advantage} + "
        "15% × {entry_dealer_strength}) ÷ {entry_known} = {entry_score}",
    ),
    Metric(
        "entry_known",
        N_("Known of the entry score"),
        N_("weights of the recorded factors"),
        N_("Low: the score stands on few factors."),
        "I",
        Format.PERCENT,
        Good.UP,
    ),
    Metric(
        "entry_missing",
        N_("Missing in the entry score"),
        N_("factors that aren't recorded; their weight goes to the others"),
        N_("Record them as region factors."),
        "I",
        codes="entry_factor",
    ),
    _scaled(
        "entry_relative_share",
        N_("Relative share, scaled"),
        N_("Our sales as a multiple of the largest rival's."),
    ),
    _scaled(
        "entry_needed_gain", N_("Little needed gain, scaled"), N_("1 where No.1 takes least of the capacity.")
    ),
    _scaled("entry_price_advantage", N_("Price advantage, scaled"), N_("Recorded as a region factor.")),
    _scaled("entry_dealer_strength", N_("Dealer strength, scaled"), N_("Recorded as a region factor.")),
    Metric(
        "price_advantage",
        N_("Price advantage"),
        N_("recorded"),
        N_("In the factor's own unit."),
        "S0",
        Format.RATIO,
    ),
    Metric(
        "dealer_strength",
        N_("Dealer strength"),
        N_("recorded"),
        N_("In the factor's own unit."),
        "S0",
        Format.RATIO,
    ),
)
