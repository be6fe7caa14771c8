"""Mappings as small text files: written, read, found again for a file of the same shape."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli_w

from core.errors import InputError
from core.exchange.columns.mapping.model import (
    MappedColumn,
    Mapping,
    OpenQuestion,
    SavedMapping,
    changes,
    shape,
)
from core.i18n import _

VERSION = 1
_ALIKE = 0.6
"""Share of headers in common from which on a saved mapping is offered [I]."""


def dumps(mapping: Mapping) -> str:
    """Return a mapping as TOML."""
    columns = []
    for column in mapping.columns:
        entry: dict[str, Any] = {"header": column.header}
        for name in ("target", "unit", "resolve"):
            if getattr(column, name) is not None:
                entry[name] = getattr(column, name)
        if column.within:
            entry["within"] = list(column.within)
        if column.decisions:
            entry["decisions"] = dict(column.decisions)
        columns.append(entry)
    data: dict[str, Any] = {
        "version": VERSION,
        "shape": mapping.fingerprint,
        "table": mapping.table,
        "mode": mapping.mode,
        "reading": dict(mapping.reading),
        "constants": dict(mapping.constants),
        "decisions": dict(mapping.decisions),
        "columns": columns,
        "names": {table: dict(names) for table, names in mapping.names.items()},
        "questions": [
            {
                "code": q.code,
                "column": q.column,
                "text": q.text,
                "choices": list(q.choices),
                "answer": q.answer,
            }
            for q in mapping.questions
        ],
    }
    if not mapping.questions:
        del data["questions"]
    return str(tomli_w.dumps(data))


def loads(text: str, name: str = "") -> Mapping:
    """Return the mapping in a TOML text.

    Parameters
    ----------
    text
        As :func:`dumps` returns it, or written by hand.
    name
        What messages call the file.

    Raises
    ------
    InputError
        It is no TOML, or no mapping of this version.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_("The mapping {name} is no TOML file.", name=name), str(error)) from error
    if data.get("version", VERSION) != VERSION:
        raise InputError(
            _("The mapping {name} has version {version}.", name=name, version=data["version"]),
            _("This program reads version {version}.", version=VERSION),
        )
    try:
        columns = tuple(
            MappedColumn(
                entry["header"],
                entry.get("target"),
                entry.get("unit"),
                entry.get("resolve"),
                tuple(entry.get("within", ())),
                {str(code): str(answer) for code, answer in entry.get("decisions", {}).items()},
            )
            for entry in data["columns"]
        )
        return Mapping(
            data["table"],
            columns,
            data.get("reading", {}),
            {key: str(value) for key, value in data.get("constants", {}).items()},
            {table: dict(names) for table, names in data.get("names", {}).items()},
            data.get("mode", "upsert"),
            {code: str(answer) for code, answer in data.get("decisions", {}).items()},
            tuple(
                OpenQuestion(
                    entry["code"],
                    entry["column"],
                    entry.get("text", ""),
                    tuple(entry.get("choices", ())),
                    str(entry.get("answer", "")),
                )
                for entry in data.get("questions", ())
            ),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            _("The mapping {name} is incomplete: {what}.", name=name, what=error),
            _("A mapping has a table and [[columns]] with header and target."),
        ) from error


def read(path: Path) -> Mapping:
    """Return the mapping in a file.

    Raises
    ------
    InputError
        It can't be read, or is no mapping.
    """
    try:
        return loads(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("The mapping {name} can't be read.", name=path.name), str(error)) from error


def save(mapping: Mapping, folder: Path) -> Path:
    """Write a mapping into a folder under the shape of its files; an older one of that shape goes.

    Returns
    -------
    Path
        The file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mapping.table}-{mapping.fingerprint}.toml"
    half = path.with_suffix(".half")
    half.write_text(dumps(replace(mapping, questions=())), encoding="utf-8")
    half.replace(path)
    return path


def find(folder: Path, headers: Sequence[str], table: str | None = None) -> SavedMapping | None:
    """Return the saved mapping for a file with these headers.

    Parameters
    ----------
    folder
        Where mappings are saved.
    headers
        Of the file.
    table
        Only mappings into this table.

    Returns
    -------
    SavedMapping or None
        That of the same shape, newest first; else the most alike, with ``changes``; None when no saved
        mapping shares most of the headers. Files in the folder that are no mappings are passed over.
    """
    wanted = {shape(header) for header in headers if header.strip()}
    best: tuple[float, float, SavedMapping] | None = None
    for path, mapping in _saved(folder):
        if table is not None and mapping.table != table:
            continue
        own = {shape(header) for header in mapping.headers if header.strip()}
        alike = len(own & wanted) / max(1, len(own | wanted))
        rank = (alike, path.stat().st_mtime)
        if alike >= _ALIKE and (best is None or rank > best[:2]):
            best = (*rank, SavedMapping(mapping, path, changes(mapping, headers)))
    return best[2] if best else None


def learned(folder: Path) -> dict[str, str]:
    """Return what saved mappings teach about headers: header -> ``table.column``.

    For ``aliases`` of :func:`core.exchange.columns.proposing.propose_mapping`; of two mappings that say
    different things about a header the newer one counts.
    """
    saved = sorted(_saved(folder), key=lambda entry: entry[0].stat().st_mtime)
    return {
        column.header: f"{mapping.table}.{column.target}"
        for _path, mapping in saved
        for column in mapping.columns
        if column.target is not None
    }


def _saved(folder: Path) -> list[tuple[Path, Mapping]]:
    found = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            found.append((path, read(path)))
        except InputError:
            # A file that is no mapping is none of this folder's business.
            continue
    return found
