"""Boxes of the plane with about the same amount in each, by parting the longer side again and again."""

from __future__ import annotations

import numpy as np

from core.kernels.jit import Indices, Numbers, entry


@entry
def part_into_boxes(x: Numbers, y: Numbers, amount: Numbers, count: int) -> Indices:
    """Return the box of each unit, numbered from 0; with powers of two finer boxes lie in coarser ones.

    Parameters
    ----------
    x, y
        Kilometres on a plane, shape (n_units,).
    amount
        What is to be alike, above 0.
    count
        How many boxes; there are fewer where one would hold no unit.
    """
    n = len(x)
    order, bounds, parts = np.arange(n), np.array([0, n]), np.array([count])
    while parts.max() > 1:
        cuts, left = np.zeros(2 * len(bounds), np.int64), np.zeros(2 * len(bounds), np.int64)
        made = 0
        for box in range(len(parts)):
            begin, end = bounds[box], bounds[box + 1]
            first = parts[box] // 2
            if first > 0 and end - begin > 1:
                own = order[begin:end]
                wide = x[own].max() - x[own].min() >= y[own].max() - y[own].min()
                along = x[own] if wide else y[own]
                own = own[np.argsort(along, kind="mergesort")]
                order[begin:end] = own
                running = np.cumsum(amount[own])
                wanted = running[-1] * first / parts[box]
                middle = int(np.searchsorted(running - amount[own] / 2, wanted))
                left[made] = first
                cuts[made + 1] = begin + min(max(middle, 1), end - begin - 1)
                made += 1
                left[made] = parts[box] - first
            else:
                left[made] = 1
            cuts[made + 1] = end
            made += 1
        bounds, parts = cuts[: made + 1].copy(), left[:made].copy()
    boxes = np.empty(n, np.int64)
    for box in range(len(parts)):
        boxes[order[bounds[box] : bounds[box + 1]]] = box
    return boxes
