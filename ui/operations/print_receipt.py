"""From a committed print job to the paper, beside the window; its end is written down whatever it is."""

from __future__ import annotations

from app.errors import KnownError
from app.services.receipts import note_print, print_job
from app.store.settings import read_setting
from ui.changes import Change
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.wait_second_copy import wait_before_paper
from ui.translations import tr

SETTING = "printing"
"""{"receipt": {"size": "A5" | "A4", "copies": 1}, "guidance": {…}}; absent: A5, once. The receipt's PDF already
holds both copies of the form (liên), so one print of it is two papers."""


def print_receipt(desk: Desk, job: str) -> None:
    """Render, read both codes back, print; a failure leaves the dossier and a line in the reprint list."""
    office = desk.office

    def work() -> str:
        code = ""
        try:
            with office.database.reading() as connection:
                found = print_job(connection, office.enrolled, job)
                size, copies = how_printed(read_setting(connection, SETTING, {}), "receipt")
            code = found.code
            from app.printing.receipt import render_checked_receipt  # heavy, and not before the first print

            pdf = render_checked_receipt(found.paper, size=size, mark=found.mark)
            _note(desk, job, "sent")
            put_on_paper(desk, f"{found.code}-{found.version}", pdf, "receipt", copies)
        except KnownError as error:
            _note(desk, job, "failed", error.code)
            raise
        _note(desk, job, "printed")
        return code

    def printed(code: str) -> None:
        desk.frame.say(tr("Đã in giấy tiếp nhận {code}", code=code))
        desk.changes.publish(Change(has_prints=True))

    def failed(error: Exception) -> None:
        desk.changes.publish(Change(has_prints=True))
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, desk.language())
        safe = tr("Hồ sơ đã lưu. Giấy tiếp nhận nằm trong danh sách in lại ở Hôm nay.")
        desk.frame.warn("bad", tr("Chưa in được giấy tiếp nhận"), f"{said.what} {safe} ({said.code})")

    desk.background.run(work, printed, failed)


def how_printed(setting: dict[str, dict[str, object]], slip: str) -> tuple[str, int]:
    """Size and number of prints that this counter chose for `slip`."""
    chosen = setting.get(slip, {})
    copies = chosen.get("copies", 1)
    return str(chosen.get("size", "A5")), copies if isinstance(copies, int) else 1


def put_on_paper(desk: Desk, name: str, pdf: bytes, slip: str, copies: int) -> None:
    """Hand `pdf` to the printer as a job called `name`, in which no person is named. It never lies in a file.

    What the paper says is on the second medium by then, unless that is missing or slow, which is said.
    """
    wait_before_paper(desk)
    desk.printer.print_pdf(pdf, name, slip=slip, copies=copies)


def _note(desk: Desk, job: str, state: str, reason: str = "") -> None:
    with desk.office.database.writing() as connection:
        note_print(connection, job, state, desk.clock(), reason)  # type: ignore[arg-type]  # one of PrintState
