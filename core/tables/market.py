"""Regions, companies, products and what is sold where."""

from __future__ import annotations

from core.i18n import N_
from core.tables.common import (
    CONFIDENCE,
    LAT,
    LEVELS,
    LON,
    MARKET,
    MONTH,
    NAME,
    PAST_MONTH,
    SOURCE,
    amount,
    count,
    identifier,
    reference,
)
from core.tables.spec import Column, Kind, Table

_REGION = reference(
    "region", "region_id", N_("Region ID"), N_("The region described."), required=True, example="420100"
)


def _tier(name: str, label: str) -> Column:
    return Column(
        name, Kind.TEXT, label, N_("H high or L low."), known={"H": ("高",), "L": ("低",)}, example="H"
    )


TABLES: tuple[Table, ...] = (
    Table(
        "region",
        N_("Regions"),
        (
            identifier("region_id", N_("Region ID"), N_("A code of your own, unique."), "420100"),
            reference(
                "region",
                "parent_id",
                N_("Parent region"),
                N_("ID of the region this one belongs to; empty for the top."),
                example="420000",
            ),
            Column(
                "level",
                Kind.TEXT,
                N_("Level"),
                N_("country, area, province, city, county, town or a word of your own."),
                required=True,
                known=LEVELS,
                example="city",
            ),
            NAME,
            Column(
                "name_en",
                Kind.TEXT,
                N_("English name"),
                N_("Shown on the English screen; empty means the name itself."),
            ),
            Column("adcode", Kind.TEXT, N_("Administrative code"), N_("Six digits, where there is one.")),
            Column(
                "urban_class",
                Kind.TEXT,
                N_("Urban class"),
                N_("centre, urban, town or rural."),
                known={"centre": ("市中心",), "urban": ("城区",), "town": ("乡镇",), "rural": ("农村",)},
            ),
            LAT,
            LON,
            count("area_km2", N_("Area (km²)"), N_("Square kilometres."), "8569"),
            count("population", N_("Population"), N_("People."), "12000000"),
            count(
                "gdp",
                N_("GDP (yuan)"),
                N_("Yuan a year; purchasing power of the market value score."),
                "1900000000000",
            ),
            Column(
                "development_status",
                Kind.TEXT,
                N_("Development status"),
                N_("untouched, model, copy or consolidate."),
                known={
                    "untouched": ("未进入", "未开发"),
                    "model": ("样板", "开发中"),
                    "copy": ("复制",),
                    "consolidate": ("巩固", "已开发"),
                },
            ),
        ),
        key=("region_id",),
    ),
    Table(
        "company",
        N_("Companies"),
        (
            identifier("company_id", N_("Company ID"), N_("A code of your own, unique."), "US"),
            NAME,
            Column(
                "name_en",
                Kind.TEXT,
                N_("English name"),
                N_("Shown on the English screen; empty means the name itself."),
            ),
            Column(
                "is_self",
                Kind.BOOLEAN,
                N_("Own company"),
                N_("Yes for your own company."),
                default=False,
                example="true",
            ),
            Column(
                "is_aggregate",
                Kind.BOOLEAN,
                N_("Group of small companies"),
                N_("Yes for “others”: it counts in totals and is never a rival."),
                default=False,
                example="false",
            ),
        ),
        key=("company_id",),
    ),
    Table(
        "product",
        N_("Products"),
        (
            identifier("product_id", N_("Product ID"), N_("A code of your own, unique."), "P001"),
            NAME,
            Column(
                "category", Kind.TEXT, N_("Category"), N_("Product category; the category filter uses it.")
            ),
            reference("company", "company_id", N_("Company ID"), N_("Who makes it."), example="US"),
            Column(
                "uom",
                Kind.TEXT,
                N_("Unit of measure"),
                N_("Unit of the quantities: case, piece, tonne ..."),
                example="箱",
            ),
            count("units_per_case", N_("Units per case"), N_("How many units one case holds."), "24"),
            Column(
                "unit_margin_rate",
                Kind.NUMBER,
                N_("Margin rate"),
                N_("Share of sales, 0.25 for 25 %."),
                minimum=-1,
                maximum=1,
                example="0.25",
            ),
            _tier("price_tier", N_("Price tier")),
            _tier("feature_tier", N_("Feature tier")),
        ),
        key=("product_id",),
    ),
    Table(
        "market",
        N_("Markets"),
        (
            identifier("market_id", N_("Market ID"), N_("A code of your own, unique."), "all"),
            NAME,
            Column(
                "definition",
                Kind.TEXT,
                N_("Definition"),
                N_("What counts as the market, in words. No share without a denominator."),
                required=True,
                example="全部品类，全部渠道，出厂价",
            ),
            Column(
                "category",
                Kind.TEXT,
                N_("Category"),
                N_("The product category it covers; empty means all."),
            ),
            Column("channel_scope", Kind.TEXT, N_("Channels"), N_("Which channels count.")),
            Column(
                "basis",
                Kind.TEXT,
                N_("Basis"),
                N_("value or volume."),
                known={"value": ("金额",), "volume": ("数量",)},
                default="value",
                example="value",
            ),
        ),
        key=("market_id",),
    ),
    Table(
        "market_capacity",
        N_("Market capacity"),
        (
            MARKET,
            _REGION,
            MONTH,
            amount("amount", N_("Amount (yuan)"), N_("Yuan."), required=True),
            SOURCE,
            CONFIDENCE,
        ),
        key=("market_id", "region_id", "month"),
    ),
    Table(
        "market_sales",
        N_("Market sales"),
        (
            MARKET,
            _REGION,
            PAST_MONTH,
            reference(
                "company", "company_id", N_("Company ID"), N_("Whose sales."), required=True, example="US"
            ),
            amount("amount", N_("Amount (yuan)"), N_("Yuan; below zero for net returns."), required=True),
            Column("quantity", Kind.NUMBER, N_("Quantity"), N_("In the unit of the product."), example="100"),
            SOURCE,
            CONFIDENCE,
        ),
        key=("market_id", "region_id", "month", "company_id"),
    ),
    Table(
        "region_factor",
        N_("Region factors"),
        (
            reference(
                "region", "region_id", N_("Region ID"), N_("The region."), required=True, example="420100"
            ),
            MONTH,
            Column(
                "factor",
                Kind.TEXT,
                N_("Factor"),
                N_("customers, purchasing_power, fixedness, price_advantage, dealer_strength ..."),
                required=True,
                example="purchasing_power",
            ),
            Column(
                "value",
                Kind.NUMBER,
                N_("Value"),
                N_("In the factor's own unit."),
                required=True,
                example="36000",
            ),
        ),
        key=("region_id", "month", "factor"),
    ),
)
