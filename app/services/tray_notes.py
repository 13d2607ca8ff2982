"""What belongs to the pages of one intake beside the pages: how a batch began, and what the clerk said of a paper.

Written down as it is said, so that nothing typed is lost with the window; what was said of a paper goes into the
journal with it and is forgotten here in the same transaction (`app.services.digitise`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.body import from_body, to_body
from app.domain.digitised import PaperAbout, QualityCheck
from app.domain.scanning import Feed
from app.store.tables import scan_batches, scan_notes


@dataclass(frozen=True, slots=True)
class BatchStart:
    """How a batch began. `feed` is None for what did not come from a scanner's feed; `to` is "" for the tray."""

    to: str = ""
    feed: Feed | None = None

    @property
    def is_duplex(self) -> bool:
        return self.feed is Feed.DUPLEX


@dataclass(frozen=True, slots=True)
class PaperNote:
    """What was said of a paper that is not filed yet; None: nothing, what is filed holds."""

    checks: QualityCheck | None = None
    about: PaperAbout | None = None


def open_batch(connection: Connection, intent: str, batch: str, start: BatchStart) -> None:
    """How `batch` begins; with its first page. Sheets counted before stay counted."""
    values = {"feed": start.feed.value if start.feed is not None else "", "target": start.to}
    statement = insert(scan_batches).values(intent=intent, batch=batch, declared=0, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["intent", "batch"], set_=values))


def batch_starts(connection: Connection, intent: str) -> dict[str, BatchStart]:
    """How each batch began that is known."""
    rows = connection.execute(select(scan_batches).where(scan_batches.c.intent == intent))
    return {row.batch: BatchStart(row.target, Feed(row.feed) if row.feed else None) for row in rows}


def note_paper(connection: Connection, intent: str, requirement: str, note: PaperNote) -> None:
    """What holds of a paper until it is filed; an empty note takes it back."""
    if note == PaperNote():
        forget_note(connection, intent, requirement)
        return
    text = json.dumps(to_body(note), ensure_ascii=False, separators=(",", ":"))
    statement = insert(scan_notes).values(intent=intent, requirement=requirement, note=text)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["intent", "requirement"], set_={"note": text})
    )


def paper_notes(connection: Connection, intent: str) -> dict[str, PaperNote]:
    """By requirement."""
    rows = connection.execute(select(scan_notes).where(scan_notes.c.intent == intent))
    return {row.requirement: from_body(PaperNote, json.loads(row.note)) for row in rows}


def forget_note(connection: Connection, intent: str, requirement: str) -> None:
    """It stands in the journal now."""
    connection.execute(
        delete(scan_notes).where(scan_notes.c.intent == intent, scan_notes.c.requirement == requirement)
    )
