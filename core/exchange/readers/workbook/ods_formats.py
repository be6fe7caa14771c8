"""The number formats of OpenDocument spreadsheets, written as the codes that Excel has for them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exchange.readers.workbook.number_formats import parse_format

if TYPE_CHECKING:
    from core.exchange.readers.workbook.number_formats import NumberFormat
    from core.exchange.readers.workbook.packages import Unpacker

_FORMAT = re.compile(
    r"<number:(number|percentage|currency)-style\s([^>]*[^/>])>(.*?)</number:\1-style>", re.DOTALL
)
_CELL_STYLE = re.compile(r"<style:style\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PIECE = re.compile(
    r"<number:(?P<word>text|currency-symbol)(?:\s[^>]*[^/])?>(?P<text>[^<]*)</number:(?P=word)>"
    r"|<number:number(?P<number>\s[^>]*?)?(?:/>|>(?P<inside>.*?)</number:number>)"
    r"|<style:map\s(?P<map>[^>]*)>",
    re.DOTALL,
)
_EMBEDDED = re.compile(r"<number:embedded-text\s([^>]*)>([^<]*)</number:embedded-text>")
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[\d.]+)")
_BODY = b"<office:body"


@dataclass
class OdsStyles:
    """Styles of cells and the formats of their numbers.

    Parameters
    ----------
    formats
        Style of a cell -> the format of its numbers, where that shows them otherwise than stored.
    known
        Whether all formats could be read.
    """

    formats: dict[str, NumberFormat] = field(default_factory=dict)
    known: bool = True


def read_ods_styles(unpacker: Unpacker) -> OdsStyles:
    """Return the styles of a spreadsheet, of the document and of its cells."""
    text = unpacker.text("styles.xml") + _before_body(unpacker)
    parts = {}
    for _kind, attributes, content in _FORMAT.findall(text):
        parts[_values(attributes).get("style:name", "")] = (_kind, content)
    parents: dict[str, str] = {}
    named: dict[str, str] = {}
    for found in _CELL_STYLE.findall(text):
        values = _values(found)
        if values.get("style:family") == "table-cell":
            name = values.get("style:name", "")
            parents[name] = values.get("style:parent-style-name", "")
            if "style:data-style-name" in values:
                named[name] = values["style:data-style-name"]
    styles = OdsStyles()
    for name in parents:
        owner, seen = name, set[str]()
        while owner not in named and owner in parents and owner not in seen:
            seen.add(owner)
            owner = parents[owner]
        code = _code(named[owner], parts) if named.get(owner) in parts else ""
        if code is None:
            styles.known = False
        elif code and (known := parse_format(code)) is not None:
            styles.formats[name] = known
    return styles


def _before_body(unpacker: Unpacker) -> str:
    """Return what stands before the cells in ``content.xml``: the styles made by hand."""
    pieces = []
    for piece in unpacker.part("content.xml"):
        head, body, _rest = piece.partition(_BODY)
        pieces.append(head)
        if body:
            break
    return b"".join(pieces).decode("utf-8", errors="replace")


def _values(attributes: str) -> dict[str, str]:
    return {name: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(attributes)}


def _code(name: str, parts: dict[str, tuple[str, str]]) -> str | None:
    """Return a format with the formats that hold under its conditions; None where a code can't say it."""
    kind, content = parts[name]
    sections = []
    for piece in _PIECE.finditer(content):
        if piece["map"] is not None:
            values = _values(piece["map"])
            condition = _CONDITION.fullmatch(values.get("style:condition", "").strip())
            other = values.get("style:apply-style-name", "")
            if condition is None or other not in parts:
                return None
            section = _section(*parts[other])
            if section is None:
                return None
            sign = "<>" if condition[1] == "!=" else condition[1]
            sections.append(f"[{sign}{condition[2]}]{section}")
    own = _section(kind, content)
    return None if own is None else ";".join([*sections, own])


def _section(kind: str, content: str) -> str | None:
    """Return one section of a code: digits, what divides them, and the texts around them."""
    code = ""
    for piece in _PIECE.finditer(content):
        if piece["word"] is not None:
            text = html.unescape(piece["text"])
            bare = kind == "percentage" and text.strip() == "%"
            code += "%" if bare else f'"{text}"' if text else ""
        elif piece["map"] is None:
            digits = _digits(_values(piece["number"] or ""), piece["inside"] or "")
            if digits is None:
                return None
            code += digits
    return code


def _digits(values: dict[str, str], inside: str) -> str | None:
    """Return the digits of a number; a text inside stands so many digits before the point."""
    try:
        factor = float(values.get("number:display-factor", "1"))
        decimals = int(values.get("number:decimal-places", "0"))
        least = int(values.get("number:min-integer-digits", "1"))
        texts = {
            int(_values(attributes).get("number:position", "0")): html.unescape(text)
            for attributes, text in _EMBEDDED.findall(inside)
        }
    except ValueError:
        return None
    commas = next((n for n in range(6) if factor == 1000.0**n), None)
    if commas is None or any(not 0 <= at < 30 for at in texts):
        return None
    digits = ""
    for at in range(max(least, 1, *(at + 1 for at in texts), 1), 0, -1):
        digits += "0"
        if at - 1 in texts and at > 1:
            digits += f'"{texts[at - 1]}"'
    digits += f'"{texts[0]}"' if 0 in texts else ""
    return digits + ("." + "0" * min(decimals, 30) if decimals > 0 else "") + "," * commas
