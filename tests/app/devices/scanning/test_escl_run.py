"""A network scanner behind the real child process: whatever happens to either, the pages so far are there, one
code says why there are no more, and the scanner is told when there is somebody left to tell it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.devices.scanning import listing
from app.devices.scanning.port import Source, SourceKind
from app.devices.scanning.run import ScanRun, list_sources
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from tests.escl_scanner import GLASS, EsclScanner, Illness, escl_scanner
from tests.numbered_pages import number_on

FEEDER, GLASS_ONLY = ScanSettings(Feed.FEEDER, 75), ScanSettings(Feed.FLATBED, 75)
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


class Hurry:
    """A clock that runs like the wall's until `hurry`, then a thousand times as fast."""

    def __init__(self) -> None:
        self._since: float | None = None

    def __call__(self) -> float:
        now = time.monotonic()
        return now if self._since is None else now + 1000 * (now - self._since)

    def hurry(self) -> None:
        self._since = time.monotonic()


def scanned(
    run: ScanRun, scanner: EsclScanner, settings: ScanSettings = FEEDER,
    at_page: Callable[[int], None] = lambda _: None, meanwhile: Callable[[], None] = lambda: None,
) -> tuple[list[int], str]:
    """The numbers of the pages that the window got, and the code of the end, "" for a good one."""
    pages: list[int] = []
    ends: list[KnownError | None] = []

    def on_page(content: bytes, mime: str) -> None:
        pages.append(number_on(content))
        at_page(len(pages))

    run.start(scanner.source, settings, on_page, ends.append)
    meanwhile()
    assert run.wait(60)
    (end,) = ends
    if end is None:
        return pages, ""
    assert (end.values["pages"], end.values["source"]) == (len(pages), scanner.source)
    return pages, end.code


@pytest.mark.parametrize(("settings", "pages"), [
    (GLASS_ONLY, [GLASS]), (FEEDER, list(range(1, 11))), (ScanSettings(Feed.DUPLEX, 75), list(range(1, 21))),
])
def test_glass_feeder_and_both_sides(settings: ScanSettings, pages: list[int]) -> None:
    with escl_scanner(sheets=10) as scanner:
        assert scanned(ScanRun(), scanner, settings) == (pages, "")


def test_a_feeder_of_thirty_pages_gives_them_in_order() -> None:
    with escl_scanner(sheets=30) as scanner:
        assert scanned(ScanRun(), scanner) == (list(range(1, 31)), "")


@pytest.mark.parametrize(("illness", "code"), [
    (Illness.JAM, "scanner_jammed"), (Illness.COVER_OPEN, "scanner_cover_open"), (Illness.DROP, "scanner_io"),
])
def test_a_trouble_keeps_the_pages_before_it(illness: Illness, code: str) -> None:
    with escl_scanner(sheets=10, illness=illness, at=5) as scanner:
        assert scanned(ScanRun(), scanner) == ([1, 2, 3, 4], code)


def test_an_empty_feeder_says_so() -> None:
    with escl_scanner(sheets=0) as scanner:
        assert scanned(ScanRun(), scanner) == ([], "scanner_no_paper")


def test_a_driver_that_is_killed_leaves_its_pages() -> None:
    with escl_scanner(sheets=10) as scanner:
        run = ScanRun()

        def harm(number: int) -> None:
            if number == 3:
                os.kill(run.child_pid or 0, KILL)

        assert scanned(run, scanner, at_page=harm) == ([1, 2, 3], "scanner_died")


def test_a_scanner_that_hangs_for_a_minute_is_left_by_the_watchdog() -> None:
    with escl_scanner(sheets=10, illness=Illness.HANG, at=3) as scanner:
        clock = Hurry()

        def meanwhile() -> None:
            assert scanner.has_hung.wait(30)
            clock.hurry()

        assert scanned(ScanRun(clock=clock), scanner, meanwhile=meanwhile) == ([1, 2], "scanner_silent")


def test_a_cancel_while_the_scanner_is_silent_tells_it() -> None:
    with escl_scanner(sheets=10, illness=Illness.HANG, at=3) as scanner:
        run = ScanRun()

        def meanwhile() -> None:
            assert scanner.has_hung.wait(30)
            run.cancel()

        assert scanned(run, scanner, meanwhile=meanwhile) == ([1, 2], "scan_cancelled")
        assert len(scanner.given_up) == 1


def test_two_scanners_give_their_pages_side_by_side() -> None:
    with escl_scanner(sheets=10) as one, escl_scanner(sheets=10) as other, ThreadPoolExecutor(2) as desks:
        got = list(desks.map(lambda scanner: scanned(ScanRun(), scanner), (one, other)))
    assert got == [(list(range(1, 11)), "")] * 2


def test_a_typed_address_is_listed_by_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "kinds", lambda: (SourceKind.ESCL,))
    with escl_scanner() as scanner:
        found = list_sources(addresses=[scanner.url])
    every = (Feed.FLATBED, Feed.FEEDER, Feed.DUPLEX)
    assert Source(scanner.source, scanner.name, SourceKind.ESCL, every) in found
