"""Roles and rights as a table in Markdown: for docs/security.md and ``python -m core users roles``."""

from __future__ import annotations

from core.access.rights import RIGHT_NAMES, ROLES
from core.i18n import _


def role_table() -> str:
    """Return the roles, and which right each carries, as two tables in Markdown."""
    heads = f"| {_('Roles')} | {_('Code')} | {_('For')} |\n|---|---|---|\n"
    roles = "".join(f"| {_(role.name)} | `{role.code}` | {_(role.about)} |\n" for role in ROLES.values())
    columns = " | ".join(f"`{code}`" for code in ROLES)
    head = f"| {_('May')} | {columns} |\n|---|{':-:|' * len(ROLES)}\n"
    rows = (
        f"| {_(text)} | {' | '.join('●' if right in role.rights else ' ' for role in ROLES.values())} |\n"
        for right, text in RIGHT_NAMES.items()
    )
    return f"{heads}{roles}\n{head}{''.join(rows)}"
