"""Words of pages are read when nothing else is to be done; filing takes what is there and never waits."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.bootstrap import Application
from app.domain.arranging import turn
from app.domain.digitised import PaperAbout, QualityCheck
from app.domain.scanning import ScanSettings, Treatment
from app.errors import EnvironmentFault
from app.imaging.limits import Limits
from app.imaging.prepared import Prepared
from app.imaging.table_process import LightTable
from app.imaging.text_languages import VIETNAMESE, text_languages
from app.printing.pdfium import PDFIUM
from app.services.digitise import DigitisedPaper
from app.services.scan_tray import PageText, page_texts
from app.services.stored_papers import papers_of
from app.store.settings import write_setting
from tests.office import sample_intake
from tests.ui.digitise.desk import Bench, bench, scan_desk
from tests.ui.digitise.scanner import OFFICE_SCANNER, sheet
from ui.background.page_values import Destination, Wanted
from ui.background.text_reading import TextReading
from ui.background.text_work import SETTING, new_table
from ui.operations.desk import new_intent
from ui.operations.file_papers import PaperToFile, file_papers

PAUSE_MS = 10
FORM, CARD = "1", "2"
WANTED = (Wanted(FORM, "Tờ khai đề nghị", "Mẫu TK01"), Wanted(CARD, "Thẻ căn cước"))


def layer_of(turn: int) -> bytes:
    """A page of PDF that says at which turn it was read."""
    page = io.BytesIO()
    drawn = Canvas(page, pagesize=A4)
    drawn.drawString(72, 72, f"turned by {turn}")
    drawn.save()
    return page.getvalue()


class Reader:
    """A light table for reading that reads when it is told to. `log` is shared with the one for preparing."""

    def __init__(self, log: list[str], *answers: bytes | Exception, is_held: bool = False) -> None:
        """`answers` come in their order, the last again and again; without any, each page gets `layer_of`."""
        self.log, self.answers = log, list(answers)
        self.is_held = is_held                 # the next page is read until somebody ends it
        self.begun = self.ended = 0
        self._is_closed = threading.Event()

    def open(self) -> Reader:
        self._is_closed.clear()
        return self

    def text(self, content: bytes, turn: int = 0) -> bytes | None:
        self.begun += 1
        self.log.append("begin")
        if self.is_held:
            self.is_held = False
            assert self._is_closed.wait(20)
            self.log.append("ended")
            raise EnvironmentFault("light_table_closed")
        answer: bytes | Exception = layer_of(turn)
        if self.answers:
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        self.log.append("read")
        return answer

    def close(self) -> None:
        self.ended += 1
        self._is_closed.set()


class Preparing:
    """A light table that says when it prepares."""

    def __init__(self, table: LightTable, log: list[str]) -> None:
        self._table, self._log = table, log

    def prepare(self, original: bytes, treatment: Treatment) -> Prepared:
        made = self._table.prepare(original, treatment)
        self._log.append("prepared")
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)


def reading(
    table: Callable[[], Any] = new_table, languages: Callable[[], tuple[str, ...]] = lambda: ("eng", "vie"),
) -> Callable[[Application, QObject], TextReading]:
    return lambda office, parent: TextReading(
        office, parent, languages=languages, table=table, pause_ms=PAUSE_MS
    )


class Counter:
    """A desk with its tray of pages, without a window."""

    def __init__(self, qtbot: QtBot, held: Bench) -> None:
        self.qtbot, self.held = qtbot, held
        self.intake = held.scans.intake_of(Destination(sample_intake("hồ-sơ-số-hóa").intent, held.code, WANTED))

    def scan(self, count: int, to: str = FORM) -> None:
        """Returns when `count` pages lie in the tray, all prepared."""
        self.start(to)
        self.settle(count)

    def start(self, to: str = FORM) -> None:
        self.intake.scan(OFFICE_SCANNER.id, ScanSettings(), to=to)

    def take(self, content: bytes, count: int, to: str = FORM) -> None:
        self.intake.take(content, "image/jpeg", "file", to=to)
        self.settle(count)

    def settle(self, count: int) -> None:
        self.qtbot.waitUntil(
            lambda: len(self.intake.arrangement.page_ids) == count and self.intake.is_idle, timeout=20_000
        )

    def turn_all(self) -> None:
        self.intake.keeper.act("turn", turn(self.intake.arrangement, list(self.intake.pages), 1))

    def texts(self) -> dict[int, PageText]:
        """By place in the order of arrival, from 1."""
        with self.held.office.application.database.reading() as connection:
            found = page_texts(connection, self.intake.destination.intent)
        return {place: found[page] for place, page in enumerate(self.intake.pages, 1) if page in found}

    def noted(self, count: int) -> dict[int, PageText]:
        """What was read, when it is so much and nothing is being read."""
        reading = self.held.scans.texts
        self.qtbot.waitUntil(lambda: len(self.texts()) == count and not reading.is_reading, timeout=30_000)
        return self.texts()

    def file(self) -> bytes:
        """The PDF of the form's pages as they lie."""
        paper = PaperToFile(
            FORM, self.intake.arrangement.for_pdf(FORM), PaperAbout(), QualityCheck(), new_intent(self.held.desk)
        )
        done: list[DigitisedPaper] = []
        errors: list[Exception] = []
        file_papers(
            self.held.desk, self.held.scans, self.intake.destination, [paper],
            lambda _, each: done.append(each), lambda _, error: errors.append(error), lambda: None,
        )
        self.qtbot.waitUntil(lambda: bool(done or errors), timeout=20_000)
        assert not errors
        with self.held.office.application.database.reading() as connection:
            papers = papers_of(connection, self.held.code)
        filed = next(each for each in papers if each.requirement == FORM)
        return self.held.office.application.blobs.read(filed.documents[-1].sha256)


def words_of(pdf: bytes) -> tuple[str, tuple[float, float, float, float] | None]:
    """The text of the first page, and where its "CỘNG HÒA" stands: shares of the page's size, y from below."""
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        leaf = document[0]
        width, height = leaf.get_size()
        said = leaf.get_textpage()
        whole: str = said.get_text_range()
        hit = said.search("CỘNG HÒA").get_next()
        if hit is None:
            return whole, None
        boxes = [said.get_charbox(place) for place in range(hit[0], hit[0] + hit[1])]
    return whole, (
        min(box[0] for box in boxes) / width, min(box[1] for box in boxes) / height,
        max(box[2] for box in boxes) / width, max(box[3] for box in boxes) / height,
    )


def test_a_paper_that_is_filed_after_its_words_were_read_can_be_searched(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, sheet("text", 0, 200), table=table, texts=reading(languages=text_languages)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        qtbot.waitUntil(lambda: held.scans.texts.languages is not None, timeout=20_000)
        if VIETNAMESE not in (held.scans.texts.languages or ()):
            assert words_of(counter.file()) == ("", None)
            return
        assert counter.noted(1)[1].layer is not None
        said, place = words_of(counter.file())
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said and "Độc lập" in said
        assert place is not None
        left, bottom, right, top = place
        assert 0.2 < left < right < 0.6 and 0.85 < bottom < top < 1, "in the heading, left of its middle"


def test_a_page_that_is_turned_is_read_anew_and_filed_with_what_was_read_at_its_turn(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    log: list[str] = []
    reader = Reader(log)
    with bench(tmp_path, sheet("text", 0), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        assert counter.noted(1)[1].turn == 0
        reader.is_held = True
        counter.turn_all()
        qtbot.waitUntil(lambda: reader.begun == 2, timeout=20_000)
        assert words_of(counter.file()) == ("", None), "what was read at another turn is not for it"
        counter.turn_all()                     # while it is being read
        counter.settle(1)
        reader.close()
        qtbot.waitUntil(lambda: counter.texts()[1].turn == 180, timeout=20_000)
        assert log == ["begin", "read", "begin", "ended", "begin", "read"]
        assert words_of(counter.file())[0] == "turned by 180"


def test_words_that_no_pdf_can_hold_stop_no_filing(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, sheet("text"), table=table, texts=reading(Reader([], b"no PDF").open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        layer = counter.noted(1)[1].layer
        assert layer is not None and words_of(counter.file()) == ("", None)
        held.office.application.blobs.path_of(layer.sha256).unlink()
        assert words_of(counter.file()) == ("", None), "nor do words that are lost"


def test_a_reading_that_was_killed_once_is_done_again(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    reader = Reader([], EnvironmentFault("light_table_died"), layer_of(0))
    with bench(tmp_path, sheet("text"), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        assert counter.noted(1)[1].layer is not None and reader.begun == 2


def test_a_page_that_arrives_is_prepared_before_another_word_is_read(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    log: list[str] = []
    reader = Reader(log, is_held=True)
    watched: Any = Preparing(table, log)
    with bench(tmp_path, *(sheet("text", seed) for seed in range(3)), table=watched,
               texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(3)
        qtbot.waitUntil(lambda: reader.begun == 1, timeout=20_000)
        assert log == ["prepared"] * 3 + ["begin"] and reader.ended == 0
        counter.take(sheet("text", 4), 4)
        counter.noted(4)
        assert reader.ended >= 1, "the page's arrival ended the reading"
        assert log.count("ended") == 1 and log.count("prepared") == 4
        assert log.index("prepared", 3) < log.index("read"), "prepared before anything was read"
        assert [each for each in log if each != "prepared"][2:] == ["begin", "read"] * 4, "one at a time"


def test_nothing_is_read_while_the_scanner_runs(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    log: list[str] = []
    reader = Reader(log)
    watched: Any = Preparing(table, log)
    with bench(tmp_path, *(sheet("text", seed) for seed in range(3)), table=watched,
               texts=reading(reader.open)) as held:
        held.pile.stop_before = 2
        counter = Counter(qtbot, held)
        counter.start()
        qtbot.waitUntil(lambda: log.count("prepared") == 2 and not counter.intake.waiting, timeout=20_000)
        qtbot.wait(20 * PAUSE_MS)              # it had every chance
        assert counter.intake.state.is_scanning and reader.begun == 0
        held.pile.go_on()
        counter.noted(3)
        assert log == ["prepared"] * 3 + ["begin", "read"] * 3
        qtbot.waitUntil(lambda: reader.ended == 1)         # nothing is left to read: its process is ended


@pytest.mark.parametrize("languages", [(), ("eng",)])
def test_without_vietnamese_nothing_happens(
    qtbot: QtBot, tmp_path: Path, table: LightTable, languages: tuple[str, ...]
) -> None:
    reader = Reader([])
    asked: list[int] = []

    def ask() -> tuple[str, ...]:
        asked.append(threading.get_ident())
        return languages

    with bench(tmp_path, sheet("text"), sheet("text", 1), table=table, texts=reading(reader.open, ask)) as held:
        counter = Counter(qtbot, held)
        counter.scan(2)
        qtbot.waitUntil(lambda: held.scans.texts.languages == languages)
        assert words_of(counter.file()) == ("", None) and counter.texts() == {} and reader.begun == 0
        assert len(asked) == 1 and asked[0] != threading.get_ident(), "once, and not in the window's thread"


def test_blank_pages_cards_and_what_was_filed_before_are_not_read(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    reader = Reader([], is_held=True)
    with bench(tmp_path, sheet("text"), sheet("blank"), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(2)
        qtbot.waitUntil(lambda: reader.begun == 1, timeout=20_000)
        assert words_of(counter.file()) == ("", None) and counter.texts() == {}
        counter.take(sheet("card"), 3, CARD)
        counter.take(sheet("text", 5), 4)
        assert set(counter.noted(1)) == {4} and reader.begun == 2


def test_closing_ends_the_reading_and_the_page_is_read_after_the_next_start(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    reader = Reader([], is_held=True)
    with bench(tmp_path, sheet("text"), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        qtbot.waitUntil(lambda: reader.begun == 1, timeout=20_000)
        destination = counter.intake.destination
        held.scans.close()
        assert reader.ended == 1 and counter.texts() == {}
        again = TextReading(
            held.office.application, languages=lambda: ("vie",), table=reader.open, pause_ms=PAUSE_MS
        )
        _, scans = scan_desk(held.office, held.desk, held.pile, table, texts=lambda office, parent: again)
        scans.intake_of(destination)
        qtbot.waitUntil(lambda: len(counter.texts()) == 1, timeout=20_000)
        scans.close()


@pytest.mark.parametrize(("code", "reads"), [
    ("light_table_timeout", 1), ("light_table_memory", 1), ("picture_broken", 1), ("light_table_died", 2),
])
def test_a_page_that_costs_too_much_is_given_up_for_good(
    qtbot: QtBot, tmp_path: Path, table: LightTable, code: str, reads: int
) -> None:
    reader = Reader([], EnvironmentFault(code))
    with bench(tmp_path, sheet("text"), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        assert counter.noted(1) == {1: PageText(0, None)} and reader.begun == reads


def test_noise_hits_the_limit_and_the_page_is_given_up(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (2339, 1654), dtype=np.uint8)
    picture = io.BytesIO()
    Image.fromarray(noise).save(picture, "JPEG", dpi=(200, 200), quality=90)

    def impatient() -> LightTable:
        return LightTable(children=1, limits=Limits(document_seconds=0.2, step_back=19))

    with bench(tmp_path, picture.getvalue(), table=table, texts=reading(impatient)) as held:
        counter = Counter(qtbot, held)
        counter.scan(1)
        assert counter.noted(1) == {1: PageText(0, None)}


def test_a_process_that_cannot_be_started_is_not_asked_again(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    reader = Reader([], EnvironmentFault("light_table_not_started"))
    with bench(tmp_path, sheet("text"), sheet("text", 1), table=table, texts=reading(reader.open)) as held:
        counter = Counter(qtbot, held)
        counter.scan(2)
        qtbot.waitUntil(lambda: reader.begun == 1 and not held.scans.texts.is_reading)
        counter.take(sheet("text", 5), 3, FORM)
        qtbot.wait(5 * PAUSE_MS)
        assert counter.texts() == {} and reader.begun == 1


def test_a_counter_that_switched_reading_off_reads_nothing_until_it_is_switched_on(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    reader = Reader([])
    with bench(tmp_path, sheet("text"), table=table, texts=reading(reader.open)) as held:
        database = held.office.application.database
        with database.writing() as connection:
            write_setting(connection, SETTING, {"text": False})
        counter = Counter(qtbot, held)
        counter.scan(1)
        qtbot.waitUntil(lambda: reader.ended == 1)         # it was opened for a page that is not to be read
        assert reader.begun == 0 and counter.texts() == {}
        with database.writing() as connection:
            write_setting(connection, SETTING, {"text": True})
        counter.take(sheet("text", 5), 2)
        assert len(counter.noted(2)) == 2


def test_the_process_that_reads_gives_way_to_everybody() -> None:
    before = children()
    made = new_table()
    assert isinstance(made, LightTable)
    with made:
        made.warm_up()
        (reader,) = children() - before
        assert os.getpriority(os.PRIO_PROCESS, reader) == 19


def children() -> set[int]:
    """Processes that threads of this one have started."""
    found: set[int] = set()
    for each in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):       # the thread has ended
            found.update(map(int, each.read_text().split()))
    return found
