"""Which start of the machine this is, where it is told by the clock."""

from __future__ import annotations

import pytest

from app.store.boot import SET_RIGHT, began_at, boot_name, is_same_boot

NOON = 1_795_320_000.0


@pytest.mark.parametrize("clock", [0, 1, -1, SET_RIGHT, -SET_RIGHT], ids=lambda seconds: f"{seconds} s")
@pytest.mark.parametrize("running", [0.0, 299.0, 300.4, 600.0, 2_147_483.7, 40 * 86_400.0])
def test_a_clock_that_is_set_right_is_no_restart(running: float, clock: int) -> None:
    before = began_at(NOON, running)
    assert is_same_boot(before, began_at(NOON + 900 + clock, running + 900))


@pytest.mark.parametrize("off", [SET_RIGHT + 1, 600, 86_400])
def test_a_machine_that_began_to_run_later_was_restarted(off: int) -> None:
    before = began_at(NOON, 300)
    assert not is_same_boot(before, began_at(NOON + off, 300))


def test_names_that_the_system_gives_are_the_same_or_not() -> None:
    assert is_same_boot(boot_name(), boot_name())
    assert not is_same_boot("41f2-a", "41f2-b")
    assert not is_same_boot("41f2-a", began_at(NOON, 300))
