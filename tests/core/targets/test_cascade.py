"""Breaking a target down a tree, building it up, and blending both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.cascade import Limits, blend, gaps, top_down
from core.targets.tree import Tree
from core.targets.weights import EVEN, Factor, Gather

LEVELS = ["product", "region", "rep", "month"]


def plan(random: np.random.Generator) -> pd.DataFrame:
    """Return a ragged plan: every product in some regions, every region with its own reps."""
    rows = [
        (product, region, f"{region}{rep}", month)
        for product in "AB"
        for region in ("East", "West", "North")
        for rep in range(random.integers(1, 4))
        for month in range(1, random.integers(2, 6))
    ]
    frame = pd.DataFrame(rows, columns=LEVELS)
    frame["history"] = random.integers(0, 100, len(frame)).astype(float)
    return frame


def even_weights(tree: Tree) -> list[np.ndarray]:
    """Return the same weight for all siblings on every level."""
    return [np.ones(names.size) for names in tree.names]


@given(st.integers(0, 10**6), st.permutations(LEVELS[:3]), st.integers(0, 10**7))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_children_sum_to_their_parent_on_every_level(number: int, order: list[str], total: int) -> None:
    """In whatever order the planner breaks down, every level sums to the total, and to its parents."""
    frame = plan(np.random.default_rng(number))
    tree = Tree.from_frame(frame, [*order, "month"])
    values = {"history": frame["history"].to_numpy()}
    factors = [Factor("history", 0.7), Factor(EVEN, 0.3)]
    weights = [tree.weights(level, values, factors).weights for level in range(4)]
    counts = top_down(total, tree, weights)
    assert counts[0].sum() == total
    rolled = tree.roll_up(counts[-1])
    for level in range(4):
        assert (rolled[level] == counts[level]).all()
    shuffled = frame.sample(frac=1, random_state=1)
    again = Tree.from_frame(shuffled, [*order, "month"])
    leaves = top_down(total, again, weights)[-1]
    assert (leaves[again.leaf] == counts[-1][tree.leaf][shuffled.index]).all()


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_locks_on_any_level_never_move(number: int) -> None:
    """Locked leaves and locked parents keep their counts, and everything still sums."""
    random = np.random.default_rng(number)
    tree = Tree.from_frame(plan(random), LEVELS)
    base = top_down(100_000, tree, even_weights(tree))
    limits = Limits.none(tree)
    locks = []
    for level in range(4):
        nodes = np.flatnonzero(random.random(base[level].size) < 0.25)
        limits = limits.with_bounds(level, nodes, base[level][nodes], base[level][nodes])
        locks.append(nodes)
    weights = [random.random(names.size) + 0.01 for names in tree.names]
    counts = top_down(100_000, tree, weights, limits=limits)
    for level, nodes in enumerate(locks):
        assert (counts[level][nodes] == base[level][nodes]).all()
        assert (tree.roll_up(counts[-1])[level] == counts[level]).all()
    assert counts[0].sum() == 100_000


def small() -> Tree:
    """Return two regions with two reps each."""
    frame = pd.DataFrame({"region": ["East", "East", "West", "West"], "rep": ["Li", "Wu", "He", "Xu"]})
    return Tree.from_frame(frame, ["region", "rep"])


def test_locks_below_a_locked_parent_are_refused_by_name() -> None:
    """The message names the parent and the gap."""
    tree = small()
    limits = Limits.none(tree).with_bounds(0, 0, 100, 100).with_bounds(1, [0, 1], [80, 70], [80, 70])
    with pytest.raises(InfeasibleError, match="below East sum to 150 yuan, but it is held to 100 yuan: 50"):
        top_down(1000, tree, even_weights(tree), limits=limits)


def test_locks_above_the_total_are_refused() -> None:
    """Locks that exceed the grand total name the gap too."""
    tree = small()
    limits = Limits.none(tree).with_bounds(1, [0, 2], [700, 600], [700, 600])
    with pytest.raises(InfeasibleError, match="sum to 1,300 yuan, 300 yuan more than the total"):
        top_down(1000, tree, even_weights(tree), limits=limits)


def test_a_parent_whose_parts_are_all_locked_is_refused_if_it_needs_more() -> None:
    """A locked parent can't exceed what its locked parts hold."""
    tree = small()
    limits = Limits.none(tree).with_bounds(0, 0, 500, 500).with_bounds(1, [0, 1], [80, 70], [80, 70])
    with pytest.raises(InfeasibleError, match=r"East is held to 500 yuan.*150 yuan only: 350 yuan"):
        top_down(1000, tree, even_weights(tree), limits=limits)


def test_parts_without_any_weight_are_not_guessed() -> None:
    """A region with a weight whose reps have none is refused, not silently given nothing."""
    tree = small()
    with pytest.raises(InfeasibleError, match="Nothing tells how to share East among its parts"):
        top_down(1000, tree, [np.ones(2), np.array([0.0, 0.0, 1.0, 1.0])])


def test_blend_and_gaps() -> None:
    """Half from above and half from below, with the gap of every region shown."""
    tree = small()
    above = top_down(1000, tree, even_weights(tree))[-1]
    below = np.array([100, 200, 300, 200])
    table = gaps(tree, 0, above, below)
    assert table["node"].tolist() == ["East", "West"]
    assert table["gap"].tolist() == [200, 0]
    assert table["gap_share"].tolist() == [0.4, 0.0]
    blended = blend(900, tree, (above, below), share=0.5)
    assert blended[0].tolist() == [400, 500]
    assert blended[1].tolist() == [175, 225, 275, 225]


def test_factors_are_summed_or_averaged_up_the_tree() -> None:
    """Sales add up and an index is averaged; unknown values are left out and reported."""
    tree = small()
    values = np.array([1.0, 3.0, np.nan, 5.0])
    assert tree.gathered(0, values, Gather.SUM).tolist() == [4, 5]
    assert tree.gathered(0, values, Gather.MEAN).tolist() == [2, 5]
    mixed = tree.weights(1, {"index": values}, [Factor("index", gather=Gather.MEAN), Factor(EVEN)])
    assert mixed.missing.tolist() == [False, False, True, False]


def test_paths_are_found_and_the_nearest_is_offered() -> None:
    """A node is found by the names from the top."""
    tree = small()
    assert tree.find(["West", "Xu"]) == (1, 3)
    assert tree.path(1, 3) == "West / Xu"
    with pytest.raises(InputError, match=r"There is no region Wes here.*Did you mean West"):
        tree.find(["Wes"])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"region": ["a", None], "rep": ["x", "y"]}), "Row 2 has no region"),
        (pd.DataFrame({"region": ["a", "a"], "rep": ["x", "x"]}), "same leaf: a / x"),
        (pd.DataFrame({"region": ["a"]}), "column rep is missing"),
        (pd.DataFrame({"region": [], "rep": []}), "nothing to break"),
    ],
)
def test_broken_trees_are_refused(frame: pd.DataFrame, message: str) -> None:
    """Every leaf needs all its names, once."""
    with pytest.raises(InputError, match=message):
        Tree.from_frame(frame, ["region", "rep"])
