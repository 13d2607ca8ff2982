"""The practice room by its own guide: the card says what to type and which key, and nothing else is done here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import DataFolder
from app.practice import VARIABLE, WATERMARK
from sync.gateway.process import GatewayProcess
from tests.app.printing.reading import page_texts, squeezed
from tests.gateway_process import ReadyGateway
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.demo_play import newest_code
from ui.guide.guide import Guide
from ui.hands import Hands
from ui.practice import office
from ui.practice.room import PracticeRoom
from ui.theme import Theme
from ui.translations import Language

CAPS = {"Enter": "Return", "Esc": "Escape"}
MOST_STEPS = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv(VARIABLE, "1")
    monkeypatch.setattr(office, "GatewayProcess", ReadyGateway)    # the same, without the imports of a start
    yield DataFolder(tmp_path / "practice")


def test_who_follows_the_card_ends_with_a_receipt_and_everything_at_the_province(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder
) -> None:
    provinces: list[GatewayProcess] = []

    def prepare(place: DataFolder) -> GatewayProcess:
        provinces.append(office.open_practice(place))
        return provinces[0]

    counter = CounterWindow(qapp, look, language, folder)
    room = PracticeRoom(counter, folder, prepare=prepare)
    window = counter.window
    try:
        window.show()
        hands = Hands(window, counter.scans, is_hurried=True)
        room.open()
        hands.until(lambda: room.cable is not None and counter.desk is not None, "the room is open", 90)
        guide = Guide(counter, room, folder.root)
        first = provinces[0].pid
        hands.until(lambda: guide.card.step is not None, "the card says something")
        assert window.windowTitle().startswith("LUYỆN TẬP")

        hands.press("Ctrl+4")                      # left, other things, and taken up again
        assert not guide.is_open
        hands.press("F3")
        hands.press("Ctrl+4")
        hands.until(lambda: guide.card.key() == "F2", "the card waits where it was")

        done, pids = follow(guide, hands, provinces[0])

        assert done == list(range(1, 11)), "every step of ten was walked"
        assert 0 in pids, "with the cable out there is no province"
        assert provinces[0].pid not in (0, first), "plugged in again it is another process"
        code = newest_code(counter.desk)
        assert code.startswith("T00."), "no province gives out such a code"
        assert squeezed(WATERMARK) in squeezed(page_texts((folder.papers / f"{code}-1.pdf").read_bytes())[0])
        assert window.state.pending == window.state.files == 0
        held = provinces[0].report()
        assert held["codes"] == [code]
        assert held["files"]["complete"] == 1
        province = provinces[0].pid
    finally:
        room.close()
        counter.close()
        counter.deleteLater()
    assert not is_alive(province), "closing leaves no province behind"
    assert json.loads((folder.root / "guide.json").read_text("utf-8"))["is_done"], "it is not offered again"


def follow(guide: Guide, hands: Hands, province: GatewayProcess) -> tuple[list[int], set[int]]:
    """Do what the card says until it is through: the numbers of its steps, and the processes of the province."""
    numbers: list[int] = []
    pids: set[int] = set()
    for _ in range(MOST_STEPS):
        hands.until(lambda: guide.progress.is_done or bool(guide.card.key()), "the card names a key", 90)
        step = guide.card.step
        pids.add(province.pid)
        assert step is not None
        if step.number not in numbers:
            numbers.append(step.number)
        if guide.progress.is_done:
            return numbers, pids
        typing, key = guide.card.typing(), guide.card.key()
        if typing:
            hands.type(typing)
        hands.press("+".join(CAPS.get(part, part) for part in key.split(" ")))
        hands.until(lambda step=step: guide.card.step != step, f"the card goes on from {step}", 60)
    raise AssertionError(f"the card leads round in circles: {numbers}")


def is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        raise NotImplementedError
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
