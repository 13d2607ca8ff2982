"""A disk was copied and the copy works as well: both branches are kept, a person lets the copy go on with other
numbers, the operator gives its branch a place, and the machine that was displaced comes back by a code."""

from __future__ import annotations

import pytest

from app.services.standing import Reason
from tests.journeys.day import Clerk
from tests.journeys.machines import (
    Scene,
    contact,
    desk,
    enrol_again,
    receive,
    shown,
    stopped,
    store,
    sync_page,
    waiting,
)


# Four sessions of the window on two machines; the rules by themselves are quick (test_needs_person, simulator).
@pytest.mark.slow
def test_both_branches_are_kept_and_a_person_lets_the_copy_begin_anew(scene: Scene) -> None:
    scene.enrol("pc", "Quầy 1")
    with scene.at("pc") as clerk:
        codes = {store(clerk, 0)}
        contact(clerk)
    scene.copy_disk("pc", "twin")
    with scene.at("pc") as clerk:
        codes |= {store(clerk, 1)}
        contact(clerk)
    # Its papers bear the numbers that the other gave out meanwhile: only the province can see that.
    scene.province.stop()
    with scene.at("twin") as clerk:
        twins = store(clerk, 2)
        assert twins in codes
        scene.province.start()
        assert contact(clerk)["problem"] == "fork"
        held = stopped(clerk)
        assert held is not None and held.reason == Reason.FORK
        assert waiting(clerk) == 1 and scene.province.report()["branches"] == 1, "kept here and there"
        begin_anew(clerk, "quay 1")
        contact(clerk)
        assert (stopped(clerk), desk(clerk).office.enrolled.epoch) == (None, 2)
        assert waiting(clerk) == 1, "what lies beside the chain is not sent"
        fresh = receive(clerk, 3)
        assert fresh not in codes | {twins}
        contact(clerk)
        scene.province.operate("adopt-branch", desk(clerk).office.enrolled.device, "1")
        contact(clerk)
        assert waiting(clerk) == 0
        codes |= {twins, fresh}
        assert codes <= shown(clerk)
    with scene.at("pc") as clerk:                  # two machines cannot be one counter: this one needs a code now
        assert contact(clerk)["problem"] == "stale_epoch"
        enrol_again(clerk, scene.code("Quầy 1"))
        contact(clerk)
        assert stopped(clerk) is None
        assert store(clerk, 4) not in codes
    held_there = scene.province.report()
    assert held_there["branches"] == 1
    assert [(each["number"], each["reason"]) for each in held_there["unsettled"]] == [(twins, "number_taken")], (
        "the number that stands on two papers is put before a person, and nothing else is"
    )


def begin_anew(clerk: Clerk, counter: str) -> None:
    """X tells what a fork is; Enter, the counter's name, Enter."""
    page = sync_page(clerk)
    clerk.press("X")
    said = page.deciding.explaining
    assert said is not None and said.is_open
    clerk.look("fork-explained")
    clerk.press("Return")
    sheet = page.deciding.fork
    assert sheet is not None and sheet.is_open
    clerk.press("Return")
    assert sheet.is_open, "not without the name of the counter"
    clerk.hands.type(counter)
    clerk.look("fork-begin-anew")
    clerk.press("Return")
    clerk.until(lambda: not sheet.is_open, "it was asked for")
    clerk.rest()
