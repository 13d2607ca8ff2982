"""kill -9 of the whole window in the middle of each kind of work: does the next start say what became of it?

A child opens the real window on an office, is driven by keys to one moment, and says so; the parent kills it,
opens the book anew and reads what the first screen will show: what lay open, whether it is stored, what is left.

    python -m tests.faults.kill_window [MOMENT …]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.paths import DataFolder
from app.services.support.at_work import begin
from tests.office import Office, make_office, reopen, sample_intake
from ui.command_line.folder import KEYS

if TYPE_CHECKING:
    from ui.counter_window import CounterWindow
    from ui.hands import Hands

READY = "READY"
PATIENCE = 180.0
"""Seconds until a window that never says so is killed all the same; on a full machine too."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`reach` brings the window there; `doing` and `verdict` must be told, `left` must stand among the lines.

    No `verdict`: no act lay open, so none may be told of.
    """

    reach: Callable[[CounterWindow, Hands], None]
    doing: str
    verdict: str
    left: str = ""


def _typing(counter: CounterWindow, hands: Hands) -> None:
    hands.press("F2")
    hands.type("ly lich")
    hands.press("Return")
    hands.press("Return")                          # the first of its cases
    hands.until(lambda: _has_draft(counter), "the form is kept")


def _has_draft(counter: CounterWindow) -> bool:
    from app.services.drafts import list_drafts

    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return bool(list_drafts(connection))


def _scanning(counter: CounterWindow, hands: Hands) -> None:
    assert counter.places is not None and counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        from app.services.receipts import open_prints

        code = open_prints(connection)[0].code
    counter.places.open_digitise(code)


def _keys(*presses: str) -> Callable[[CounterWindow, Hands], None]:
    def reach(counter: CounterWindow, hands: Hands) -> None:
        for press in presses:
            hands.press(press)

    return reach


def _printing(counter: CounterWindow, hands: Hands) -> None:
    """The paper is at the printer, which has not answered."""
    from app.services.receipts import open_prints
    from ui.operations import print_receipt

    at_printer, never = threading.Event(), threading.Event()

    def print_for_ever(*_: object) -> None:
        at_printer.set()
        never.wait()

    print_receipt.put_on_paper = print_for_ever
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        job = open_prints(connection)[0].job
    print_receipt.print_receipt(counter.desk, job)
    hands.until(at_printer.is_set, "the paper is at the printer")


UNPRINTED = "Chưa in"
MOMENTS: Mapping[str, Moment] = {
    "intake": Moment(_typing, "Tiếp nhận", "biểu đang gõ vẫn còn", "Đang gõ dở"),
    "money": Moment(_keys("F6", "O"), "Thu phí · Mở ca quỹ", "chưa có khoản tiền nào được ghi", UNPRINTED),
    "hand-over": Moment(_keys("F4"), "Bàn giao", "danh sách đang gom vẫn còn", UNPRINTED),
    "return": Moment(_keys("F5"), "Trả kết quả", "kết quả vẫn ở quầy", UNPRINTED),
    "scan": Moment(_scanning, "Số hóa giấy tờ · H47", "trang nào đã vào máy thì vẫn còn", UNPRINTED),
    "export": Moment(_keys("F8"), "Báo cáo", "xuất lại bằng Báo cáo (F8)", UNPRINTED),
    "print": Moment(_printing, "Hôm nay", "", "Đã gửi in"),
}


def kill_at(name: str, folder: Path) -> list[str]:
    """What is wrong with what the next start tells; empty when all of it is right."""
    office = make_office(folder)
    office.receive(sample_intake("một"))           # stored, and never printed
    office.application.close()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_window", "--child", name, str(folder)], stdout=subprocess.PIPE,
        env=os.environ | {KEYS: str(folder / "keys"), "XDG_CONFIG_HOME": str(folder / "config"),
                          "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    too_long = threading.Timer(PATIENCE, child.kill)
    too_long.start()
    try:
        with child.stdout:
            is_there = any(line.strip() == READY.encode() for line in child.stdout)
    finally:
        too_long.cancel()
        child.kill()
        child.wait()
        too_long.join()
    return _look(name, folder, office) if is_there else ["the moment was never reached"]


def _look(name: str, folder: Path, before: Office) -> list[str]:
    from tests.ui.dossier.desk import make_desk
    from ui.dialogs.recovery_report import read_unfinished
    from ui.models.crash_words import read_crash
    from ui.operations.crash_slip import crash_slip

    moment = MOMENTS[name]
    office = reopen(folder, before.province, before.clock)
    try:
        begin(DataFolder(folder / "office"), office.clock.now())
        desk, _ = make_desk(office)
        view, lines = read_crash(desk), read_unfinished(desk)
        slip = crash_slip(desk, view, lines)
    finally:
        office.application.close()
    if view is None:
        return ["nothing is told of the crash"]
    found = {
        f"doing: {view.doing!r}": moment.doing in view.doing,
        f"verdict: {view.verdict!r}": (
            moment.verdict in view.verdict if moment.verdict else not view.verdict),
        f"lines: {[line.what for line in lines]}": not moment.left or moment.left in {line.what for line in lines},
        "the slip tells another story": (slip.doing, slip.verdict) == (view.doing, view.verdict),
    }
    return [what for what, is_right in found.items() if not is_right]


def _child(name: str, folder: Path) -> None:
    """The window, at its moment; it never ends by itself."""
    from PySide6.QtWidgets import QApplication

    from ui.counter_window import CounterWindow
    from ui.hands import Hands
    from ui.theme import install_theme
    from ui.translations import Language

    app = QApplication([])
    counter = CounterWindow(app, install_theme(app), Language(app), DataFolder(folder / "office"))
    counter.window.show()
    assert counter.open()
    hands = Hands(counter.window, counter.scans)
    hands.press("Escape")                          # the report of the unprinted paper
    MOMENTS[name].reach(counter, hands)
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    app.exec()


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--child"]:
        _child(arguments[1], Path(arguments[2]))
        return 1
    is_clean = True
    for name in arguments or MOMENTS:
        with tempfile.TemporaryDirectory(prefix="qmc-fault-", ignore_cleanup_errors=True) as folder:
            wrong = kill_at(name, Path(folder))
        is_clean &= not wrong
        sys.stdout.write(f"{name}: {'; '.join(wrong) or 'told right'}\n")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
