"""The door of the package: reading a file of any kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from core.errors import ImportRefusedError
from core.exchange.readers.kinds import ending_note, kind_of_file
from core.exchange.readers.limits import LIMITS, Limits
from core.exchange.readers.markup.html_file import read_html
from core.exchange.readers.markup.json_file import read_json
from core.exchange.readers.markup.xml_2003 import read_xml_2003
from core.exchange.readers.options import INSIDE, ReadOptions
from core.exchange.readers.outlines.shapefile import is_part, parts_among, parts_beside, read_shapefile
from core.exchange.readers.questions import Note
from core.exchange.readers.reading import Reading, SheetReading
from core.exchange.readers.text.text_file import read_text, sample_text
from core.exchange.readers.workbook.archives import unpacked
from core.exchange.readers.workbook.workbook import read_workbook
from core.i18n import _

_MARKUP: dict[str, Callable[[bytes, str, ReadOptions, Limits], list[SheetReading]]] = {
    "json": lambda data, file, options, _limits: read_json(data, file, options),
    "html": read_html,
    "xml_2003": read_xml_2003,
}


def read_file(
    source: Path | str | bytes,
    name: str = "",
    *,
    options: ReadOptions | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Read a workbook, a text file or an archive of them.

    Parameters
    ----------
    source
        A path, or the bytes of a file.
    name
        What the file is called; needed with bytes.
    options
        Answers of earlier questions.
    limits
        How much the file may hold.

    Raises
    ------
    ImportRefusedError
        The file is damaged, locked with a password, too large when unpacked, or of no known kind.
    """
    place = source if isinstance(source, bytes) else _existing(Path(source))
    file = name or (place.name if isinstance(place, Path) else "")
    options = options or ReadOptions()
    kind = kind_of_file(place, file, limits)
    if kind == "zip":
        return _archive(place, file, options, limits)
    sheets, notes = _read(place, kind, file, options, limits)
    return Reading(file, tuple(sheets), (*ending_note(file, kind), *notes))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ImportRefusedError(_("There is no file {path}.", path=path), _("Check the path."))
    return path


def _read(
    source: Path | bytes, kind: str, file: str, options: ReadOptions, limits: Limits
) -> tuple[list[SheetReading], tuple[Note, ...]]:
    if kind in _MARKUP:
        data = source.read_bytes() if isinstance(source, Path) else source
        return _MARKUP[kind](data, file, options, limits), ()
    if kind == "shapefile":
        parts = parts_beside(source) if isinstance(source, Path) else {".shp": source}
        return [read_shapefile(parts, file)], ()
    if kind != "text":
        return read_workbook(source, kind, file, options, limits)
    if isinstance(source, Path):
        if source.stat().st_size > limits.in_memory:
            return sample_text(source, file, options), ()
        return read_text(source.read_bytes(), source, file, options), ()
    return read_text(source, None, file, options), ()


def _archive(source: Path | bytes, file: str, options: ReadOptions, limits: Limits) -> Reading:
    """Read all files of an archive; one that can't be read is told and doesn't stop the others."""
    sheets: list[SheetReading] = []
    notes: list[Note] = []
    with unpacked(source, file, limits=limits) as members:
        labels = _labels([name for name, _path in members])
        for name, path in members:
            if is_part(name, list(labels)):
                continue
            try:
                kind = kind_of_file(path, name, limits)
                parts = parts_among(name, members) if kind == "shapefile" else {}
                own = options.within(labels[name])
                found, more = (
                    ([read_shapefile(parts, name)], ()) if parts else _read(path, kind, name, own, limits)
                )
            except ImportRefusedError as error:
                notes.append(Note("skipped", {"name": name, "reason": str(error)}))
                continue
            notes += [*ending_note(PurePosixPath(name).name, kind), *more]
            # The unpacked file is gone when the reading is used.
            label = labels[name] if len(labels) > 1 else ""
            around = (PurePosixPath(file).stem, *PurePosixPath(name).parts[:-1])
            found = [replace(_without_path(sheet), around=around) for sheet in found]
            sheets += [_labelled(sheet, label, alone=len(found) == 1) for sheet in found]
    if not members:
        raise ImportRefusedError(_("The file {file} is empty.", file=file), _("It holds no files."))
    return Reading(file, tuple(sheets), tuple(notes))


def _labels(names: Sequence[str]) -> dict[str, str]:
    """Return what each file of an archive is called: its name, with its folders where several have it."""
    stems = Counter(PurePosixPath(name).stem for name in names)
    whole = {name: str(PurePosixPath(name).with_suffix("")) for name in names}
    return {
        name: path if stems[PurePosixPath(name).stem] > 1 else PurePosixPath(path).name
        for name, path in whole.items()
    }


def _labelled(sheet: SheetReading, label: str, *, alone: bool) -> SheetReading:
    """Return a sheet under a name that no sheet of another file has: all workbooks have a Sheet1."""
    if not label:
        return sheet
    name = label if alone else f"{label}{INSIDE}{sheet.name}"
    asked = (replace(each, sheet=name) if each.sheet == sheet.name else each for each in sheet.questions)
    return replace(sheet, name=name, questions=tuple(asked))


def _without_path(sheet: SheetReading) -> SheetReading:
    if sheet.layout is None:
        return sheet
    return replace(sheet, layout=replace(sheet.layout, path=None))
