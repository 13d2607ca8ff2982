"""Look at a stored paper, print it, hand it out as a file. A copy that leaves the book leaves a line in it.

So does a look at a paper that another clerk digitised (Luật 91/2025/QH15): the line stands before the first page
is shown, and without it nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.digitised import Document
from app.errors import KnownError
from app.services.export_document import export_name, put_export
from app.services.filed_paper import FiledPaper, FiledVersion, filed_paper
from app.services.reveal import reveal_person
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent
from ui.operations.print_receipt import put_on_paper

SLIP = "document"
"""What the printers' setting calls it."""

OnFailed = Callable[[KnownError], object]


def read_paper(desk: Desk, code: str, requirement: str) -> FiledPaper:
    """Raises `dossier_unknown`, `paper_not_digitised`."""
    with desk.office.database.reading() as connection:
        return filed_paper(connection, code, requirement)


def note_look(desk: Desk, paper: FiledPaper, version: FiledVersion) -> None:
    """One line for a paper that another clerk digitised, none for one's own. Raises what stood in the way."""
    if version.staff != clerk_at(desk).id:
        _note(desk, paper, version)


def print_document(
    desk: Desk, paper: FiledPaper, version: FiledVersion, on_done: Callable[[], object], on_failed: OnFailed
) -> None:
    """Every document of the version, one after the other, beside the window."""

    def work() -> None:
        contents = _contents(desk, version)
        _note(desk, paper, version, ":print")
        for number, content in enumerate(contents, 1):
            name = export_name(paper, version, number).removesuffix(".pdf")
            put_on_paper(desk, name, content, SLIP, 1)

    desk.background.run(work, lambda _: _told(desk, on_done), _known(on_failed))


def export_document(
    desk: Desk, paper: FiledPaper, version: FiledVersion, folder: Path,
    on_done: Callable[[tuple[Path, ...]], object], on_failed: OnFailed,
) -> None:
    """Every document of the version as a PDF in `folder`, beside the window; the files are the stored bytes."""

    def work() -> tuple[Path, ...]:
        contents = _contents(desk, version)
        _note(desk, paper, version, ":export")
        return tuple(
            put_export(folder, export_name(paper, version, number), content)
            for number, content in enumerate(contents, 1)
        )

    desk.background.run(work, lambda made: _told(desk, lambda: on_done(made)), _known(on_failed))


def is_on_this_machine(desk: Desk, document: Document) -> bool:
    """Whether its file is here; only opening it tells whether it is whole."""
    return desk.office.blobs.has(document.sha256)


def _contents(desk: Desk, version: FiledVersion) -> list[bytes]:
    """All of it is read before any of it goes out: a paper is handed on whole or not at all."""
    from app.printing.practice_mark import mark_scan  # reportlab: not before a copy leaves

    return [mark_scan(desk.office.blobs.read(each.sha256)) for each in version.documents]


def _note(desk: Desk, paper: FiledPaper, version: FiledVersion, act: str = "") -> None:
    office = desk.office
    what = f"document:{paper.requirement}:{version.number}{act}"
    with office.database.writing() as connection:
        reveal_person(
            connection, office.enrolled, clerk_at(desk), paper.code, what,
            intent=new_intent(desk), now=desk.clock(), randomness=office.randomness,
        )


def _told(desk: Desk, on_done: Callable[[], object]) -> None:
    on_done()
    desk.changes.publish(Change(has_sync=True))


def _known(on_failed: OnFailed) -> Callable[[Exception], object]:
    def failed(error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        on_failed(error)

    return failed
