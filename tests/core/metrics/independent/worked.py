"""A KPI computed as its declaration writes the formula out, from other values of the same row."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

from tests.core.metrics.independent.region import K, quotient

if TYPE_CHECKING:
    from core.metrics import Metric

SIGNS = str.maketrans({"÷": "/", "×": "*", "{": "", "}": ""})
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: quotient,
}


def worked_value(declared: Metric, row: dict[str, Any]) -> float | None:
    """Compute the left side of a worked formula; None where a part is missing.

    Raises
    ------
    SyntaxError, LookupError
        The formula is more than sums, products and quotients of numbers and values of the row.
    """
    left, _equals, _result = declared.worked.rpartition("=")
    return _value(ast.parse(left.translate(SIGNS).strip(), mode="eval").body, row | {"k": K})


def _value(part: ast.expr, row: dict[str, Any]) -> float | None:
    if isinstance(part, ast.Constant):
        return float(str(part.value))
    if isinstance(part, ast.Name):
        value: float | None = row[part.id]
        return value
    if not isinstance(part, ast.BinOp):
        raise SyntaxError(ast.dump(part))
    one, other = _value(part.left, row), _value(part.right, row)
    return None if one is None or other is None else OPERATIONS[type(part.op)](one, other)
