"""The answers of a person to the reader's questions, kept for the next file of the same shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.errors import InputError, nearest
from core.i18n import _

CHOICES = {
    "hidden_rows": ("keep", "drop"),
    "hidden_columns": ("keep", "drop"),
    "fill_down": ("fill", "leave"),
    "merged_values": ("first", "repeat"),
    "totals": ("set_aside", "data"),
    "hidden_sheet": ("keep", "drop"),
    "summary_sheet": ("keep", "drop"),
    "spans": ("drop",),
    "wide": ("apart", "product", "company", "month", "region"),
}


INSIDE = " / "
"""Between the name of a file in an archive and that of a sheet in it."""
_YEAR = re.compile(r"(?:199|20\d)\d(?:-(?:0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class ReadOptions:
    """How a file is read where the reader can't tell by itself; None lets it find out or ask.

    Parameters
    ----------
    encoding
        Encoding of a text file as Python names it, such as ``gb18030`` or ``big5``.
    delimiter
        Separator of a text file, one character.
    sheets
        The sheets to read; empty for all.
    header_row
        Number of the first row of the header in the file, from 1; 0 when there is none.
    header_rows
        How many rows the header has, 1 to 8.
    hidden_rows, hidden_columns
        ``keep`` or ``drop``.
    hidden_sheet, summary_sheet
        ``keep`` or ``drop``: sheets that the workbook hides, and sheets that sum the others.
    fill_down
        ``fill`` or ``leave``: whether an empty cell means the value above it.
    merged_values
        ``first`` or ``repeat``: where a number merged over several rows counts.
    totals
        ``set_aside`` or ``data``: what rows are that look like totals and are not called so.
    keep_totals
        Leave all total rows in the table.
    spans
        ``drop``: columns of quarters and other spans that aren't the sum of the months beside them stay out.
    wide
        What stands side by side: ``month``, ``product``, ``company`` (the table becomes long), or
        ``apart`` when the columns are measures of their own.
    measure
        What the numbers of a wide table mean, as a header would say it.
    year
        The year of month columns without one, “2024”; or the month it begins in, “2024-04”.
    per_sheet
        Answers that hold for one sheet only, by its name.
    lexicon
        Names that the store knows -> what they name; none of the answers.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    header_rows: int | None = None
    hidden_rows: str | None = None
    hidden_columns: str | None = None
    hidden_sheet: str | None = None
    summary_sheet: str | None = None
    fill_down: str | None = None
    merged_values: str | None = None
    totals: str | None = None
    keep_totals: bool = False
    spans: str | None = None
    wide: str | None = None
    measure: str | None = None
    year: str | None = None
    per_sheet: Mapping[str, ReadOptions] = field(default_factory=dict)
    lexicon: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sheets", tuple(self.sheets))
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                raise InputError(
                    _("“{value}” is no answer to {name}.", value=value, name=name),
                    _("Allowed are {allowed}.", allowed=", ".join(allowed)),
                )
        self._check_number("header_row", 0, 10_000)
        self._check_number("header_rows", 1, 8)
        if self.year is not None:
            object.__setattr__(self, "year", str(self.year).strip())
            if not _YEAR.fullmatch(self.year):
                raise InputError(
                    _("“{value}” is no answer to {name}.", value=self.year, name="year"),
                    _("Enter a year such as 2024, or the month it begins in, such as 2024-04."),
                )

    def _check_number(self, name: str, least: int, most: int) -> None:
        value = getattr(self, name)
        if value is not None and not (isinstance(value, int) and least <= value <= most):
            raise InputError(
                _("“{value}” is no answer to {name}.", value=value, name=name),
                _("Allowed are whole numbers from {least} to {most}.", least=least, most=most),
            )

    def of(self, sheet: str) -> ReadOptions:
        """Return the answers that hold for one sheet: its own, else those for all."""
        own = self.per_sheet.get(sheet)
        if own is None:
            return self
        return replace(self, **{name: value for name, value in own.as_dict().items() if name != "per_sheet"})

    def within(self, label: str) -> ReadOptions:
        """Return the answers that hold for one file of an archive, its sheets called as in the file."""
        inside = {
            name.removeprefix(f"{label}{INSIDE}"): own
            for name, own in self.per_sheet.items()
            if name.startswith(f"{label}{INSIDE}")
        }
        return replace(self.of(label), per_sheet={**self.per_sheet, **inside})

    def answered(self, code: str, answer: str, *, sheet: str = "") -> ReadOptions:
        """Return the options with the answer to a question added.

        Parameters
        ----------
        code, answer
            The question's code and the option chosen.
        sheet
            The sheet the answer is for; empty for all.
        """
        value: Any = int(answer) if code in {"header_row", "header_rows"} else answer
        if not sheet:
            return replace(self, **{code: value})
        own = replace(self.per_sheet.get(sheet, ReadOptions()), **{code: value})
        return replace(self, per_sheet={**self.per_sheet, sheet: own})

    def as_dict(self) -> dict[str, Any]:
        """Return what was answered, as a table of a TOML file; :meth:`from_dict` takes it back."""
        found: dict[str, Any] = {}
        for each in fields(self):
            if each.name == "lexicon":
                continue
            value = getattr(self, each.name)
            if each.name == "per_sheet":
                value = {sheet: own.as_dict() for sheet, own in value.items()}
            if value is not None and value is not False and value not in ((), {}):
                found[each.name] = list(value) if isinstance(value, tuple) else value
        return found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReadOptions:
        """Make options of what :meth:`as_dict` returned.

        Raises
        ------
        InputError
            There is no such option, or its value is none of the allowed ones.
        """
        names = [each.name for each in fields(cls)]
        for name in data:
            if name not in names:
                raise InputError(
                    _("There is no reading option “{name}”.", name=name),
                    _("Nearest: {nearest}.", nearest=nearest(name, names) or "–"),
                )
        per_sheet = {sheet: cls.from_dict(own) for sheet, own in data.get("per_sheet", {}).items()}
        return cls(**{**data, "per_sheet": per_sheet})
