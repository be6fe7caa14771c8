#!/usr/bin/env bash
# China's working weekends (调休) of a year are published late in the year before. For a year not yet published
# holidays 0.108 returns a calendar without a single working weekend and with a fixed guess of the days off, and
# nothing tells it from a published one; chinesecalendar 1.11.0 raises NotImplementedError for the same day.
# Seen for 2027: 0 working weekends (2026 has 6), Spring Festival off from 5 February. A visit plan for next February made
# from it counts several working days as free.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.108 chinesecalendar==1.11.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import date, timedelta

import chinese_calendar
import holidays


def working_weekends(year):
    calendar = holidays.CN(years=year)
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    return [day for day in days if day.weekday() > 4 and calendar.is_working_day(day)]


print(2026, [str(day) for day in working_weekends(2026)])
print(2027, [str(day) for day in working_weekends(2027)])
assert len(working_weekends(2026)) > 0
assert working_weekends(2027) == []
assert date(2027, 2, 5) in holidays.CN(years=2027)
try:
    chinese_calendar.is_workday(date(2027, 2, 8))
except NotImplementedError as error:
    print("chinesecalendar:", error)
else:
    raise SystemExit("chinesecalendar knows 2027 now")
PYTHON
