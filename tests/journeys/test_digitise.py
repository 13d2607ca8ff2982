"""A pile: received offline, scanned behind printed separators, filed by one key, whole at the province."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.devices.scanning.port import Source, SourceKind
from app.domain.digitised import DigitisedStatus
from app.domain.scanning import Feed
from app.paths import DataFolder
from app.services.scan_tray import waiting_pages
from app.services.stored_papers import Completeness, RequirementPapers, completeness, papers_of
from tests.escl_scanner import escl_scanner
from tests.gateway_process import ReadyGateway
from tests.imaging_pages import page as drawn
from tests.journeys.counter import PEOPLE, enrol, open_counter
from ui.background import scan_desk
from ui.command_line.folder import KEYS
from ui.counter_window import CounterWindow
from ui.demo_play import Person, receive_by_keys
from ui.pages.digitise.page import DigitisePage
from ui.theme import Theme
from ui.translations import Language

DPI = 200


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    return DataFolder(tmp_path / "office")


def test_a_pile_behind_printed_separators_is_filed_by_itself_and_whole_at_the_province(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path, empty_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    province = ReadyGateway(tmp_path / "province", empty_database)
    with province:
        enrol(folder, province)
    pile: list[bytes] = []
    with escl_scanner(draw=lambda number, dpi, is_colour: pile[number - 1]) as scanner:
        desk_scanner = Source(scanner.source, scanner.name, SourceKind.ESCL, (Feed.FEEDER,))
        monkeypatch.setattr(scan_desk, "_look_for_sources", lambda office: (desk_scanner,))
        with open_counter(qapp, look, language, folder) as (counter, hands):
            card, phone = PEOPLE[0]
            code = receive_by_keys(counter, hands, Person(card, "ly lich tu phap", phone))
            hands.press("Alt+S")
            hands.until(lambda: isinstance(counter.window.page(), DigitisePage), "the papers are in front")
            page = counter.window.page()
            assert isinstance(page, DigitisePage)
            hands.press("Ctrl+T")
            hands.until(lambda: bool(_sheets(folder)), "the separators are printed")

            wanted = [paper.requirement for paper in _papers(counter, code) if paper.is_wanted]
            separators = _drawn_again(_sheets(folder)[0])
            assert len(separators) >= len(wanted) >= 1
            for number, _ in enumerate(wanted):
                pile += [separators[number], _jpeg(drawn("text", seed=number, skew=1.5)),
                         _jpeg(drawn("stamped", seed=number, noise=0.3))]
            pile.append(_jpeg(drawn("blank")))
            scanner.sheets = len(pile)
            hands.until(lambda: bool(counter.scan_desk and counter.scan_desk.sources), "the scanner is found")
            hands.press("S")
            placed = page.intake
            hands.until(lambda: len(placed.arrangement.page_ids) == len(pile), "every page has its place", 120)
            for requirement in wanted:
                lying = page.intake.arrangement.place(requirement).pages
                assert sum(not each.is_left_out for each in lying) >= 2
            hands.press("F12")
            hands.until(lambda: _done(counter, code).is_digitised, "every paper is digitised", 60)
            statuses = {paper.status for paper in _papers(counter, code) if paper.is_wanted}
            assert statuses == {DigitisedStatus.DIGITISED}
            assert _done(counter, code).files_confirmed == 0, "nothing is green before the province has it"
            with province:
                counter.send_now()
                hands.until(lambda: _is_whole(counter, code), "the province holds every document", 90)
                held = province.report()
            assert held["codes"] == [code]
            assert held["files"]["complete"] == held["files"]["named"] == _done(counter, code).files
            assert held["files"]["dossiers_complete"] == 1
            hands.press("Escape")


# A scanner, a province and two starts of the window; the quick suite has the pile above, and the tray by itself.
@pytest.mark.slow
def test_pages_that_were_not_filed_are_offered_back_on_their_dossier_at_the_next_start(
    qapp: QApplication, look: Theme, language: Language, folder: DataFolder, tmp_path: Path, empty_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    province = ReadyGateway(tmp_path / "province", empty_database)
    with province:
        enrol(folder, province)
    with escl_scanner(sheets=2, draw=lambda number, dpi, is_colour: _jpeg(drawn("text", seed=number))) as one:
        desk_scanner = Source(one.source, one.name, SourceKind.ESCL, (Feed.FEEDER,))
        monkeypatch.setattr(scan_desk, "_look_for_sources", lambda office: (desk_scanner,))
        with open_counter(qapp, look, language, folder) as (counter, hands):
            card, phone = PEOPLE[1]
            code = receive_by_keys(counter, hands, Person(card, "ly lich tu phap", phone))
            hands.press("Alt+S")
            hands.until(lambda: bool(counter.scan_desk and counter.scan_desk.sources), "the scanner is found")
            hands.press("S")
            page = counter.window.page()
            assert isinstance(page, DigitisePage)
            hands.until(lambda: len(page.intake.pages) == 2 and page.intake.is_idle, "both pages are safe", 60)
    with open_counter(qapp, look, language, folder) as (counter, hands):
        assert _waiting(counter) == {code: 2}
        counter.places.open_digitise(code)
        page = counter.window.page()
        assert isinstance(page, DigitisePage)
        hands.until(lambda: len(page.intake.arrangement.page_ids) == 2, "both pages lie where they lay")


def _sheets(folder: DataFolder) -> list[Path]:
    return [file for file in folder.papers.glob("*.pdf") if "ngan" in file.name]


def _drawn_again(file: Path) -> list[bytes]:
    """The printed sheets as a scanner sees them."""
    with pypdfium2.PdfDocument(file) as document:
        return [_jpeg(sheet.render(scale=DPI / 72).to_pil().convert("RGB")) for sheet in document]


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, dpi=(DPI, DPI))
    return out.getvalue()


def _papers(counter: CounterWindow, code: str) -> tuple[RequirementPapers, ...]:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return papers_of(connection, code)


def _done(counter: CounterWindow, code: str) -> Completeness:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return completeness(connection, code)


def _is_whole(counter: CounterWindow, code: str) -> bool:
    done = _done(counter, code)
    return done.files > 0 and done.files_confirmed == done.files


def _waiting(counter: CounterWindow) -> dict[str | None, int]:
    assert counter.desk is not None
    with counter.desk.office.database.reading() as connection:
        return {tray.code: tray.count for tray in waiting_pages(connection)}
