"""Errors a user can act on: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable


class AppError(Exception):
    """Base of every error that is shown to a user.

    Parameters
    ----------
    message
        What is wrong, where, and with which value, in the user's language.
    hint
        What to do about it, in the user's language. Empty when there is nothing to add.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # The Chinese full stop brings its own room.
        between = "" if self.message.endswith("。") else " "
        return f"{self.message}{between}{self.hint}".rstrip()


class StoreError(AppError):
    """The store can't be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process holds the store."""


class StoreBusyError(StoreError):
    """Somebody is still reading or writing the store; nothing was changed."""


class StoreClosedError(StoreError):
    """The store was closed, or another file took its place; the same question to the new one is answered."""


class StoreFormatError(StoreError):
    """The file is damaged, is no store, or was made by a newer version."""


class NotPublishedError(StoreError):
    """A published version doesn't hold what was asked for, or can't be changed."""


class ImportRefusedError(AppError):
    """A file can't be imported; nothing of it was written."""


class InfeasibleError(AppError):
    """No result satisfies all the given conditions; the message names those that collide."""


class InputError(AppError, ValueError):
    """A parameter is outside what a function accepts."""


class NotAllowedError(AppError):
    """The user lacks the right to do this, or the rows concerned are out of sight; nothing was changed."""


class CancelledError(AppError):
    """The user stopped long work; nothing was changed."""


def nearest(value: object, allowed: Iterable[object]) -> str | None:
    """Return the allowed value that looks most like ``value``.

    Parameters
    ----------
    value
        What was found.
    allowed
        The valid values.

    Returns
    -------
    str or None
        The closest valid value, or None when nothing is close.
    """
    from rapidfuzz import process, utils

    match = process.extractOne(
        str(value), [str(a) for a in allowed], processor=utils.default_process, score_cutoff=60
    )
    return None if match is None else str(match[0])
