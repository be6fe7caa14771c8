"""Checking a filled-in form as a whole, how complete it is, and the way to JSON and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.customers.forms.reading import is_empty, read
from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.errors import InputError, nearest
from core.i18n import _, ngettext


class FormError(InputError):
    """A form can't be saved as it is filled in; carries everything that is wrong with it."""

    def __init__(self, form: Form, findings: Sequence[Finding]) -> None:
        super().__init__(
            ngettext(
                "{form}: {n} field is not right.",
                "{form}: {n} fields are not right.",
                len(findings),
                form=_(form.label),
            ),
            " ".join(str(finding) for finding in findings),
        )
        self.findings = tuple(findings)


def check(form: Form, payload: Mapping[str, object]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the typed values of all fields and everything that is wrong.

    Parameters
    ----------
    payload
        Values by field name, typed or as text; an absent field is empty.

    Returns
    -------
    dict
        A value for every field, None where it is empty or wrong.
    list of Finding
        In the order of the fields; empty where all is right.
    """
    values: dict[str, Any] = {}
    findings = []
    for field in form.fields:
        values[field.name], finding = read(field, payload.get(field.name))
        if finding is not None:
            findings.append(finding)
    findings += [_unknown(form, name, payload[name]) for name in payload if name not in values]
    if not findings:
        findings += [finding for rule in form.checks for finding in rule(values)]
    return values, findings


def validate(form: Form, payload: Mapping[str, object]) -> dict[str, Any]:
    """Return the typed values of a filled-in form.

    Raises
    ------
    FormError
        Something is wrong; it names all of it at once.
    """
    values, findings = check(form, payload)
    if findings:
        raise FormError(form, findings)
    return values


@dataclass(frozen=True)
class Completeness:
    """How far a form is filled in.

    Parameters
    ----------
    filled, fields
        Required fields filled in, of how many; of all fields where none is required [S2, 2-2].
    missing
        Names of those that are empty.
    """

    filled: int
    fields: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Filled fields of those that count, 0 to 1."""
        return self.filled / self.fields


def completeness(form: Form, payload: Mapping[str, object] | None) -> Completeness:
    """Return how far a form is filled in; None is a form nobody began."""
    counted = [field for field in form.fields if field.required] or list(form.fields)
    missing = tuple(field.name for field in counted if is_empty((payload or {}).get(field.name)))
    return Completeness(len(counted) - len(missing), len(counted), missing)


def to_json(values: Mapping[str, object]) -> str:
    """Write typed values as JSON: amounts and days as text, empty fields left out."""
    kept = {name: value for name, value in values.items() if not is_empty(value)}
    return json.dumps(kept, default=_plain, ensure_ascii=False, sort_keys=True, allow_nan=False)


def from_json(form: Form, text: str) -> dict[str, Any]:
    """Read values back; one that the form no longer allows stays as it was written.

    Forms change between versions of the program: what was filled in by the rules of its time is shown as
    it is, and found wrong at the next save.
    """
    stored = json.loads(text)
    values: dict[str, Any] = {}
    for field in form.fields:
        raw = stored.get(field.name)
        value, finding = read(field, raw)
        values[field.name] = raw if finding is not None and not is_empty(raw) else value
    return values


def display(field: Field, value: object) -> str:
    """Return a value as a reader sees it, empty where there is none."""
    if is_empty(value):
        return ""
    if isinstance(value, list | tuple):
        return _(", ").join(field.word(part) for part in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal | float):
        return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,.10g}"
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}" if field.kind is FieldKind.MONTH else value.isoformat()
    return field.word(value) if field.kind.is_choice else str(value)


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _unknown(form: Form, name: str, value: object) -> Finding:
    labels = {_(field.label): field.name for field in form.fields} | {name: name for name in form.names}
    near = nearest(name, labels)
    hint = _("Did you mean {suggestion}?", suggestion=labels[near]) if near else ""
    return Finding(name, value, _("{form} has no field “{field}”.", form=_(form.label), field=name), hint)
