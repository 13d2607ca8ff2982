"""The camera's process, spoken with over its pipes as the window does."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from app.framing import Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment

_STARTS_ONE = """
import os, subprocess, sys
from app.own_program import helper_command
child = subprocess.Popen(helper_command("ui.background.camera_child", [str(os.getpid()), "--pictures", "5"]),
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.read(1)
print(child.pid, flush=True)
sys.stdin.read()
"""


class Talk:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._asked, self._answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)

    def ask(self, do: str, **values: Any) -> None:
        write_frame(self._asked, {"do": do, **values})

    def until(self, event: str) -> tuple[Frame, list[str]]:
        """The next frame of `event`, and which came before it."""
        before = []
        while (frame := read_frame(self._answers)) is not None:
            if frame.head["event"] == event:
                return frame, before
            before.append(str(frame.head["event"]))
        raise AssertionError(f"it ended before {event}")


@contextmanager
def talk() -> Iterator[Talk]:
    command = helper_command("ui.background.camera_child", [str(os.getpid()), "--pictures", "5"])
    process = subprocess.Popen(
        command, env=helper_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    with process:
        try:
            yield Talk(process)
        finally:
            process.kill()


def test_no_preview_comes_before_the_last_was_seen() -> None:
    with talk() as held:
        held.ask("open", id="test:2")
        held.until("preview")
        for _ in range(4):
            held.ask("still")
            _, before = held.until("still")
            assert "preview" not in before
        held.ask("seen")
        held.until("preview")


def test_a_closed_camera_gives_no_still() -> None:
    with talk() as held:
        held.ask("open", id="test:2")
        held.until("preview")
        held.ask("close")
        held.ask("still")
        held.ask("list")
        _, before = held.until("cameras")
        assert "still" not in before
        held.ask("open", id="test:1")
        _, before = held.until("preview")
        assert "still" not in before


def test_it_goes_when_its_input_ends() -> None:
    command = helper_command("ui.background.camera_child", [str(os.getpid()), "--pictures", "5"])
    done = subprocess.run(command, env=helper_environment(), input=b"", stdout=subprocess.PIPE, timeout=30)
    assert done.returncode == 0


def test_it_dies_with_the_window_even_when_it_stands_still() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STARTS_ONE], env=helper_environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as window:
        child = int(cast(BinaryIO, window.stdout).readline())
        end = os.pidfd_open(child)
        try:
            os.kill(child, signal.SIGSTOP)
            window.kill()
            window.wait()
            assert select.select([end], [], [], 20.0)[0], "it outlives its window"
        finally:
            os.close(end)
