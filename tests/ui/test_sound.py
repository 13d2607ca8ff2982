"""The clicks: shipped as the script makes them, played by what the machine has, silent when switched off."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.make_sounds import SOUNDS, sound
from ui.sound import ScanSound
from ui.theme import RESOURCES

PLAYER = """#!{python}
import pathlib, sys
pathlib.Path({out!r}).open("a").write(pathlib.Path(sys.argv[-1]).name + "\\n")
"""


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_a_click_is_what_the_script_makes(name: str) -> None:
    assert (RESOURCES / "sounds" / name).read_bytes() == sound(SOUNDS[name])


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only player writes down what it is asked to play."""
    out = tmp_path / "heard"
    player = tmp_path / "aplay"
    player.write_text(PLAYER.format(python=sys.executable, out=str(out)))
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return out


@pytest.mark.parametrize(("accept", "refuse", "played"), [
    (True, True, ["accept.wav", "refuse.wav"]), (True, False, ["accept.wav"]), (False, True, ["refuse.wav"]),
])
def test_each_click_can_be_switched_off(
    qtbot: QtBot, heard: Path, accept: bool, refuse: bool, played: list[str]
) -> None:
    clicks = ScanSound()
    clicks.set_on(accept=accept, refuse=refuse)
    clicks.accept()
    clicks.refuse()
    qtbot.waitUntil(lambda: heard.exists() and sorted(heard.read_text().split()) == played)


def test_a_machine_without_a_player_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    clicks = ScanSound()
    clicks.accept()
    assert clicks._player is None
