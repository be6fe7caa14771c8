"""Forms as a page to print: one HTML file that needs nothing else, A4, with the documents' own headers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from core.customers.forms.validate import display
from core.i18n import _, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.customers.forms import Form

MISSING = "—"
_STYLE = """
@page { size: A4; margin: 14mm; }
body { font: 11pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a;
  max-width: 180mm; margin: 8mm auto; }
h1 { font-size: 17pt; margin: 0; } h2 { font-size: 13pt; margin: 6mm 0 2mm; }
.about { color: #555; margin: 1mm 0 4mm; }
table { width: 100%; border-collapse: collapse; page-break-inside: auto; }
tr { page-break-inside: avoid; }
thead { display: table-header-group; }
th, td { border: 0.4pt solid #999; padding: 1.2mm 2mm; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: anywhere; }
th { background: #eef2f6; font-weight: 600; } .card th { width: 32%; }
.sign { margin-top: 12mm; display: flex; gap: 20mm; } .sign span { border-top: 0.4pt solid #999; flex: 1; }
@media print { body { margin: 0; max-width: none; } }
"""


@dataclass(frozen=True)
class Block:
    """A part of the page.

    Parameters
    ----------
    records
        Typed values by field: one record makes a card, several a table with a row each.
    title
        What stands above it; the form's own label unless given.
    """

    form: Form
    records: Sequence[Mapping[str, Any]]
    title: str = ""


def record_page(
    title: str, about: Sequence[str], blocks: Sequence[Block], *, signatures: Sequence[str] = ()
) -> bytes:
    """Return a page to print.

    Parameters
    ----------
    about
        What stands below it: code, region, owner, day.
    blocks
        The forms.
    signatures
        Who signs at the end; one line each.
    """
    parts = [f"<h1>{escape(title)}</h1>", f'<p class="about">{escape(" · ".join(p for p in about if p))}</p>']
    for block in blocks:
        parts.append(f"<h2>{escape(block.title or _(block.form.label))}</h2>")
        parts.append(_table(block) if block.form.many else _card(block))
    if signatures:
        parts.append(
            '<div class="sign">' + "".join(f"<span>{escape(s)}</span>" for s in signatures) + "</div>"
        )
    language = "zh-CN" if current_language() == "zh_CN" else "en"
    text = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )
    return text.encode()


def _card(block: Block) -> str:
    values = block.records[0] if block.records else {}
    rows = "".join(
        f"<tr><th>{escape(field.title)}</th><td>{_cell(display(field, values.get(field.name)))}</td></tr>"
        for field in block.form.fields
    )
    return f'<table class="card">{rows}</table>'


def _table(block: Block) -> str:
    head = "".join(f"<th>{escape(field.title)}</th>" for field in block.form.fields)
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{_cell(display(f, values.get(f.name)))}</td>" for f in block.form.fields)
        + "</tr>"
        for values in block.records
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(text: str) -> str:
    return escape(text) or MISSING
