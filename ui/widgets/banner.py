"""A bar that says one thing that matters now, with at most one action and its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Tone, set_look
from ui.widgets.action_button import ActionButton
from ui.widgets.aloud import tell_aloud
from ui.widgets.glyph import TONE_ICONS, Glyph
from ui.widgets.text import Text


class Banner(QFrame):
    """Hidden until `say`; `asked` when the action is pressed. It takes no focus by itself."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: QWidget | None = None
        self.setProperty("surface", "banner")
        self._glyph = Glyph("info", "info-ink", 20)
        self._title = Text("", "heading", is_wrapped=True)
        self._detail = Text("", is_wrapped=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(10)
        self._row.addWidget(self._glyph)
        self._row.addLayout(words, 1)
        self._button: ActionButton | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        """Shows the bar; a screen reader hears it as an alert."""
        set_look(self, tone=tone)
        self._glyph.set_icon(TONE_ICONS[tone], f"{tone}-ink")
        self._title.setText(title)
        self._title.set_tone(tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        if self._button is not None:
            self._row.removeWidget(self._button)
            self._button.deleteLater()
            self._button = None
        if action:
            self._button = ActionButton(action, key)
            self._button.clicked.connect(self.asked)
            self._row.addWidget(self._button)
        self.setAccessibleName(f"{title} {detail}".strip())
        self.show()
        tell_aloud(self)

    def title(self) -> str:
        return self._title.text()

    def silence(self) -> None:
        self.hide()

    def framed(self) -> QWidget:
        """The bar with the page's gutters around it, which take no room while it is silent."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(20, 12, 20, 0)
        column.addWidget(self)
        frame.setVisible(self.isVisibleTo(frame))
        self._frame = frame
        return frame

    def setVisible(self, is_visible: bool) -> None:
        super().setVisible(is_visible)
        if self._frame is not None:
            self._frame.setVisible(is_visible)
