"""Turn the Iowa liquor sales into files the canonical import takes: real data for tests and benchmarks.

    python benchmarks/iowa.py SOURCE TARGET [--products]

SOURCE holds the published tables (see their README), TARGET gets one file per table:

==================  =====================================================================================
region              the state as root ``IA`` (province) and its 99 counties; population of the last year
                    known, area in km²
region_factor       purchasing_power: personal income per head, US$ a year
company             the vendors; Diageo (260) is us, the unknown vendor (000) an aggregate
product             the products with category, vendor and bottles per case
terminal            the licensed shops; one has no county, 46 have no coordinates
terminal_sales      amount and bottles per month, shop and vendor: 3,164,144 rows
boundaries.geojson  the counties' polygons
products/           with --products: terminal_sales of the last 24 months by product, 3,851,886 rows
==================  =====================================================================================

Amounts are US$: import with ``--currency USD``. Nothing is left out or repaired: returns below zero, the shop
without a county and those without coordinates are what an import has to cope with.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

OWN_COMPANY = "260"
UNKNOWN_VENDOR = "000"
ROOT = "IA"
KM2_PER_SQUARE_MILE = 2.589988110336
MONEY = pa.decimal128(18, 2)


def convert(source: Path, target: Path, *, products: bool = False) -> list[Path]:
    """Write the canonical files and return their paths, in an order an import can take them.

    Parameters
    ----------
    source
        Folder of the published tables.
    target
        Folder for the canonical files; made when it does not exist.
    products
        Also write the sales by product.
    """
    target.mkdir(parents=True, exist_ok=True)
    tables = {
        "region": regions(source),
        "region_factor": factors(source),
        "company": companies(source),
        "product": goods(source),
        "terminal": terminals(source),
        "terminal_sales": sales(source),
    }
    paths = []
    for name, table in tables.items():
        paths.append(target / f"{name}.parquet")
        pq.write_table(table, paths[-1])
    paths.append(target / "boundaries.geojson")
    shutil.copyfile(source / "iowa_counties_20m.geojson", paths[-1])
    if products:
        (target / "products").mkdir(exist_ok=True)
        paths.append(target / "products" / "terminal_sales.parquet")
        pq.write_table(product_sales(source), paths[-1])
    return paths


def regions(source: Path) -> pa.Table:
    """Return the state and its counties."""
    counties = pq.read_table(source / "regions.parquet")
    people = pq.read_table(source / "region_demographics.parquet")
    latest = people.filter(pc.equal(people["year"], pc.max(people["year"])))
    population = dict(zip(latest["region_id"].to_pylist(), latest["population"].to_pylist(), strict=True))
    ids = counties["region_id"].to_pylist()
    known = [population.get(region_id) for region_id in ids]
    area = pc.multiply(counties["area_sqmi"], KM2_PER_SQUARE_MILE)
    return pa.table(
        {
            "region_id": [ROOT, *ids],
            "parent_id": [None, *[ROOT] * len(ids)],
            "level": ["province", *["county"] * len(ids)],
            "name": ["Iowa", *counties["name"].to_pylist()],
            "lat": [None, *counties["lat"].to_pylist()],
            "lon": [None, *counties["lon"].to_pylist()],
            "area_km2": [pc.sum(area).as_py(), *area.to_pylist()],
            "population": pa.array([sum(filter(None, known)), *known], pa.float64()),
        }
    )


def factors(source: Path) -> pa.Table:
    """Return personal income per head of every year as purchasing power."""
    people = pq.read_table(source / "region_demographics.parquet")
    months = pc.strptime(pc.cast(people["year"], pa.string()), format="%Y", unit="s")
    return pa.table(
        {
            "region_id": people["region_id"],
            "month": pc.cast(months, pa.date32()),
            "factor": ["purchasing_power"] * people.num_rows,
            "value": pc.cast(people["income_per_capita_usd"], pa.float64()),
        }
    )


def companies(source: Path) -> pa.Table:
    """Return the vendors."""
    vendors = pq.read_table(source / "vendors.parquet")
    return pa.table(
        {
            "company_id": vendors["vendor_id"],
            "name": vendors["name"],
            "is_self": pc.equal(vendors["vendor_id"], OWN_COMPANY),
            "is_aggregate": pc.equal(vendors["vendor_id"], UNKNOWN_VENDOR),
        }
    )


def goods(source: Path) -> pa.Table:
    """Return the products."""
    products = pq.read_table(source / "products.parquet")
    return pa.table(
        {
            "product_id": products["product_id"],
            "name": products["name"],
            "category": products["category"],
            "company_id": products["vendor_id"],
            "uom": ["bottle"] * products.num_rows,
            "units_per_case": pc.cast(products["pack"], pa.float64()),
        }
    )


def terminals(source: Path) -> pa.Table:
    """Return the shops; a licence that is inactive is a closed shop."""
    outlets = pq.read_table(source / "outlets.parquet")
    status = pc.if_else(pc.equal(outlets["status"], "I"), "closed", "listed")
    return pa.table(
        {
            "terminal_id": pc.cast(outlets["outlet_id"], pa.string()),
            "name": outlets["name"],
            "region_id": outlets["region_id"],
            "status": pc.if_else(pc.is_valid(outlets["status"]), status, None),
            "address": pc.binary_join_element_wise(
                outlets["address"], outlets["city"], outlets["zip"], ", ", null_handling="skip"
            ),
            "lat": outlets["lat"],
            "lon": outlets["lon"],
            "crs": ["WGS-84"] * outlets.num_rows,
        }
    )


def sales(source: Path) -> pa.Table:
    """Return the sales by month, shop and vendor."""
    facts = pq.read_table(source / "sales_monthly.parquet")
    return pa.table(
        {
            "month": facts["month"],
            "terminal_id": pc.cast(facts["outlet_id"], pa.string()),
            "company_id": facts["vendor_id"],
            "amount": pc.cast(facts["amount"], MONEY),
            "quantity": pc.cast(facts["quantity"], pa.float64()),
        }
    )


def product_sales(source: Path) -> pa.Table:
    """Return the sales by month, shop and product, with the product's vendor as company."""
    facts = pq.read_table(source / "sales_product_monthly_24m.parquet")
    products = pq.read_table(source / "products.parquet", columns=["product_id", "vendor_id"])
    position = pc.index_in(facts["product_id"], value_set=products["product_id"])
    return pa.table(
        {
            "month": facts["month"],
            "terminal_id": pc.cast(facts["outlet_id"], pa.string()),
            "company_id": pc.take(products["vendor_id"], position),
            "product_id": facts["product_id"],
            "amount": pc.cast(facts["amount"], MONEY),
            "quantity": pc.cast(facts["quantity"], pa.float64()),
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--products", action="store_true")
    options = parser.parse_args()
    for path in convert(options.source, options.target, products=options.products):
        print(path)


if __name__ == "__main__":
    main()
