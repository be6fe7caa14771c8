"""Zones to be parted into territories: a GeoJSON file with a weight, and a CSV file of neighbours."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from core.errors import ImportRefusedError, InputError, nearest
from core.exchange.canonical.delimited import encoding_refusal, header
from core.exchange.features import area_of, read_features, region_id_of
from core.i18n import _, ngettext
from core.sandbox import read_apart
from core.territories import Units
from core.territories.adjacency import border_pairs
from core.territories.units import name_some

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Zones:
    """The zones of a file.

    Parameters
    ----------
    ids
        In the order of the file.
    shapes
        Polygons, or points.
    weight
        Of each zone.
    """

    ids: tuple[str, ...]
    shapes: tuple[shapely.Geometry, ...]
    weight: NDArray[np.float64]

    def units(self, measure: str, pairs: NDArray[np.int64] | None = None) -> Units:
        """Return the zones as units at their centroids, balanced by their weight.

        Parameters
        ----------
        measure
            Name of the weight.
        pairs
            Neighbours as positions; None for the polygons with a common border.

        Raises
        ------
        InputError
            Neighbours can't be derived from points.
        """
        if pairs is None:
            points = [unit for unit, place in zip(self.ids, self.shapes, strict=True) if not place.area > 0]
            if points:
                raise InputError(
                    _("Some zones are no polygons, so that borders don't tell neighbours: {ids}.",
                      ids=name_some(points)),
                    _("Give a file of neighbours with --adjacent."),
                )  # fmt: skip
            pairs = border_pairs(self.shapes)
        middle = shapely.get_coordinates(shapely.centroid(list(self.shapes)))
        return Units(self.ids, middle[:, 1], middle[:, 0], self.weight, {measure: self.weight}, pairs)


def read_zones(path: Path, weight: str) -> Zones:
    """Read zones with ``region_id``, a place and a weight.

    Parameters
    ----------
    path
        A GeoJSON file in WGS-84 degrees.
    weight
        The property that holds the weight.

    Raises
    ------
    ImportRefusedError
        The file is no GeoJSON, or zones lack an id, a place or a weight; all of them are named.
    """
    return read_apart(path.name, zones_in, path.absolute(), weight)


def zones_in(path: Path, weight: str) -> Zones:
    """Read zones in this process; see :func:`read_zones`."""
    features = read_features(path)
    _refuse_unknown(path, weight, features)
    faults: list[str] = []
    ids, shapes, weights = [], [], []
    for number, feature in enumerate(features, 1):
        region_id, place = region_id_of(feature), _place(feature)
        amount = _number((feature.get("properties") or {}).get(weight))
        said = region_id or _("feature {number}", number=number)
        if region_id is None:
            faults.append(_("Feature {number} has no region_id.", number=number))
        if place is None:
            faults.append(_("{zone} has no polygon in degrees.", zone=said))
        if amount is None:
            found = (feature.get("properties") or {}).get(weight)
            faults.append(_("{zone}: {weight} must be a number, found {value}.",
                            zone=said, weight=weight, value=found))  # fmt: skip
        ids.append(region_id or "")
        shapes.append(place)
        weights.append(math.nan if amount is None else amount)
    if faults:
        raise refusal(path, faults, _("Give what is missing, or leave these zones out; nothing was written."))
    return Zones(tuple(ids), tuple(shapes), np.array(weights))


def read_pairs(path: Path, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Read pairs of neighbours from the first two columns of a CSV file with a header.

    Parameters
    ----------
    path
        UTF-8, columns a and b.
    ids
        The units.

    Returns
    -------
    numpy.ndarray
        Pairs of positions, shape (n_pairs, 2).

    Raises
    ------
    ImportRefusedError
        The file is no such table, or names units that aren't there; all of them are named.
    """
    return read_apart(path.name, pairs_in, path.absolute(), ids)


def pairs_in(path: Path, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Read pairs in this process; see :func:`read_pairs`."""
    names, delimiter = head(path)
    if len(names) < 2:
        raise ImportRefusedError(
            _("The file {file} has no two columns of neighbours.", file=path.name),
            _("It needs a header and one pair of ids per line, such as “a,b”."),
        )
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(*encoding_refusal(path)) from error
    place = {unit: n for n, unit in enumerate(ids)}
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    # A first line that is itself a pair is no header.
    first = 0 if all(name in place for name in names[:2]) else 1
    pairs: list[tuple[int, int]] = []
    faults: list[str] = []
    for line, row in enumerate(rows[first:], first + 1):
        cells = [cell.strip() for cell in row[:2]]
        if not any(cells):
            continue
        unknown = [cell for cell in cells if cell not in place]
        if unknown or len(cells) < 2:
            close = nearest(unknown[0], ids) if unknown and len(faults) < 5 else None
            faults.append(
                _("Line {line}: there is no unit “{unit}”.", line=line, unit=unknown[0] if unknown else "")
                + (f" ({close}?)" if close else "")
            )
            continue
        pairs.append((place[cells[0]], place[cells[1]]))
    if faults:
        raise refusal(
            path, faults, _("Name units that are there, or leave these lines out; nothing was written.")
        )
    return np.array(pairs, np.int64).reshape(-1, 2)


def head(path: Path) -> tuple[list[str], str]:
    """Return the column names of a CSV file and its separator; a file that can't be read is refused."""
    try:
        return header(path)
    except OSError as error:
        raise ImportRefusedError(_("The file {file} can't be read: {reason}.", file=path,
                                   reason=error.strerror or error)) from error  # fmt: skip


def _refuse_unknown(path: Path, weight: str, features: list[dict[str, Any]]) -> None:
    """Refuse a file without zones, or one in which no zone has the weight."""
    if not features:
        raise ImportRefusedError(_("The file {file} has no zone.", file=path.name))
    names = {name for feature in features for name in (feature.get("properties") or {})}
    if weight not in names:
        close = nearest(weight, names)
        raise ImportRefusedError(
            _("No zone of {file} has “{name}”.", file=path.name, name=weight),
            _("Choose one of {keys}.", keys=", ".join(sorted(names))) + (f" ({close}?)" if close else ""),
        )


def _place(feature: dict[str, Any]) -> shapely.Geometry | None:
    """Return the polygon of a feature, or its point."""
    area = area_of(feature)[0]
    if area is not None:
        return area
    try:
        place = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None
    fits = place.geom_type == "Point" and not place.is_empty and abs(place.x) <= 180 and abs(place.y) <= 90
    return place if fits else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def refusal(path: Path, faults: list[str], hint: str) -> ImportRefusedError:
    """Return the error that names the first faults of a file and counts the others."""
    more = len(faults) - 5
    listed = [*faults[:5], *([ngettext("{n} more.", "{n} more.", more)] if more > 0 else [])]
    return ImportRefusedError("\n".join([_("{file} can't be used:", file=path.name), *listed]), hint)
