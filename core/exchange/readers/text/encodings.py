"""Which encoding a text file has: a mark, strict decoding, and how likely the Chinese is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.questions import Question
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAIR = re.compile(rb"[\x81-\xff].", re.DOTALL)
_SURE, _LOOKED_AT = 0.2, 20_000
_ENOUGH = 6


@dataclass(frozen=True)
class Encoding:
    """An encoding as Python names it, the bytes of its mark, and what is not sure about it."""

    name: str
    mark: int = 0
    question: Question | None = None


def decide(samples: Sequence[bytes], file: str, *, given: str | None = None) -> Encoding:
    """Find the encoding of a text file.

    Parameters
    ----------
    samples
        Pieces of the file, the first from its beginning; later ones begin and end anywhere.
    file
        Its name, for messages.
    given
        The answer of a person.

    Raises
    ------
    ImportRefusedError
        It is no text, or its bytes fit no encoding that is known.
    """
    head = samples[0]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    if given is not None:
        return _given(given, file)
    if b"\x00" in head:
        return _with_nulls(head, file)
    if all(_fits(sample, "utf-8", first=number == 0) for number, sample in enumerate(samples)):
        return Encoding("utf-8")
    if _mostly_utf8(head):
        raise ImportRefusedError(
            _(
                "Line {line} of {file} is not encoded as UTF-8; the other lines are.",
                line=_bad_line(head),
                file=file,
            ),
            _("The file was put together from parts. Save it again as “CSV UTF-8”."),
        )
    return _chinese(b"\n".join(samples), samples, file)


def _given(name: str, file: str) -> Encoding:
    try:
        return Encoding(codecs.lookup(name).name)
    except LookupError as error:
        raise ImportRefusedError(
            _("There is no encoding “{name}” to read {file} with.", name=name, file=file),
            _("Usual are utf-8, gb18030, big5 and utf-16."),
        ) from error


def _with_nulls(head: bytes, file: str) -> Encoding:
    """Tell UTF-16 without a mark from a file with NUL bytes."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if len(head) % 2 == 0 or len(head) > 1 << 16:
        for name, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
            if here > 0.05 * half and there < here / 4 and _is_text(head[: half * 2], name):
                return Encoding(name)
    raise nul_byte(head[: head.index(0)].count(b"\n") + 1, file)


def nul_byte(line: int, file: str) -> ImportRefusedError:
    """Return what is said of a file with NUL bytes."""
    return ImportRefusedError(
        _("The file {file} has a NUL byte in line {line}.", file=file, line=line),
        _("It is no plain text, or it is damaged. Export it again as “CSV UTF-8”."),
    )


def wrong_line(line: int, file: str, encoding: str) -> ImportRefusedError:
    """Return what is said of a line that doesn't fit the encoding of its file."""
    return ImportRefusedError(
        _("Line {line} of {file} is not encoded as {encoding}.", line=line, file=file, encoding=encoding),
        _("Choose another encoding, or save the file as “CSV UTF-8”."),
    )


def _is_text(sample: bytes, name: str) -> bool:
    """Tell whether bytes are lines of text in an encoding of two bytes a letter."""
    text = sample.decode(name, errors="replace")
    return "\n" in text and "\x00" not in text and text.count("\ufffd") < 2


def _fits(sample: bytes, name: str, *, first: bool) -> bool:
    """Tell whether bytes decode, but for a character cut off at either end."""
    for skip in range(1 if first else 4):
        try:
            codecs.getincrementaldecoder(name)("strict").decode(sample[skip:], final=False)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _mostly_utf8(head: bytes) -> bool:
    """Tell whether most lines with letters beyond ASCII are UTF-8: Chinese in GBK rarely is by chance."""
    lines = [line for line in head.split(b"\n")[:-1] if not line.isascii()]
    good = sum(_fits(line, "utf-8", first=True) for line in lines)
    return len(lines) > 1 and 2 * good > len(lines)


def _bad_line(head: bytes) -> int:
    lines = head.split(b"\n")
    return next((n for n, line in enumerate(lines, 1) if not _fits(line, "utf-8", first=True)), 1)


def _chinese(joined: bytes, samples: Sequence[bytes], file: str) -> Encoding:
    """Decide between the encodings of simplified and of traditional Chinese, or ask."""
    scores = {}
    for name in ("gb18030", "big5"):
        # cp950 is what Windows calls Big5.
        codec = "cp950" if name == "big5" else name
        if all(_fits(sample, codec, first=number == 0) for number, sample in enumerate(samples)):
            scores[name] = _likelihood(joined, name)
    if not scores:
        raise ImportRefusedError(
            _("The encoding of {file} was not recognised.", file=file),
            _("Save it as “CSV UTF-8” and import it again."),
        )
    best = max(scores, key=lambda name: scores[name])
    other = min(scores.values())
    known = {"gb18030": "gb18030", "big5": "cp950"}
    letters = sum(byte >= 0x81 for byte in joined) // 2
    if len(scores) == 1 or (scores[best] - other >= _SURE and letters >= _ENOUGH):
        return Encoding(known[best])
    text = joined.decode(known[best], errors="replace")
    sample = "".join(letter for letter in text if not letter.isascii())[:20]
    order = (best, *(name for name in scores if name != best))
    return Encoding(known[best], question=Question("encoding", order, best, context={"sample": sample}))


def _likelihood(data: bytes, name: str) -> float:
    """Return the share of the characters that are among the usual ones of an encoding.

    Both encodings put the usual characters first: GB 2312 level 1 is B0A1 to D7F9, Big5 level 1 is
    A440 to C67E. Text of the one read as the other falls outside as often as not.
    """
    usual = total = 0
    for found in islice(_PAIR.finditer(data), _LOOKED_AT):
        lead, trail = found[0]
        total += 1
        if name == "gb18030":
            usual += trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3))
        else:
            usual += 0xA1 <= lead <= 0xC6
    return usual / total if total else 0.0
