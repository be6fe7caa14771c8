"""Totals among the rows of a table: known by their words and by arithmetic, and compared with the details."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.exchange.readers.questions import Question
from core.exchange.readers.reading import Comparison, SetAside
from core.exchange.readers.sheet.cells import Kind, kind_of, label_of, number_of
from core.exchange.readers.sheet.grid import filled, rows_of
from core.exchange.readers.sheet.vocabulary import is_additive, is_partial, total_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.sheet.grid import Cells, Numbers, Texts

_KEYS = 8
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Values = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.intp]]
Codes = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True)
class Totals:
    """The totals of a table: which rows they are, how they compare, and what is not sure."""

    rows: Mask
    set_aside: tuple[SetAside, ...] = ()
    questions: tuple[Question, ...] = ()


class Rows(Protocol):
    """Rows below a header, however they are held."""

    @property
    def numbers(self) -> Numbers:
        """Rows of the file."""

    @property
    def names(self) -> Sequence[str]:
        """Name of every column."""

    def __len__(self) -> int: ...

    def texts(self, column: int) -> Collection[str]:
        """Return the texts of a column that may name a total, or more; some may come more than once."""

    def column(self, column: int) -> Values:
        """Return a column as numbers, not a number where it holds none."""

    def take(self, rows: Places) -> Cells:
        """Return the cells of some rows."""

    def given(self, column: int) -> Mask:
        """Return which rows have a value in a column."""

    def holding(self, column: int, texts: Collection[str]) -> Iterable[tuple[int, str]]:
        """Return the rows that hold one of some texts, in order, and the text."""

    def reading(self, column: int, label: str) -> Mask:
        """Return which rows read as a label in a column."""


@dataclass(frozen=True)
class Body:
    """Rows below a header, held as cells.

    Parameters
    ----------
    cells
        Rows x columns.
    numbers
        Rows of the file.
    names
        Name of every column.
    words
        The texts of every column, or more.
    """

    cells: Cells
    numbers: Numbers
    names: Sequence[str]
    words: Sequence[Texts]
    _columns: dict[int, Values] = field(default_factory=dict, repr=False)
    _labels: dict[int, tuple[dict[str, int], Codes]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.cells)

    def texts(self, column: int) -> Sequence[str]:
        """Return the texts of a column, or more; none where surely none names a total."""
        return self.words[column] if self.words[column].may_name_totals else ()

    def column(self, column: int) -> Values:
        """Return a column as numbers, not a number where it holds none."""
        if column not in self._columns:
            cells = self.cells[:, column]
            types = set(map(type, cells.tolist()))
            if not types <= {float, type(None)}:
                known = {text: number_of(text) for text in set(self.words[column])}
                found = [known.get(v) if type(v) is str else number_of(v) for v in cells.tolist()]
                cells = np.array(found, dtype=object)
            # None becomes “not a number”.
            self._columns[column] = cells.astype(float)
        return self._columns[column]

    def without(self, rows: Mask) -> Body:
        """Return the other rows."""
        if not rows.any():
            return self
        return Body(rows_of(self.cells, np.flatnonzero(~rows)), self.numbers[~rows], self.names, self.words)

    def take(self, rows: Places) -> Cells:
        """Return the cells of some rows."""
        return self.cells[rows]

    def given(self, column: int) -> Mask:
        """Return which rows have a value in a column."""
        return filled(self.cells[:, column])

    def holding(self, column: int, texts: Collection[str]) -> Iterable[tuple[int, str]]:
        """Return the rows that hold one of some texts, in order, and the text."""
        return ((row, value) for row, value in enumerate(self.cells[:, column].tolist()) if value in texts)

    def reading(self, column: int, label: str) -> Mask:
        """Return which rows read as a label in a column."""
        if column not in self._labels:
            self._labels[column] = _coded(self.cells[:, column].tolist())
        known, codes = self._labels[column]
        return np.asarray(codes == known.get(label, -1))


def _coded(cells: Sequence[object]) -> tuple[dict[str, int], Codes]:
    """Return a code for every different label, and the code of every cell's."""
    known: dict[str, int] = {}
    of_text: dict[str, str] = {text: label_of(text) for text in cells if type(text) is str}
    labels = (of_text[cell] if type(cell) is str else label_of(cell) for cell in cells)
    codes = (known.setdefault(label, len(known)) for label in labels)
    return known, np.fromiter(codes, dtype=np.int32, count=len(cells))


def find_totals(body: Rows, options: ReadOptions, sheet: str) -> Totals:
    """Find the totals of a table.

    Parameters
    ----------
    body
        The rows.
    options
        ``keep_totals`` leaves them in; ``totals`` answers what is asked here.
    sheet
        Name of the sheet, for the questions.
    """
    none = np.zeros(len(body), dtype=bool)
    if options.keep_totals or not len(none):
        return Totals(none)
    kinds = _column_kinds(body)
    keys = [column for column, kind in enumerate(kinds) if kind is Kind.TEXT][:_KEYS]
    adding = [c for c, kind in enumerate(kinds) if kind is Kind.NUMBER and is_additive(body.names[c])]
    # A sum over all months has none of its own.
    names = [*keys, *(column for column, kind in enumerate(kinds) if kind is Kind.DATE)] if keys else []
    labels = _nameless(body, names, adding) | _labelled(body, keys)
    sums = {column: body.column(column) for column in adding} if labels else {}
    totals = none.copy()
    totals[list(labels)] = True
    doubtful = [
        row
        for row, (label, of, word) in labels.items()
        if (not word or (not is_partial(label) and _is_ordinary(body, keys, row, totals)))
        and not _compare(body, sums, totals, row, (label, of, word)).proven
    ]
    # What may be data counts among the details of the others.
    totals[doubtful] = False
    found = [_compare(body, sums, totals, row, labels[row]) for row in sorted(labels) if totals[row]]
    # Where a grand total agrees, all other rows are its details.
    settled = any(each.agrees and each.scope in ("all", "so far") for each in found)
    found_more = [] if settled else _unlabelled(body, adding, totals)
    questions = [_ask(body, row, "data", sheet) for row in sorted(doubtful)]
    for row in found_more:
        each = SetAside(
            int(body.numbers[row]), _sample(body, row), "all", _sums_of(body, adding, totals, row)
        )
        questions.append(_ask(body, row, "set_aside", sheet))
        totals[row] = True
        found.append(each)
    return _settled(body, Totals(totals, tuple(found), tuple(questions)), options)


def _settled(body: Rows, totals: Totals, options: ReadOptions) -> Totals:
    """Apply the answer to what is not sure."""
    if options.totals is None or not totals.questions:
        return totals
    rows = totals.rows.copy()
    asked = {int(question.context["row"]) for question in totals.questions}
    here = np.isin(body.numbers, list(asked))
    rows[here] = options.totals == "set_aside"
    kept = [each for each in totals.set_aside if each.row not in asked or options.totals == "set_aside"]
    missing = asked - {each.row for each in kept} if options.totals == "set_aside" else set()
    for row in sorted(missing):
        position = int(np.flatnonzero(body.numbers == row)[0])
        kept.append(SetAside(row, _sample(body, position), "all"))
    return Totals(rows, tuple(sorted(kept, key=lambda each: each.row)), ())


def _column_kinds(body: Rows) -> list[Kind]:
    """Return what most cells of every column are, by a look at rows spread over the table."""
    step = max(len(body) // 300, 1)
    kinds = []
    for column in body.take(np.arange(0, len(body), step)).T:
        seen = [kind_of(cell) for cell in column]
        counts = {kind: seen.count(kind) for kind in (Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.BOOL)}
        kinds.append(max(counts, key=lambda kind: counts[kind]) if any(counts.values()) else Kind.EMPTY)
    return kinds


def _labelled(body: Rows, keys: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Return the rows whose texts call them a total: position -> label, what of, word."""
    found: dict[int, tuple[str, str, str]] = {}
    # A total may be called so in a column of dates or numbers as well.
    for column in range(min(len(body.names), _KEYS)):
        words = total_words(body.texts(column))
        for row, value in body.holding(column, words) if words else ():
            word = words[value]
            if row not in found and (column in keys or not word[0]):
                found[row] = (label_of(value), *word)
    return dict(sorted(found.items()))


def _is_ordinary(body: Rows, keys: Sequence[int], row: int, totals: Mask) -> bool:
    """Tell whether a row fills all the columns of texts that other rows fill."""
    others = body.take(np.flatnonzero(~totals)[:300])
    if not len(others) or len(keys) < 2:
        return False
    usual = [column for column in keys if filled(others[:, column]).mean() > 0.8]
    return len(usual) > 1 and all(body.take(np.array([row]))[0, column] is not None for column in usual)


def _scopes(body: Rows, totals: Mask, row: int, label: tuple[str, str, str]) -> Iterator[tuple[str, Mask]]:
    """Return the rows a total may sum, the likeliest first."""
    usual = "group" if label[1] else "block" if is_partial(label[0]) else "all"
    names = ["block", "all", "after", *(["group"] if label[1] else []), "so far"]
    for name in sorted(names, key=lambda name: name != usual):
        rows = _scope(name, body, totals, row, label[1])
        if rows.any():
            yield name, rows


def _scope(name: str, body: Rows, totals: Mask, row: int, of: str) -> Mask:
    """Return the rows of one scope of a total."""
    if name == "group":
        columns = range(min(len(body.names), _KEYS))
        group = np.logical_or.reduce([body.reading(column, of) for column in columns])
        return np.asarray(group & ~totals, dtype=bool)
    start, end = 0, len(totals)
    if name in ("block", "so far"):
        end = row
    if name == "block" and totals[:row].any():
        start = row - int(totals[:row][::-1].argmax())
    if name == "after":
        start = row + 1
        end = start + int(totals[start:].argmax()) if totals[start:].any() else end
    rows = np.zeros(len(totals), dtype=bool)
    rows[start:end] = ~totals[start:end]
    return rows


def _compare(
    body: Rows, sums: dict[int, Values], totals: Mask, row: int, label: tuple[str, str, str]
) -> SetAside:
    """Compare a total with the rows it most likely sums."""
    given = {column: values for column, values in sums.items() if not np.isnan(values[row])}
    best: tuple[float, str, tuple[Comparison, ...]] | None = None
    for name, rows in _scopes(body, totals, row, label):
        compared = tuple(
            Comparison(body.names[column], float(values[row]), float(np.nansum(values[rows])))
            for column, values in given.items()
        )
        score = float(np.mean([each.agrees for each in compared])) if compared else 0.0
        if best is None or score > best[0]:
            best = (score, name, compared)
        if score == 1.0 or not compared:
            # No other scope can be better; in a long table each costs a look at all rows.
            break
    scope, compared = (best[1], best[2]) if best else ("all", ())
    return SetAside(int(body.numbers[row]), label[0], scope, compared)


def _nameless(body: Rows, keys: Sequence[int], adding: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Return the rows of numbers without any text, where other rows have texts."""
    if not keys or not adding:
        return {}
    nameless = np.ones(len(body), dtype=bool)
    for key in keys:
        nameless &= ~body.given(key)
        if not nameless.any():
            return {}
    if nameless.sum() > 0.5 * len(body):
        return {}
    counted = body.given(adding[0])
    for column in adding[1:]:
        counted = counted | body.given(column)
    return {row: (_sample(body, row), "", "") for row in np.flatnonzero(nameless & counted).tolist()}


def _unlabelled(body: Rows, adding: Sequence[int], totals: Mask) -> list[int]:
    """Find a first or last row that is the sum of all others."""
    details = np.flatnonzero(~totals)
    if len(details) < 3 or not adding:
        return []
    for row in (int(details[-1]), int(details[0])):
        compared = _sums_of(body, adding, totals, row)
        # One or two rows add up by chance.
        rich = len(details) > 3 or len(compared) > 1
        if rich and all(c.agrees for c in compared) and any(c.total for c in compared):
            return [row]
    return []


def _sums_of(body: Rows, adding: Sequence[int], totals: Mask, row: int) -> tuple[Comparison, ...]:
    found = []
    for column in adding:
        values = body.column(column)
        total = float(values[row])
        if np.isnan(total):
            continue
        rest = float(np.nansum(values[~totals])) - total
        found.append(Comparison(body.names[column], total, rest))
        if not found[-1].agrees:
            # One column that doesn't add up settles it, and spares the others.
            break
    return tuple(found)


def _sample(body: Rows, row: int) -> str:
    return " | ".join(label_of(cell) for cell in body.take(np.array([row]))[0] if cell is not None)[:80]


def _ask(body: Rows, row: int, default: str, sheet: str) -> Question:
    context = {"row": int(body.numbers[row]), "sample": _sample(body, row)}
    return Question("totals", ("set_aside", "data"), default, sheet, context)
