"""Columns and vocabularies that several tables share."""

from __future__ import annotations

from dataclasses import replace

from core.i18n import N_
from core.tables.spec import Column, Kind


def identifier(name: str, label: str, note: str, example: str) -> Column:
    """Return a required key column."""
    return Column(name, Kind.TEXT, label, note, required=True, example=example)


def reference(
    table: str, name: str, label: str, note: str, *, required: bool = False, example: str = ""
) -> Column:
    """Return a column that must exist in another table."""
    return Column(name, Kind.TEXT, label, note, required=required, references=table, example=example)


NAME = Column("name", Kind.TEXT, N_("Name"), N_("The name people use."), required=True)
MONTH = Column(
    "month",
    Kind.MONTH,
    N_("Month"),
    N_("YYYY-MM, or the first day of the month."),
    required=True,
    example="2026-01",
)
PAST_MONTH = replace(MONTH, past=True)
"""Of what has happened."""
LAT = Column(
    "lat",
    Kind.NUMBER,
    N_("Latitude"),
    N_("Degrees north, as surveyed; empty if unknown."),
    minimum=-90,
    maximum=90,
    example="30.5931",
)
LON = Column(
    "lon",
    Kind.NUMBER,
    N_("Longitude"),
    N_("Degrees east, as surveyed; empty if unknown."),
    minimum=-180,
    maximum=180,
    example="114.3054",
)
CRS = Column(
    "crs",
    Kind.TEXT,
    N_("Coordinate system"),
    N_("Of latitude and longitude: WGS-84 (GPS), GCJ-02 (Amap, Tencent) or BD-09 (Baidu)."),
    known={
        "WGS-84": ("WGS84", "GPS", "EPSG:4326", "4326"),
        "GCJ-02": ("GCJ02", "高德", "腾讯", "火星坐标"),
        "BD-09": ("BD09", "百度"),
    },
    default="WGS-84",
    example="WGS-84",
)
SOURCE = Column(
    "source_type",
    Kind.TEXT,
    N_("Source type"),
    N_("Where the figure comes from: documents, a rep's visit, or a survey on site."),
    known={
        "documents": ("资料", "资料调查", "desk", "document", "official"),
        "visit": ("拜访", "业务员拜访调查", "rep"),
        "survey": ("实地", "领导实地调查", "field"),
    },
    example="documents",
)
CONFIDENCE = Column(
    "confidence",
    Kind.TEXT,
    N_("Confidence"),
    N_("A sure, B probable, C a guess."),
    known={"A": ("a", "high", "高"), "B": ("b", "medium", "中"), "C": ("c", "low", "低")},
    example="B",
)
MARKET = Column(
    "market_id",
    Kind.TEXT,
    N_("Market ID"),
    N_("Which market the figure describes; empty means the whole market."),
    references="market",
    default="all",
    example="all",
)
CUSTOMER_TYPE = Column(
    "customer_type",
    Kind.TEXT,
    N_("Customer type"),
    N_("dealer or terminal."),
    required=True,
    known={"dealer": ("经销商",), "terminal": ("终端", "门店", "网点")},
    example="terminal",
)
CUSTOMER = Column(
    "customer_id",
    Kind.TEXT,
    N_("Customer ID"),
    N_("ID of the dealer or terminal."),
    required=True,
    example="T000001",
)


def score(name: str, label: str, note: str) -> Column:
    """Return a score from 0 to 10."""
    return Column(name, Kind.NUMBER, label, note, minimum=0, maximum=10, example="7")


def amount(name: str, label: str, note: str, *, required: bool = False) -> Column:
    """Return an amount in yuan; below zero is odd but real (returns)."""
    return Column(
        name, Kind.MONEY, label, note, required=required, minimum=0, soft_range=True, example="12000.00"
    )


def count(name: str, label: str, note: str, example: str = "10") -> Column:
    """Return a number that is never below zero."""
    return Column(name, Kind.NUMBER, label, note, minimum=0, example=example)


LEVELS: dict[str, tuple[str, ...]] = {
    "country": ("国", "全国", "nation"),
    "area": ("大区", "战区"),
    "province": ("省", "省区", "state"),
    "city": ("市", "地市", "prefecture"),
    "county": ("县", "区县", "县区", "district"),
    "town": ("乡镇", "镇", "街道", "township"),
    "custom": ("自定义",),
}

TERMINAL_STATUS: dict[str, tuple[str, ...]] = {
    "blank": ("空白", "未铺"),
    "listed": ("已铺", "active", "a", "营业"),
    "maintain": ("维护",),
    "consolidate": ("巩固",),
    "improve": ("提升",),
    "closed": ("停业", "关闭", "inactive", "i"),
}

GRADES: dict[str, tuple[str, ...]] = {"A": ("a",), "B": ("b",), "C": ("c",), "D": ("d",)}
