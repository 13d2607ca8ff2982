"""The register of a period: on paper, or as a file in a folder; drawn beside the window, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.domain.text import fold
from app.services.counter import Clerk
from app.services.export_document import put_export
from app.services.register import RegisterBook, register_paper
from app.store.settings import read_setting
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr

SLIP = "register"
OnDone = Callable[[], object]


def print_register(desk: Desk, book: RegisterBook, first: date, last: date, on_end: OnDone) -> None:
    """Raises `clerk_unknown` when nobody works this counter; all else is said over the page."""
    clerk = clerk_at(desk)

    def work() -> None:
        with desk.office.database.reading() as connection:
            _, copies = how_printed(read_setting(connection, SETTING, {}), SLIP)
        put_on_paper(desk, register_name(book, first, last), _pdf(desk, clerk, book, first, last), SLIP, copies)

    def done(_: None) -> None:
        desk.frame.say(tr("Đã in sổ theo dõi {book}", book=book.name))
        on_end()

    desk.background.run(work, done, _failed(desk, on_end))


def export_register(desk: Desk, book: RegisterBook, first: date, last: date, folder: Path, on_end: OnDone) -> None:
    """The same as a PDF in `folder`."""
    clerk = clerk_at(desk)

    def work() -> Path:
        name = f"{register_name(book, first, last)}.pdf"
        return put_export(folder, name, _pdf(desk, clerk, book, first, last))

    def done(file: Path) -> None:
        desk.frame.say(tr("Đã lưu {names}", names=file.name))
        on_end()

    desk.background.run(work, done, _failed(desk, on_end))


def register_name(book: RegisterBook, first: date, last: date) -> str:
    """"so-theo-doi-quay-3-2026-20261101-20261130", for files."""
    bare = "-".join("".join(letter if letter.isalnum() else " " for letter in fold(book.name)).split())
    return f"so-theo-doi-{bare}-{first:%Y%m%d}-{last:%Y%m%d}"


def _pdf(desk: Desk, clerk: Clerk, book: RegisterBook, first: date, last: date) -> bytes:
    from app.printing.papers import render  # heavy, and not before the first print

    office = desk.office
    with office.database.reading() as connection:      # lines are read while pages are written
        return render(
            register_paper(connection, office.enrolled, clerk, office.rules, book, first, last, desk.clock())
        )


def _failed(desk: Desk, on_end: OnDone) -> Callable[[Exception], object]:
    def failed(error: Exception) -> None:
        on_end()
        warn_of(desk, error)

    return failed
