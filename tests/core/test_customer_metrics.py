"""The figures of ABC, grading, profitability and GE are declared once and whole."""

import pytest

from core.metrics import customers
from core.metrics.spec import Format


def test_no_key_twice() -> None:
    """No declaration hides another one."""
    declared = [*customers._SALES, *customers._ABC, *customers._GRADING, *customers._GE, *customers._PROFIT]
    assert len(declared) == len(customers.CUSTOMER_METRICS)


@pytest.mark.parametrize("key", customers.CUSTOMER_METRICS)
def test_declarations_are_whole(key: str) -> None:
    """Each has a label, a formula and an explanation; a code has its words."""
    declared = customers.CUSTOMER_METRICS[key]
    assert declared.label
    assert declared.formula
    assert declared.explanation
    assert (declared.format is Format.CODE) == bool(declared.codes)
    if declared.codes:
        assert customers.CODES[declared.codes]
