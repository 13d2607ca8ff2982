"""The report on one person: found beside the window, kept in the journal before it is shown, printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.held_about import HeldAbout
from app.services.export_document import put_export
from app.services.held_about.answering import WHAT, held_about, keep_asking
from app.services.retention.view import RetentionView, read_retention
from app.store.settings import read_setting
from ui.changes import Change
from ui.operations.asked import ask_for_data
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr

SLIP = "held_about"
NAME = "bao-cao-du-lieu-ca-nhan"
"""Of the print job and the file: never a person's name or number."""

OnFailure = Callable[[Exception], object]


def read_retention_view(desk: Desk, on_read: Callable[[RetentionView], object], on_failure: OnFailure) -> None:
    office, now = desk.office, desk.clock()

    def work() -> RetentionView:
        with office.database.reading() as connection:
            return read_retention(connection, office.enrolled, now)

    desk.background.run(work, on_read, on_failure)


def find_held(
    desk: Desk, number: str, purpose: str, intent: str, on_found: Callable[[HeldAbout], object],
    on_failure: OnFailure,
) -> None:
    """Reads the whole book, then writes the line; only then is anything told. Raises `clerk_unknown`."""
    office, clerk, now = desk.office, clerk_at(desk), desk.clock()
    calendar = office.rules.calendar

    def work() -> HeldAbout:
        with office.database.reading() as connection:
            report = held_about(connection, office.enrolled, clerk, calendar, number, purpose, now=now)
        with office.database.writing() as connection:
            keep_asking(connection, office.enrolled, clerk, report, intent=intent, now=now,
                        randomness=office.randomness)
        return report

    def found(report: HeldAbout) -> None:
        desk.changes.publish(Change(has_sync=True))
        on_found(report)

    desk.background.run(work, found, on_failure)


def print_held(desk: Desk, report: HeldAbout) -> None:
    """On A4, beside the window; a line says that it was printed. Raises KnownError where it may not be."""
    ask_for_data(desk, report.purpose, f"{WHAT}:print", len(report.dossiers), intent=new_intent(desk))

    def work() -> None:
        with desk.office.database.reading() as connection:
            _, copies = how_printed(read_setting(connection, SETTING, {}), SLIP)
        put_on_paper(desk, NAME, _pdf(report), SLIP, copies)

    desk.background.run(
        work, lambda _: desk.frame.say(tr("Đã in báo cáo dữ liệu cá nhân")), lambda error: warn_of(desk, error)
    )


def save_held(desk: Desk, report: HeldAbout, folder: Path) -> None:
    """The same as a PDF in `folder`; a line says that it was taken away. Raises as `print_held`."""
    ask_for_data(desk, report.purpose, f"{WHAT}:file", len(report.dossiers), intent=new_intent(desk))

    def work() -> Path:
        return put_export(folder, f"{NAME}.pdf", _pdf(report))

    def saved(file: Path) -> None:
        desk.frame.say(tr("Đã lưu {names}", names=file.name))

    desk.background.run(work, saved, lambda error: warn_of(desk, error))


def _pdf(report: HeldAbout) -> bytes:
    from app.printing.papers import render  # heavy, and not before the first print

    return render(report)
