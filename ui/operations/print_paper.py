"""From a committed paper job to the paper, beside the window; its end is written down whatever it is."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import KnownError
from app.services.papers.prints import PrintState, note_paper_print, paper_print
from app.store.settings import read_setting
from ui.changes import Change
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr


def print_paper(desk: Desk, job: str, *, on_printed: Callable[[], None] | None = None) -> None:
    """Render, read the codes back, print; a failure leaves the act and a line in the reprint list."""
    office = desk.office

    def work() -> str:
        try:
            with office.database.reading() as connection:
                found = paper_print(connection, office.enrolled, job)
                chosen = read_setting(connection, SETTING, {})
            from app.printing.papers import render  # heavy, and not before the first print

            size = chosen.get(found.paper, {}).get("size")
            copies = max(1, how_printed(chosen, found.paper)[1])       # 0: not by itself; here it was asked for
            pdf = render(found.values, size=size, mark=found.mark)
            _note(desk, job, "sent")
            put_on_paper(desk, f"{found.code}-{found.paper}", pdf, found.paper, copies)
        except KnownError as error:
            _note(desk, job, "failed", error.code)
            raise
        _note(desk, job, "printed")
        return found.code

    def printed(code: str) -> None:
        desk.frame.say(tr("Đã in {code}", code=code))
        desk.changes.publish(Change(has_prints=True))
        if on_printed is not None:
            on_printed()

    def failed(error: Exception) -> None:
        desk.changes.publish(Change(has_prints=True))
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, desk.language())
        safe = tr("Việc vừa làm đã lưu. Giấy nằm trong danh sách in lại ở Hôm nay.")
        desk.frame.warn("bad", tr("Chưa in được giấy"), f"{said.what} {safe} ({said.code})")

    desk.background.run(work, printed, failed)


def _note(desk: Desk, job: str, state: PrintState, reason: str = "") -> None:
    with desk.office.database.writing() as connection:
        note_paper_print(connection, job, state, desk.clock(), reason)
