"""`python -m tests.ui.intake.shots OUTDIR [NAME …]`: groups, online dossiers, pick-ups, fees, as pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.pickup import PickupState
from tests.app.domain.catalogues import starter
from tests.app.services.intake.counters import NATIONAL, online_intake, receive
from tests.app.services.post.counter import PostDesk, sample_call
from tests.office import office_in
from tests.ui.intake.conftest import CARD, OTHER_CARD, Counter
from tests.ui.intake.counter_desk import counter_desk
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.pages.intake.form import Step
from ui.pages.intake.page import IntakePage
from ui.shortcuts import Place

Scene = Callable[[Counter], None]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LOOKS = (
    ("light", 1366, 768, "vi"), ("light", 1920, 1080, "vi"), ("contrast", 1366, 768, "vi"),
    ("light", 1366, 768, "en"), ("light", 1093, 614, "vi"),
)


def _two(counter: Counter) -> None:
    counter.fill(CARD)
    counter.press(Key.Key_F12, SHIFT)
    counter.press(Key.Key_Return)
    counter.choose("xay dung moi")
    counter.press(Key.Key_A)
    counter.press(Key.Key_F12, CONTROL)
    counter.press(Key.Key_Return)


def group_going_on(counter: Counter) -> None:
    _two(counter)
    counter.scan(OTHER_CARD)


def group_read_back(counter: Counter) -> None:
    counter.fill(CARD)
    counter.press(Key.Key_F12, SHIFT)


def group_basket(counter: Counter) -> None:
    _two(counter)
    counter.press(Key.Key_B, ALT)


def group_parked(counter: Counter) -> None:
    _two(counter)
    counter.press(Key.Key_Escape)


def online_new(counter: Counter) -> None:
    counter.fill(CARD)
    counter.press(Key.Key_O, ALT)
    counter.scan(NATIONAL)


def online_here(counter: Counter) -> None:
    receive(counter.office, online_intake("a"))
    online_new(counter)


def online_form(counter: Counter) -> None:
    online_new(counter)
    counter.press(Key.Key_Return)


def online_helped(counter: Counter) -> None:
    online_new(counter)
    counter.press(Key.Key_H, ALT)


def pickup_list(counter: Counter) -> None:
    desk = PostDesk(counter.office)
    for name, phone in (("Phan Văn Thử", "0905 000 456"), ("Lê Thị Ví Dụ", "0905 111 777")):
        call = sample_call(name=name, phone=phone)
        asked = desk.call(call, intent=f"gọi-{name}")
        desk.later(minutes=1)
        desk.move(asked.id, PickupState.COLLECTED, papers=call.papers[:2], intent=f"lấy-{name}")
    counter.press(Key.Key_T, ALT)


def pickup_form(counter: Counter) -> None:
    pickup_list(counter)
    counter.press(Key.Key_Return)


def _at_fees(counter: Counter, code: str) -> None:
    counter.use(starter())
    counter.choose(code)
    if counter.page.form().procedure is None:
        counter.press(Key.Key_Return)      # its first case
    counter.scan(CARD)
    counter.page.go_to(Step.PAPERS)
    counter.press(Key.Key_A)
    counter.page.go_to(Step.FEES)


def _group(counter: Counter, downs: int) -> None:
    counter.page.go_to(Step.FEES, "exemption")
    for _ in range(downs):
        counter.press(Key.Key_Down)


def fees_plain(counter: Counter) -> None:
    _at_fees(counter, "1.001456")


def fees_counted(counter: Counter) -> None:
    _at_fees(counter, "2.000815")
    counter.type("2x3 5")


def fees_unreadable(counter: Counter) -> None:
    _at_fees(counter, "2.000815")
    counter.type("2x")
    counter.press(Key.Key_Tab)


def fees_lowered(counter: Counter) -> None:
    _at_fees(counter, "3.000333")
    _group(counter, 1)


def fees_exempt(counter: Counter) -> None:
    _at_fees(counter, "3.000333")
    _group(counter, 4)
    counter.press(Key.Key_F12)


def fees_typed(counter: Counter) -> None:
    _at_fees(counter, "1.001445")


def fees_why(counter: Counter) -> None:
    fees_counted(counter)
    counter.press(Key.Key_M, ALT)


def fees_read_back(counter: Counter) -> None:
    fees_lowered(counter)
    counter.press(Key.Key_Return)
    counter.type("Thẻ sinh viên 001 (mẫu)")
    counter.press(Key.Key_F12)


def told_keys(counter: Counter) -> None:
    QTest.keyClick(counter.window, Key.Key_F1)


SCENES: tuple[Scene, ...] = (
    group_going_on, group_read_back, group_basket, group_parked, online_new, online_here, online_form,
    online_helped, pickup_list, pickup_form, fees_plain, fees_counted, fees_unreadable, fees_lowered, fees_exempt,
    fees_typed, fees_why, fees_read_back, told_keys,
)


def main(arguments: list[str]) -> None:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES, LOOKS):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            at = counter_desk(office)
            window = window_of(office)
            window.register_place(Place.INTAKE, lambda at=at: IntakePage(at.desk))
            open_wide(window, shot.width, shot.height)
            QApplication.processEvents()
            page = window.go(Place.INTAKE)
            assert isinstance(page, IntakePage)
            QApplication.processEvents()
            shot.scene(Counter(office, at, window, page))
            take(window, shot.file, glances=6)
            put_away(window)


if __name__ == "__main__":
    main(sys.argv[1:])
