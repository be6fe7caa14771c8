"""The forms people fill in about customers, one module per area; each lists its own in ``FORMS``.

A new module in this package is found by itself: nothing else has to be changed.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path

from core.customers.forms.spec import Field, FieldKind, Finding, Form
from core.errors import InputError, nearest
from core.i18n import _

__all__ = ["Field", "FieldKind", "Finding", "Form", "form", "forms"]


@cache
def forms() -> dict[str, Form]:
    """Return all forms by name, in the order of their modules.

    Raises
    ------
    InputError
        Two modules declare a form of the same name.
    """
    found: dict[str, Form] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])):
        for declared in getattr(import_module(f"{__name__}.{module}"), "FORMS", ()):
            if declared.name in found:
                raise InputError(_("There are two forms named {form}.", form=declared.name))
            found[declared.name] = declared
    return found


def form(name: str) -> Form:
    """Return a form by name.

    Raises
    ------
    InputError
        There is none of that name.
    """
    known = forms()
    if name not in known:
        raise InputError(
            _("There is no form {form}.", form=name),
            _("Did you mean {suggestion}?", suggestion=nearest(name, known) or "–"),
        )
    return known[name]
