"""What reading the words of one page is, beside the window. Called on a worker thread."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from app.domain.scanned_page import ScannedPage
from app.errors import KnownError

if TYPE_CHECKING:
    from app.bootstrap import Application

SETTING = "scanning"
"""{"text": false} in it: no words are read on this counter; absent: they are."""

INTERRUPTED = "light_table_closed"
NOT_STARTED = "light_table_not_started"
_DIED = "light_table_died"


class TextTable(Protocol):
    """Of `app.imaging.table_process.LightTable`, what reading needs: one for it alone."""

    def text(self, content: bytes, turn: int = 0) -> bytes | None: ...
    def close(self) -> None: ...


class Outcome(Enum):
    """What became of a page."""

    SETTLED = "settled"            # read now or before, given up, or filed already: not asked again at this turn
    SWITCHED_OFF = "switched off"


def ask_languages() -> tuple[str, ...]:
    """Languages that this PC reads; () where no Tesseract is installed."""
    from app.imaging.text_languages import text_languages

    return text_languages()


def new_table() -> TextTable:
    """One process of its own that gives way to everybody else's work."""
    from app.imaging.limits import Limits
    from app.imaging.table_process import LightTable

    return LightTable(children=1, limits=Limits(step_back=19))


def read_page(
    office: Application, table: TextTable, page: ScannedPage, turn: int, *, is_last_try: bool
) -> Outcome:
    """Read the words of `page`, prepared and turned by `turn`, and keep them or that there are none to be had.

    A page that costs too much, cannot be opened or, at the last try, ends the process is given up: noted as
    without words. Raises KnownError when it is not the page's fault, `INTERRUPTED` above all; nothing is then
    noted.
    """
    from app.services.scan_tray import note_text, wants_text
    from app.store.settings import read_setting

    assert page.prepared is not None
    with office.database.reading() as connection:
        if not read_setting(connection, SETTING, {}).get("text", True):
            return Outcome.SWITCHED_OFF
        if not wants_text(connection, page.id, turn):
            return Outcome.SETTLED
    content = office.blobs.read(page.prepared.sha256)
    try:
        layer = table.text(content, turn)
    except KnownError as error:
        if error.code in (INTERRUPTED, NOT_STARTED) or (error.code == _DIED and not is_last_try):
            raise
        layer = None
    with office.database.writing() as connection:
        note_text(connection, office.blobs, page, turn, layer)
    return Outcome.SETTLED
