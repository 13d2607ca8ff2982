"""Ask for a comparison with the province, and put a day's minutes on paper."""

from __future__ import annotations

from datetime import date

from app.domain.day_comparison import DAYS_BACK
from app.services.day_end import day_end_paper
from app.services.reconcile import ask_comparison
from app.store.settings import read_setting
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr

SLIP = "day_end"


def ask_for_comparison(desk: Desk, day: date, today: date) -> None:
    """The next contact compares from `day` on, a week at least. Who calls wakes the courier."""
    with desk.office.database.writing() as connection:
        ask_comparison(connection, max(DAYS_BACK, (today - day).days))


def print_day_end(desk: Desk, day: date) -> None:
    """The day's minutes on paper, beside the window."""
    office, clerk, now = desk.office, clerk_at(desk), desk.clock()

    def work() -> None:
        from app.printing.papers import render  # heavy, and not before the first print

        with office.database.reading() as connection:
            paper = day_end_paper(connection, office.enrolled, clerk, day, now)
            _, copies = how_printed(read_setting(connection, SETTING, {}), SLIP)
        put_on_paper(desk, f"doi-chieu-{day.isoformat()}", render(paper), SLIP, copies)

    said = tr("Đã in biên bản đối chiếu cuối ngày")
    desk.background.run(work, lambda _: desk.frame.say(said), lambda error: warn_of(desk, error))
