from __future__ import annotations

from pathlib import Path

from tests.faults.life_disk_full import run, run_on_tmpfs
from tests.faults.office_day import acknowledge_lines, give_out, hand_over, post, receive, supplement, take_results
from tests.faults.test_disk_full import may_mount

SOME = (receive, hand_over, acknowledge_lines, take_results, give_out, post, supplement)


def test_an_act_that_finds_the_disk_full_leaves_nothing_behind_and_goes_through_with_room_again(
    tmp_path: Path
) -> None:
    found = run(tmp_path, 1, acts=SOME)
    assert found.is_clean, found
    assert len(+found.refused) >= 4, "too few acts have met a full disk to prove anything"


def test_a_manifest_on_a_disk_that_is_really_full_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """At every write, where this account may mount a disk of its own; the limit above is tried in any case."""
    if not may_mount(tmp_path):
        return
    found = run_on_tmpfs(tmp_path, 1, acts=(hand_over,))
    assert found.is_clean, found
    assert found.refused["hand_over"] > 3
