"""The hands of a clerk: keys and scans into the real window, for the played demo and the journeys.

Everything goes the way a keyboard's events go (through the platform's window), so the scan filter, shortcuts and
input fields see what they see at the counter. Key presses are counted; scans and typed text are not keys.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from ui.main_window import MainWindow
from ui.scan_filter import ScanFilter

STEP_MS = 4
KEY_MS = 50
"""From key to key; no scanner is that slow."""
AFTER_SCAN_MS = 200
"""No hand is faster from the scanner to the keyboard; a key sooner than that is taken for the scanner's own."""
AGAIN_MS = 1000
"""No hand scans the same paper again sooner; within 800 ms it would count as one pull of the trigger."""


class HandsStuck(Exception):
    """What the hands waited for did not come; the text says what it was."""


class Hands:
    """Works one window. `presses` counts single keys since the last `count_anew`.

    `is_hurried`: the pauses of a person, by which her keys are told from a scanner's, are said to have passed
    instead of waited for.
    """

    def __init__(self, window: MainWindow, scans: ScanFilter, *, is_hurried: bool = False) -> None:
        self._window, self._scans, self._is_hurried = window, scans, is_hurried
        self.presses = 0
        self._scanned, self._scanned_at = "", 0.0
        window.activateWindow()
        self.until(window.isActiveWindow, "the window is in front")

    def count_anew(self) -> None:
        self.presses = 0

    def press(self, keys: str) -> None:
        """One key or chord as Qt writes it: "F12", "Alt+1", "Return"."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide6's stubs leave __getitem__ out
        self.presses += 1
        QTest.keyClick(self._window.windowHandle(), combination.key(), combination.keyboardModifiers())
        self._settle()

    def type(self, text: str) -> None:
        """Text at a person's pace into whatever has the focus; not counted as key presses."""
        for letter in text:
            self._letter(letter)
            self._settle()

    def scan(self, text: str) -> None:
        """A wedge scanner's burst with its Enter, wherever the focus is."""
        if text == self._scanned:
            self._pause(max(0, AGAIN_MS - int((time.monotonic() - self._scanned_at) * 1000)))
        # A key that no page has: from it the filter learns the clock of played keys before that clock is stopped.
        QTest.keyClick(self._window.windowHandle(), Qt.Key.Key_F35)
        self._scans.frozen_at = time.monotonic_ns() // 1_000_000
        for letter in text:
            self._letter(letter)
        QTest.keyClick(self._window.windowHandle(), Qt.Key.Key_Return)
        self._scans.frozen_at = None
        self._scanned, self._scanned_at = text, time.monotonic()
        self._settle()
        self._pause(AFTER_SCAN_MS)

    def until(self, condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Let the window work until `condition` holds. Raises HandsStuck, naming `what`."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise HandsStuck(what)
            QTest.qWait(STEP_MS)

    def _letter(self, letter: str) -> None:
        handle = self._window.windowHandle()
        if letter.isascii():
            QTest.keyClick(handle, letter)  # type: ignore[call-overload]  # a letter is accepted, stubs say no
        else:
            none = Qt.KeyboardModifier.NoModifier
            QTest.sendKeyEvent(QTest.KeyAction.Click, handle, Qt.Key.Key_unknown, letter, none)

    def _settle(self) -> None:
        """Until the filter has decided whose keys these were."""
        if self._is_hurried:
            self._pause(KEY_MS)
        self.until(lambda: not self._scans.is_holding, "the scan filter lets the keys go")

    def _pause(self, milliseconds: int) -> None:
        if self._is_hurried:
            self._scans.skip(milliseconds)
            QCoreApplication.processEvents()
        else:
            QTest.qWait(milliseconds)
