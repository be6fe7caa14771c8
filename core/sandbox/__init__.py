"""Reading untrusted files in processes of their own, with limits of memory and time."""

from core.sandbox.channel import report
from core.sandbox.runner import Task, prepare, read_apart

__all__ = ["Task", "prepare", "read_apart", "report"]
