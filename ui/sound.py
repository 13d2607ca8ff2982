"""Two soft clicks: a scan was accepted, a scan was refused. Silence where the machine has no player.

QtMultimedia would bring 160 MB for two clicks: on Windows the system plays them, on Linux a player that is
there anyway.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess

from ui.theme import RESOURCES

_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "--quiet"))


class ScanSound(QObject):
    """`accept` and `refuse` return at once. Switched with `set_on`, each click by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.has_accept = True
        self.has_refuse = True
        self._player = next((player for player in _PLAYERS if shutil.which(player[0])), None)

    def set_on(self, *, accept: bool, refuse: bool) -> None:
        self.has_accept, self.has_refuse = accept, refuse

    def accept(self) -> None:
        if self.has_accept:
            self._play(RESOURCES / "sounds" / "accept.wav")

    def refuse(self) -> None:
        if self.has_refuse:
            self._play(RESOURCES / "sounds" / "refuse.wav")

    def _play(self, sound: Path) -> None:
        if sys.platform == "win32":
            import winsound  # only there

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            winsound.PlaySound(str(sound), flags)
        elif self._player is not None:
            player = QProcess()
            player.setProgram(self._player[0])
            player.setArguments([*self._player[1:], str(sound)])
            player.setStandardErrorFile(QProcess.nullDevice())     # without a sound card each click says so
            player.startDetached()
