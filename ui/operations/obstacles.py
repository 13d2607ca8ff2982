"""Note an obstacle, write its answer down, take a month's list to the meeting: on paper, as PDF and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.route_papers import ObstacleCause
from app.errors import KnownError
from app.services.counter import Clerk
from app.services.export_document import put_export
from app.services.obstacles import About, close_obstacle, month_list, note_obstacle, obstacle_paper
from app.spreadsheets.csv_table import csv_table
from app.store.queries.obstacles import ObstacleRow
from app.store.settings import read_setting
from ui.changes import Change
from ui.models.obstacle_rows import CSV_HEAD, csv_line
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr

SLIP = "obstacle_list"


def note(desk: Desk, text: str, cause: ObstacleCause, about: About, *, intent: str) -> bool:
    """False when it could not be written down, which is said."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            note_obstacle(
                connection, office.enrolled, clerk_at(desk), text, cause, about,
                intent=intent, now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.frame.say(tr("Đã ghi vướng mắc"))
    _told(desk, about.code)
    return True


def answer(desk: Desk, row: ObstacleRow, text: str, *, intent: str) -> bool:
    """False when the answer could not be written down, which is said."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            close_obstacle(
                connection, office.enrolled, clerk_at(desk), row.id, text,
                intent=intent, now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.frame.say(tr("Đã ghi cách giải quyết"))
    _told(desk, row.code)
    return True


def month_name(month: str) -> str:
    """What its files are called: "vuong-mac-2026-11"."""
    return f"vuong-mac-{month}"


def print_month(desk: Desk, month: str) -> None:
    """The month's list on paper, beside the window."""
    office, clerk = desk.office, clerk_at(desk)

    def work() -> None:
        with office.database.reading() as connection:
            rows = month_list(connection, month)
            _, copies = how_printed(read_setting(connection, SETTING, {}), SLIP)
        put_on_paper(desk, month_name(month), _pdf(desk, month, rows, clerk), SLIP, copies)

    desk.background.run(
        work, lambda _: desk.frame.say(tr("Đã in danh sách vướng mắc")), lambda error: warn_of(desk, error)
    )


def export_month(desk: Desk, month: str, folder: Path, on_done: Callable[[tuple[Path, ...]], object]) -> None:
    """The month's list as PDF and as CSV in `folder`, beside the window; files of that name stay as they are."""
    office, clerk = desk.office, clerk_at(desk)

    def work() -> tuple[Path, ...]:
        with office.database.reading() as connection:
            rows = month_list(connection, month)
        table = csv_table(CSV_HEAD, [csv_line(number, row) for number, row in enumerate(rows, 1)])
        made = ((f"{month_name(month)}.pdf", _pdf(desk, month, rows, clerk)), (f"{month_name(month)}.csv", table))
        return tuple(put_export(folder, name, content) for name, content in made)

    desk.background.run(work, on_done, lambda error: warn_of(desk, error))


def _pdf(desk: Desk, month: str, rows: tuple[ObstacleRow, ...], clerk: Clerk) -> bytes:
    from app.printing.papers import render  # heavy, and not before the first print

    return render(obstacle_paper(desk.office.enrolled, clerk, month, rows, desk.clock()))


def _told(desk: Desk, code: str) -> None:
    desk.changes.publish(Change(dossiers=frozenset({code} if code else ()), has_sync=True))
