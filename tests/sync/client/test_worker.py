"""The courier's process: lines in, lines out; ends with the window, wakes at once, tells what it did."""

from __future__ import annotations

import io
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest

from sync.report import CycleReport
from sync.window_line import say
from sync.worker import serve
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


class Lines(io.TextIOBase):
    """What the process says, as a queue that a test can wait at."""

    def __init__(self) -> None:
        self.said: queue.Queue[dict[str, Any]] = queue.Queue()

    def write(self, text: str) -> int:
        self.said.put(json.loads(text))
        return len(text)

    def next(self) -> dict[str, Any]:
        return self.said.get(timeout=60)


class Desk:
    """The window's end: a pipe to the courier and what it said."""

    def __init__(self, reports: list[CycleReport]) -> None:
        reading, self._writing = os.pipe()
        self.commands: TextIO = os.fdopen(reading, encoding="utf-8")
        self.out = Lines()
        self.contacts = 0
        self._reports = reports
        self._thread = threading.Thread(target=serve, args=(self._contact, self.commands, self.out))
        self._thread.start()

    def _contact(self, pause: Callable[[float], bool]) -> CycleReport:
        self.contacts += 1
        return self._reports[min(self.contacts, len(self._reports)) - 1]

    def say(self, text: str) -> None:
        os.write(self._writing, text.encode())

    def leave(self) -> None:
        os.close(self._writing)
        self._thread.join(60)
        assert not self._thread.is_alive()
        self.commands.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk([CycleReport(sent=3, next_try_seconds=3600.0), CycleReport(problem="line_down",
                                                                          next_try_seconds=3600.0)])
    yield found
    if found._thread.is_alive():
        found.leave()


def test_a_contact_is_made_at_once_and_told_as_one_line_each(desk: Desk) -> None:
    assert desk.out.next() == {"event": "contact_started"}
    ended = desk.out.next()
    assert ended["event"] == "contact_ended"
    assert (ended["report"]["sent"], ended["report"]["is_good"]) == (3, True)


def test_a_contact_that_left_documents_behind_is_followed_by_the_next_at_once() -> None:
    desk = Desk([CycleReport(files_waiting=2, next_try_seconds=0.0), CycleReport(next_try_seconds=3600.0)])
    told = [desk.out.next() for _ in range(4)]
    desk.leave()
    assert [each["event"] for each in told] == ["contact_started", "contact_ended"] * 2
    assert told[1]["report"]["files_waiting"] == 2


def test_how_far_documents_are_is_told_in_lines_of_the_same_kind() -> None:
    out = Lines()
    say(out, {"event": "files", "waiting": 2, "bytes": 70_000})
    assert out.next() == {"event": "files", "waiting": 2, "bytes": 70_000}


def test_wake_makes_the_next_contact_at_once(desk: Desk) -> None:
    desk.out.next(), desk.out.next()
    desk.say("wake\n")
    assert desk.out.next() == {"event": "contact_started"}
    assert desk.out.next()["report"]["problem"] == "line_down"


def test_unknown_words_are_passed_over(desk: Desk) -> None:
    desk.out.next(), desk.out.next()
    desk.say("hello\n\nwake now\nWAKE\n")
    desk.say("wake\n")
    desk.out.next(), desk.out.next()
    desk.leave()
    assert desk.contacts == 2


def test_it_ends_with_the_window(desk: Desk) -> None:
    desk.out.next(), desk.out.next()
    desk.leave()
    assert desk.contacts == 1


def test_a_window_that_is_gone_during_a_contact_ends_it_afterwards() -> None:
    out = Lines()
    serve(lambda _: CycleReport(next_try_seconds=3600.0), io.StringIO("wake\nwake\n"), out)
    assert out.said.qsize() == 2, "wakes and the end read together: the end counts"


def test_a_pause_within_a_contact_ends_with_the_window() -> None:
    heard: list[bool] = []

    def contact(pause: Callable[[float], bool]) -> CycleReport:
        heard.append(pause(3600.0))
        return CycleReport()

    serve(contact, io.StringIO("wake\n"), Lines())
    assert heard == [False]


def test_an_unforeseen_error_ends_the_process_and_is_seen() -> None:
    def broken(_: Callable[[float], bool]) -> CycleReport:
        raise RuntimeError("a programmer's error")

    with pytest.raises(RuntimeError):
        serve(broken, io.StringIO(""), Lines())


def test_the_real_process_carries_the_work_over_when_woken(trial: Trial, enrol: Enrol, tmp_path: Path) -> None:
    counter = enrol()
    counter.receive(2)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "--data", str(tmp_path / "counter-0" / "office"), "sync", "--serve"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"QMC_KEYS": str(tmp_path / "counter-0" / "keys")},
    )
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    started, ended = (json.loads(process.stdout.readline()) for _ in range(2))
    assert (started["event"], ended["report"]["sent"]) == ("contact_started", 2)
    codes = counter.receive(3)
    process.stdin.write("wake\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["event"] == "contact_started"
    assert json.loads(process.stdout.readline())["report"]["sent"] == 3
    process.stdin.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == ""
    process.stdout.close()
    process.stderr.close()
    assert set(codes) <= set(trial.report(counter.place.office)["codes"])
