"""The child on its own: one job, frames only, and its end when nobody listens any more."""

from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from app.devices.scanning.child import Line
from app.devices.scanning.messages import list_request, scan_request
from app.devices.scanning.port import SourceKind
from app.domain.scanning import Feed, ScanSettings
from app.errors import Refusal
from app.framing import Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment
from tests.app.devices.scanning.sane_desk import SaneDesk, await_end, children_of, kill

FEEDER = ScanSettings(Feed.FEEDER, 50, False)


@contextlib.contextmanager
def child() -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO, BinaryIO]]:
    process = subprocess.Popen(
        helper_command("app.devices.scanning.child"), env=helper_environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, start_new_session=True)
    with process:
        try:
            yield process, cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        finally:
            process.kill()


def heard(answers: BinaryIO) -> list[Frame]:
    frames = []
    while (frame := read_frame(answers)) is not None:
        frames.append(frame)
    return frames


def events(frames: list[Frame]) -> list[Any]:
    return [frame.head["event"] for frame in frames if frame.head["event"] != "progress"]


def test_a_list_is_one_message_for_each_source_and_an_end(desk: SaneDesk) -> None:
    with child() as (process, requests, answers):
        write_frame(requests, list_request(SourceKind.SANE, ()))
        assert events(heard(answers)) == ["source"] * 4 + ["ended"]
        assert process.wait() == 0


def test_no_second_page_comes_before_the_first_is_stored(desk: SaneDesk) -> None:
    """The driver has ended with all pages in memory; the child still waits for the window's word."""
    desk.numbered_pile(3)
    with child() as (process, requests, answers):
        write_frame(requests, scan_request("sane:pnm:0", ScanSettings(Feed.FEEDER, 75, False, 3), ()))
        while (frame := read_frame(answers)) is not None and frame.head["event"] != "page":
            pass
        for driver in children_of(process.pid):
            await_end(driver)
        requests.close()
        assert events(heard(answers)) == ["failed"]


def test_each_stored_page_brings_the_next_until_the_end(desk: SaneDesk) -> None:
    with child() as (_, requests, answers):
        write_frame(requests, scan_request("sane:test:0", FEEDER, ()))
        pages = 0
        while (frame := read_frame(answers)) is not None and frame.head["event"] != "ended":
            if frame.head["event"] == "page":
                pages += 1
                assert frame.content[:2] == b"\xff\xd8"
                write_frame(requests, {"event": "stored"})
        assert pages == 10
        assert frame is not None


def test_the_end_of_the_input_ends_the_driver_and_the_child(desk: SaneDesk) -> None:
    """The window is gone: its end of the pipe closes by itself, and nothing goes on scanning."""
    desk.with_options("--read-delay=yes", "--read-delay-duration=200000")
    with child() as (process, requests, answers):
        write_frame(requests, scan_request("sane:test:0", FEEDER, ()))
        while (frame := read_frame(answers)) is not None and frame.head["event"] != "page":
            pass
        (driver,) = children_of(process.pid)
        requests.close()
        last = heard(answers)[-1]
        assert (last.head["event"], last.head["code"]) == ("failed", "scan_cancelled")
        assert process.wait() == 0
        await_end(driver)


_PARENT = """
import subprocess, sys
from app.own_program import helper_command, helper_environment
child = subprocess.Popen(
    helper_command("app.devices.scanning.child"), env=helper_environment(), start_new_session=True)
print(child.pid, flush=True)
child.wait()
"""


def test_the_child_dies_with_its_parent_even_if_its_input_stays_open(desk: SaneDesk) -> None:
    """The test holds both pipes of the child, so that only the kernel can tell it that its parent is gone."""
    desk.with_options("--read-delay=yes", "--read-delay-duration=200000")
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], env=helper_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        requests, answers = cast(BinaryIO, parent.stdin), cast(BinaryIO, parent.stdout)
        write_frame(requests, scan_request("sane:test:0", FEEDER, ()))
        while (frame := read_frame(answers)) is not None and frame.head["event"] != "page":
            pass
        (driver,) = children_of(pid)
        kill(parent.pid, signal.SIGKILL)
        await_end(pid)
        await_end(driver)


class _Interrupting(io.BytesIO):
    """A pipe in the middle of which a cancel comes."""

    line: Line

    def write(self, content: Any) -> int:
        self.line.interrupt()
        return super().write(content)


def test_a_cancel_never_cuts_a_message(desk: SaneDesk) -> None:
    pipe = _Interrupting()
    line = pipe.line = Line(pipe)
    with pytest.raises(Refusal, match="scan_cancelled"):
        line.emit(b"page", "image/jpeg")
    line.last_word({"event": "failed"})
    pipe.seek(0)
    assert [frame.content for frame in heard(pipe)] == [b"page", b""]


def test_a_cancel_is_told_once() -> None:
    line = Line(io.BytesIO())
    with pytest.raises(Refusal):
        line.interrupt()
    line.interrupt()                           # the source is giving the device back: not again
    line.progress()


@pytest.mark.parametrize("said", [b"", b"not a frame at all, and long enough"])
def test_a_child_nobody_speaks_to_ends(said: bytes) -> None:
    with child() as (process, requests, answers):
        requests.write(said)
        requests.close()
        assert answers.read() == b""
        assert process.wait() == 1


def test_what_a_driver_prints_does_not_fall_between_the_messages(desk: SaneDesk, tmp_path: Path) -> None:
    desk.says('echo noise; echo noise 1>&2; exit 0')
    with child() as (_, requests, answers):
        write_frame(requests, scan_request("sane:test:0", FEEDER, ()))
        frames = heard(answers)
        assert (events(frames), frames[-1].head["code"]) == (["failed"], "scanner_no_paper")
