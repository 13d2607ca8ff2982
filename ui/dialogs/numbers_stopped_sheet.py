"""Why no number is given out, or what a branch at the province is: what happened, is it safe, what to press."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.dialogs.sheet import Sheet
from ui.models.standing_words import Explained, Way
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

MORE: Mapping[Way, tuple[str, str]] = {
    Way.SECOND_COPY: (mark("Bản thứ hai"), "B"), Way.BEGIN_ANEW: (mark("Xin dải số mới"), "N"),
}


class NumbersStoppedSheet(Sheet):
    """`explain`, then `open`. `chosen` carries the `Way` that the clerk takes; the sheet is closed then."""

    chosen = Signal(Way)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Quầy đang tạm ngừng cấp số"), tr("Gửi ngay"), width=860)
        self._said: Explained | None = None
        self.what = Text("", is_wrapped=True)
        self.safe = Text("", is_wrapped=True)
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(10)
        facts.setColumnStretch(1, 1)
        for row, (icon, ink, text) in enumerate((
            ("info", "info-ink", self.what), ("check", "ok-ink", self.safe),
        )):
            facts.addWidget(Glyph(icon, ink, 20), row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(text, row, 1)
        self._to_do = Text(tr("Bây giờ làm gì"), "heading")
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(12)
        self._steps.setVerticalSpacing(8)
        self._steps.setColumnStretch(1, 1)
        self.content.addLayout(facts)
        self.content.addWidget(self._to_do)
        self.content.addLayout(self._steps)
        self.content.addStretch(1)
        self.more: dict[Way, ActionButton] = {}
        for way, (words, key) in MORE.items():
            button = self.more[way] = ActionButton(tr(words), key)
            button.clicked.connect(lambda _=False, way=way: self._choose(way))
            self.foot.insertWidget(self.foot.count() - 1, button)
        self.confirmed.connect(lambda: self._choose(self._said.way if self._said else Way.NONE))

    def explain(self, said: Explained) -> None:
        self._said = said
        self.title.setText(said.title)
        self.setAccessibleName(said.title)
        self.what.setText(said.what)
        self.safe.setText(said.safe)
        while (item := self._steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, step in enumerate(said.steps):
            self._steps.addWidget(Text(f"{row + 1}.", "code"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._steps.addWidget(Text(step, is_wrapped=True), row, 1)
        self.act.setVisible(said.way is not Way.NONE)
        if said.action:
            self.act.set_label(said.action)
        for way, button in self.more.items():
            button.setVisible(way in said.more)
        self.setAccessibleDescription(" ".join((said.what, said.safe, *said.steps)))

    def _choose(self, way: Way) -> None:
        self._is_answered = True
        self.close_sheet()
        self.chosen.emit(way)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for way, button in self.more.items():
            key = Qt.Key.Key_B if way is Way.SECOND_COPY else Qt.Key.Key_N
            if event.key() == key and not event.isAutoRepeat() and button.isVisible():
                event.accept()
                self._choose(way)
                return
        super().keyPressEvent(event)
