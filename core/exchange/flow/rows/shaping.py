"""What a sheet as a whole needs: IDs of its rows, exchanged coordinates, quantities in their own unit."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.columns.parsing.packs import pack_factors
from core.exchange.columns.parsing.units import UNITS
from core.exchange.columns.results import Question
from core.exchange.columns.wording import choice_label
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.matching.coordinates import (
    FORM,
    SWAPPED,
    SystemFinding,
    detect_system,
    form_of,
    in_degrees,
    named_system,
)
from core.exchange.matching.keys import name_keys, script_keys
from core.geo.coordinates import SYSTEMS
from core.i18n import _, format_percent
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.exchange.columns.mapping import Mapping
    from core.exchange.flow.knowledge import Known

_DIGITS = 12
_LOCATED = ("dealer", "terminal")
"""Tables whose points carry their coordinate system."""
PIECES = {"case": True, "piece": False}
"""What 件 may mean -> whether it is a case."""
_EXAMPLE = 10
"""Of a product that the sheet itself doesn't name so many are shown."""


def identified(values: pd.DataFrame, mapping: Mapping, known: Known) -> pd.DataFrame:
    """Give IDs to the rows of a sheet that has none, in the way the user chose.

    By name: the ID of the one known row of that name, else the name itself becomes the ID. By row: the
    first 48 bits of the SHA-256 of its values, so that the same row gets the same ID again.
    """
    key = BY_NAME[mapping.table].key[0]
    ids: list[str | None]
    way = mapping.decisions.get("identifier")
    if way not in {"by_name", "by_row"} or key in values or (way == "by_name" and "name" not in values):
        return values
    if way == "by_row":
        texts = values.astype(object).apply(
            lambda row: "\x1f".join("" if v is None else str(v) for v in row), 1
        )
        ids = [hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] for text in texts]
        return values.assign(**{key: pd.Series(ids, index=values.index, dtype=object)})
    found = known.names(mapping.table)
    owners: dict[str, set[str]] = {}
    for form, own in zip(script_keys(name_keys([*found["name"]])), found["id"], strict=True):
        owners.setdefault(form, set()).add(own)
    names = [name if isinstance(name, str) else "" for name in values["name"]]
    forms = script_keys(name_keys(names))
    ids = []
    for name, form in zip(names, forms, strict=True):
        alike = owners.get(form, set())
        # Several of one name: which is meant can't be told, so the row has no ID and is set aside.
        ids.append((next(iter(alike)) if len(alike) == 1 else None if alike else name) or None)
    return values.assign(**{key: pd.Series(ids, index=values.index, dtype=object)})


def turned(values: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Return coordinates as degrees in their places: exchanged, metres or millionths as the user said."""
    if not {"lat", "lon"} <= set(values):
        return values
    if mapping.decisions.get(SWAPPED) == "yes":
        values = values.assign(lat=values["lon"], lon=values["lat"])
    form = mapping.decisions.get(FORM, "")
    if not form:
        return values
    lat, lon = in_degrees(*_numbers(values), form)
    places = {"lat": lat, "lon": lon}
    return values.assign(
        **{
            name: pd.Series([None if np.isnan(v) else round(v, 7) for v in at], values.index, dtype=object)
            for name, at in places.items()
        }
    )


def _numbers(values: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return values["lat"].to_numpy(np.float64, na_value=np.nan), values["lon"].to_numpy(
        np.float64, na_value=np.nan
    )


def system_question(values: pd.DataFrame, mapping: Mapping, known: Known) -> tuple[Question, ...]:
    """Ask for the coordinate system of points that don't say theirs, and for what their numbers are.

    Shops near borders count most for a proposal, then the maker of the coordinates in their header.
    """
    if mapping.table not in _LOCATED or not {"lat", "lon"} <= set(values) or "crs" in values:
        return ()
    lat, lon = _numbers(values)
    if np.isnan(lat).all() and np.isnan(lon).all():
        return ()
    form = form_of(lat, lon)
    lat, lon = in_degrees(lat, lon, form)
    points = pd.DataFrame({"lat": lat, "lon": lon, "region_id": values.get("region_id")}, values.index)
    finding = detect_system(points, known.boundaries)
    ends = ("", f" {SWAPPED}") if not form else (f" {form}",)
    choices = tuple(f"{system}{end}" for end in ends for system in SYSTEMS)
    header = source.header if (source := mapping.source("lon")) is not None else ""
    said, evidence = named_system(header), landed_words(finding)
    if finding.proposed is None and said is not None:
        evidence = _("“{header}” says {system}.", header=header, system=said)
    swapped = f" {SWAPPED}" if finding.swapped and not form else f" {form}" if form else ""
    likely = finding.proposed or said
    proposed = f"{likely}{swapped}" if likely else None
    return (Question("crs", "crs", choices, proposed, (), {"evidence": evidence}),)


def landed_words(finding: SystemFinding) -> str:
    """Return how many points each system lands in their region, in the current language."""
    shares = []
    for name, count in finding.inside.items():
        if count:
            share = format_percent(count / finding.points)
            label = choice_label("crs", name)
            shares.append(_("{system}: {share} inside their region", system=label, share=share))
    return "; ".join(shares) if shares else _("No point has a region with a boundary.")


def counted(
    sheet: str, values: pd.DataFrame, mapping: Mapping, known: Known
) -> tuple[pd.DataFrame, tuple[Flaw, ...]]:
    """Turn quantities into the unit each product is counted in.

    Returns
    -------
    pandas.DataFrame
        The values; a quantity that can't be turned is missing, and so is one of no product.
    tuple of Flaw
        Those quantities.
    """
    source = mapping.source("quantity")
    if source is None or source.unit is None or "quantity" not in values:
        return values, ()
    if "product_id" not in values:
        oddity = Oddity("quantity_left_out", Level.WARNING, {"unit": source.unit})
        nothing = pd.Series(None, index=values.index, dtype=object)
        flaw = Flaw(sheet, mapping.table, "quantity", source.header, (), oddity)
        return values.assign(quantity=nothing), (flaw,)
    factors, disputed = _factors(mapping, known)
    products = values["product_id"]
    result: list[Decimal | None] = []
    lost: dict[str, list[int]] = {}
    unnamed: list[int] = []
    for position, (quantity, product) in enumerate(zip(values["quantity"], products, strict=True)):
        factor = factors.get(product)
        if quantity is not None and product is None:
            unnamed.append(position)
        elif quantity is not None and factor is None and product not in disputed:
            lost.setdefault(str(quantity), []).append(position)
        result.append(quantity * factor if quantity is not None and factor is not None else None)
    oddity = Oddity("pack_unknown", Level.ERROR, {"unit": source.unit})
    flaws = [Flaw(sheet, mapping.table, "quantity", value, tuple(at), oddity) for value, at in lost.items()]
    if unnamed:
        left_out = Oddity("quantity_left_out", Level.WARNING, {"unit": source.unit})
        flaws.append(Flaw(sheet, mapping.table, "quantity", source.header, tuple(unnamed), left_out))
    return values.assign(quantity=pd.Series(result, index=values.index, dtype=object)), tuple(flaws)


def piece_question(values: pd.DataFrame, mapping: Mapping, known: Known) -> tuple[Question, ...]:
    """Ask whether 件 is a case or a piece, where it makes a difference to a product of the sheet.

    What each answer would do is shown by a product whose pack is known, of the sheet or else of the store.
    """
    source = mapping.source("quantity")
    if source is None or source.unit is None or not {"quantity", "product_id"} <= set(values):
        return ()
    disputed = _factors(mapping, known)[1]
    rows = values[values["product_id"].isin(list(disputed)) & values["quantity"].notna()]
    if rows.empty:
        return ()
    context: dict[str, object] = {"label": source.header}
    shown = next(
        (own for own in [*rows["product_id"], *disputed] if None not in disputed[own].values()), None
    )
    if shown is not None:
        quantity = next(iter(rows.loc[rows["product_id"] == shown, "quantity"]), Decimal(_EXAMPLE))
        product = known.products.set_index("product_id").loc[shown]
        names = known.names("product").set_index("id")["name"]
        context |= {"quantity": quantity, "product": names[shown], "uom": product["uom"]}
        context |= {way: quantity * (factor or 0) for way, factor in disputed[shown].items()}
    return (Question("piece", "quantity", tuple(PIECES), None, (), context),)


def _factors(
    mapping: Mapping, known: Known
) -> tuple[dict[str, Decimal | None], dict[str, dict[str, Decimal | None]]]:
    """Return what the quantities of each product are multiplied by, and what 件 may be where it matters.

    With the answer nothing is disputed any more.
    """
    source = mapping.source("quantity")
    assert source is not None
    unit, answer = UNITS[source.unit or ""], source.decisions.get("piece", "")
    factors = pack_factors(unit, known.products, piece_is_case=PIECES.get(answer)).to_dict()
    if answer in PIECES:
        return factors, {}
    ways = {way: pack_factors(unit, known.products, piece_is_case=is_case) for way, is_case in PIECES.items()}
    return factors, {
        own: {way: found[own] for way, found in ways.items()}
        for own, factor in factors.items()
        if factor is None and any(found[own] is not None for found in ways.values())
    }
