"""The table of terminals, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.geo.cells import quadkey
from core.geo.coordinates import wgs84_to_gcj02
from core.sample import arrow
from core.sample.geography import names
from core.sample.sales import CHUNK
from core.sample.terminals import GRADES, OUTLET_TYPES, STATUSES, TYPE_AREA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.geography.settlements import Settlements
    from core.sample.request import SampleRequest
    from core.sample.staff import Dealers, Staff
    from core.sample.terminals import Terminals

_STREETS = ("人民路", "解放路", "中心街", "滨河路", "东街", "西街", "建设路", "新华路", "市场路", "学府路")
_CRS = ("WGS-84", "GCJ-02")


def shop_pieces(
    request: SampleRequest,
    province: Province,
    settlements: Settlements,
    terminals: Terminals,
    staff: Staff,
    dealers: Dealers,
) -> Iterator[pa.Table]:
    """Yield the rows of terminal in the order of their cells."""
    region_words = province.county_ids
    towns = _towns(province, settlements)
    for start in range(0, len(terminals), CHUNK):
        random = request.stream("shops", start)
        part = slice(start, min(start + CHUNK, len(terminals)))
        settlement = terminals.settlement[part]
        county = settlements.county[settlement]
        kind = terminals.outlet_type[part]
        lat, lon = terminals.lat[part], terminals.lon[part]
        raw_lat, raw_lon = _surveyed(lat, lon, terminals.crs_gcj[part])
        count = len(settlement)
        cell = quadkey(lat, lon)
        columns = {
            "terminal_id": arrow.ids("T", np.arange(start + 1, start + count + 1), 8),
            "name": _shop_names(random, settlements, settlement, kind),
            "region_id": arrow.coded(np.where(terminals.has_region[part], county, -1), region_words),
            "dealer_id": _named("D", dealers.of_terminal[part], 5),
            "employee_id": _named("E", staff.rep_of_terminal[part], 6),
            "outlet_type": arrow.coded(kind, OUTLET_TYPES),
            "grade": arrow.coded(terminals.grade[part], GRADES),
            "status": arrow.coded(terminals.status[part], STATUSES),
            "lat": arrow.numbers(raw_lat),
            "lon": arrow.numbers(raw_lon),
            "crs": arrow.coded(terminals.crs_gcj[part].astype(np.int8), _CRS),
            "area_m2": np.round(TYPE_AREA[kind] * random.lognormal(0.0, 0.3, count)),
            "lat_wgs84": arrow.numbers(lat),
            "lon_wgs84": arrow.numbers(lon),
            "cell": pa.array(cell, mask=cell < 0),
        }
        if not request.is_large:
            columns["address"] = _addresses(random, towns, settlement)
        yield pa.table(columns)


def _named(letter: str, numbers: NDArray[np.int32], width: int) -> pa.Array:
    values = arrow.ids(letter, numbers.astype(np.int64), width)
    return pc.if_else(pa.array(numbers > 0), values, pa.scalar(None, values.type))


def _surveyed(
    lat: NDArray[np.float64], lon: NDArray[np.float64], is_gcj: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lat, lon = lat.copy(), lon.copy()
    lat[is_gcj], lon[is_gcj] = wgs84_to_gcj02(lat[is_gcj], lon[is_gcj])
    return lat, lon


def _towns(province: Province, settlements: Settlements) -> pa.Array:
    city, county = province.city_names, province.county_names
    return pa.array(
        [
            f"{city[province.city[c]][0]}{county[c][0]}{name}镇"
            for c, name in zip(settlements.county, settlements.names, strict=True)
        ]
    )


def _shop_names(
    random: np.random.Generator,
    settlements: Settlements,
    settlement: NDArray[np.int16],
    kind: NDArray[np.int8],
) -> pa.Array:
    word = arrow.coded(random.integers(0, len(names.SHOP_WORDS), len(kind)), names.SHOP_WORDS)
    kinds = arrow.coded(kind, [f"{name}（" for name in OUTLET_TYPES])
    towns = pa.array([f"{name}店）" for name in settlements.names]).take(pa.array(settlement))
    return pc.binary_join_element_wise(word.cast(pa.string()), kinds.cast(pa.string()), towns, "")


def _addresses(random: np.random.Generator, towns: pa.Array, settlement: NDArray[np.int16]) -> pa.Array:
    street = arrow.coded(random.integers(0, len(_STREETS), len(settlement)), _STREETS).cast(pa.string())
    number = pa.array(random.integers(1, 300, len(settlement))).cast(pa.string())
    return pc.binary_join_element_wise(towns.take(pa.array(settlement)), street, number, "号", "")
