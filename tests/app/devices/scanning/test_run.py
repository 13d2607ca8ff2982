"""A scan as the window sees it, over a real child and the real `scanimage`: whatever happens to them, the pages so
far are there in order and one code says why there are no more."""

from __future__ import annotations

import io
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.devices.scanning import child_process, listing
from app.devices.scanning.folder import folder_source
from app.devices.scanning.memory_folder import PREFIX, places
from app.devices.scanning.port import Notice, SourceKind
from app.devices.scanning.run import ScanRun, list_sources, look_for_sources
from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal
from tests.app.devices.scanning.sane_desk import FIRST_WIDTH, SaneDesk, await_end, children_of, kill

TEST, PNM = "sane:test:0", "sane:pnm:0"
FEEDER, FLATBED = ScanSettings(Feed.FEEDER, 50, False), ScanSettings(Feed.FLATBED, 50, False)
PILE = ScanSettings(Feed.FEEDER, 75, False, most_pages=99)


class Heard:
    """What a run has told: the numbers of a pile's pages, other pages' sizes, and each end."""

    def __init__(self, run: ScanRun, at_page: Callable[[int], None] = lambda _: None) -> None:
        self.run, self.at_page = run, at_page
        self.widths: list[int] = []
        self.mimes: set[str] = set()
        self.notices: list[Notice] = []
        self.ends: list[KnownError | None] = []
        self.threads: set[str] = set()

    def on_page(self, content: bytes, mime: str) -> None:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()                     # a half page would not
            self.widths.append(picture.width)
        self.mimes.add(mime)
        self.threads.add(threading.current_thread().name)
        self.at_page(len(self.widths))

    def on_end(self, error: KnownError | None) -> None:
        self.threads.add(threading.current_thread().name)
        self.ends.append(error)

    def scan(self, source: str, settings: ScanSettings) -> Heard:
        self.run.start(source, settings, self.on_page, self.on_end, self.notices.append)
        assert self.run.wait(60)
        assert len(self.ends) == 1
        assert self.run.child_pid is None
        return self

    @property
    def numbers(self) -> list[int]:
        return [width - FIRST_WIDTH for width in self.widths]

    @property
    def code(self) -> str:
        return "" if self.ends[0] is None else self.ends[0].code


class Hurry:
    """A clock that runs like the wall's until `hurry`, then a thousand times as fast."""

    def __init__(self) -> None:
        self._since: float | None = None

    def __call__(self) -> float:
        now = time.monotonic()
        return now if self._since is None else now + 1000 * (now - self._since)

    def hurry(self) -> None:
        self._since = time.monotonic()


@pytest.mark.parametrize(("settings", "pages"), [(FLATBED, 1), (FEEDER, 10)])
def test_flatbed_and_feeder_give_all_their_pages(desk: SaneDesk, settings: ScanSettings, pages: int) -> None:
    heard = Heard(ScanRun()).scan(TEST, settings)
    assert (len(heard.widths), heard.code) == (pages, "")
    assert heard.mimes == {"image/jpeg"}
    assert heard.threads == {"scan-run"}


def test_a_feeder_of_thirty_pages_gives_them_in_order(desk: SaneDesk) -> None:
    desk.numbered_pile(30)
    assert Heard(ScanRun()).scan(PNM, PILE).numbers == list(range(1, 31))


def test_a_feeder_that_is_filled_again_goes_on(desk: SaneDesk) -> None:
    desk.feeder_refilled(3)
    heard = Heard(ScanRun()).scan(TEST, FEEDER)
    assert (len(heard.widths), heard.code) == (30, "")


@pytest.mark.parametrize(("status", "code"), [
    ("JAMMED", "scanner_jammed"), ("COVER_OPEN", "scanner_cover_open"), ("DEVICE_BUSY", "scanner_busy"),
    ("IO_ERROR", "scanner_io"), ("INVAL", "scanner_refused"), ("ACCESS_DENIED", "scanner_refused"),
])
@pytest.mark.parametrize("pages", [0, 4])
def test_a_trouble_keeps_the_pages_before_it(desk: SaneDesk, status: str, code: str, pages: int) -> None:
    if pages:
        desk.trouble_after(pages, status)
    else:
        desk.with_options(f"--read-return-value=SANE_STATUS_{status}")
    heard = Heard(ScanRun()).scan(TEST, FEEDER)
    assert (len(heard.widths), heard.code) == (pages, code)
    assert heard.ends[0] is not None
    assert (heard.ends[0].values["pages"], heard.ends[0].values["source"]) == (pages, TEST)


def test_an_empty_feeder_is_a_trouble_and_one_that_runs_empty_is_none(desk: SaneDesk) -> None:
    desk.with_options("--read-return-value=SANE_STATUS_NO_DOCS")
    empty = Heard(ScanRun()).scan(TEST, FEEDER)
    assert isinstance(empty.ends[0], Refusal)
    assert empty.code == "scanner_no_paper"
    desk.trouble_after(4, "NO_DOCS")
    assert Heard(ScanRun()).scan(TEST, FEEDER).ends == [None]


@pytest.mark.parametrize(("source", "code"), [
    ("sane:test:7", "scanner_not_found"), ("sane:nowhere:0", "scanner_not_found"),
    ("folder:/nowhere/at/all", "scanner_not_found"), ("carrier pigeon", "scanner_died"),
])
def test_a_source_that_is_not_there_is_told(desk: SaneDesk, source: str, code: str) -> None:
    assert Heard(ScanRun()).scan(source, FEEDER).code == code


def test_without_scanimage_it_is_said_that_nothing_is_installed(
        desk: SaneDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    heard = Heard(ScanRun()).scan(TEST, FEEDER)
    assert heard.code == "scanner_none_installed"
    assert isinstance(heard.ends[0], EnvironmentFault)


# harm done from outside, in the middle of a feed
SLOW = ("--read-delay=yes", "--read-delay-duration=200000")


def _scanimage(scan: ScanRun) -> int:
    child = scan.child_pid
    assert child is not None
    (driver,) = children_of(child)
    return driver


def test_a_driver_that_is_killed_ends_the_scan(desk: SaneDesk) -> None:
    desk.with_options(*SLOW)
    scan = ScanRun()
    heard = Heard(scan, lambda number: kill(_scanimage(scan)) if number == 1 else None).scan(TEST, FEEDER)
    assert heard.code == "scanner_died"
    assert heard.widths


def test_a_child_that_is_killed_takes_its_driver_along(desk: SaneDesk) -> None:
    desk.with_options(*SLOW)
    scan, drivers, children = ScanRun(), list[int](), list[int]()

    def harm(_: int) -> None:
        drivers.append(_scanimage(scan))
        children.append(scan.child_pid or 0)
        kill(scan.child_pid or 0)

    heard = Heard(scan, harm).scan(TEST, FEEDER)
    assert (len(heard.widths), heard.code) == (1, "scanner_died")
    await_end(drivers[0])
    assert not any(list(place.glob(f"{PREFIX}{children[0]}-*")) for place in places()), "pages were left in memory"


@pytest.mark.parametrize("who", ["driver", "child"])
def test_a_minute_of_silence_ends_the_scan(desk: SaneDesk, who: str) -> None:
    desk.with_options(*SLOW)
    clock = Hurry()
    scan, pids = ScanRun(clock=clock), list[int]()

    def harm(number: int) -> None:
        if number == 1:
            pids.extend((_scanimage(scan), scan.child_pid or 0))
            kill(pids[0] if who == "driver" else pids[1], signal.SIGSTOP)
            clock.hurry()

    heard = Heard(scan, harm).scan(TEST, FEEDER)
    assert heard.code == "scanner_silent"
    assert heard.widths
    await_end(pids[0])


def test_a_cancel_lets_the_driver_end_the_scan_itself(desk: SaneDesk, tmp_path: Path) -> None:
    """`scanimage` answers SIGTERM by ending the scan at the device, which lets the sheet out."""
    told = tmp_path / "told"
    desk.numbered_pile(3, last=f"trap 'echo politely > {told}; exit 0' TERM\nsleep 60 >/dev/null 2>&1 & wait")
    scan = ScanRun()
    heard = Heard(scan, lambda number: scan.cancel() if number == 3 else None).scan(PNM, PILE)
    assert (heard.numbers, heard.code) == ([1, 2, 3], "scan_cancelled")
    assert told.read_text() == "politely\n"


def test_a_driver_that_does_not_hear_a_cancel_is_ended_firmly(desk: SaneDesk) -> None:
    desk.numbered_pile(2, last="trap '' TERM\nkill -STOP $$")
    clock = Hurry()
    scan = ScanRun(clock=clock)

    def give_up(number: int) -> None:
        if number == 2:
            scan.cancel()
            clock.hurry()

    heard = Heard(scan, give_up).scan(PNM, PILE)
    assert (heard.numbers, heard.code) == ([1, 2], "scan_cancelled")


def test_a_cancel_before_the_start_scans_nothing(desk: SaneDesk) -> None:
    scan = ScanRun()
    scan.cancel()
    heard = Heard(scan).scan(TEST, FEEDER)
    assert (heard.widths, heard.code) == ([], "scan_cancelled")


def test_a_cancel_after_the_end_changes_nothing(desk: SaneDesk) -> None:
    heard = Heard(ScanRun()).scan(TEST, FLATBED)
    heard.run.cancel()
    assert heard.ends == [None]


def test_a_run_is_used_once(desk: SaneDesk) -> None:
    heard = Heard(ScanRun()).scan(TEST, FLATBED)
    with pytest.raises(RuntimeError):
        heard.run.start(TEST, FLATBED, heard.on_page, heard.on_end)


def test_a_page_that_cannot_be_kept_stops_the_feed_and_says_why(desk: SaneDesk) -> None:
    desk.numbered_pile(30)

    def refuse(number: int) -> None:
        if number == 3:
            raise EnvironmentFault("disk_full", free=0)

    heard = Heard(ScanRun(), refuse).scan(PNM, PILE)
    assert (heard.numbers, heard.code) == ([1, 2, 3], "disk_full")
    assert heard.ends[0] is not None
    assert heard.ends[0].values["pages"] == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_mistake_in_the_callback_ends_the_scan_and_is_not_hidden(desk: SaneDesk) -> None:
    heard = Heard(ScanRun(), lambda number: [][number])
    unhandled: list[str] = []
    before, threading.excepthook = threading.excepthook, lambda args: unhandled.append(args.exc_type.__name__)
    try:
        heard.scan(TEST, FEEDER)
    finally:
        threading.excepthook = before
    assert (heard.code, unhandled) == ("scan_not_kept", ["IndexError"])


def test_a_page_waits_for_a_slow_window_without_being_taken_for_silent(desk: SaneDesk) -> None:
    """The time a page takes to be stored is not the scanner's silence."""
    clock = Hurry()
    desk.numbered_pile(3)

    def slowly(number: int) -> None:
        if number == 2:
            clock.hurry()
            while clock() < time.monotonic() + 600:
                pass
            clock._since = None

    heard = Heard(ScanRun(clock=clock), slowly).scan(PNM, PILE)
    assert (heard.numbers, heard.code) == ([1, 2, 3], "")


def test_a_watched_folder_streams_until_it_is_cancelled(tmp_path: Path) -> None:
    scan = ScanRun()
    buffer = io.BytesIO()
    Image.new("L", (FIRST_WIDTH + 1, 60)).save(buffer, "JPEG")
    (tmp_path / "scan.jpg").write_bytes(buffer.getvalue())
    (tmp_path / "thu.docx").write_bytes(b"PK\x03\x04")
    heard = Heard(scan)

    def on_page(content: bytes, mime: str) -> None:
        heard.on_page(content, mime)

    def on_notice(notice: Notice) -> None:
        heard.notices.append(notice)
        if heard.widths:
            scan.cancel()

    scan.start(folder_source(tmp_path).id, FEEDER, on_page, heard.on_end, on_notice)
    assert scan.wait(60)
    assert (heard.numbers, heard.code) == ([1], "scan_cancelled")
    assert [(each.error.code, each.name) for each in heard.notices] == [("watched_file_unknown", "thu.docx")]
    assert (tmp_path / "da-nhan" / "scan.jpg").exists()


def test_all_sources_are_listed(desk: SaneDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "kinds", lambda: (SourceKind.SANE,))
    assert [source.id for source in list_sources()] == ["sane:pnm:0", "sane:pnm:1", "sane:test:0", "sane:test:1"]


def test_a_dead_kind_of_source_hides_no_other(desk: SaneDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """WIA cannot be there on this system: its child says so, and SANE's answers."""
    monkeypatch.setattr(listing, "kinds", lambda: (SourceKind.WIA, SourceKind.SANE))
    found = look_for_sources()
    assert {source.kind for source in found.sources} == {SourceKind.SANE}
    assert [(kind, error.code) for kind, error in found.troubles] == [(SourceKind.WIA, "scanner_none_installed")]


def test_a_child_that_cannot_be_started_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "helper_command", lambda module: ["/nowhere/python", module])
    heard = Heard(ScanRun()).scan(TEST, FEEDER)
    assert heard.code == "scanner_died"


def test_a_child_that_speaks_another_language_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "helper_command", lambda module: ["/bin/echo", "x" * 100])
    assert Heard(ScanRun()).scan(TEST, FEEDER).code == "scanner_died"


def test_no_descriptor_is_left_open(desk: SaneDesk) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    Heard(ScanRun()).scan(TEST, FLATBED)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
