"""What is done with a page beside the window: kept, prepared, the arrangement stored. Called on worker threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app.domain.arrangement import Arrangement
from app.domain.identifiers import uuid7
from app.domain.scanned_page import ScannedPage
from app.domain.treatment import treatment_for
from app.errors import KnownError

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.imaging.table_process import LightTable


class Paper(Protocol):
    """What of a requirement decides how its pages are prepared."""

    @property
    def name(self) -> str: ...
    @property
    def form(self) -> str: ...


def keep(
    office: Application, *, intent: str, batch: str, ordinal: int, source: str, content: bytes, mime: str,
    now: datetime,
) -> ScannedPage:
    """The page is on the disk and in the book when this returns. Raises EnvironmentFault when it is not."""
    from app.services.scan_tray import keep_page

    page_id = uuid7(now, office.randomness)
    with office.database.writing() as connection:
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
    """The page as the light table left it, noted in the book; its failure is noted too and is no error here."""
    from app.services.scan_tray import note_failure, note_prepared

    treatment = treatment_for(paper.name if paper else "", paper.form if paper else "", False)
    try:
        made = table().prepare(office.blobs.read(page.original.sha256), treatment)
    except KnownError as error:
        with office.database.writing() as connection:
            note_failure(connection, page.id, error.code)
        return replace(page, failure=error.code)
    with office.database.writing() as connection:
        return note_prepared(
            connection, office.blobs, page.id, made.content, made.mime, made.thumbnail, made.finding
        )


def save(office: Application, intent: str, arrangement: Arrangement, now: datetime) -> None:
    from app.services.scan_tray import save_arrangement

    with office.database.writing() as connection:
        save_arrangement(connection, intent, arrangement, now)


def read_kept(office: Application, intent: str) -> tuple[tuple[ScannedPage, ...], Arrangement | None]:
    """All pages of an intake and how they lay when it was last stored."""
    from app.services.scan_tray import pages, read_arrangement

    with office.database.reading() as connection:
        return pages(connection, intent), read_arrangement(connection, intent)
