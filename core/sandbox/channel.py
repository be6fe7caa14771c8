"""What a worker and the process that asked it say to each other."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

answers: IO[bytes] | None = None
"""Where a worker answers; None in every other process."""


@dataclass(frozen=True)
class Order:
    """One call of a reader.

    Parameters
    ----------
    language
        In which the reader's messages are.
    currency
        Of the store; a number shown in another one is told.
    memory
        Bytes that the call may need beyond what the process has when it begins.
    seconds
        Processor time it may take.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    language: str
    currency: str
    memory: int
    seconds: int


@dataclass(frozen=True)
class Preparation:
    """Readers that a worker loads before the first file comes; there is no answer."""

    readers: tuple[Callable[..., Any], ...]


@dataclass(frozen=True)
class Progress:
    """How much of a call is done, 0 to 1; an answer follows."""

    fraction: float


@dataclass(frozen=True)
class Answer:
    """What became of a call: a result, or what is wrong with the file.

    Parameters
    ----------
    refusal
        Message and hint.
    spent
        Whether the worker has grown so much that another should take its place.
    fault
        What went wrong in a library or a reader, for the log.
    """

    result: Any = None
    refusal: tuple[str, str] | None = None
    spent: bool = False
    fault: str = ""


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message whole."""
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def report(fraction: float) -> None:
    """Tell the process that waits how much is done, 0 to 1; without effect outside a worker."""
    if answers is not None:
        send(answers, Progress(fraction))
