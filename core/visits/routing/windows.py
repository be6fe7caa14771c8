"""Several windows a day: which of them each visit uses now."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.layout import (
    BEST_WINDOW,
    CLOSES,
    CUSTOMERS,
    DAY,
    DAYS,
    LENGTH,
    MEETS,
    NODE,
    OLD_LENGTH,
    OLD_NODE,
    OLD_WINDOW,
    OPENS,
    ROUTE_IDX,
    ROUTE_INDICES,
    UNIT_OF,
    WINDOW_FIRST,
    WINDOWS,
)


@compiled
def first_window(idx: Indices, c: int, day: int) -> int:
    """Return the first window of a customer on a day; those of the next day begin where they end."""
    window: int = idx[idx[WINDOW_FIRST] + c * idx[DAYS] + day]
    return window


@compiled
def meets(idx: Indices, c: int) -> bool:
    """Tell whether the visits of a customer begin when those of another one do."""
    together: bool = idx[idx[MEETS] + idx[idx[UNIT_OF] + c]] == 1
    return together


@compiled
def has_choice(idx: Indices, c: int, day: int) -> bool:
    """Tell whether a route may choose the window; where reps meet, it may not."""
    return first_window(idx, c, day + 1) - first_window(idx, c, day) > 1 and not meets(idx, c)


@compiled
def use_window(num: Numbers, idx: Indices, c: int, day: int, w: int) -> None:
    """Let the visit of a customer on a day use a window."""
    cell, p = c * idx[DAYS] + day, idx[WINDOWS] + 2 * w
    num[idx[OPENS] + cell] = num[p]
    num[idx[CLOSES] + cell] = num[p + 1]


@compiled
def copy_windows(num: Numbers, idx: Indices, r: int) -> None:
    """Keep the windows that the visits of a route use, for undoing."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    for k in range(idx[g + LENGTH]):
        place = r * idx[CUSTOMERS] + k
        cell = idx[idx[NODE] + place] * idx[DAYS] + idx[g + DAY]
        num[idx[OLD_WINDOW] + 2 * place] = num[idx[OPENS] + cell]
        num[idx[OLD_WINDOW] + 2 * place + 1] = num[idx[CLOSES] + cell]


@compiled
def restore_windows(num: Numbers, idx: Indices, r: int) -> None:
    """Let the visits of a route use the windows kept for undoing."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    for k in range(idx[g + OLD_LENGTH]):
        place = r * idx[CUSTOMERS] + k
        cell = idx[idx[OLD_NODE] + place] * idx[DAYS] + idx[g + DAY]
        num[idx[OPENS] + cell] = num[idx[OLD_WINDOW] + 2 * place]
        num[idx[CLOSES] + cell] = num[idx[OLD_WINDOW] + 2 * place + 1]


@compiled
def keep_best_windows(num: Numbers, idx: Indices) -> None:
    """Keep the windows in use as those of the best plan."""
    cells = idx[CUSTOMERS] * idx[DAYS]
    for k in range(cells):
        num[idx[BEST_WINDOW] + k] = num[idx[OPENS] + k]
        num[idx[BEST_WINDOW] + cells + k] = num[idx[CLOSES] + k]


@compiled
def use_best_windows(num: Numbers, idx: Indices) -> None:
    """Use the windows of the best plan again."""
    cells = idx[CUSTOMERS] * idx[DAYS]
    for k in range(cells):
        num[idx[OPENS] + k] = num[idx[BEST_WINDOW] + k]
        num[idx[CLOSES] + k] = num[idx[BEST_WINDOW] + cells + k]
