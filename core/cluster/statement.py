"""What a run of a query file consists of: its text, filled in, and the values it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import InputError
from core.i18n import _
from core.store.queries import query

NOTHING: Mapping[str, object] = {}
"""No parameters."""


def statement(
    name: str, parameters: Mapping[str, object], parts: Mapping[str, str] | None
) -> tuple[str, dict[str, object]]:
    """Return the text of a query file with its parts filled in, and the values it uses.

    Raises
    ------
    InputError
        A value is missing.
    """
    text, names = query(name)
    values = {"scope": None, **parameters}
    missing = sorted(names - values.keys())
    if missing:
        raise InputError(
            _("The query {query} needs values for: {names}.", query=name, names=", ".join(missing))
        )
    used = set(names)
    if parts is not None:
        text = text.format(**parts)
        used |= {key for key in parameters if re.search(rf"\${key}\b", text)}
    return text, {key: values[key] for key in used}
