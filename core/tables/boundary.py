"""Boundaries of regions: filled from GeoJSON files, so there is no template for them."""

from __future__ import annotations

from core.i18n import N_
from core.tables.common import reference
from core.tables.spec import Column, Kind, Table

BOUNDARY = Table(
    "region_boundary",
    N_("Region boundaries"),
    (
        reference(
            "region", "region_id", N_("Region ID"), N_("The region inside the boundary."), required=True
        ),
        Column(
            "geometry_wkb",
            Kind.TEXT,
            N_("Boundary"),
            N_("Polygon in WGS-84 degrees, as well-known binary."),
            required=True,
        ),
        Column("origin", Kind.TEXT, N_("Origin"), N_("imported, hull or generated."), required=True),
    ),
    key=("region_id",),
)
