"""Make the PDFs of papers and file them in the dossier: one after the other, beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.arrangement import PlacedPage
from app.domain.digitised import PDF, PaperAbout, QualityCheck
from app.domain.treatment import treatment_for
from app.errors import EnvironmentFault, KnownError
from app.services.digitise import DigitisedPaper, FiledStack, file_paper
from app.services.scan_tray import PageText, page_texts
from app.services.scan_tray import pages as kept_pages
from ui.background.page_values import Destination
from ui.background.scan_desk import ScanDesk
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at

if TYPE_CHECKING:
    from app.bootstrap import Application
    from app.imaging.prepared import DocumentAbout, PageForPdf
    from app.imaging.table_process import LightTable


@dataclass(frozen=True, slots=True)
class PaperToFile:
    """One requirement with the pages of each PDF, and the intent that makes two presses one."""

    requirement: str
    stacks: tuple[tuple[PlacedPage, ...], ...]
    about: PaperAbout
    checks: QualityCheck
    intent: str


def file_papers(
    desk: Desk, scans: ScanDesk, destination: Destination, papers: Sequence[PaperToFile],
    on_filed: Callable[[PaperToFile, DigitisedPaper], object],
    on_failure: Callable[[PaperToFile, Exception], object], on_end: Callable[[], object],
) -> None:
    """File `papers` in their order. One that fails is told and the next is filed; `on_end` comes last."""
    left = list(papers)

    def next_one() -> None:
        if not left:
            on_end()
            return
        paper = left.pop(0)

        def filed(done: DigitisedPaper) -> None:
            on_filed(paper, done)
            desk.changes.publish(Change(dossiers=frozenset({destination.code}), has_sync=True))
            next_one()

        def failed(error: Exception) -> None:
            on_failure(paper, error)
            next_one()

        scans.work.run(lambda: _file(desk, scans, destination, paper), filed, failed)

    next_one()


def _file(desk: Desk, scans: ScanDesk, destination: Destination, paper: PaperToFile) -> DigitisedPaper:
    """PDF by PDF onto the disk, then one line in the journal. Called on a worker thread."""
    office = desk.office
    stacks = tuple(
        FiledStack(
            tuple(page.page_id for page in stack), office.blobs.put(content, PDF),
            tuple(page.turn for page in stack),
        )
        for stack, content in zip(paper.stacks, _documents(desk, scans, destination, paper), strict=True)
    )
    with office.database.writing() as connection:
        return file_paper(
            connection, office.blobs, office.enrolled, clerk_at(desk), destination.code,
            requirement=paper.requirement, stacks=stacks, about=paper.about, checks=paper.checks,
            intent=paper.intent, now=desk.clock(), randomness=office.randomness,
        )


def _documents(desk: Desk, scans: ScanDesk, destination: Destination, paper: PaperToFile) -> list[bytes]:
    from app.imaging.prepared import DocumentAbout, PageForPdf

    office, counter, table = desk.office, desk.office.enrolled, scans.table()
    with office.database.reading() as connection:
        pages = {page.id: page for page in kept_pages(connection, destination.intent)}
        texts = page_texts(connection, destination.intent)
    wanted = next(each for each in destination.requirements if each.code == paper.requirement)
    treatment = treatment_for(wanted.name, wanted.form)
    about = DocumentAbout(
        title=wanted.name, created_at=desk.clock(), creator=f"{counter.office_name}, {counter.name}",
        paper_number=paper.about.number, issued_on=paper.about.issued_on, issuer=paper.about.issuer,
        signer=paper.about.signer, dossier_code=destination.code,
    )
    made = []
    for stack in paper.stacks:
        is_pair = treatment.is_card_pair and len(stack) == 2 and not any(page.turn for page in stack)
        if is_pair:
            # Both sides of a card stand on one sheet at their true size; the originals stay as they were scanned.
            front, back = (office.blobs.read(pages[page.page_id].original.sha256) for page in stack)
            both = table.prepare_pair(front, back, treatment)
            sheets = [PageForPdf(both.content, both.mime)]
        else:
            sheets = []
            for page in stack:
                prepared = pages[page.page_id].prepared
                assert prepared is not None        # a page still on the light table is not offered for filing
                layer = _words(office, texts.get(page.page_id), page.turn)
                sheets.append(PageForPdf(office.blobs.read(prepared.sha256), prepared.mime, page.turn, layer))
        made.append(_document(table, sheets, about))
    return made


def _words(office: Application, text: PageText | None, turn: int) -> bytes:
    """The text layer of a page if it is there by now: nobody waits for one, and a lost one stops nothing."""
    if text is None or text.layer is None or text.turn != turn % 360:
        return b""
    try:
        return office.blobs.read(text.layer.sha256)
    except EnvironmentFault:
        return b""


def _document(table: LightTable, sheets: Sequence[PageForPdf], about: DocumentAbout) -> bytes:
    try:
        return table.document(sheets, about)
    except KnownError:
        if not any(sheet.text_layer for sheet in sheets):
            raise
        return table.document([replace(sheet, text_layer=b"") for sheet in sheets], about)
