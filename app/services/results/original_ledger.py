"""Ai đang giữ sổ đỏ này: one scan of an original's label, or of anything with the dossier's code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.life.event import Event
from app.domain.life.life import Original
from app.domain.original_code import OriginalCode, is_original_text, original_key, read_original
from app.domain.two_scans import read_return_scan
from app.errors import Refusal
from app.services.counter import Clerk
from app.services.life.reading import KnownLife
from app.services.papers.prints import ask_print
from app.services.results.known import find_here
from app.store.settings import read_setting
from app.store.tables import dossier_versions

ORIGINAL_LABEL = "original_label"
PRINTING = "printing"
"""The counter's choices of paper; {"original_label": {"copies": 0}} there: labels only when somebody asks."""


@dataclass(frozen=True, slots=True)
class OriginalPlace:
    """One original and the event that put it where it is; None: it was taken at reception."""

    original: Original
    event: Event | None


@dataclass(frozen=True, slots=True)
class Originals:
    """All originals of one dossier; `scanned` is the id of the one whose label was read, "" for a code."""

    held: KnownLife
    places: tuple[OriginalPlace, ...]
    scanned: str = ""


def find_originals(connection: Connection, text: str) -> Originals:
    """Who holds what, by the scan of an original's label, a receipt, a cover or a result.

    Raises `original_label_damaged`, `original_unknown` (a label of an original that its dossier does not hold),
    `dossier_not_here` and its like, `code_not_recognised`.
    """
    if not is_original_text(text):
        return _originals(find_here(connection, read_return_scan(text).code))
    label = read_original(text)
    if label is None:
        raise Refusal("original_label_damaged")
    held = find_here(connection, label.code)
    one = _labelled(held, label)
    if one is None:
        raise Refusal("original_unknown", code=held.code)
    return _originals(held, one.id)


def ask_original_labels(connection: Connection, clerk: Clerk, code: str, now: datetime) -> tuple[str, ...]:
    """A label for each original of the dossier, as print jobs; the same ones when asked again.

    Raises `no_originals` when it keeps none.
    """
    held = find_here(connection, code)
    if not held.life.originals:
        raise Refusal("no_originals", code=held.code)
    return _ask(connection, clerk, held, held.life.originals, now)


def ask_labels_when_taken(
    connection: Connection, clerk: Clerk, code: str, now: datetime, *, act: str = ""
) -> tuple[str, ...]:
    """A label for each original just taken: at reception, or by the operation `act`; called in its transaction.

    None where none was taken, or where the counter's choices say that labels are not printed by themselves.
    """
    chosen = read_setting(connection, PRINTING, {}).get(ORIGINAL_LABEL, {})
    if chosen.get("copies", 1) == 0:
        return ()
    held = find_here(connection, code)
    return _ask(connection, clerk, held, [one for one in held.life.originals if one.event == act], now)


def number_of(one: Original) -> int:
    """The how-manieth original of its requirement: the part of its id behind the mark."""
    return int(one.id.rpartition("#")[2])


def _originals(held: KnownLife, scanned: str = "") -> Originals:
    places = tuple(OriginalPlace(one, held.event(one.event) if one.event else None) for one in held.life.originals)
    return Originals(held, places, scanned)


def _labelled(held: KnownLife, label: OriginalCode) -> Original | None:
    return next((one for one in held.life.originals
                 if original_key(one.requirement) == label.key and number_of(one) == label.number), None)


def _ask(
    connection: Connection, clerk: Clerk, held: KnownLife, labelled: Sequence[Original], now: datetime
) -> tuple[str, ...]:
    if not labelled:
        return ()
    op_id = _reception(connection, held)
    return tuple(
        ask_print(connection, paper=ORIGINAL_LABEL, op_id=op_id, code=f"{held.code} {one.id}",
                  clerk_name=clerk.name, now=now)
        for one in labelled
    )


def _reception(connection: Connection, held: KnownLife) -> str:
    return str(connection.execute(
        select(dossier_versions.c.op_id)
        .where(dossier_versions.c.dossier == held.id).order_by(dossier_versions.c.version).limit(1)
    ).scalar_one())
