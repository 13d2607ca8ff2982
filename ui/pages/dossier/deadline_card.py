"""The deadline: how much time the procedure gives, and to whom, how much is left, what makes the date doubtful."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout

from app.services.stored_dossier import StoredDossier
from ui.pages.dossier.facts import doubts, is_open, time_left
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
        self._pause = Text(tr("Tạm dừng: không · gia hạn: không"), "secondary")
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
        self.body.addWidget(self._pause)
        self.body.addLayout(line)

    def show_dossier(self, dossier: StoredDossier, now: datetime) -> None:
        body = dossier.body
        procedure = body.intake.procedure
        given = time_words(procedure.time) if procedure else ""
        left, _ = time_left(body, is_open(dossier), now)
        self._time.setText(" · ".join(part for part in (given, left) if part))
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
