"""Which set of official forms holds on a day: data with validity, so that a new circular is a new file.

Thông tư 01/2018/TT-VPCP has forms 01–06; Thông tư 03/2025/TT-VPCP, from 15/09/2025, has 01–07: it renames 04
and inserts a new 05, so the same paper carries another number. A dossier pins the set of its reception day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from app.domain.package_kind import reading
from app.domain.package_reader import Fields, parse_json
from app.errors import Refusal

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Form:
    """One official form: `paper` is our name of it in every set, `number` and `title` are the set's own."""

    paper: str                     # "receipt", "supplement_request", "refusal", "apology" …
    number: str                    # "01"
    title: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """Forms of one circular, valid from `valid_from` to `valid_to` (both inclusive; None: still valid)."""

    id: str                        # "03/2025"
    circular: str                  # "Thông tư 03/2025/TT-VPCP"
    valid_from: date
    valid_to: date | None
    forms: tuple[Form, ...]

    def form(self, paper: str) -> Form:
        """Raises Refusal `form_unknown` when this set has no such paper."""
        for form in self.forms:
            if form.paper == paper:
                return form
        raise Refusal("form_unknown", paper=paper, form_set=self.id)


def form_set_on(day: date, sets: Sequence[FormSet]) -> FormSet:
    """The set in force on `day`. Raises Refusal `form_set_missing` before the first set or in a gap."""
    for known in sets:
        if known.valid_from <= day and (known.valid_to is None or day <= known.valid_to):
            return known
    raise Refusal("form_set_missing", day=day.isoformat())


def form_set_named(name: str, sets: Sequence[FormSet]) -> FormSet:
    """The set that a dossier has pinned. Raises Refusal `form_set_unknown`."""
    for known in sets:
        if known.id == name:
            return known
    raise Refusal("form_set_unknown", form_set=name[:40])


def parse_form_sets(text: str) -> tuple[FormSet, ...]:
    """The sets in JSON `text`, oldest first, whole or not at all; no day belongs to two of them.

    Raises Refusal `forms_not_json`, `forms_wrong_shape`, `forms_bad_value`, `forms_unknown_field`,
    `forms_schema_unknown`, `forms_overlap`.
    """
    with reading("forms"):
        fields = Fields(parse_json(text, max_characters=200_000), "")
        if fields.raw("schema") != SCHEMA:
            raise Refusal("forms_schema_unknown", schema=str(fields.raw("schema"))[:20], expected=SCHEMA)
        sets = sorted(fields.items("form_sets", _read_set), key=lambda known: known.valid_from)
        fields.finish()
    for earlier, later in pairwise(sets):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise Refusal("forms_overlap", first=earlier.id, second=later.id)
    return tuple(sets)


def _read_set(value: Any, where: str) -> FormSet:
    fields = Fields(value, where)
    found = FormSet(
        id=fields.text("id", required=True),
        circular=fields.text("circular", required=True),
        valid_from=fields.required_day("valid_from"),
        valid_to=fields.day("valid_to"),
        forms=fields.items("forms", _read_form),
    )
    fields.finish()
    return found


def _read_form(value: Any, where: str) -> Form:
    fields = Fields(value, where)
    form = Form(*(fields.text(name, required=True) for name in ("paper", "number", "title")))
    fields.finish()
    return form
