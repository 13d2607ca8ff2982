"""The lines of the page: an icon, the part, its state in a word, what that means and what to press."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.domain.self_check import Checked, Part, State
from ui.models.self_check_words import NAMES, STATES, told
from ui.theme import Tone
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.glyph import TONE_ICONS, Glyph
from ui.widgets.text import Text

ORDER = (Part.BOOK, Part.BACKUP, Part.DISK, Part.CLOCK, Part.GATEWAY, Part.MEDIUM, Part.RECOVERY, Part.PRINTER,
         Part.LOOP, Part.SCANNER)


class CheckRow:
    """One line; its words are read out as one by a screen reader."""

    def __init__(self, part: Part, grid: QGridLayout, row: int) -> None:
        self.part = part
        self.checked: Checked | None = None
        self.glyph = Glyph("dot", "ink-2", 18)
        self.name = Text(tr(NAMES[part]), "heading")
        self.state = Text("")
        self.said = Text("", is_wrapped=True)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.glyph, row, 0, top)
        grid.addWidget(self.name, row, 1, top)
        grid.addWidget(self.state, row, 2, top)
        grid.addWidget(self.said, row, 3, top)
        self.show_word(tr("Chưa xem"), "neutral")

    def show_checked(self, checked: Checked, now: datetime, language: str) -> None:
        self.checked = checked
        word, tone = STATES[checked.state]
        said = told(checked, now, language)
        self.show_word(tr(word), tone, " ".join(part for part in (said.meaning, said.press) if part))

    def show_word(self, word: str, tone: Tone, said: str = "") -> None:
        self.glyph.set_icon(TONE_ICONS[tone], "ink-2" if tone == "neutral" else f"{tone}-ink")
        self.state.setText(word)
        self.state.set_tone("" if tone in ("neutral", "info") else tone)
        self.said.setText(said)
        self.said.setAccessibleName(f"{self.name.text()}: {word}. {said}".strip())


class CheckRows(Card):
    """All parts, in the order in which a clerk needs them."""

    def __init__(self, now: datetime, language: str) -> None:
        super().__init__("")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(13)
        grid.setColumnStretch(3, 1)
        self.rows = {part: CheckRow(part, grid, number) for number, part in enumerate(ORDER)}
        self.rows[Part.LOOP].show_checked(Checked(Part.LOOP, State.OPEN, "open"), now, language)
        self.body.addLayout(grid)

    def found(self) -> tuple[Checked, ...]:
        """What is known so far, in order."""
        return tuple(row.checked for row in self.rows.values() if row.checked is not None)
