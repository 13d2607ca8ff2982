"""A driver that has said how the scan ended and then does not end: what it said is the verdict, not how it went.

Whoever waits for its end all the same hears another trouble a minute later (`SaneDesk.hanging`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from app.devices.scanning import sane
from app.devices.scanning.faults import says_an_end, trouble_of
from app.devices.scanning.port import ScanTrouble
from app.devices.scanning.sane import SanePageSource
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError
from tests.app.devices.scanning.sane_desk import SaneDesk, children_of

FEEDER, FLATBED = ScanSettings(Feed.FEEDER, 50, False), ScanSettings(Feed.FLATBED, 50, False)
COVER = "scanimage: sane_read: Scanner cover is open"
EMPTY = "scanimage: sane_start: Document feeder out of documents"
OVER = "Batch terminated, 4 pages scanned"
HALF = 'printf "P5\\n2 2\\n255\\nab"'
WHOLE = 'printf "P5\\n2 2\\n255\\nabcd"'


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sane, "LETTING_GO", 0.2)
    others = set(children_of(os.getpid()))         # what lives as long as the tests do
    yield
    assert set(children_of(os.getpid())) <= others, "a driver lives on"


def scanned(settings: ScanSettings) -> tuple[int, str]:
    """Pages and the code at the end."""
    pages = list[bytes]()
    try:
        SanePageSource().scan("sane:test:0", settings, lambda content, mime: pages.append(content), lambda: None)
    except KnownError as error:
        return len(pages), error.code
    return len(pages), ""


@pytest.mark.parametrize(("words", "pages", "code"), [
    (COVER, 0, "scanner_cover_open"), (COVER, 4, "scanner_cover_open"),
    (f"{COVER}\n{OVER}", 4, "scanner_cover_open"),
    ("scanimage: open of device test:0 failed: Device busy", 0, "scanner_busy"),
    (EMPTY, 0, "scanner_no_paper"), (EMPTY, 4, ""), (f"{EMPTY}\n{OVER}", 4, ""), (OVER, 4, ""),
    (f"[driver] noise\n{COVER}\n[driver] more noise", 2, "scanner_cover_open"),
])
def test_a_feeder_that_has_said_its_end_is_not_waited_for(
        desk: SaneDesk, words: str, pages: int, code: str) -> None:
    desk.hangs_after(words, pages)
    assert scanned(FEEDER) == (pages, code)


def test_a_batch_that_goes_on_after_a_trouble_has_not_ended(
        desk: SaneDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of an earlier page are no verdict while the next one is on its way: it is waited for."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    asked: list[bool] = []

    def ask_and_open(lines: Iterable[str]) -> bool:
        asked.append(says_an_end(lines))
        if len(asked) == 1:
            gate.write_text("on\n")
        return asked[-1]

    monkeypatch.setattr(sane, "says_an_end", ask_and_open)
    desk.says(f'echo "{COVER}" >&2\necho "Scanning page 2" >&2\nread word < {gate}\n'
              f'echo "{COVER.replace("Scanner cover is open", "Document feeder jammed")}" >&2\nexit 6')
    assert scanned(FEEDER) == (0, "scanner_jammed")
    assert asked[0] is False


@pytest.mark.parametrize(("picture", "words", "pages", "code"), [
    (HALF, COVER, 0, "scanner_cover_open"), (":", COVER, 0, "scanner_cover_open"), (WHOLE, "", 1, ""),
    (WHOLE, COVER, 0, "scanner_cover_open"),
])
def test_a_flatbed_that_has_said_its_end_or_given_its_page_is_not_waited_for(
        desk: SaneDesk, picture: str, words: str, pages: int, code: str) -> None:
    desk.says(f"{picture}\n{desk.hanging(words)}")
    assert scanned(FLATBED) == (pages, code)


@pytest.mark.parametrize("settings", [FEEDER, FLATBED])
def test_a_device_that_said_why_it_does_not_open_is_not_waited_for(desk: SaneDesk, settings: ScanSettings) -> None:
    desk.says_always(desk.hanging("scanimage: open of device test:0 failed: Device busy"))
    assert scanned(settings) == (0, "scanner_busy")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_a_closed_pipe_is_not_the_end_of_the_process(desk: SaneDesk, closed: str) -> None:
    desk.says(f'echo "{COVER}" >&2\nexec {closed}\n{desk.hanging("")}')
    assert scanned(FEEDER) == (0, "scanner_cover_open")
    assert scanned(FLATBED) == (0, "scanner_cover_open")


@pytest.mark.parametrize(("words", "ends"), [
    ([COVER], True), ([EMPTY], True), (["Scanning page 3", OVER], True),
    (["scanimage: no SANE devices found"], True), ([], False), (["Scanning page 3"], False),
    (["Scanner cover is open"], False),
    (["scanimage: rounded value of br-x from 300 to 215.9"], False),
])
def test_which_words_are_the_last(words: list[str], ends: bool) -> None:
    assert says_an_end(words) is ends


def test_a_driver_that_crashes_after_its_trouble_is_told_by_the_trouble() -> None:
    assert trouble_of([COVER, OVER], -11) == (ScanTrouble.COVER_OPEN, "sane_read: Scanner cover is open")
    assert trouble_of(["Scanning page 1"], -11) == (ScanTrouble.DIED, "signal 11")
