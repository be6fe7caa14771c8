"""What was understood of a kind of file, kept as a small text file and found again next month."""

from core.exchange.columns.mapping.files import dumps, find, learned, loads, read, save
from core.exchange.columns.mapping.model import (
    Changes,
    MappedColumn,
    Mapping,
    OpenQuestion,
    SavedMapping,
    changes,
    fingerprint,
    shape,
)

__all__ = [
    "Changes",
    "MappedColumn",
    "Mapping",
    "OpenQuestion",
    "SavedMapping",
    "changes",
    "dumps",
    "find",
    "fingerprint",
    "learned",
    "loads",
    "read",
    "save",
    "shape",
]
