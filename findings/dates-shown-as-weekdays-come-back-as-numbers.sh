#!/usr/bin/env bash
# A day shown as 星期三 or 周三 by the weekday formats of Chinese Excel ([$-804]aaaa;@ and [$-804]aaa;@, both in its
# list of date formats) is no date to any of the usual readers: python-calamine 0.9.1, openpyxl 3.1.5, pandas 3.1.1 and
# polars 2.1.0 (fastexcel 0.21.0) return the serial number 45719, while the same cell as yyyy-mm-dd comes back as a
# day. They look for d, m, y, h and s; the letter of the Chinese weekday is a. A rep's daily list headed 日期 then
# holds whole numbers, which sum and sort like amounts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5 \
    python-calamine==0.9.1 pandas==3.1.1 polars==2.1.0 fastexcel==0.21.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import datetime as dt

import openpyxl
import pandas as pd
import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

day, formats = dt.datetime(2025, 3, 3), ["yyyy-mm-dd", "[$-804]aaaa;@", "[$-804]aaa;@"]
with xlsxwriter.Workbook("week.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["日", "星期", "周"])
    for column, form in enumerate(formats):
        sheet.write_datetime(1, column, day, book.add_format({"num_format": form}))

rows = {
    "python-calamine": CalamineWorkbook.from_path("week.xlsx").get_sheet_by_index(0).to_python()[1],
    "openpyxl": [cell.value for cell in openpyxl.load_workbook("week.xlsx").active[2]],
    "pandas": pd.read_excel("week.xlsx").astype(object).iloc[0].tolist(),
    "polars": list(pl.read_excel("week.xlsx").row(0)),
}
for reader, (date, *weekdays) in rows.items():
    print(reader, date, weekdays)
    assert str(date).startswith("2025-03-03")
    assert weekdays == [45719, 45719]
PYTHON
