"""One life of the real window among citizens who must not be readable.

    python -m tests.faults.canary_life ROOT TURN [leaky | close]

Everything goes through the window's own desk: its background, its light table, its printer, its helper processes.
What is done is said on standard output, a line each; it does not end by itself. `leaky`: papers lie in a temporary
folder while they print, as they once did; the search must see that. `close`: it is closed, as a clerk does, once
papers lie in the tray. Each second counter has no printer: its papers are files.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.memory_dumps import leave_no_memory_dump
from app.said_errors import say_no_words
from app.store.settings import write_setting
from tests.faults import canary_words as words
from tests.faults.canary_acts import ACTS, receive_one
from tests.faults.canary_clerk import BROKEN, Life, tell
from tests.faults.canary_machine import Machine
from ui.counter_window import CounterWindow
from ui.demo_play import Person, receive_by_keys
from ui.hands import Hands
from ui.operations import print_receipt
from ui.operations.desk import Desk
from ui.paper_printer import SETTING
from ui.theme import install_theme
from ui.translations import Language

AT_ONCE = 6
"""Acts under way: several, so that a kill meets a print beside an export beside a scan."""


def step(life: Life) -> None:
    if life.going < AT_ONCE:
        acts = ACTS if life.codes else {receive_one: 1}
        act = life.dice.choices(list(acts), weights=list(acts.values()))[0]
        try:
            act(life)
        except Exception as error:                 # out of here it would be lost: Qt calls this
            tell(f"{BROKEN} {act.__name__}: {type(error).__name__}")


def tell_of_broken_slots() -> None:
    """What breaks behind an act, when Qt calls what it left: told as well, without its words."""
    before = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        tell(f"{BROKEN} slot: {kind.__name__}")
        before(kind, error, trace)

    sys.excepthook = told


def by_keys(life: Life) -> None:
    """The same by a hand on the keyboard and a card under the scanner."""
    life.number += 1
    hands = Hands(life.counter.window, life.counter.scans)
    hands.press("Escape")                          # what the start says of the kill before
    person = Person(words.card(life.number), "ly lich tu phap", words.phone(life.number))
    life.codes.append(receive_by_keys(life.counter, hands, person))
    tell("by keys")


def print_by_a_file(desk: Desk, name: str, pdf: bytes, slip: str, copies: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.pdf"
        file.write_bytes(pdf)
        desk.printer.print_pdf(file.read_bytes(), name, slip=slip, copies=copies)
        tell("leak")
        signal.pause()


class Closer(QObject):
    """Closes the window as a clerk does, once two papers lie in the tray; the window waits for its work itself."""

    def __init__(self, life: Life, acts: QTimer) -> None:
        super().__init__()
        self._life, self._acts, self._look = life, acts, QTimer(self)
        self._look.timeout.connect(self._on_look)
        self._look.start(50)

    def _on_look(self) -> None:
        if len(list(self._life.machine.data.papers.glob("*.pdf"))) > 1:
            self._look.stop()
            self._acts.stop()
            tell("close with papers")
            self._life.counter.close()
            tell("closed")
            QApplication.quit()


def live(root: Path, turn: int, *, is_closed: bool) -> None:
    machine = Machine(root)
    leave_no_memory_dump()                         # as the front door does, `ui.launch`
    say_no_words()
    app = QApplication(sys.argv[:1])
    counter = CounterWindow(app, install_theme(app), Language(app), machine.data)
    counter.window.show()
    if not counter.open():
        tell("not opened")
        return
    life = Life(counter, machine, turn)
    with life.desk.office.database.writing() as connection:
        write_setting(connection, SETTING, {"way": "pdf" if is_closed or turn % 2 else "cups"})
    tell_of_broken_slots()
    tell("open")
    if turn % 3 == 1:
        by_keys(life)
    timer = QTimer()
    timer.timeout.connect(lambda: step(life))
    timer.start(5)
    closer = Closer(life, timer) if is_closed else None
    app.exec()
    del closer


if __name__ == "__main__":
    if "leaky" in sys.argv:
        print_receipt.put_on_paper = print_by_a_file
    live(Path(sys.argv[1]), int(sys.argv[2]), is_closed="close" in sys.argv)
