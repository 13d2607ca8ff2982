"""Commands that only look at a text: no data folder is opened but for its catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.clock import SystemClock
from app.domain.calendar import parse_calendar
from app.domain.catalogue_codec import load_catalogue
from app.domain.catalogue_search import CatalogueSearch
from app.domain.citizen_card import card_as_json
from app.domain.dossier_code import code_as_json
from app.domain.item_code import item_code_as_json
from app.domain.paused_due import paused_due_as_json
from app.domain.procedure import Procedure
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.paths import resource
from ui.command_line.answer import Said, text_of


def card(said: Said) -> Mapping[str, Any]:
    return card_as_json(text_of(said.text), _today())


def due(said: Said) -> Mapping[str, Any]:
    file = said.calendar or resource("calendar", "vn.json")
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("file_unreadable", file=file.name) from error
    pauses = [(first, last) for first, last in said.pause]
    return paused_due_as_json(said.received, said.value, said.unit, pauses, parse_calendar(text))


def code(said: Said) -> Mapping[str, Any]:
    return {"ok": True, **code_as_json(text_of(said.text))}


def s10(said: Said) -> Mapping[str, Any]:
    return item_code_as_json(text_of(said.text))


def procedures(said: Said) -> Mapping[str, Any]:
    """The first ten of the catalogue in use: the data folder's, or the one that ships."""
    from ui.command_line.folder import data_folder, opened  # the book's imports; the other commands need none

    folder = data_folder(said)
    if folder.database.exists():
        with opened(said) as office:
            search = office.search
    else:
        text = resource("catalogue", "starter.json").read_text(encoding="utf-8")
        search = CatalogueSearch(load_catalogue(text))
    hits = search.find(text_of(" ".join(said.query)), limit=10, on=_today())
    return {"procedures": [_line(hit.procedure) | {"why": str(hit.why)} for hit in hits]}


def _today() -> date:
    return local(SystemClock().now()).date()


def _line(procedure: Procedure) -> dict[str, Any]:
    time = procedure.cases[0].time
    ends: date | None = procedure.valid_to
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "agency": procedure.agency,
        "cases": [case.name for case in procedure.cases],
        "time": {"value": time.value, "unit": str(time.unit)},
        "valid_to": ends.isoformat() if ends else None,
    }
