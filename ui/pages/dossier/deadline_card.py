"""The deadline: how much time the procedure gives, what is left, how the date moved, what makes it doubtful."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout

from app.domain.life.life import Life
from app.domain.remaining import Remaining
from app.services.stored_dossier import StoredDossier
from ui.pages.dossier.due_history import due_lines
from ui.pages.dossier.facts import doubts, is_open, left_words
from ui.pages.intake.further_dates import legs_words, second_stage_words
from ui.pages.intake.words import time_words
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text


class DeadlineCard(Card):
    """Reads the promise of the version in force; nothing is worked out anew here."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setSpacing(3)
        self.body.addWidget(Text(tr("Thời hạn"), "heading"))
        self._time = Text("", is_wrapped=True)
        self._agencies = Text("", is_wrapped=True)
        self._second_stage = Text("", "secondary", is_wrapped=True)
        self._history = Text("", "secondary", is_wrapped=True)
        self._doubt = Text("", "secondary", is_wrapped=True)
        self._doubt.set_tone("warn")
        self._glyph = Glyph("warn", "warn-ink", 16)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._glyph)
        line.addWidget(self._doubt, 1)
        self.body.addWidget(self._time)
        self.body.addWidget(self._agencies)
        self.body.addWidget(self._second_stage)
        self.body.addWidget(self._history)
        self.body.addLayout(line)

    def show_dossier(self, dossier: StoredDossier, life: Life, left: Remaining) -> None:
        """`dossier` with the promise in force; `left` is office time, and stands while the clock stands."""
        body = dossier.body
        procedure = body.intake.procedure
        given = time_words(procedure.time) if procedure else ""
        said = left_words(left) if left.is_promised and is_open(dossier) else ""
        if life.paused_since is not None:
            said = " · ".join(part for part in (tr("đồng hồ đang dừng"), said) if part)
        self._time.setText(" · ".join(part for part in (given, said) if part))
        self._time.set_tone("bad" if said and left.is_over else "")
        self._history.setText("\n".join(due_lines(life)) or tr("Tạm dừng: không · gia hạn: không"))
        stage = body.due.second_stage
        for text, words in ((self._agencies, "\n".join(legs_words(body.due))),
                            (self._second_stage, second_stage_words(stage) if stage else "")):
            text.setText(words)
            text.setVisible(bool(words))
        said = " ".join(doubts(body.due))
        self._doubt.setText(said)
        self._doubt.setVisible(bool(said))
        self._glyph.setVisible(bool(said))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())
