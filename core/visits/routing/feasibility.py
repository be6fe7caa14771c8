from __future__ import annotations
def units(problem):
    grouped = {c for g in problem.together for c in g}
    return [tuple(g) for g in problem.together if g] + [(c,) for c in range(len(problem.customers)) if c not in grouped]
def shared_combinations(problem, group):
    first = problem.customers[group[0]].combinations
    return tuple(dict.fromkeys(m for m in first if all(m in problem.customers[c].combinations for c in group[1:])))
