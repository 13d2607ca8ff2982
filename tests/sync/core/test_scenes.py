"""Histories by hand keep every promise; `tests.faults.mutants_sync` shows that each is about something."""

from __future__ import annotations

import pytest

from tests.sync.core.scenes.play import SCENES, play


@pytest.mark.parametrize("name", SCENES)
def test_every_promise_is_kept(name: str) -> None:
    assert play(name) == []


def test_the_same_scene_is_the_same_history() -> None:
    for name in SCENES:
        first: list[str] = []
        again: list[str] = []
        play(name, log=first)
        play(name, log=again)
        assert first == again != []
