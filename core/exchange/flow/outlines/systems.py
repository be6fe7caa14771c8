"""The coordinate system of outlines: by the shops that lie in them, and by who publishes such files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely

from core.exchange.columns.results import Question
from core.exchange.flow.rows.shaping import landed_words
from core.exchange.matching.coordinates import SWAPPED, SystemFinding, propose_system
from core.geo.coordinates import SYSTEMS, convert
from core.geo.mercator import is_mercator, to_degrees
from core.i18n import N_, _

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from core.exchange.matching.regions import RegionNames
    from core.exchange.readers.reading import SheetReading

METRES = "metres"
_MOST_SHOPS = 20_000
_PUBLISHERS = (
    (
        frozenset(("adcode", "acroutes")),
        "GCJ-02",
        N_("Files with adcode and acroutes are made by Amap's services, which use GCJ-02."),
    ),
    (
        frozenset(("adcode", "childrenNum")),
        "GCJ-02",
        N_("Files with adcode and childrenNum are made by Amap's services, which use GCJ-02."),
    ),
    (frozenset(("adcode", "center")), "GCJ-02", N_("Amap's services give adcode and center, in GCJ-02.")),
    (frozenset(("gb",)), "WGS-84", N_("The national map service numbers regions as gb and uses CGCS2000.")),
)
"""Columns that tell who made a file, its coordinate system, and why [I]."""


class Located(Protocol):
    """What is known of shops and of the tree of regions."""

    @property
    def shops(self) -> pd.DataFrame:
        """region_id, lat, lon (WGS-84 degrees)."""

    @property
    def regions(self) -> RegionNames:
        """All regions."""


@dataclass(frozen=True)
class OutlineSystem:
    """What speaks for which coordinate system.

    Parameters
    ----------
    choices
        Systems that the numbers allow; none where they are neither degrees nor metres of Web Mercator.
    proposed
        The likeliest; None where nothing speaks for one.
    evidence
        Why, in the language of the user.
    """

    choices: tuple[str, ...]
    proposed: str | None
    evidence: str

    @property
    def question(self) -> Question:
        """What the user confirms."""
        return Question("crs", "outline", self.choices, self.proposed, (), {"evidence": self.evidence})


def detect_outline_system(
    outlines: Mapping[str, shapely.Geometry], sheet: SheetReading, known: Located
) -> OutlineSystem:
    """Find the coordinate system of outlines.

    Parameters
    ----------
    outlines
        Region -> polygons in the coordinates of the file.
    sheet
        The file: its columns, and the system it declares.
    """
    form = _form(list(outlines.values()))
    if form is None:
        return OutlineSystem((), None, "")
    choices = tuple(f"{system} {form}".strip() for system in SYSTEMS)
    found = _by_shops(outlines, form, known)
    if found is not None and found.proposed:
        return OutlineSystem(choices, f"{found.proposed} {form}".strip(), landed_words(found))
    columns = set(map(str, sheet.table.columns))
    for named, system, why in _PUBLISHERS:
        if named <= columns:
            return OutlineSystem(choices, f"{system} {form}".strip(), _(why))
    if sheet.system:
        said = _("The file itself says {system}.", system=sheet.system)
        return OutlineSystem(choices, f"{sheet.system.split()[0]} {form}".strip(), said)
    return OutlineSystem(choices, None, _("Neither the file nor shops on its borders say which."))


def to_wgs84(outline: shapely.Geometry, system: str) -> bytes:
    """Return polygons as WKB in WGS-84 degrees, outer rings counter-clockwise (RFC 7946).

    Parameters
    ----------
    system
        One of :data:`core.geo.coordinates.SYSTEMS`, behind a blank what its numbers are: metres of Web
        Mercator, or latitude before longitude.
    """
    name, _blank, form = system.partition(" ")

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lat, lon = convert(*_degrees(points, form), name, "WGS-84")
        return np.column_stack([lon, lat])

    shape = shapely.transform(outline, moved)
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    areas = [part for part in shapely.get_parts(valid) if part.geom_type in {"Polygon", "MultiPolygon"}]
    whole = valid if valid.geom_type in {"Polygon", "MultiPolygon"} else shapely.union_all(areas)
    return bytes(shapely.to_wkb(shapely.orient_polygons(whole)))


def _degrees(points: NDArray[np.float64], form: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitudes and longitudes of points as they stand in the file."""
    first, second = points[:, 0], points[:, 1]
    if form == METRES:
        return to_degrees(first, second)
    return (first, second) if form == SWAPPED else (second, first)


def _form(shapes: list[shapely.Geometry]) -> str | None:
    """Return what the numbers are: degrees (empty), exchanged degrees, metres, or None for none of them."""
    if not shapes:
        return ""
    west, south, east, north = shapely.total_bounds(shapes)
    if is_mercator([west, east], [south, north]):
        return METRES
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return ""
    return SWAPPED if west >= -90 and east <= 90 and south >= -180 and north <= 180 else None


def _by_shops(outlines: Mapping[str, shapely.Geometry], form: str, known: Located) -> SystemFinding | None:
    """Try each system on shops whose place is known: it has to bring them into their region's outline."""
    if form == METRES:
        return None
    shops = known.shops.head(_MOST_SHOPS)
    home = {
        region: next((step for step in known.regions.path(region) if step in outlines), None)
        for region in shops["region_id"].unique()
    }
    own = shops["region_id"].map(home)
    shops = shops[own.notna()].assign(outline=own)
    if shops.empty:
        return None
    landed: dict[str, NDArray[np.bool_]] = {}
    for system in SYSTEMS:
        lat, lon = convert(shops["lat"].to_numpy(), shops["lon"].to_numpy(), "WGS-84", system)
        inside = np.zeros(len(shops), dtype=bool)
        for region, at in shops.groupby("outline").indices.items():
            shape = outlines[str(region)]
            shapely.prepare(shape)
            x, y = (lat[at], lon[at]) if form == SWAPPED else (lon[at], lat[at])
            inside[at] = shapely.intersects_xy(shape, x, y)
        landed[system] = inside
    return propose_system(landed, len(shops))
