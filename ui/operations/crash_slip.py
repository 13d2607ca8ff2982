"""The slip after a crash on paper: what was happening, what is stored, what came out, what is still to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.domain.support_papers import CrashSlip, SheetLine
from ui.models.crash_words import CrashView
from ui.operations.desk import Desk
from ui.operations.print_receipt import how_printed, put_on_paper
from ui.operations.self_check import sign_at
from ui.translations import tr

if TYPE_CHECKING:
    from ui.dialogs.recovery_report import Unfinished

NAME = "phieu-sau-su-co"


def crash_slip(desk: Desk, view: CrashView | None, lines: Sequence[Unfinished]) -> CrashSlip:
    """The paper's values; without a crash the slip of what is unfinished."""
    counter = desk.office.enrolled
    return CrashSlip(
        counter.paper_head.unit, counter.name, desk.clock(), view.stopped_at if view else None,
        view.doing if view else "", view.verdict if view else "", view.saved if view else (),
        tuple(SheetLine(" · ".join(part for part in (line.code, line.subject) if part), line.what, "", to_do(line))
              for line in lines),
        sign_at(desk).code_for(),
    )


def to_do(line: Unfinished) -> str:
    """What to press for a line."""
    if line.is_print:
        return tr("Giấy chưa ra: bấm P để in lại. Đã ra rồi: bấm Y.")
    return tr("Bấm Enter để lưu các trang vào hồ sơ.") if line.has_pages else tr("Bấm Enter để làm tiếp.")


def print_crash_slip(
    desk: Desk, slip: CrashSlip, on_printed: Callable[[None], object], on_failure: Callable[[Exception], object],
) -> None:
    """On A5, where receipts go."""
    def work() -> None:
        from app.printing.support_sheets import render_crash_slip

        size, _ = how_printed({}, "receipt")
        put_on_paper(desk, NAME, render_crash_slip(slip, size=size), "receipt", 1)

    desk.background.run(work, on_printed, on_failure)
