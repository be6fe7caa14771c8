#!/usr/bin/env bash
# xlsx2csv 0.8.6 writes a piece of the number format instead of the amount where the format shows millions: a cell of
# 450,000 with the format 0.0,,"M" comes out as the text 0.0,,"01". It takes the quoted M for a month, although quoted
# letters are plain text in a format. The amount is nowhere in the file, no error is raised, and the cell beside it
# with the format #,##0 is right. python-calamine 0.9.1 reads 450000.0 from both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 xlsxwriter==3.3.1 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import csv
import io

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

with xlsxwriter.Workbook("sales.xlsx") as book:
    sheet = book.add_worksheet()
    for column, form in enumerate(["#,##0", '0.0,,"M"']):
        sheet.write_number(0, column, 450_000, book.add_format({"num_format": form}))

text = io.StringIO()
Xlsx2csv("sales.xlsx").convert(text)
plain, millions = next(csv.reader(io.StringIO(text.getvalue())))
print("xlsx2csv", plain, millions)
assert plain == "450000"
assert millions == '0.0,,"01"'
assert CalamineWorkbook.from_path("sales.xlsx").get_sheet_by_index(0).to_python() == [[450000.0, 450000.0]]
PYTHON
