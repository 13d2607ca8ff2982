"""Every error's own number, for codes that are read over the telephone: `resources/support-codes.csv`.

A number is given once and never taken back or given again: a code that was read out by an old program still says
the same. New errors go to the end; `python -m tests.ui.support_numbers` writes them there.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import resources

_FOLDER = Path(resources.__file__).parent
NUMBERS = _FOLDER / "support-codes.csv"
UNFORESEEN = "_unforeseen"
"""Stands for an error that nobody foresaw; what kind it was is in the program's own log."""


@cache
def read_numbers() -> Mapping[str, int]:
    """code → number."""
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["number"]) for row in csv.DictReader(file)}


def number_of(code: str) -> int:
    """The number of an error's code; 0 for one without."""
    return read_numbers().get(code, 0)


def code_of(number: int) -> str:
    """The error's code; "" for a number that this program does not know."""
    return next((code for code, known in read_numbers().items() if known == number), "")


@cache
def titles(language: str) -> Mapping[str, str]:
    """code → how the window calls it."""
    words = json.loads((_FOLDER / "i18n" / "messages.json").read_text(encoding="utf-8"))
    return {code: entry[language]["title"] for code, entry in words.items() if "title" in entry.get(language, {})}
