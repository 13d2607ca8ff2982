"""What a clerk does: receive, look at every place, come back after an upgrade."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

from .said import Stuck, say, until
from .screen import PROGRAM, Window, xdotool, xdotool_found
from .tree import Tree


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
    until(lambda: tree.holds("Đã quét thẻ"), f"the card on the form (focus: {tree.seen().focus})")
    window.press("Return")
    window.type(person["phone"])
    window.press("Return", "a")
    time.sleep(0.5)
    window.press("F12")
    time.sleep(1.5)
    window.press("Return")
    until(lambda: len(list(papers.glob("*.pdf"))) > before, f"the receipt (focus: {tree.seen().focus})")


def send_all(window: Window, patience: float) -> None:
    """Gửi ngay until nothing waits: after minutes without a line the courier itself comes back in minutes only."""
    end = time.monotonic() + patience
    window.press("F7")
    while status()["pending"]:
        if time.monotonic() > end:
            raise Stuck("the province has confirmed everything")
        window.press("g")
        time.sleep(5)


def play(plan: dict[str, Any]) -> None:
    """First window, the main job without a line, then the contact that the caller makes possible when it hears
    `offline_done`."""
    tree = Tree()
    window = Window([])
    until(tree.application, "the program in the screen reader's tree", 30)
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    if tree.holds("Để sau"):               # a trial before this one broke off in the middle of a form
        window.press("Escape")
    say("window", seconds=round(window.seconds_to_window, 3),
        wm_class=subprocess.run(["xprop", "-id", window.window, "WM_CLASS"], capture_output=True,
                                text=True, check=False).stdout.strip())
    for person in plan["people"]:
        receive(window, tree, person)
        say("received", procedure=person["syllables"])
    say("offline_done", pending=status()["pending"])
    send_all(window, 120)
    say("confirmed")
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
    say("window", seconds=round(window.seconds_to_window, 3))
    say("waiting", pending=status()["pending"])
    send_all(window, plan["patience"])
    say("confirmed", drafts=status()["drafts"])
    say("closed", code=window.close())


def update(plan: dict[str, Any]) -> None:
    """A package from a stick: chosen, looked at, installed while the program is closed, and open again."""
    tree = Tree()
    window = Window([])
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    window.press("F9", "u")
    time.sleep(2)
    window.type(plan["file"])
    window.press("Return")
    until(lambda: tree.holds(f"Gói bản {plan['version']} nguyên vẹn"), "the package is looked at")
    say("looked_at", signed=tree.holds("Có chữ ký của tỉnh"))
    window.press("u")
    until(lambda: window.process.poll() is not None, "the window has closed")
    say("closed", code=window.process.returncode)
    again = until(lambda: xdotool_found() != "" and installed_version() == plan["version"] and xdotool_found(),
                  "the new version has opened its window", 180)
    until(lambda: tree.holds("Hôm nay"), "the start screen")
    say("open_again", version=installed_version())
    xdotool("windowactivate", "--sync", again)
    xdotool("key", "alt+F4")
    until(lambda: not xdotool_found(), "it closes")


def installed_version() -> str:
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", PROGRAM], capture_output=True, text=True,
                          check=False)
    return done.stdout.strip()


def starts(plan: dict[str, Any]) -> None:
    """How long until the window stands there: the first time, and when the disk has everything in memory."""
    seconds = []
    for _ in range(plan["times"]):
        window = Window([])
        seconds.append(round(window.seconds_to_window, 3))
        say("closed", code=window.close())
    say("starts", seconds=seconds)
