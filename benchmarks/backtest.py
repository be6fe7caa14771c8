"""The forecast and a whole target plan on real data: the Iowa liquor sales, Diageo as the own company.

    python benchmarks/iowa.py SOURCE FILES --products
    python -m core import --store STORE FILES/*.parquet
    python -m core import --store STORE FILES/products/terminal_sales.parquet
    python benchmarks/backtest.py STORE
    python benchmarks/backtest.py DEMONSTRATION --season

season: for every December with a complete year before it, the months of the next year are shaped by the
seasonal index from the sales until then, by last year's same months, by the plain mean of all complete years
(a region without one: of all regions), and evenly; each is scaled to what was really sold in these months,
so that the shape alone is judged.
forecast: the last 12 months of every county are held back and forecast from the months before them, by
exponential smoothing and by last year's same months. plan: county x category x month is planned, edited,
exported, recalculated by LibreOffice, and read back with three changed cells. The store is copied first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.errors import InputError
from core.exchange.plans.ranges import FIRST_MONTH
from core.exchange.plans.reimport import Expected, read_back
from core.exchange.plans.workbook import write_workbook
from core.i18n import use_language
from core.periods import Period, shift
from core.reports.market.choices import choices
from core.reports.plans.basis import path_columns, plan_basis
from core.reports.plans.plan import draft_plan, save_draft
from core.reports.plans.request import PlanRequest
from core.reports.plans.season import seasons
from core.reports.plans.workbook_data import plan_book
from core.store.database import Store
from core.store.market import market
from core.store.plans import basis as targets
from core.store.plans import versions as plans
from core.store.plans.model import fingerprint
from core.targets.editing.grid_edit import CellAddress, set_lock
from core.targets.editing.pivot import pivot, type_cell, type_total
from core.targets.editing.redistribution import Keep
from core.targets.season.forecast import forecast
from core.targets.season.seasonality import mean_ratio, mean_ratios

COMPANY, LEVEL = "260", "county"
# Recalculates every formula when a workbook is opened, whatever its values are.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def recalculated(path: Path, folder: Path) -> Path:
    """Open a workbook in LibreOffice, recalculate it, and return what it saved."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS)
    target = folder / "recalculated"
    command = ["soffice", f"-env:UserInstallation=file://{profile.parent}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(target), str(path)],
        check=True, stdout=subprocess.DEVNULL, timeout=600,
    )  # fmt: skip
    return target / path.name


def season(store: Store) -> None:
    """Print the errors of the months of a year, of all sales and by region, for every way to shape it."""
    offered = choices(store)
    assert offered is not None
    request = PlanRequest(
        offered.own_company, offered.last_month.year + 1, offered.last_month, offered.default_level,
        owner="", unit="1",
    )  # fmt: skip
    paths = targets.region_paths(store, level=request.level, within=None, scope=request.scope)
    wide, _columns, _parents = path_columns(paths)
    rows = targets.sales(
        store, Period(offered.first_month, offered.last_month), company=request.own_company, markets=["all"],
        region_ids=list(wide.index), scope=request.scope,
    )  # fmt: skip
    rows = rows.assign(month=pd.to_datetime(rows["month"]), category="")
    months = rows.pivot_table(index="month", columns="region_id", values="amount", aggfunc="sum")
    decembers = [m for m in months.index if m.month == 12 and m - pd.DateOffset(months=11) in months.index]
    errors = [_season_errors(rows, months, wide, last) for last in decembers if last < months.index[-1]]
    table = pd.concat(errors).groupby(level=[0, 1])[["error", "sales"]].sum()
    shares = (table["error"] / table["sales"]).unstack()[["index", "last_year", "plain_mean", "even"]]
    print(f"season: {len(errors)} years tested, {len(wide)} regions; weighted absolute error of the months")
    print(shares.map(lambda share: f"{share:.1%}").to_string())


def _season_errors(
    rows: pd.DataFrame, months: pd.DataFrame, wide: pd.DataFrame, last: pd.Timestamp
) -> pd.DataFrame:
    """Return errors and sales by scope (whole, regions) and way, for the year after ``last``."""
    known = months[(months.index <= last) & (months.index > last - pd.DateOffset(months=60))]
    test = months[(months.index > last) & (months.index <= last + pd.DateOffset(months=12))]
    before = rows[rows["month"].isin(known.index)]
    usable = [r for r in months if test[r].notna().all() and known[r].iloc[-12:].notna().all()]
    test = test[[r for r in usable if test[r].sum() > 0 and known[r].iloc[-12:].sum() > 0]]
    number = test.index.month
    index = seasons(before, before, wide, int(number.size and test.index[0].year)).unstack().loc[""]
    plain, _years = mean_ratios(known.T, half_life=np.inf)
    plain = np.where(np.isfinite(plain), plain, mean_ratio(known.sum(axis=1), half_life=np.inf))
    shapes = {
        "index": index.loc[test.columns, number].to_numpy().T,
        "last_year": known[test.columns].iloc[-12:].to_numpy()[number - 1],
        "plain_mean": plain[known.columns.get_indexer(test.columns)].T[number - 1],
        "even": np.ones(test.shape),
    }
    parts = []
    for way, shape in shapes.items():
        fitted = shape / shape.sum(axis=0) * test.sum().to_numpy()
        for scope, off in (
            ("regions", np.abs(fitted - test.to_numpy()).sum()),
            ("whole", np.abs((fitted - test.to_numpy()).sum(axis=1)).sum()),
        ):
            parts.append((scope, way, off, test.to_numpy().sum()))
    return pd.DataFrame(parts, columns=["scope", "way", "error", "sales"]).set_index(["scope", "way"])


def backtest(store: Store, last: dt.date) -> None:
    """Print the errors of both forecasts on the last 12 months of every county."""
    regions = market.regions(store, level=LEVEL)
    ids = list(regions.loc[regions["is_listed"], "region_id"])
    rows = targets.sales(
        store, Period(shift(last, -71), last), company=COMPANY, markets=["all"], region_ids=ids
    )
    table = rows.pivot(index="month", columns="region_id", values="amount")
    found, refused = [], 0
    for name, history in table.items():
        known = history.loc[history.first_valid_index() :]
        try:
            test = forecast(known, 12).backtest
        except InputError:
            refused += 1
            continue
        sold = float(known.iloc[-12:].sum())
        found.append((name, sold, test.smoothing, test.last_year, test.scaled))
    frame = pd.DataFrame(found, columns=["county", "sales", "smoothing", "last_year", "scaled"])
    weight = frame["sales"] / frame["sales"].sum()
    print(f"forecast: {len(frame)} counties of {len(ids)}, {len(table)} months, {refused} refused")
    for column in ("smoothing", "last_year"):
        error = frame[column]
        print(f"  {column:10} WAPE of all {(error * weight).sum():.3f}, median county {error.median():.3f}")
    better = int((frame["smoothing"] < frame["last_year"]).sum())
    chosen = np.minimum(frame["smoothing"], frame["last_year"])
    print(f"  smoothing better in {better} counties; median scaled error {frame['scaled'].median():.3f}")
    print(
        f"  the better one of each county: WAPE of all {(chosen * weight).sum():.3f} (chosen after the fact)"
    )


def whole_plan(store: Store, last: dt.date, folder: Path) -> None:
    """Plan, edit, export, recalculate, change three cells, read back; print what was found."""
    request = PlanRequest(COMPANY, last.year + 1, last, LEVEL, owner="", unit="1")
    started = time.perf_counter()
    sold = plan_basis(store, request).regions["base"].sum()
    request = PlanRequest(
        COMPANY, last.year + 1, last, LEVEL, owner="", unit="1", target=float(round(sold * 1.05))
    )
    draft = draft_plan(store, request)
    plan = save_draft(store, draft, "Diageo")
    cells, leaves = plans.load_cells(store, plan), draft.basis.leaves
    shape = [cells.index.get_level_values(n).nunique() for n in ("region_id", "item", "month")]
    print(f"plan: {shape[0]} counties x {shape[1]} categories x {shape[2]} months = {len(cells):,} cells, "
          f"{int(cells['count'].sum()):,} US$, {time.perf_counter() - started:.1f} s")  # fmt: skip
    view = pivot(cells, leaves["region_id"], leaves["month"], unit=plan.unit)
    edited = cells
    for month in range(3):
        edited = set_lock(edited, view, CellAddress(0, month), True)
    view = pivot(edited, leaves["region_id"], leaves["month"], unit=plan.unit)
    edited = type_cell(edited, view, (0, 5), int(view.grid.counts[0, 5] * 1.1), keep=Keep.BOTH)
    edited = type_total(
        edited,
        pivot(edited, leaves["region_id"], leaves["month"]),
        0,
        1,
        int(view.grid.counts[1].sum() + 1000),
    )
    plan = plans.save(store, plan, edited, actor="benchmark", note="edited")
    moved = edited["count"] != cells["count"]
    print(f"edited: version {plan.version}, {int(moved.sum()):,} cells moved, "
          f"locked ones moved: {int(moved[edited['locked']].sum())}")  # fmt: skip
    path = folder / "diageo.xlsx"
    started = time.perf_counter()
    write_workbook(path, plan_book(store, plan))
    print(f"exported: {path.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - started:.1f} s")
    _recalculate(path, folder)
    _read_back(store, plan.plan_id, path)


def _recalculate(path: Path, folder: Path) -> None:
    """Compare every formula's value after a full recalculation with the value stored."""
    again = openpyxl.load_workbook(recalculated(path, folder), data_only=True)
    formulas = openpyxl.load_workbook(path)
    stored = openpyxl.load_workbook(path, data_only=True)
    checked, wrong = 0, []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                checked += 1
                before, after = (book[sheet.title][cell.coordinate].value for book in (stored, again))
                same = before == after or (before in (None, "") and after in (None, ""))
                if not same and not (isinstance(after, int | float) and abs(after - before) < 1e-6):
                    wrong.append((sheet.title, cell.coordinate, before, after))
    print(f"recalculated: {checked:,} formulas, {len(wrong)} differ from the stored values {wrong[:3]}")


def _read_back(store: Store, plan_id: str, path: Path) -> None:
    plan = plans.load(store, plan_id)
    cells = plans.load_cells(store, plan)
    expected = Expected(plan_id, plan.version, fingerprint(plan, cells), plan.year, plan.unit, cells)
    book = openpyxl.load_workbook(path)
    sheet = book["明细"]
    changed = []
    for coordinate in ("J200", "O900", "T1500"):
        cell = sheet[coordinate]
        cell.value = round((cell.value or 0) + 0.0123, 4)
        item, region = (str(sheet.cell(cell.row, column).value) for column in (1, 2))
        changed.append((item, region, cell.column - FIRST_MONTH))
    edited = path.with_name("edited.xlsx")
    book.save(edited)
    found = read_back(edited, expected).changes
    shown = [(c, r, m.month) for c, r, _owner, m in found.index]
    print(
        f"read back: {len(found)} cells differ, exactly the changed ones: {sorted(shown) == sorted(changed)}"
    )
    print(found[["count_before", "count_after", "change"]].to_string())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--season", action="store_true", help="the season alone, on any store")
    options = parser.parse_args()
    use_language("zh_CN")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(options.store, folder / "store.duckdb")
        with Store.open(folder / "store.duckdb", create=False) as store:
            offered = choices(store)
            if offered is None:
                sys.exit("The store has no sales.")
            season(store)
            if options.season:
                return
            backtest(store, offered.last_month)
            whole_plan(store, offered.last_month, folder)


if __name__ == "__main__":
    main()
