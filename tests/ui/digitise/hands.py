"""A clerk's hands on the digitising page, and what lies there and in the book afterwards."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.separator import SeparatorLine
from app.printing.pdfium import PDFIUM
from app.printing.separator_sheets import render_separator_sheets
from app.services.digitise import RequirementPapers, papers_of
from app.store import journal as book
from tests.office import Office
from tests.ui.digitise.desk import Bench, settled
from tests.ui.digitise.scanner import sheet
from ui.pages.digitise.page import DigitisePage

FORM, CARD, PHOTO = "1", "2", "3"          # the requirements of the sample dossier


def three() -> list[bytes]:
    return [sheet("text", seed) for seed in range(3)]


def scanned(qtbot: QtBot, held: Bench, page: DigitisePage, pages: int) -> None:
    qtbot.waitUntil(lambda: bool(held.scans.sources))
    qtbot.keyClick(page.left_side.items, Qt.Key.Key_S)
    settled(qtbot, page, pages)


def lies(page: DigitisePage) -> dict[str, list[list[int]]]:
    """Where each page lies: requirement → stacks of ordinals."""
    ordinal = {each.id: each.ordinal for each in page.intake.pages.values()}
    return {
        place.requirement: [[ordinal[each.page_id] for each in stack.pages] for stack in place.stacks]
        for place in page.intake.arrangement.places if place.stacks
    }


def press(qtbot: QtBot, page: DigitisePage, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key while the focus is on the thumbnails."""
    page.pages.thumbs.setFocus()
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(page.pages.thumbs, key, held)


def stand_on(page: DigitisePage, *rows: int) -> None:
    page.pages.thumbs.setFocus()
    page.pages.thumbs.choose([page.pages.model.cell(row).page for row in rows])


def operations(office: Office, type_: str) -> list[dict[str, Any]]:
    with office.application.database.reading() as connection:
        counter = office.application.enrolled
        lines = book.after(connection, counter.device, counter.epoch, 0, 200)
    found = [json.loads(line.payload) for line in lines]
    return [each["body"] for each in found if each["type"] == type_]


def stored(held: Bench, requirement: str) -> RequirementPapers:
    with held.office.application.database.reading() as connection:
        return next(each for each in papers_of(connection, held.code) if each.requirement == requirement)


def pages_in(pdf: bytes) -> int:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def separators(held: Bench, *requirements: str) -> dict[str, bytes]:
    """Separator sheets of the dossier as a scanner at 200 dpi gives them."""
    lines = [SeparatorLine(number, code, f"Giấy {code}") for number, code in enumerate(requirements, 1)]
    pdf = render_separator_sheets(held.office.application.enrolled.paper_head, held.code, lines, has_end=False)
    found = {}
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        for code, leaf in zip(requirements, document, strict=True):
            picture = io.BytesIO()
            leaf.render(scale=200 / 72).to_pil().convert("L").save(picture, "JPEG", dpi=(200, 200))
            found[code] = picture.getvalue()
        document.close()
    return found
