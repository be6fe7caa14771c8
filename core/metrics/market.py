"""The columns of the market table."""

from __future__ import annotations

from core.i18n import N_
from core.metrics.decisions import DECISION_METRICS
from core.metrics.spec import Format, Good, Metric
from core.metrics.standing import STANDING_METRICS
from core.metrics.targets import TARGET_METRICS

_SIZE: tuple[Metric, ...] = (
    Metric(
        "region_id",
        N_("Code of the region"),
        N_("as recorded"),
        N_("The region's code."),
    ),
    Metric(
        "capacity",
        N_("Market capacity"),
        N_("recorded, or the sum of all companies' sales"),
        N_("What all companies together sell in the region in the period."),
        "S0",
        Format.MONEY,
    ),
    Metric(
        "capacity_previous",
        N_("Market capacity a year earlier"),
        N_("the same for the period a year earlier"),
        N_("Basis of the market's growth."),
        "S0",
        Format.MONEY,
    ),
    Metric(
        "growth",
        N_("Market growth"),
        N_("market capacity ÷ market capacity a year earlier - 1"),
        N_("Growth of the whole market, not of our own sales."),
        "S3 p100",
        Format.CHANGE,
        Good.UP,
        "{capacity} ÷ {capacity_previous} - 1 = {growth}",
        basis=N_("Regions with a comparable capacity in both years."),
    ),
    Metric(
        "own",
        N_("Own sales"),
        N_("as recorded"),
        N_("What the own company sells in the region in the period."),
        format=Format.MONEY,
        good=Good.UP,
    ),
    Metric(
        "own_previous",
        N_("Own sales a year earlier"),
        N_("as recorded a year earlier"),
        N_("Basis of the own growth."),
        format=Format.MONEY,
    ),
    Metric(
        "own_growth",
        N_("Own growth"),
        N_("own sales ÷ own sales a year earlier - 1"),
        N_("Above the market's growth, the share rises."),
        format=Format.CHANGE,
        good=Good.UP,
        worked="{own} ÷ {own_previous} - 1 = {own_growth}",
    ),
    Metric(
        "share",
        N_("Market share"),
        N_("own sales ÷ market capacity"),
        N_("Our part of the market."),
        "S3 p100",
        Format.PERCENT,
        Good.UP,
        "{own} ÷ {capacity} = {share}",
        bar=True,
        basis=N_("Regions with a capacity and own sales."),
    ),
    Metric(
        "share_previous",
        N_("Share a year earlier"),
        N_("own sales a year earlier ÷ market capacity a year earlier"),
        N_("Our part of the market a year earlier."),
        "S3 p100",
        Format.PERCENT,
        worked="{own_previous} ÷ {capacity_previous} = {share_previous}",
    ),
    Metric(
        "share_change",
        N_("Change of share"),
        N_("market share - share a year earlier"),
        N_("In percentage points."),
        "S0",
        Format.POINTS,
        Good.UP,
        "{share} - {share_previous} = {share_change}",
    ),
    Metric(
        "share_symbol",
        N_("Share symbol"),
        N_("the highest of the seven share targets that the share reaches"),
        N_("73.9, 41.7, 26.1, 19.3, 10.9, 6.8 and 2.8 %, from Koopman's model."),
        "W:4,5,6",
        Format.CODE,
        codes="share_symbol",
    ),
    Metric(
        "next_symbol",
        N_("Next share symbol"),
        N_("the lowest of the seven share targets above the share"),
        N_("The next step up, and the aim where no rival is known."),
        "W:4,5,6",
        Format.CODE,
        codes="share_symbol",
    ),
    Metric(
        "target_symbol",
        N_("Target of the next share symbol"),
        N_("next share symbol × market capacity"),
        N_("The sales that reach the next share symbol."),
        "W:4,5,6",
        Format.MONEY,
    ),
)
_DATA: tuple[Metric, ...] = (
    Metric(
        "recorded_sales",
        N_("Recorded sales"),
        N_("sum of all companies' recorded sales"),
        N_("May be less than the capacity, but never more."),
        format=Format.MONEY,
    ),
    Metric(
        "others",
        N_("Other companies"),
        N_("sum of the companies marked as a group of small companies"),
        N_("Counts in every total and is never a rival."),
        format=Format.MONEY,
    ),
    Metric(
        "unidentified",
        N_("Unidentified"),
        N_("market capacity - recorded sales, where above zero"),
        N_("The part of the capacity that no recorded company sells."),
        format=Format.MONEY,
        good=Good.DOWN,
        worked="{capacity} - {recorded_sales} = {unidentified}",
    ),
    Metric(
        "s_above_capacity",
        N_("Sales above capacity"),
        N_("recorded sales > market capacity"),
        N_("An error in the data: the capacity is recorded too low. Nothing is cut off."),
        format=Format.FLAG,
        good=Good.DOWN,
    ),
    Metric(
        "missing",
        N_("Missing"),
        N_("which of capacity, own sales and rivals aren't recorded"),
        N_("The reason for every figure that isn't there. Missing is not zero."),
        codes="missing",
    ),
)
_RECORDED: tuple[Metric, ...] = (
    Metric("name", N_("Region"), N_("recorded"), N_("The region's name.")),
    Metric("name_en", N_("Region"), N_("recorded"), N_("The region's name."), export=False),
    Metric("level", N_("Region level"), N_("recorded"), N_("Code of the level.")),
    Metric("parent_id", N_("Parent region"), N_("recorded"), N_("The region this one belongs to.")),
    Metric("rival_name", N_("Benchmark rival's name"), N_("recorded"), N_("The rival's name.")),
    Metric(
        "capacity_source",
        N_("Source of the capacity"),
        N_("recorded, sum_of_sales, or mixed"),
        N_(
            "recorded: for the region or its parts; sum_of_sales: all companies' sales stand for it; mixed: "
            "both."
        ),
    ),
    Metric(
        "capacity_source_previous",
        N_("Source of the capacity a year earlier"),
        N_("recorded, sum_of_sales, or mixed"),
        N_("Where only one of the two is recorded, the market's growth is unknown."),
    ),
    Metric(
        "sales_difference",
        N_("Recorded less summed sales"),
        N_("figures recorded for regions less what is recorded below them"),
        N_("The recorded figure counts; shops that aren't in the store make the difference."),
        format=Format.MONEY,
    ),
    Metric(
        "months",
        N_("Months with figures"),
        N_("number of months of the period with sales or capacity"),
        N_("Fewer than the period has: the figures are too low."),
        format=Format.INTEGER,
    ),
    Metric(
        "months_previous",
        N_("Months with figures a year earlier"),
        N_("number of months a year earlier with sales or capacity"),
        N_("Fewer than in the period: the growth looks too high."),
        format=Format.INTEGER,
    ),
    Metric("urban_class", N_("Urban class"), N_("recorded"), N_("centre, urban, town or rural.")),
    Metric("area_km2", N_("Area (km²)"), N_("recorded"), N_("Square kilometres."), format=Format.SCORE),
    Metric("population", N_("Population"), N_("recorded"), N_("People."), format=Format.INTEGER),
    Metric("gdp", N_("GDP"), N_("recorded"), N_("Yuan a year."), format=Format.MONEY),
    Metric(
        "development_status",
        N_("Development status"),
        N_("recorded"),
        N_("untouched, model, copy or consolidate."),
    ),
)
MARKET_METRICS: tuple[Metric, ...] = (
    *_SIZE,
    *STANDING_METRICS,
    *TARGET_METRICS,
    *_DATA,
    *_RECORDED,
    *DECISION_METRICS,
)
