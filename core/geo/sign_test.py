"""The sign test: whether more came in than went out by chance."""

from __future__ import annotations

from scipy.special import betainc


def sign_test(gained: int, lost: int) -> float:
    """Return the chance of at least so many gains among all changes where gain and loss are as likely.

    *Example*: 5 gained, 0 lost: 1/32.
    """
    # The tail of the binomial distribution; scipy.stats has it too, but takes 60 MB and a second to load.
    return float(betainc(gained, lost + 1, 0.5)) if gained else 1.0
