"""Hold the stored scans against the book: asked for by a key, or by the night."""

from __future__ import annotations

from app.domain.people.roles import Act
from app.services.scan_check import CheckResult, check_scans, settle_check
from ui.background.tasks import Task
from ui.changes import Change
from ui.operations.allowed import may_act
from ui.operations.desk import Desk, warn_of
from ui.translations import tr


def check_stored_scans(desk: Desk, *, is_asked: bool = True) -> Task | None:
    """Every row has its file and every file is what its name says; the result is kept for the start screen.

    Beside the window, however long it takes; nothing but leftovers is removed. A good end is told to who asked,
    and who may not ask is told so: None then.
    """
    if is_asked and not may_act(desk, Act.VERIFY):
        return None
    office = desk.office

    def work(task: Task) -> CheckResult:
        def progress(checked: int, total: int) -> None:
            task.check()                           # the window closes

        with office.database.reading() as connection:
            found = check_scans(connection, office.blobs, progress, desk.clock())
        with office.database.writing() as connection:
            return settle_check(connection, office.blobs, found)

    def done(result: CheckResult) -> None:
        desk.changes.publish(Change(has_scans=True))
        if result.missing or result.damaged:
            desk.frame.say(
                tr("Kho bản quét: {missing} tệp thiếu, {damaged} tệp hỏng. Xem ở Hôm nay.",
                   missing=result.missing, damaged=result.damaged), "bad",
            )
        elif is_asked:
            desk.frame.say(tr("Kho bản quét đủ và nguyên vẹn: {n} tệp", n=result.checked))

    if is_asked:
        desk.frame.say(tr("Đang kiểm tra kho bản quét"), "info")
    return desk.background.run(work, done, lambda error: warn_of(desk, error), takes_task=True)
