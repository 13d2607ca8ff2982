"""A PC dies with dossiers that were never sent: its stick and a code of the shift leader bring everything back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.day import Clerk
from tests.journeys.machines import Scene, contact, desk, receive, shown, store, sync_page, waiting
from ui.counter_figures import counter_state
from ui.dialogs.second_copy_sheet import SecondCopySheet
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.page import FirstRunPage
from ui.pages.home.page import HomePage

MOST_KEYS = 12
"""From the empty PC to all dossiers in its book, beside what is typed: address, code, where the stick is."""


@pytest.mark.slow        # its parts are tested in the default suite; this plays them in one window
def test_a_new_pc_has_everything_of_a_dead_one_after_a_few_keys(scene: Scene) -> None:
    stick = scene.root / "stick"
    stick.mkdir()
    scene.enrol("old", "Quầy 1")
    with scene.at("old") as clerk:
        contact(clerk)                             # the contact brings the key under which records are sealed
        keep_second_copy_at(clerk, stick)
        codes = {store(clerk, 0)}
        contact(clerk)
        scene.province.stop()                      # the line goes down
        codes |= {store(clerk, 1), store(clerk, 2)}
        assert waiting(clerk) > 0
        clerk.until(lambda: counter_state(desk(clerk), {}).at_risk == 0, "nothing would be lost with this machine")
    scene.destroy("old")                           # data and keys
    scene.province.start()

    with scene.at("new") as clerk:
        clerk.hands.count_anew()
        enrol(clerk, scene.province.url, scene.code("Quầy 1"))
        sheet = open_second_copy(clerk)
        clerk.press("N")
        clerk.hands.type(str(stick))
        # A letter in the field is a letter: the way to the button is Tab, as for every field.
        clerk.tab_to("Chuyển về tỉnh mở")
        clerk.press("Space")
        clerk.until(lambda: "Tỉnh nhận mới" in sheet.said.text(), "the province has opened what lay on the stick")
        clerk.look("replaced-pc-forwarded")
        assert "chưa nhận" not in sheet.said.text()
        clerk.press("Escape")
        contact(clerk)
        assert shown(clerk) == codes
        assert clerk.hands.presses <= MOST_KEYS
        later = receive(clerk, 3)
        assert later not in codes, "numbers that no paper has"
        contact(clerk)
        assert waiting(clerk) == 0
    held = scene.province.report()
    assert sorted(held["codes"]) == sorted(codes | {later}), "each of them, once"
    assert (held["unsettled"], held["branches"]) == ([], 0)


def keep_second_copy_at(clerk: Clerk, stick: Path) -> None:
    sheet = open_second_copy(clerk)
    clerk.press("N")
    clerk.hands.type(str(stick))
    clerk.press("Return")
    clerk.until(lambda: not sheet.is_open and not clerk.counter.background.is_busy, "the stick is set up")


def open_second_copy(clerk: Clerk) -> SecondCopySheet:
    page = sync_page(clerk)
    clerk.press("B")
    sheet = page.second_copy.sheet
    assert sheet is not None and sheet.is_open
    return sheet


def enrol(clerk: Clerk, url: str, code: str) -> None:
    """What the new PC asks for first."""
    assert isinstance(clerk.page, EnrolPage)
    clerk.hands.type(url)
    clerk.press("Tab")
    clerk.hands.type(code)
    clerk.press("F12")
    clerk.until(lambda: isinstance(clerk.page, FirstRunPage), "the new PC stands at its counter")
    clerk.press("Escape")                          # what it still lacks is done another time
    assert isinstance(clerk.page, HomePage)
    clerk.rest()
