"""Papers that really are PDF/A, filed by the service; and a desk with a light table to look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.domain.digitised import PDF, PaperAbout
from app.imaging.document import document
from app.imaging.limits import Limits
from app.imaging.prepared import DocumentAbout, PageForPdf
from app.imaging.table_process import LightTable
from app.services.digitise import FiledStack
from app.store.queries.papers import confirm_file
from app.store.tables import files
from tests.app.services.scans import file_stacks, page_bytes, scan
from tests.office import Office, office_in, sample_intake
from tests.ui.digitise.desk import scan_desk
from tests.ui.digitise.scanner import Pile, sheet
from tests.ui.dossier.desk import Around, make_desk
from ui.background.scan_desk import ScanDesk
from ui.dialogs.document_sheet import DocumentSheet
from ui.operations.desk import Desk

INTENT = "hồ-sơ-xem"
ABOUT = PaperAbout(
    number="15/GCN-UBND", issued_on=date(2025, 11, 3), issuer="Ủy ban nhân dân xã Thử Nghiệm",
    signer="Trần Văn Ví Dụ", excerpt="Xác nhận tình trạng hôn nhân",
)


@cache
def pdf(pages: int, seed: int = 0, dpi: int = 75) -> bytes:
    """A document as the light table makes it; of many pages every fourth is another picture."""
    kinds = ("text", "stamped", "table", "card")
    made = [
        PageForPdf(sheet(kinds[(seed + turn) % 4], seed + turn % 4, dpi), "image/jpeg", 0) for turn in range(pages)
    ]
    return document(made, DocumentAbout("Tờ khai", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)), Limits())


@dataclass
class Filed:
    """What a test of the sheet holds."""

    office: Office
    desk: Desk
    around: Around
    scans: ScanDesk
    code: str

    def file(
        self, contents: Sequence[bytes], pages: Sequence[int], *, requirement: str = "1",
        about: PaperAbout | None = None,
    ) -> tuple[str, ...]:
        """One paper of these PDFs, as its next version; returns the SHA-256 of each."""
        stacks = []
        for content, count in zip(contents, pages, strict=True):
            number = self.office.noise.randrange(1 << 30)
            kept = [
                scan(self.office, INTENT, page_bytes(number + turn, 40), ordinal=turn + 1, batch=f"lượt-{number}")
                for turn in range(count)
            ]
            stacks.append(FiledStack(
                tuple(page.id for page in kept), self.office.application.blobs.put(content, PDF)
            ))
        file_stacks(
            self.office, self.code, requirement, *stacks,
            intent=f"lưu-{self.office.noise.randrange(1 << 30)}", about=about,
        )
        return tuple(stack.document.sha256 for stack in stacks)

    def spoil(self, sha256: str) -> None:
        """A disk that has changed a byte."""
        file = self.office.application.blobs.path_of(sha256)
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 0xFF
        file.write_bytes(raw)


@contextmanager
def filed(folder: Path, table: LightTable, clerk: str = "nv-1") -> Iterator[Filed]:
    """An office with one received dossier, and `clerk` at a desk with a light table."""
    with office_in(folder) as office:
        code = office.receive(sample_intake(INTENT)).dossier.code
        plain, around = make_desk(office, clerk)
        desk, scans = scan_desk(office, plain, Pile(), table)
        try:
            yield Filed(office, desk, around, scans, code)
        finally:
            scans.close()


def sheet_over(qtbot: QtBot, desk: Desk, folder: str = "") -> DocumentSheet:
    """The sheet over an empty window; `folder` is what the clerk would choose to export to."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = DocumentSheet(window, desk, lambda over: folder)
    made.kept_window = window      # type: ignore[attr-defined]  # it lives as long as the test holds the sheet
    return made


def leave(held: Filed, sha256: str) -> None:
    """The province has it, its time is over: gone from this machine, and the row says so."""
    with held.office.application.database.writing() as connection:
        now = held.office.clock.now()
        confirm_file(connection, sha256, now)
        connection.execute(update(files).where(files.c.sha256 == sha256).values(purged_at=now))
    held.office.application.blobs.remove(sha256)
