"""JSON files: outlines of regions, lists of records, and a record per line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS
from core.exchange.readers.outlines.features import sheet_of
from core.exchange.readers.outlines.geojson import declared_system, geojson_features, is_geojson
from core.exchange.readers.outlines.topojson import is_topojson, topojson_features
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.sheet import read_grid
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.reading import SheetReading

MAX_BYTES = 512 << 20
"""Objects take some ten times as much memory as their text [I]."""


def read_json(data: bytes, file: str, options: ReadOptions) -> list[SheetReading]:
    """Read a JSON file: its outlines, else its records.

    Raises
    ------
    ImportRefusedError
        It is too large, is no JSON, or holds neither.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefusedError(
            _("The file {file} is too large for JSON.", file=file), _("Save it as CSV, or in several parts.")
        )
    content = _content(data, file)
    name = PurePosixPath(file).stem
    if is_geojson(content):
        return [sheet_of(file, name, geojson_features(content), declared_system(content, file))]
    if is_topojson(content):
        return [sheet_of(file, part, found) for part, found in topojson_features(content).items()]
    tables = _tables(content, name)
    if not tables:
        raise ImportRefusedError(
            _("The file {file} holds no table and no outlines.", file=file),
            _("Read are lists of records, a record per line, GeoJSON and TopoJSON."),
        )
    return [sheet for part, rows in tables.items() for sheet in read_grid(grid_of(rows), file, part, options)]


def _content(data: bytes, file: str) -> Any:  # noqa: ANN401 - what JSON may hold
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        return json.loads(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            records = [json.loads(line) for line in lines]
        except ValueError:
            raise ImportRefusedError(
                _("The file {file} is no JSON: {reason}", file=file, reason=error), _("Export it again.")
            ) from error
        if records and all(is_geojson(record) for record in records):
            return {"type": "FeatureCollection", "features": records}
        return records


def _tables(content: object, name: str) -> dict[str, list[list[object]]]:
    """Return the lists of records: the content itself, or those one level down by their names."""
    if _is_records(content):
        return {name: _rows(content)}  # type: ignore[arg-type]
    if isinstance(content, Mapping):
        return {str(key): _rows(value) for key, value in content.items() if _is_records(value)}
    return {}


def _is_records(value: object) -> bool:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return False
    return all(isinstance(record, Mapping) for record in value) or all(
        isinstance(record, Sequence) and not isinstance(record, str) for record in value
    )


def _rows(records: Sequence[Any]) -> list[list[object]]:
    if not isinstance(records[0], Mapping):
        return [[_cell(value) for value in record] for record in records]
    flat = [_flat(record) for record in records]
    headers = list(dict.fromkeys(key for record in flat for key in record))
    if len(headers) > LIMITS.columns:
        # Each record would get a cell for each of them.
        raise ImportRefusedError(
            _("The records have {count} different names.", count=len(headers)),
            _("At most {most} are read. Delete those that are not needed.", most=LIMITS.columns),
        )
    return [list(headers), *([record.get(header) for header in headers] for record in flat)]


def _flat(record: Mapping[str, Any], before: str = "") -> dict[str, object]:
    cells: dict[str, object] = {}
    for key, value in record.items():
        cells |= (
            _flat(value, f"{before}{key}.")
            if isinstance(value, Mapping)
            else {f"{before}{key}": _cell(value)}
        )
    return cells


def _cell(value: object) -> object:
    if isinstance(value, bool) or value is None or isinstance(value, (str, float)):
        return value
    if isinstance(value, int):
        # Whole numbers are floats in a workbook; one that a float can't hold is a code.
        return float(value) if abs(value) < 1 << 53 else str(value)
    return json.dumps(value, ensure_ascii=False)
