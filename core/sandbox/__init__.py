"""Reading untrusted files in processes of their own, with limits of memory and time."""

from core.sandbox.runner import read_apart

__all__ = ["read_apart"]
