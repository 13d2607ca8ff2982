"""Read the whole book through, beside the window; damage is said at once and stands on the start screen."""

from __future__ import annotations

from datetime import datetime

from app.services.book_check import BookFindings, check_and_note, last_book_check
from ui.background.tasks import Task
from ui.changes import Change
from ui.operations.desk import Desk, warn_of
from ui.translations import tr


def check_whole_book(desk: Desk) -> Task:
    """Every page, every line, every signature. A book that is whole is not spoken of."""
    office, now = desk.office, desk.clock()

    def work(task: Task) -> BookFindings:
        return check_and_note(office.database, office.enrolled, now, task.check)       # the window closes

    def done(found: BookFindings) -> None:
        desk.changes.publish(Change(has_scans=True))
        if found.tables and not (found.pages or found.lines or found.versions_lacking):
            desk.frame.warn("bad", tr("Sổ trên máy này bị sửa ngoài chương trình"), tr(
                "Đừng khôi phục vội. Gọi người phụ trách máy: lệnh verify nói rõ từng bảng, từng tệp."
            ))
        elif not found.is_whole:
            desk.frame.warn("bad", tr("Sổ trên máy này có chỗ hỏng"), tr(
                "Không có gì bị xóa. Bấm F9 rồi K để khôi phục từ bản sao lưu, và gọi người phụ trách máy."
            ))

    return desk.background.run(work, done, lambda error: warn_of(desk, error), takes_task=True)


def last_looked_at(desk: Desk) -> datetime | None:
    """When the book was last read through."""
    with desk.office.database.reading() as connection:
        found = last_book_check(connection)
    return found[0] if found is not None else None
