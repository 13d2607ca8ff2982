"""Scanning from a network scanner: a real HTTP server on loopback that has paper, and falls ill."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.devices.scanning.escl import EsclPageSource, client
from app.devices.scanning.escl.density import with_dpi
from app.devices.scanning.escl.line import ScannerLine
from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal
from tests.escl_scanner import GLASS, EsclScanner, Illness, escl_scanner
from tests.numbered_pages import number_on, numbered_page

FEEDER = ScanSettings(Feed.FEEDER, dpi=75)


def quiet() -> None:
    """No window listens for signs of life."""


def scan(
    scanner: EsclScanner, settings: ScanSettings = FEEDER, *, patience: float = 10, source: str = "",
    progress: Callable[[], None] = quiet,
) -> tuple[list[int], KnownError | None]:
    """The numbers on the pages that came, in order, and what ended the scan."""
    pages: list[int] = []

    def emit(content: bytes, mime: str) -> None:
        assert mime == "image/jpeg"
        pages.append(number_on(content))

    try:
        EsclPageSource(patience=patience).scan(source or scanner.source, settings, emit, progress)
    except KnownError as error:
        return pages, error
    return pages, None


def feed_of(count: int) -> list[int]:
    return list(range(1, count + 1))


@pytest.mark.parametrize("count", [1, 10, 30])
def test_a_feeder_gives_every_sheet_in_order(count: int) -> None:
    with escl_scanner(sheets=count) as scanner:
        assert scan(scanner) == (feed_of(count), None)
        assert scanner.given_up == []


def test_both_sides_of_a_sheet_come_one_after_the_other() -> None:
    with escl_scanner(sheets=5) as scanner:
        assert scan(scanner, ScanSettings(Feed.DUPLEX, dpi=75)) == (feed_of(10), None)
        assert (scanner.settings[0]["InputSource"], scanner.settings[0]["Duplex"]) == ("Feeder", "true")


def test_the_glass_gives_one_page_and_the_job_is_ended() -> None:
    with escl_scanner(sheets=5) as scanner:
        assert scan(scanner, ScanSettings(Feed.FLATBED, dpi=75)) == ([GLASS], None)
        assert scanner.settings[0]["InputSource"] == "Platen"
        assert len(scanner.given_up) == 1


def test_it_stops_after_the_pages_that_were_asked_for() -> None:
    with escl_scanner(sheets=10) as scanner:
        assert scan(scanner, ScanSettings(Feed.FEEDER, 75, most_pages=3)) == (feed_of(3), None)
        assert len(scanner.given_up) == 1


def test_a4_is_asked_for_in_the_scanners_own_words() -> None:
    with escl_scanner(sheets=1) as scanner:
        scan(scanner, ScanSettings(Feed.FEEDER, dpi=200, is_colour=False))
        asked = scanner.settings[0]
    wanted = {"Width": "2480", "Height": "3508", "XResolution": "200", "ColorMode": "Grayscale8",
              "Duplex": "false", "DocumentFormat": "image/jpeg", "DocumentFormatExt": "image/jpeg", "XOffset": "0"}
    assert {name: asked[name] for name in wanted} == wanted


@pytest.mark.parametrize(("values", "came", "code", "fault"), [
    ({"illness": Illness.JAM, "at": 4}, 3, "scanner_jammed", EnvironmentFault),
    ({"illness": Illness.JAM, "at": 1}, 0, "scanner_jammed", EnvironmentFault),
    ({"illness": Illness.COVER_OPEN, "at": 4}, 3, "scanner_cover_open", EnvironmentFault),
    ({"illness": Illness.COVER_OPEN, "at": 1}, 0, "scanner_cover_open", EnvironmentFault),
    ({"illness": Illness.CANCELLED, "at": 3}, 2, "scan_cancelled", Refusal),
    ({"illness": Illness.DROP, "at": 6}, 5, "scanner_io", EnvironmentFault),
    ({"illness": Illness.CUT_SHORT, "at": 6}, 5, "scanner_io", EnvironmentFault),
    ({"illness": Illness.FOREIGN, "at": 2}, 1, "scanner_io", EnvironmentFault),
    ({"illness": Illness.BROKEN, "at": 2}, 1, "scanner_io", EnvironmentFault),
    ({"sheets": 0}, 0, "scanner_no_paper", Refusal),
    ({"sheets": 0, "says_empty_late": True}, 0, "scanner_no_paper", Refusal),
    ({"sheets": 0, "detects_paper": True}, 0, "scanner_no_paper", Refusal),
    ({"refuses_with": 403}, 0, "scanner_refused", Refusal),
    ({"refuses_with": 400}, 0, "scanner_refused", Refusal),
    ({"refuses_with": 500}, 0, "scanner_io", EnvironmentFault),
    ({"capabilities": b"<html><body>401</body></html>"}, 0, "scanner_io", EnvironmentFault),
    ({"has_duplex": False, "formats": ["image/x-own"]}, 0, "scanner_refused", Refusal),
])
def test_trouble_is_named_and_the_pages_before_it_came(
    values: dict[str, Any], came: int, code: str, fault: type[KnownError],
) -> None:
    with escl_scanner(**{"sheets": 10, **values}) as scanner:
        pages, error = scan(scanner)
        assert error is not None
        assert (pages, error.code, type(error)) == (feed_of(came), code, fault)
        assert error.values["source"] == scanner.source


@pytest.mark.parametrize("illness", [Illness.HANG, Illness.STALL, Illness.DRIP])
def test_a_scanner_that_says_no_more_is_left_and_told(illness: Illness) -> None:
    with escl_scanner(sheets=5, illness=illness, at=3) as scanner:
        pages, error = scan(scanner, patience=1.0)
        assert error is not None
        assert (pages, error.code) == ([1, 2], "scanner_silent")
        assert len(scanner.given_up) == 1


def test_a_page_without_end_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MAX_CONTENT", 4 << 20)
    with escl_scanner(sheets=5, illness=Illness.ENDLESS, at=2) as scanner:
        pages, error = scan(scanner)
        assert error is not None
        assert (pages, error.code, error.values["detail"]) == ([1], "scanner_io", "too long")


@pytest.mark.parametrize("illness", [Illness.LATE, Illness.DENIAL])
@pytest.mark.parametrize("at", [1, 3, 5])
def test_not_yet_is_not_the_end(illness: Illness, at: int) -> None:
    with escl_scanner(sheets=5, illness=illness, at=at) as scanner:
        assert scan(scanner) == (feed_of(5), None)


def test_a_busy_scanner_is_waited_for() -> None:
    with escl_scanner(sheets=2, busy=3) as scanner:
        assert scan(scanner) == (feed_of(2), None)


def test_a_scanner_that_stays_busy_is_reported() -> None:
    with escl_scanner(sheets=2, busy=1_000_000) as scanner:
        pages, error = scan(scanner, patience=2.0)
        assert error is not None
        assert (pages, error.code) == ([], "scanner_busy")


@pytest.mark.parametrize("host", ["localhost:1", "192.0.2.1", "CN26F1.hpLedmUSB", "[fe80", "a:b@evil.example"])
def test_the_host_in_location_is_not_followed(host: str) -> None:
    with escl_scanner(sheets=2, location_host=host) as scanner:
        assert scan(scanner) == (feed_of(2), None)


def test_a_redirect_on_the_same_machine_is_followed(tmp_path: Path) -> None:
    with escl_scanner(sheets=2, tls=tmp_path) as real, escl_scanner(sends_on_to=real.url) as door:
        assert scan(real, source=door.source) == (feed_of(2), None)
        assert not any(verb == "POST" for verb, _ in door.asked)


def test_a_redirect_to_another_machine_is_refused() -> None:
    with escl_scanner(sheets=2) as real:
        elsewhere = real.url.replace("127.0.0.1", "localhost")
        with escl_scanner(sends_on_to=elsewhere) as door:
            pages, error = scan(real, source=door.source)
        assert error is not None
        assert (pages, error.code, error.values["detail"]) == ([], "scanner_refused", "redirect")
        assert real.asked == []


def test_an_encrypted_scanner_with_its_own_certificate_is_scanned_from(tmp_path: Path) -> None:
    with escl_scanner(sheets=3, tls=tmp_path) as scanner:
        assert scan(scanner) == (feed_of(3), None)


def test_one_certificate_answers_for_the_whole_job(tmp_path: Path) -> None:
    class Mistaken(ScannerLine):
        def _certificate(self, host: str, port: int) -> str:
            return "5e" * 32

    with escl_scanner(tls=tmp_path) as scanner:
        with Mistaken(scanner.url, patience=5) as line, pytest.raises(EnvironmentFault, match="scanner_io"):
            line.ask("GET", "ScannerCapabilities", most_bytes=1000)
        assert scanner.asked == []


def test_beyond_the_office_a_certificate_needs_somebody_who_vouches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.devices.scanning.escl.line.is_in_the_office", lambda host: False)
    with escl_scanner(sheets=1, tls=tmp_path) as scanner:
        pages, error = scan(scanner)
        assert error is not None
        assert (pages, error.code, scanner.asked) == ([], "scanner_io", [])


def test_a_jam_in_the_feeder_is_none_for_the_glass() -> None:
    with escl_scanner(illness=Illness.LATE) as scanner:
        scanner.feeder_state = "ScannerAdfJam"
        assert scan(scanner, ScanSettings(Feed.FLATBED, dpi=75)) == ([GLASS], None)


def test_one_connection_is_enough_for_a_whole_pile() -> None:
    with escl_scanner(sheets=20, busy=2, illness=Illness.LATE, at=5) as scanner:
        assert scan(scanner) == (feed_of(20), None)
        assert scanner.connections == 1


def test_a_scanner_that_is_off_is_not_found() -> None:
    with escl_scanner() as scanner:
        source = scanner.source
    pages, error = scan(scanner, source=source)
    assert error is not None
    assert (pages, error.code) == ([], "scanner_not_found")


def test_some_of_hps_are_called_localhost() -> None:
    with escl_scanner(sheets=1, server_name="HP_Compact_Server") as scanner:
        assert scan(scanner) == ([1], None)
        assert scanner.hosts == ["localhost"]


def test_pulling_at_nothing_is_no_jam() -> None:
    """Canon's report a jam when an empty feeder is started."""
    with escl_scanner(sheets=0, says_empty_late=True, illness=Illness.JAM) as scanner:
        pages, error = scan(scanner)
        assert scanner.feeder_state == "ScannerAdfJam"
        assert (pages, error and error.code) == ([], "scanner_no_paper")


def test_a_cancel_out_of_emit_gives_the_job_up() -> None:
    pages: list[int] = []

    def emit(content: bytes, mime: str) -> None:
        pages.append(number_on(content))
        if len(pages) == 2:
            raise Refusal("scan_cancelled")

    with escl_scanner(sheets=9) as scanner:
        with pytest.raises(Refusal, match="scan_cancelled"):
            EsclPageSource().scan(scanner.source, FEEDER, emit, quiet)
        assert (pages, len(scanner.given_up), scanner.running()) == ([1, 2], 1, False)


def test_a_long_page_shows_life_while_it_comes() -> None:
    signs: list[int] = []
    with escl_scanner(sheets=1, draw=lambda number, dpi, colour: padded(numbered_page(number))) as scanner:
        assert scan(scanner, progress=lambda: signs.append(1)) == ([1], None)
    assert len(signs) > 10


def padded(page: bytes) -> bytes:
    """The same page, 3 MB long: comments behind its start, and zeros behind its end as some scanners have."""
    comment = b"\xff\xfe\xff\xff" + bytes(0xFFFD)
    return page[:2] + comment * 48 + page[2:] + bytes(64)


@pytest.mark.parametrize("written", [None, (0, 0), (1, 1), (72, 72), (300, 72)])
def test_the_granted_resolution_is_written_where_the_scanner_did_not(written: tuple[int, int] | None) -> None:
    """240 was asked for, 300 is the nearest it has."""
    drawn, made = Image.open(io.BytesIO(numbered_page(5))), io.BytesIO()
    drawn.save(made, "JPEG", **{"dpi": written} if written else {})
    came: list[bytes] = []
    settings = ScanSettings(Feed.FEEDER, dpi=240)
    with escl_scanner(sheets=1, draw=lambda *_: made.getvalue()) as scanner:
        EsclPageSource().scan(scanner.source, settings, lambda *page: came.append(page[0]), quiet)
    with Image.open(io.BytesIO(came[0])) as page:
        assert page.info["dpi"] == (300, 300)
        assert page.tobytes() == Image.open(made).tobytes()


def test_a_resolution_that_the_scanner_wrote_is_kept() -> None:
    came: list[bytes] = []
    with escl_scanner(sheets=1) as scanner:
        EsclPageSource().scan(scanner.source, FEEDER, lambda *page: came.append(page[0]), quiet)
    assert came == [numbered_page(1)]


def test_a_jpeg_without_a_head_gets_one() -> None:
    page = numbered_page(5)
    bare = page[:2] + page[20:]                            # the head of JFIF is 18 bytes long
    with Image.open(io.BytesIO(with_dpi(bare, 200))) as picture:
        assert (picture.info["dpi"], number_on(with_dpi(bare, 200))) == ((200, 200), 5)


def test_a_scanner_that_hangs_up_after_each_answer_is_called_again() -> None:
    with escl_scanner(sheets=10, is_curt=True) as scanner:
        assert scan(scanner) == (feed_of(10), None)


@pytest.mark.parametrize("illness", [Illness.LATE, Illness.NONE])
def test_a_scanner_that_will_not_say_how_it_is_scans_all_the_same(illness: Illness) -> None:
    with escl_scanner(sheets=5, illness=illness, at=3, status=b"") as scanner:
        assert scan(scanner) == (feed_of(5), None)


def test_a_pdf_is_handed_on_as_it_is() -> None:
    came: list[tuple[bytes, str]] = []
    pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    with escl_scanner(sheets=1, formats=["application/pdf"], draw=lambda *_: pdf) as scanner:
        EsclPageSource().scan(scanner.source, FEEDER, lambda *page: came.append(page), quiet)
        assert scanner.settings[0]["DocumentFormat"] == "application/pdf"
    assert came == [(pdf, "application/pdf")]
