"""An older disk comes back: no number before recovery, then its own work is back and other numbers begin."""

from __future__ import annotations

import pytest

from app.services.standing import Reason
from tests.journeys.citizens import card
from tests.journeys.day import Clerk
from tests.journeys.machines import Scene, contact, desk, papers, receive, shown, stopped, store, waiting
from tests.journeys.test_replaced_pc import keep_second_copy_at, open_second_copy
from ui.counter_figures import counter_state
from ui.pages.intake.page import IntakePage


@pytest.mark.slow        # its parts are tested in the default suite; this plays them in one window
def test_an_older_data_folder_gives_no_number_until_the_stick_and_the_province_gave_back(scene: Scene) -> None:
    stick = scene.root / "stick"
    stick.mkdir()
    scene.enrol("pc", "Quầy 1")
    with scene.at("pc") as clerk:
        contact(clerk)
        keep_second_copy_at(clerk, stick)
        codes = [store(clerk, 0)]
        contact(clerk)
    scene.copy_disk("pc", "image", keys=False)     # last night's copy of the data folder
    with scene.at("pc") as clerk:
        codes.append(store(clerk, 1))
        contact(clerk)                             # the province has this one
        scene.province.stop()
        codes.append(store(clerk, 2))              # and this one lies on the stick alone
        clerk.until(lambda: counter_state(desk(clerk), {}).at_risk == 0, "the stick has it")
        assert waiting(clerk) > 0
    scene.copy_disk("image", "pc", keys=False)

    with scene.at("pc") as clerk:
        held = stopped(clerk)
        assert held is not None and held.reason == Reason.OLDER_THAN_WITNESS
        finds_no_number(clerk)
        sheet = open_second_copy(clerk)
        clerk.press("P")
        clerk.until(lambda: "việc trở lại sổ" in sheet.said.text(), "the stick gave back")
        clerk.look("restored-disk-from-stick")
        assert shown(clerk) == set(codes), "all of it is in the book again, also what no province has"
        clerk.press("Escape")
        assert stopped(clerk) is not None, "numbers wait for the province"
        scene.province.start()
        contact(clerk)
        assert stopped(clerk) is None and waiting(clerk) == 0
        codes.append(receive(clerk, 3))
        contact(clerk)
        assert desk(clerk).office.enrolled.epoch == 2
    held_there = scene.province.report()
    assert sorted(held_there["codes"]) == sorted(set(codes)) and len(set(codes)) == 4
    assert held_there["branches"] == 0


def finds_no_number(clerk: Clerk) -> None:
    """A whole reception up to its last key: it is refused in words, nothing is printed, and the form stays."""
    before = (papers(clerk), shown(clerk))
    clerk.press("F2")
    page = clerk.page
    assert isinstance(page, IntakePage)
    clerk.hands.type("ly lich")
    clerk.press("Return")
    if page.form().procedure is None:
        clerk.press("Return")
    clerk.hands.scan(card(9))
    clerk.until(lambda: bool(page.form().owner.full_name), "the card is on the form")
    clerk.press("Return")
    clerk.hands.type("0905000399")
    clerk.press("Return", "A", "F12")
    clerk.rest()
    if page.is_reading_back:
        clerk.press("Return")
        clerk.rest()
    clerk.look("restored-disk-no-number")
    assert (papers(clerk), shown(clerk)) == before
    assert page.banner.isVisible() and "cấp" in page.banner.title(), "it says that no number is given out"
    assert page.form().owner.full_name, "what was typed is not lost"
    clerk.press("Escape")                              # parked until numbers are given out again
    clerk.rest()
    assert page.form().is_blank
