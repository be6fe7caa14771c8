"""What a form and its fields are: declared once, read by the screen, the check, the store and the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.errors import InputError
from core.i18n import _

TEXT_LIMIT = 10_000
"""Characters a text may have unless its field says otherwise."""

CUSTOMER_TYPES = ("dealer", "terminal", "region", "market")
"""Whose a form can be. ``market`` is for what belongs to nobody in particular, such as a template."""

RESERVED = ("customer_type", "customer_id", "record_id", "version", "updated_at", "updated_by")
"""Columns that stand beside the fields in a table of records."""


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NOTE = "note"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    CHOICES = "choices"

    @property
    def is_text(self) -> bool:
        """One line (TEXT) or several (NOTE)."""
        return self in {FieldKind.TEXT, FieldKind.NOTE}

    @property
    def is_number(self) -> bool:
        """A whole number, a number or an amount in yuan."""
        return self in {FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY}

    @property
    def is_choice(self) -> bool:
        """One code or several."""
        return self in {FieldKind.CHOICE, FieldKind.CHOICES}


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Parameters
    ----------
    kind
        What it holds. Typed values are str, int, float, Decimal (yuan), bool, date (the first day for a
        month), a code, or a tuple of codes; None where nothing is filled in.
    label
        English label, marked with ``N_``; its Chinese translation is the header of the exports.
    note
        What to fill in, marked with ``N_``; shown on hover.
    required
        Counts for the completeness, and an empty value is a finding.
    minimum, maximum
        Allowed range of a number, ends included.
    choices
        Labels (``N_``) by code, for CHOICE and CHOICES.
    max_length
        Characters a text may have.
    unit
        Shown behind the label, marked with ``N_``.
    """

    name: str
    kind: FieldKind
    label: str
    note: str = ""
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    max_length: int = TEXT_LIMIT
    unit: str = ""

    def __post_init__(self) -> None:
        if self.kind.is_choice != bool(self.choices):
            raise InputError(
                _("Field {field}: expected choices for a choice, and only there.", field=self.name)
            )
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise InputError(_("Field {field}: the minimum is above the maximum.", field=self.name))

    @property
    def title(self) -> str:
        """The label in the current language, with its unit."""
        label = _(self.label)
        return _("{label} ({unit})", label=label, unit=_(self.unit)) if self.unit else label

    def word(self, value: object) -> str:
        """Return a code's label in the current language; what is no code stays as it is."""
        return _(self.choices[str(value)]) if str(value) in self.choices else str(value)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with what was filled in.

    Parameters
    ----------
    value
        What was found.
    message
        What is wrong, where, in the user's language.
    hint
        What is allowed, and the nearest valid value.
    """

    field: str
    value: object
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


Check = Callable[[Mapping[str, Any]], Iterable[Finding]]


@dataclass(frozen=True)
class Form:
    """A form.

    Parameters
    ----------
    label
        English title, marked with ``N_``.
    fields
        In the order of the screen and of the export.
    many
        Several records per customer (visits, contacts), or one (a card).
    customer_types
        Whose it can be, of :data:`CUSTOMER_TYPES`.
    summary
        Fields that name a record in a list of several; the first field unless given.
    checks
        What one field alone can't tell (an end before its start): called with the typed values when every
        field is right, and returns findings.
    one_approved_per
        Of a form that is approved like a target plan: fields that tell its subjects apart. Of the records of
        a customer with the same values there, an approved one is superseded by the next. Empty for a form
        that nobody approves.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    many: bool = False
    customer_types: tuple[str, ...] = ("dealer", "terminal")
    summary: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    one_approved_per: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        twice = [name for name, count in Counter(part.name for part in self.fields).items() if count > 1]
        if twice or not self.fields or set(RESERVED) & set(self.names):
            raise InputError(
                _("Form {form}: expected fields, each name once, none of a record's own.", form=self.name)
            )
        unknown = {*self.summary, *self.one_approved_per} - {part.name for part in self.fields}
        if unknown or not set(self.customer_types) <= set(CUSTOMER_TYPES):
            raise InputError(_("Form {form}: its summary or customer types are unknown.", form=self.name))

    def field(self, name: str) -> Field:
        """Return a field by name."""
        return next(part for part in self.fields if part.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(part.name for part in self.fields)
