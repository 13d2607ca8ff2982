"""Above the steps: what changed in the chosen procedure since this clerk last did it, in at most three lines."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dossier import DossierBody
from app.domain.intake import ChosenProcedure
from app.services.days import today_at_counter
from app.services.procedure_changes import WhatChanged, is_use_known, note_use, what_changed
from ui.models.change_words import change_words
from ui.operations.desk import Desk
from ui.pages.intake.choosing import find_case
from ui.theme import set_look
from ui.translations import tr
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

MOST = 3
ANEW = ("", "", "", "")
"""Nothing that can be on the desk: whatever is there is looked at again."""


class ChangedNotice(QFrame):
    """`show_chosen` with what is on the desk; there while something differs. What is received is remembered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looked_at: tuple[str, str, str, str] | None = None
        self.said: tuple[str, ...] = ()
        self.setProperty("surface", "banner")
        set_look(self, tone="info")
        self._title = Text("", "heading")
        self._lines = Text("", is_wrapped=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._lines)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(Glyph("info", "info-ink", 18))
        row.addLayout(words, 1)
        self.setVisible(False)

    def show_chosen(self, chosen: ChosenProcedure | None, *, is_correction: bool = False) -> None:
        """Reads the book only when another procedure, case, clerk or catalogue is on the desk."""
        office, clerk = self._desk.office, self._desk.clerk()
        key = None if chosen is None or is_correction else (
            clerk, chosen.code, chosen.case, office.catalogue.version)
        if key == self._looked_at:
            return
        self._looked_at = key
        self._say(self._read(clerk, chosen) if chosen is not None and key is not None else None)

    def remember(self, body: DossierBody) -> None:
        """A dossier was received: as the procedure stands today is how this clerk knows it from now on.

        Written only when it differs, so that one reception in hundreds pays for a second write.
        """
        chosen = body.intake.procedure
        found = find_case(self._desk.office.catalogue, chosen, body.business_date) if chosen is not None else None
        if found is None:
            return
        office, clerk, day = self._desk.office, self._desk.clerk(), body.business_date
        with office.database.reading() as connection:
            is_known = is_use_known(connection, clerk, found[0], office.catalogue, day)
        if not is_known:
            with office.database.writing() as connection:
                note_use(connection, clerk, found[0], office.catalogue, day, self._desk.clock())
            self._looked_at = ANEW

    def _read(self, clerk: str, chosen: ChosenProcedure) -> WhatChanged | None:
        office = self._desk.office
        with office.database.reading() as connection:
            day = today_at_counter(connection, self._desk.clock())
            found = find_case(office.catalogue, chosen, day)
            if found is None:
                return None
            return what_changed(connection, clerk, found[0], chosen.case, office.catalogue, day)

    def _say(self, found: WhatChanged | None) -> None:
        self.said = tuple(change_words(change) for change in found.changes) if found is not None else ()
        shown = list(self.said[:MOST])
        if len(self.said) > MOST:
            shown.append(tr("và {n} điều nữa", n=len(self.said) - MOST))
        self._title.setText(tr("Thủ tục này đã khác so với lần bạn làm trước"))
        self._lines.setText("\n".join(shown))
        self.setAccessibleName(f"{self._title.text()}. {'; '.join(shown)}")
        self.setVisible(bool(shown))
