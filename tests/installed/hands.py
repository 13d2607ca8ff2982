"""Inside the clean root, with the system's own Python: a screen, a keyboard, and what a screen reader is told.

    python3 hands.py PLAN        PLAN: JSON, see `main`; one JSON line an event on stdout

Standard library, gi and xdotool only: nothing of the project. Runs under `dbus-run-session`.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROGRAM = "quay-mot-cua"
SIZE = "1366x768x24"
TELLING_ROLES = frozenset((
    "push button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "list",
    "table", "tree", "tree table", "spin button", "slider", "page tab", "menu item", "link", "dialog", "frame",
    "button",
))
"""Roles a screen reader stops at: each must have a name."""


class Stuck(Exception):
    """What was waited for did not come; the text says what."""


def say(event: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def xdotool(*words: str) -> str:
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout.strip()


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


def until(condition: Callable[[], Any], what: str, seconds: float = 60.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise Stuck(what)
        time.sleep(0.05)
    return found


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
        done = subprocess.run(["xdotool", "search", "--onlyvisible", "--classname", PROGRAM], capture_output=True,
                              text=True, check=False)
        return done.stdout.split("\n")[0]

    def press(self, *keys: str) -> None:
        for key in keys:
            xdotool("key", key)
            time.sleep(0.25)

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


class Tree:
    """What the program tells a screen reader."""

    def __init__(self) -> None:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self._atspi = Atspi

    def application(self) -> Any:
        desktop = self._atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            each = desktop.get_child_at_index(index)
            if each is not None and "cua" in (each.get_name() or "").lower().replace("ử", "u").replace("ư", "u"):
                return each
        return None

    def walk(self, node: Any, depth: int = 0) -> Iterator[Any]:
        if node is None or depth > 60:
            return
        yield node
        with contextlib.suppress(Exception):               # a node may be gone before it was asked
            for index in range(min(node.get_child_count(), 400)):
                yield from self.walk(node.get_child_at_index(index), depth + 1)

    def showing(self) -> Iterator[tuple[str, str, str]]:
        """Role, name and description of all that is in sight."""
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                if node.get_state_set().contains(self._atspi.StateType.SHOWING):
                    yield node.get_role_name(), node.get_name() or "", node.get_description() or ""

    def holds(self, text: str) -> bool:
        return any(text in name or text in description for _, name, description in self.showing())

    def nameless(self) -> list[str]:
        """Roles in sight that a screen reader stops at and that have no name, with the way to them."""
        found = []
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                role = node.get_role_name()
                states = node.get_state_set()
                if (role in TELLING_ROLES and states.contains(self._atspi.StateType.SHOWING)
                        and not (node.get_name() or "").strip()):
                    found.append(f"{role} in {self._way(node)}")
        return found

    def _way(self, node: Any) -> str:
        names = []
        while (node := node.get_parent()) is not None and len(names) < 3:
            if name := (node.get_name() or ""):
                names.append(f"{node.get_role_name()} “{name[:40]}”")
        return " in ".join(names)

    def focused(self) -> str:
        """Where the keys go: the innermost, because a field's frame counts as focused with it. A closed box of
        choices keeps a focus of its own, which is not meant."""
        found = ""
        for node in self.walk(self.application()):
            with contextlib.suppress(Exception):
                if node.get_state_set().contains(self._atspi.StateType.FOCUSED) and self._is_in_sight(node):
                    found = f"{node.get_role_name()} “{(node.get_name() or '')[:60]}”"
        return found

    def _is_in_sight(self, node: Any) -> bool:
        """Whether it and all that it lies in are shown."""
        while node is not None and node.get_role_name() != "application":
            if not node.get_state_set().contains(self._atspi.StateType.SHOWING):
                return False
            node = node.get_parent()
        return True


def memory(process: int) -> dict[str, int]:
    """Kilobytes of the window's process: RSS and PSS; and PSS of it and all that it started together."""
    numbers = {}
    family = [process]
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent in family:
                family.append(int(entry.name))
    for number in family:
        with contextlib.suppress(OSError):
            text = (Path("/proc") / str(number) / "smaps_rollup").read_text()
            rss, pss = (int(next(line.split()[1] for line in text.splitlines() if line.startswith(f"{name}:")))
                        for name in ("Rss", "Pss"))
            if rss > numbers.get("window_rss_kb", 0):      # the launcher may stand before it
                numbers["window_rss_kb"], numbers["window_pss_kb"] = rss, pss
            numbers["all_pss_kb"] = numbers.get("all_pss_kb", 0) + pss
    return numbers | {"processes": len(family)}


def status() -> dict[str, Any]:
    done = subprocess.run([PROGRAM, "status"], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def receive(window: Window, tree: Tree, person: dict[str, Any]) -> None:
    """One reception as a trained clerk does it; returns when its receipt lies in the papers' folder."""
    papers = Path.home() / ".local/share/quay-mot-cua/papers"
    before = len(list(papers.glob("*.pdf")))
    window.press("F2")
    until(lambda: tree.holds("Tiếp nhận"), "the page of reception")
    window.type(person["syllables"])
    window.press("Return")
    if person["has_cases"]:
        window.press("Return")
    window.scan(person["card"])
    until(lambda: tree.holds("Đã quét thẻ"), f"the card on the form (focus: {tree.focused()})")
    window.press("Return")
    window.type(person["phone"])
    window.press("Return", "a")
    time.sleep(0.5)
    window.press("F12")
    time.sleep(1.5)
    window.press("Return")
    until(lambda: len(list(papers.glob("*.pdf"))) > before, f"the receipt (focus: {tree.focused()})")


def play(plan: dict[str, Any]) -> None:
    """First window, the main job without a line, every place's names, then the contact that the caller makes
    possible when it hears `offline_done`."""
    tree = Tree()
    window = Window([])
    until(tree.application, "the program in the screen reader's tree", 30)
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    if tree.holds("Để sau"):               # a trial before this one broke off in the middle of a form
        window.press("Escape")
    say("window", seconds=round(window.seconds_to_window, 3), memory=memory(window.process.pid),
        wm_class=subprocess.run(["xprop", "-id", window.window, "WM_CLASS"], capture_output=True,
                                text=True, check=False).stdout.strip())
    for person in plan["people"]:
        receive(window, tree, person)
        say("received", procedure=person["syllables"])
    say("offline_done", pending=status()["pending"], memory=memory(window.process.pid))
    until(lambda: status()["pending"] == 0, "the province has confirmed everything", 120)
    say("confirmed")
    nameless: dict[str, list[str]] = {}
    for key in plan["places"]:
        window.press(key)
        time.sleep(1.5)
        nameless[key] = tree.nameless()
        stops = sum(role in TELLING_ROLES for role, _, _ in tree.showing())
        say("place", key=key, stops=stops, nameless=len(nameless[key]), focus=tree.focused())
    say("nameless", places=nameless)
    if plan["parks"]:
        window.press("F2")
        window.type(plan["people"][0]["syllables"])
        window.press("Return")
        time.sleep(1)
        window.press("Escape")
        time.sleep(1)
        say("parked", drafts=status()["drafts"])
    say("closed", code=window.close())


def look(plan: dict[str, Any]) -> None:
    """The window of an upgraded program: it opens on the same book; ends when nothing waits any more."""
    tree = Tree()
    window = Window([])
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    say("window", seconds=round(window.seconds_to_window, 3), memory=memory(window.process.pid))
    say("waiting", pending=status()["pending"])
    until(lambda: status()["pending"] == 0, "the province has confirmed everything", plan["patience"])
    say("confirmed", drafts=status()["drafts"])
    say("closed", code=window.close())


def starts(plan: dict[str, Any]) -> None:
    """How long until the window stands there: the first time, and when the disk has everything in memory."""
    seconds = []
    for _ in range(plan["times"]):
        window = Window([])
        seconds.append(round(window.seconds_to_window, 3))
        window.close()
    say("starts", seconds=seconds)


def main(plan: dict[str, Any]) -> int:
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    try:
        with screen(int(plan["screen"])):
            try:
                {"play": play, "look": look, "starts": starts}[plan["do"]](plan)
            except Stuck:
                say("in_sight", words=[name for _, name, _ in Tree().showing() if name][:150])
                raise
    except Stuck as stuck:
        say("stuck", what=str(stuck))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
