"""Outlines in shapefiles: .shp with its .dbf beside it, the projection in .prj, the encoding in .cpg."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from core.errors import ImportRefusedError
from core.exchange.readers.outlines.features import Feature, sheet_of
from core.exchange.readers.outlines.geojson import METRES, WGS84
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.readers.reading import SheetReading

SHAPEFILE_MARK = bytes.fromhex("0000270a")
PARTS = frozenset((".shp", ".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qix", ".fix"))
"""What belongs to a shapefile; .xml beside them tells about it."""
_DEGREES = re.compile(r'^GEOGCS\["(?:GCS_)?(?:WGS|CGCS|China_Geodetic)[^"]*(?:84|2000)"', re.IGNORECASE)
_METRES = re.compile(
    r'^PROJCS\["[^"]*(?:Web_?Mercator|Pseudo-?Mercator|Popular Visualisation)', re.IGNORECASE
)


Parts = Mapping[str, Path | bytes]
"""Ending -> part of a shapefile."""


def parts_beside(path: Path) -> Parts:
    """Return the parts of a shapefile in a folder."""
    own = path.stem.lower()
    return {p.suffix.lower(): p for p in path.parent.iterdir() if p.stem.lower() == own}


def parts_among(name: str, members: Sequence[tuple[str, Path]]) -> Parts:
    """Return the parts of a shapefile of an archive."""
    own = _stem(name)
    return {PurePosixPath(other).suffix.lower(): path for other, path in members if _stem(other) == own}


def is_part(name: str, names: Sequence[str]) -> bool:
    """Tell whether a file of an archive only accompanies a shapefile in it."""
    ending = PurePosixPath(name).suffix.lower()
    shapefiles = {_stem(other) for other in names if other.lower().endswith(".shp")}
    if ending == ".xml":
        return _stem(name).removesuffix(".shp") in shapefiles
    return ending != ".shp" and ending in PARTS and _stem(name) in shapefiles


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).lower()


def read_shapefile(parts: Parts, file: str) -> SheetReading:
    """Return the outlines of a shapefile.

    Raises
    ------
    ImportRefusedError
        The table beside it is missing, a part is damaged, or its projection is none that is read.
    """
    import shapefile

    if ".dbf" not in parts:
        raise ImportRefusedError(
            _("{file} comes without its .dbf, which holds names and codes.", file=file),
            _("Put .shp, .shx, .dbf and .prj into one ZIP file."),
        )
    system = _system(parts, file)
    shp, dbf = io.BytesIO(_bytes(parts[".shp"])), io.BytesIO(_bytes(parts[".dbf"]))
    try:
        with shapefile.Reader(shp=shp, dbf=dbf, encoding=_encoding(parts)) as reader:
            features = [Feature(row.record.as_dict(), _shape(row.shape)) for row in reader.iterShapeRecords()]
    except (shapefile.ShapefileException, struct.error, OSError, ValueError, IndexError, KeyError) as error:
        raise ImportRefusedError(
            _("{file} is damaged: {reason}", file=file, reason=error), _("Export it again.")
        ) from error
    return sheet_of(file, PurePosixPath(file).stem, features, system)


def _bytes(part: Path | bytes) -> bytes:
    return part.read_bytes() if isinstance(part, Path) else part


def _shape(found: Any) -> shapely.Geometry | None:  # noqa: ANN401 - the library's shape
    try:
        return shape(found.__geo_interface__)
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None


def _encoding(parts: Parts) -> str:
    """Return the encoding of the table: as .cpg says, else UTF-8 if all of it is, else Chinese."""
    if ".cpg" in parts:
        said = _bytes(parts[".cpg"]).decode("ascii", "replace").strip().lower()
        if said in {"936", "cp936", "gbk", "gb2312", "gb18030", "ansi 936"}:
            return "gb18030"
        if said in {"utf-8", "utf8", "65001"}:
            return "utf-8"
    try:
        _bytes(parts[".dbf"])[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _system(parts: Parts, file: str) -> str:
    if ".prj" not in parts:
        return ""
    text = _bytes(parts[".prj"]).decode("utf-8", "replace").strip()
    if _DEGREES.match(text):
        return WGS84
    if _METRES.match(text):
        return METRES
    if text.startswith("GEOGCS"):
        # Degrees on an older datum (Xian 1980, Beijing 1954) lie some ten metres beside WGS-84.
        return ""
    named = re.match(r'\w+\["([^"]*)', text)
    raise ImportRefusedError(
        _("{file} is in the coordinate system {system}.", file=file, system=named[1] if named else text[:40]),
        _("Read are degrees and Web Mercator. Save it in WGS 84 (EPSG:4326), for example with QGIS."),
    )
