"""Two small sheets: note an obstacle, write down how it was answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.catalogue_search import CatalogueSearch
from app.domain.route_papers import ObstacleCause
from app.domain.vietnam_time import local
from app.errors import KnownError
from app.services.obstacles import About, about_dossier
from app.store.queries.obstacles import ObstacleRow
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.obstacle_rows import CAUSES, subject
from ui.operations.desk import Desk, new_intent
from ui.operations.obstacles import answer, note
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class Words(QPlainTextEdit):
    """Some lines of words. Enter is the sheet's, as in every other field; Shift Enter begins a new line."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(112)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_new_line = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape or (is_enter and not is_new_line):
            event.ignore()
        else:
            super().keyPressEvent(event)


class NoteSheet(Sheet):
    """`ask` opens it, for a dossier's code if there is one; storing is done here."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Ghi vướng mắc"), tr("Ghi lại"), width=760)
        self._desk = desk
        self._intent = ""
        self.words = Words(tr("Vướng mắc"), tr("Chuyện gì đang vướng, từ bao giờ, cần ai trả lời"))
        self.cause = Choice(tr("Thuộc về"))
        for cause, words in CAUSES.items():
            self.cause.addItem(tr(words), cause)
        self.about = LineField(
            tr("Mã hồ sơ hoặc thủ tục"), hint=tr("Mã hồ sơ, mã thủ tục hoặc 2–3 tiếng; bỏ trống nếu là việc chung")
        )
        self.about.edited.connect(self._look)
        self._found = Text("", "secondary", is_wrapped=True)
        self._subject = About()
        self.content.addWidget(self.words)
        self.content.addWidget(Text(tr("Thuộc về"), "secondary"))
        self.content.addWidget(self.cause)
        self.content.addWidget(self.about)
        self.content.addWidget(self._found)
        self.confirmed.connect(self._store)

    def ask(self, code: str = "") -> None:
        self._intent = new_intent(self._desk)
        self.words.clear()
        self.cause.setCurrentIndex(0)
        self.about.set_text(code)
        self._look(code)
        self.open(self.words)

    def may_confirm(self) -> bool:
        if not self.words.toPlainText().strip():
            self.words.setFocus()
            return False
        if self.about.message():
            self.about.line.setFocus()
            return False
        return True

    def _look(self, text: str) -> None:
        """What it is about, found while it is typed and shown before it is stored."""
        self.about.set_message("")
        try:
            self._subject = self._read(text.strip())
        except KnownError as error:
            self._subject = About()
            self.about.set_message(sentence(error, self._desk.language()).title)
        name = " · ".join(part for part in (self._subject.code, self._subject.procedure_name) if part)
        self._found.setText(name if name or text.strip() else tr("Việc chung của quầy"))

    def _read(self, text: str) -> About:
        if not text:
            return About()
        office = self._desk.office
        if "-" in text:
            with office.database.reading() as connection:
                return about_dossier(connection, text)
        return about_procedure(office.search, text, self._desk)

    def _store(self) -> None:
        cause = ObstacleCause(self.cause.currentData())
        if note(self._desk, self.words.toPlainText(), cause, self._subject, intent=self._intent):
            self.close_sheet()


def about_procedure(search: CatalogueSearch, text: str, desk: Desk) -> About:
    """The procedure that the words find first; the words alone when they find none."""
    hits = search.find(text, limit=1, on=local(desk.clock()).date())
    if not hits:
        return About(procedure_name=text)
    found = hits[0].procedure
    agency = next((each.name for each in desk.office.catalogue.agencies if each.id == found.agency), "")
    return About("", found.code, found.name, found.agency, agency)


class AnswerSheet(Sheet):
    """How it was mended or what was answered."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Cách giải quyết"), tr("Ghi lại"), width=760)
        self._desk = desk
        self._row: ObstacleRow | None = None
        self._intent = ""
        self._about = Text("", "secondary", is_wrapped=True)
        self._text = Text("", "lead", is_wrapped=True)
        self.words = Words(tr("Trả lời, cách giải quyết"), tr("Ai trả lời thế nào, hoặc đã làm gì"))
        for widget in (self._about, self._text, self.words):
            self.content.addWidget(widget)
        self.confirmed.connect(self._store)

    def ask(self, row: ObstacleRow) -> None:
        self._row, self._intent = row, new_intent(self._desk)
        self._about.setText(subject(row))
        self._text.setText(row.text)
        self.words.clear()
        self.open(self.words)

    def may_confirm(self) -> bool:
        return bool(self.words.toPlainText().strip())

    def _store(self) -> None:
        if self._row is not None and answer(self._desk, self._row, self.words.toPlainText(), intent=self._intent):
            self.close_sheet()
