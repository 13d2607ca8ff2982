"""A screen, a keyboard and a scanner, and the installed program's window on it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from .said import Stuck, say, until

PROGRAM = "quay-mot-cua"
SIZE = "1366x768x24"


def xdotool(*words: str) -> str:
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout.strip()


def xdotool_found() -> str:
    """The program's window, "" where none is to be seen."""
    done = subprocess.run(["xdotool", "search", "--onlyvisible", "--classname", PROGRAM], capture_output=True,
                          text=True, check=False)
    return done.stdout.split("\n")[0]


class Keyboard:
    """The device that a wedge scanner is: its burst is one stream of keys. xdotool pauses between them, and on a
    busy machine its pauses become a person's."""

    SPARE = 247
    """A key code that no keyboard sends: the letter that a scanner set to Vietnamese types lies there."""

    def __init__(self) -> None:
        self._x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(None))
        keysyms = (ctypes.c_ulong * 2)(_keysym("ữ"), _keysym("ữ"))
        self._x11.XChangeKeyboardMapping(self._display, self.SPARE, 2, keysyms, 1)
        self._x11.XSync(self._display, 0)

    def burst(self, text: str) -> None:
        shift = self._code(0xFFE1)
        for letter in text:
            key = self.SPARE if letter == "ữ" else self._code(_keysym(letter))
            strokes = [(key, 1), (key, 0)]
            if letter.isascii() and (letter.isupper() or letter in '|:"<>?_+()*&^%$#@!~{}'):
                strokes = [(shift, 1), *strokes, (shift, 0)]
            for code, is_down in strokes:
                self._xtst.XTestFakeKeyEvent(self._display, code, is_down, ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

    def _code(self, keysym: int) -> int:
        return int(self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(keysym)))


def _keysym(letter: str) -> int:
    if letter == "\n":
        return 0xFF0D
    return ord(letter) if letter.isascii() else 0x01000000 + ord(letter)


@contextlib.contextmanager
def screen(number: int) -> Iterator[None]:
    """An X server and a window manager, ended again."""
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", SIZE, "-nolisten", "tcp"],
                              stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = f":{number}"
    managing = None
    try:
        until(lambda: Path(f"/tmp/.X11-unix/X{number}").exists(), "the screen")
        managing = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        yield
    finally:
        for process in (managing, server):
            if process is not None:
                process.terminate()
                process.wait()


class Window:
    """The installed program's window, from outside."""

    def __init__(self, words: list[str]) -> None:
        self._keyboard = Keyboard()
        started = time.monotonic()
        with Path("window.log").open("w") as log:
            self.process = subprocess.Popen([PROGRAM, *words], stderr=log)
        self.window = until(self._found, "the window", 90)
        self.seconds_to_window = time.monotonic() - started
        xdotool("windowactivate", "--sync", self.window)

    def _found(self) -> str:
        if self.process.poll() is not None:
            log = Path("window.log").read_text()[-800:]
            raise Stuck(f"the program ended with {self.process.returncode}: {log}")
        return xdotool_found()

    def press(self, *keys: str, pause: float = 0.25) -> None:
        for key in keys:
            xdotool("key", key)
            time.sleep(pause)

    def type(self, text: str) -> None:
        xdotool("type", "--delay", "120", text)
        time.sleep(0.3)

    def scan(self, text: str) -> None:
        """A wedge scanner's burst with its Enter, wherever the focus is."""
        self._keyboard.burst(f"{text}\n")
        time.sleep(0.5)

    def close(self) -> int:
        xdotool("key", "alt+F4")
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            say("stubborn", what="Alt+F4 did not close the window")
            self.process.terminate()
            return self.process.wait(30)
