"""The words of the official forms, as data: one file per form and form set under resources/forms.

A dossier pins its form set at reception, so an old receipt is reprinted in the words of its day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from app.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Form:
    """Words of one form; `words` and `notes` are templates for `str.format`."""

    source: str                    # the circular, "" for papers no law prescribes
    number: str                    # "Mẫu số 01"
    title: str
    copies: tuple[str, ...]        # names of the copies (liên) in printing order
    words: Mapping[str, str]
    notes: Mapping[str, str]


@cache
def load_form(name: str) -> Form:
    """The form stored as resources/forms/<name>.json."""
    file = resources.files("resources").joinpath("forms", f"{name}.json")
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EnvironmentFault("form_missing", form=name) from error
    return Form(source=data["source"], number=data["number"], title=data["title"], copies=tuple(data["copies"]),
                words=data["words"], notes=data["notes"])


def receipt_form(form_set: str) -> Form:
    """Mẫu 01 of a form set: "01/2018" or "03/2025"."""
    return load_form("receipt-" + form_set.replace("/", "-"))
