#!/usr/bin/env bash
# borax 4.1.3, lunar_python 1.4.8 and LunarCalendar 0.0.9 against sxtwl 2.0.7, lunardate 0.3.0 and zhdate 0.1: the same
# day has another lunar date on 90 (borax, LunarCalendar) or 30 days (lunar_python) from 1990 to 2099. In each case the
# new moon falls within three minutes of midnight in Beijing (ephem 4.2.1: 2057-09-28 23:59:50), and a table made with
# slightly other numbers begins the month a day later. A market day such as “each third and eighth of the lunar month”,
# planned by two of them, lies on two days for a whole month. Until 2056 all six agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check borax==4.1.3 lunar_python==1.4.8 \
    LunarCalendar==0.0.9 sxtwl==2.0.7 lunardate==0.3.0 zhdate==0.1 ephem==4.2.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime as dt

import ephem
import sxtwl
from borax.calendars.lunardate import LunarDate as Borax
from lunar_python import Solar
from lunarcalendar import Converter
from lunarcalendar import Solar as Day
from lunardate import LunarDate
from zhdate import ZhDate


def borax(day):
    lunar = Borax.from_solar(day)
    return lunar.year, lunar.month, lunar.day, bool(lunar.leap)


def lunar_python(day):
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return lunar.getYear(), abs(lunar.getMonth()), lunar.getDay(), lunar.getMonth() < 0


def lunar_calendar(day):
    lunar = Converter.Solar2Lunar(Day(day.year, day.month, day.day))
    return lunar.year, lunar.month, lunar.day, bool(lunar.isleap)


def tianwen(day):
    lunar = sxtwl.fromSolar(day.year, day.month, day.day)
    return lunar.getLunarYear(), lunar.getLunarMonth(), lunar.getLunarDay(), bool(lunar.isLunarLeap())


def lunardate(day):
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return lunar.year, lunar.month, lunar.day, bool(lunar.isLeapMonth)


def zhdate(day):
    lunar = ZhDate.from_datetime(dt.datetime(day.year, day.month, day.day))
    return lunar.lunar_year, lunar.lunar_month, lunar.lunar_day, bool(lunar.leap_month)


readers = (borax, lunar_python, lunar_calendar, lunardate, zhdate)
differ = {reader.__name__: [] for reader in readers}
day = dt.date(1990, 1, 1)
while day < dt.date(2100, 1, 1):
    expected = tianwen(day)
    for reader in readers:
        if reader(day) != expected:
            differ[reader.__name__].append(day)
    day += dt.timedelta(1)
for name, days in differ.items():
    print(name, "differs from sxtwl on", len(days), "days, first", days[0] if days else "none")
first = dt.date(2057, 9, 28)
print(first, "sxtwl", tianwen(first), "borax", borax(first))
print("new moon in Beijing:", ephem.Date(ephem.next_new_moon("2057/9/15") + 8 * ephem.hour))
assert {name: len(days) for name, days in differ.items()} == {
    "borax": 90, "lunar_python": 30, "lunar_calendar": 90, "lunardate": 0, "zhdate": 0,
}
assert all(differ[name][0] == first for name in ("borax", "lunar_python", "lunar_calendar"))
assert (tianwen(first)[1:3], borax(first)[1:3]) == ((9, 1), (8, 30))
PYTHON
