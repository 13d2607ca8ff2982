"""What only a practice province gives out, so that no paper, code or office of practice is ever a real one's.

A gateway practises when its surroundings say so, as the counter's program that started it does (`app.practice`).
"""

from __future__ import annotations

import os

VARIABLE = "QMC_PRACTICE"
OFFICE = "luyen-tap"
TOP = "T00"


def practises() -> bool:
    return os.environ.get(VARIABLE) == "1"


def is_of_practice(office: str, keys: tuple[str, ...]) -> bool:
    """Whether an office of that id, or an agency with one of these identifiers, belongs to practice alone."""
    return office == OFFICE or any(key.split(".")[0] == TOP for key in keys)
