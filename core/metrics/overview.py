"""The KPIs of 总览."""

from __future__ import annotations

from core.i18n import N_
from core.metrics.spec import Format, Good, Metric

METRICS: tuple[Metric, ...] = (
    Metric(
        "total_share",
        N_("Share of the whole market"),
        N_("own sales of everything looked at ÷ its capacity"),
        N_("Our part of all that is sold."),
        "S3 p100",
        Format.PERCENT,
        Good.UP,
        "{total_own} ÷ {total_capacity} = {total_share}",
        basis=N_("Everything looked at, shops without a region included."),
    ),
    Metric(
        "total_own",
        N_("Own sales of all regions"),
        N_("sum of own sales"),
        N_("Every region once."),
        format=Format.MONEY,
        good=Good.UP,
    ),
    Metric(
        "total_capacity",
        N_("Capacity of all regions"),
        N_("sum of the market capacities"),
        N_("Every region once; regions of unknown capacity aren't in it."),
        format=Format.MONEY,
    ),
    Metric(
        "secured_regions",
        N_("Secured No.1 regions"),
        N_("number of regions whose ratio is at least k"),
        N_("The north star: regional No.1 achieved and out of the second's range."),
        "S0",
        Format.INTEGER,
        Good.UP,
        basis=N_("Regions in which our and a rival's sales are known."),
    ),
    Metric(
        "in_range_regions",
        N_("Regions in range"),
        N_("number of regions leading without being secured, tied, or chasing within range"),
        N_("Where the contest is open: we can still overtake or be overtaken."),
        "W:7",
        Format.INTEGER,
        basis=N_("Regions in which our and a rival's sales are known."),
    ),
    Metric(
        "out_of_range_regions",
        N_("Regions out of range"),
        N_("number of regions whose leader sells more than k times as much as we do"),
        N_("Subdivide before chasing."),
        "W:8",
        Format.INTEGER,
        Good.DOWN,
        basis=N_("Regions in which our and a rival's sales are known."),
    ),
    Metric(
        "total_gap",
        N_("Gap to the base targets"),
        N_("sum of the gaps of all regions"),
        N_("What it takes to be No.1 in every region that has a target."),
        "S0",
        Format.MONEY,
        Good.DOWN,
        basis=N_("Regions with a gap; the whole market taken as one region has another gap."),
    ),
    Metric(
        "unvisited_customers",
        N_("Unvisited customers"),
        N_("number of active customers without a visit in the last visit cycle"),
        N_("The fifth principle: no customer unvisited, 未访问客户为零."),
        "S0",
        Format.INTEGER,
        Good.DOWN,
        basis=N_("The last four weeks with visits in the period, not the whole period."),
    ),
    Metric(
        "completeness",
        N_("Completeness"),
        N_("recorded blocks ÷ 5: capacity, consumers, rivals, dealers, terminals"),
        N_("How much of the five blocks of the key regions' market database is filled."),
        "S0",
        Format.PERCENT,
        Good.UP,
        bar=True,
    ),
)
