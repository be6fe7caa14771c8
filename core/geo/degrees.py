"""Degrees as people write them: decimal, with minutes and seconds, or longitude and latitude in one text."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,3}(?:\.\d+)?"
_ANGLE = re.compile(
    r"(?P<before>[NSEW]|[东西南北][经纬]?|[经纬]度|LNG|LON|LAT)?\s*[:：=]?\s*(?P<sign>[-+])?\s*"
    rf"(?P<degrees>{_NUMBER})\s*"
    rf"(?:[°º度]\s*(?:(?P<minutes>{_NUMBER})\s*(?:['′’‘分]\s*(?:(?P<seconds>{_NUMBER})\s*(?:[\"″”“秒]|''|′′)?)?)?)?)?"
    r"(?(before)|\s*(?P<after>[NSEW])?)",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^\s*(?:POINT\s*)?[(（\[]?\s*|\s*[)）\]]?\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,，;；/|、]|\s)\s*")
_NEGATIVE = frozenset("SsWw南西")
_LATITUDE, _LONGITUDE = frozenset("NSns南北纬"), frozenset("EWew东西经")


def parse_degrees(text: str) -> float | None:
    """Return decimal degrees, None where a text is no angle.

    >>> parse_degrees("114°18′36″E"), parse_degrees("北纬30度35分"), parse_degrees("114.31")
    (114.31, 30.583333333333332, 114.31)
    """
    found = _ANGLE.fullmatch(text.strip())
    return _value(found) if found else None


def has_signs(text: str) -> bool:
    """Tell whether a text is an angle that a plain number isn't: with signs of degrees or a direction."""
    return any(sign in text for sign in "°º度′'NSEWnsew东西南北") and parse_degrees(text) is not None


def parse_pair(text: str) -> tuple[float, float] | None:
    """Return longitude and latitude of a text that holds both, None where it doesn't.

    Which comes first is told by a direction, else by a number above 90; where neither tells, the first is the
    longitude.

    >>> parse_pair("30.6,114.3"), parse_pair("N30°30' E114°15'"), parse_pair("114.3")
    ((114.3, 30.6), (114.25, 30.5), None)
    """
    inner = _AROUND.sub("", text.strip())
    first = _ANGLE.match(inner)
    # An angle may have taken the blank behind it, which parts it from the next.
    between = _BETWEEN.match(inner, len(inner[: first.end()].rstrip())) if first else None
    second = _ANGLE.fullmatch(inner, between.end()) if between else None
    if first is None or second is None:
        return None
    one, two = _value(first), _value(second)
    if one is None or two is None:
        return None
    is_latitude = _named(first) & _LATITUDE or _named(second) & _LONGITUDE
    is_longitude = _named(first) & _LONGITUDE or _named(second) & _LATITUDE
    swapped = bool(is_latitude) or (not is_longitude and abs(two) > 90 >= abs(one))
    return (two, one) if swapped else (one, two)


def _named(found: re.Match[str]) -> frozenset[str]:
    before = (found["before"] or "").upper()
    word = {"LAT": "N", "LNG": "E", "LON": "E"}.get(before, before)
    return frozenset(word + (found["after"] or "").upper())


def _value(found: re.Match[str]) -> float | None:
    minutes, seconds = (float(found[name] or 0) for name in ("minutes", "seconds"))
    degrees = float(found["degrees"])
    if minutes >= 60 or seconds >= 60 or degrees > 180:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found["sign"] == "-" or _named(found) & _NEGATIVE else value
