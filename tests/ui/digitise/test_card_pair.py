"""Two sides of a card, however they came, become one page of the PDF; both originals stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.digitised import PaperAbout, QualityCheck
from app.imaging.table_process import LightTable
from app.services.digitise import DigitisedPaper
from tests.ui.digitise.desk import Bench, bench
from tests.ui.digitise.hands import pages_in, stored
from tests.ui.digitise.scanner import sheet
from ui.background.page_intake import PageIntake
from ui.operations.file_papers import PaperToFile, file_papers
from ui.pages.digitise.reading import destination_of, read_shown

CARD = "2"


def card_intake(held: Bench) -> PageIntake:
    """The intake of the dossier, whose second paper is an ID card here."""
    destination = destination_of(held.desk, read_shown(held.desk, held.code))
    wanted = tuple(
        replace(each, name="Thẻ căn cước", form="") if each.code == CARD else each
        for each in destination.requirements
    )
    return held.scans.intake_of(replace(destination, requirements=wanted))


def filed(qtbot: QtBot, held: Bench, intake: PageIntake) -> None:
    done: list[DigitisedPaper | Exception] = []
    stacks = intake.arrangement.for_pdf(CARD)
    paper = PaperToFile(CARD, stacks, PaperAbout(), QualityCheck(), "lưu-thẻ")
    file_papers(
        held.desk, held.scans, intake.destination, [paper], lambda _, made: done.append(made),
        lambda _, error: done.append(error), lambda: None,
    )
    qtbot.waitUntil(lambda: bool(done), timeout=40_000)
    assert isinstance(done[0], DigitisedPaper), done[0]


@pytest.mark.parametrize(("sides", "pages"), [(["one press"] * 2, 1), (["first", "second"], 1), (["one"] * 3, 3)])
def test_two_sides_are_one_page_and_other_counts_stay_as_they_came(
    qtbot: QtBot, tmp_path: Path, table: LightTable, sides: Sequence[str], pages: int
) -> None:
    with bench(tmp_path, table=table) as held:
        intake = card_intake(held)
        batches: dict[str, str] = {}
        for seed, press in enumerate(sides):
            content, batch = sheet("card", seed, 150), batches.get(press, "")
            batches[press] = intake.take(content, "image/jpeg", "camera:thử", batch=batch, to=CARD)
        qtbot.waitUntil(lambda: len(intake.pages) == len(sides) and intake.is_idle, timeout=40_000)
        assert [len(stack.pages) for stack in intake.arrangement.place(CARD).stacks] == [len(sides)]
        filed(qtbot, held, intake)
        (document,) = stored(held, CARD).documents
        assert pages_in(held.office.application.blobs.read(document.sha256)) == pages
        originals = {page.original.sha256 for page in intake.pages.values()}
        assert set(document.originals) == originals
        assert all(held.office.application.blobs.has(sha256) for sha256 in originals)
