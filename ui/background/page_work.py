"""What is done with a page beside the window: kept, prepared, the arrangement stored. Called on worker threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app.domain.arrangement import Arrangement
from app.domain.identifiers import uuid7
from app.domain.scanned_page import ScannedPage
from app.domain.treatment import treatment_for
from app.errors import KnownError
from app.services.tray_notes import BatchStart, PaperNote

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.imaging.table_process import LightTable


WORTH_A_SECOND_TRY = frozenset({
    "light_table_timeout", "light_table_memory", "light_table_died", "light_table_not_started",
})
"""Codes that may speak of this PC's moment (memory, a busy processor) as well as of the page."""


class Paper(Protocol):
    """What of a requirement decides how its pages are prepared."""

    @property
    def name(self) -> str: ...
    @property
    def form(self) -> str: ...


def keep(
    office: Application, *, intent: str, batch: str, ordinal: int, source: str, content: bytes, mime: str,
    now: datetime, start: BatchStart | None = None,
) -> ScannedPage:
    """The page is on the disk and in the book when this returns. Raises EnvironmentFault when it is not.

    How its batch began (`start`) is written down with the first page of it.
    """
    from app.services.scan_tray import keep_page
    from app.services.tray_notes import open_batch

    page_id = uuid7(now, office.randomness)
    with office.database.writing() as connection:
        if start is not None and ordinal == 1:
            open_batch(connection, intent, batch, start)
        return keep_page(
            connection, office.blobs, page_id=page_id, intent=intent, batch=batch, ordinal=ordinal, source=source,
            content=content, mime=mime, now=now,
        )


def keep_document(
    office: Application, table: Callable[[], LightTable], arrive: Callable[[bytes, str, str], None],
    content: bytes, mime: str, source: str,
) -> None:
    """Hand `content` to `arrive`: a picture as it is, a PDF or TIFF page by page as the light table opens it."""
    if not may_hold_pages(content):
        arrive(content, mime, source)
        return
    for page in table().split(content):
        arrive(page.content, page.mime, source)


def may_hold_pages(content: bytes) -> bool:
    """Whether it is a PDF or a TIFF by its first bytes, whatever it was called."""
    return b"%PDF-" in content[:1024] or content[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def prepare(
    office: Application, table: Callable[[], LightTable], page: ScannedPage, paper: Paper | None
) -> ScannedPage:
    """The page as the light table left it, noted in the book; its failure is noted too and is no error here.

    Where the light table itself failed it is tried a second time before that is called the page's failure. A page
    that was prepared before keeps what it has: then, and when the program is closing, the error is raised.
    """
    from app.services.scan_tray import note_failure, note_prepared

    treatment = treatment_for(paper.name if paper else "", paper.form if paper else "", False)
    try:
        original = office.blobs.read(page.original.sha256)
        try:
            made = table().prepare(original, treatment)
        except KnownError as error:
            if error.code not in WORTH_A_SECOND_TRY:
                raise
            made = table().prepare(original, treatment)
    except KnownError as error:
        if page.prepared is not None or error.code == "light_table_closed":
            raise
        with office.database.writing() as connection:
            note_failure(connection, page.id, error.code)
        return replace(page, failure=error.code)
    with office.database.writing() as connection:
        return note_prepared(
            connection, office.blobs, page.id, made.content, made.mime, made.thumbnail, made.finding
        )


def save_note(office: Application, intent: str, requirement: str, note: PaperNote) -> None:
    from app.services.tray_notes import note_paper

    with office.database.writing() as connection:
        note_paper(connection, intent, requirement, note)


def save(office: Application, intent: str, arrangement: Arrangement, now: datetime) -> None:
    from app.services.scan_tray import save_arrangement

    with office.database.writing() as connection:
        save_arrangement(connection, intent, arrangement, now)


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is known of an intake's pages when a window opens."""

    pages: tuple[ScannedPage, ...]
    arrangement: Arrangement | None            # how they lay when it was last stored
    starts: Mapping[str, BatchStart]           # how each batch began
    notes: Mapping[str, PaperNote]             # what was said of papers that are not filed yet


def read_kept(office: Application, intent: str) -> Kept:
    from app.services.scan_tray import pages, read_arrangement
    from app.services.tray_notes import batch_starts, paper_notes

    with office.database.reading() as connection:
        return Kept(
            pages(connection, intent), read_arrangement(connection, intent), batch_starts(connection, intent),
            paper_notes(connection, intent),
        )
