"""A word in passing at the foot of the window: "Đã in giấy hẹn". It never takes the focus and goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ui.theme import Tone
from ui.widgets.aloud import tell_aloud
from ui.widgets.glyph import TONE_ICONS, Glyph
from ui.widgets.text import Text

_ABOVE_FOOT = 56


class Toast(QFrame):
    """Belongs to `host` (the window) and floats over it. Only for good news: what needs a person is a `Banner`."""

    def __init__(self, host: QWidget, shown_ms: int = 4000) -> None:
        super().__init__(host)
        self.setProperty("surface", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._host = host
        self._tone: Tone = "ok"
        self._glyph, self._text = Glyph("check", "paper", 18), Text()
        self._glyph_before, self._before = Glyph("check", "paper", 18), Text()
        rows = QGridLayout(self)
        rows.setContentsMargins(14, 9, 16, 9)
        rows.setHorizontalSpacing(9)
        rows.setVerticalSpacing(4)
        for place, (glyph, words) in enumerate(
            ((self._glyph_before, self._before), (self._glyph, self._text))
        ):
            rows.addWidget(glyph, place, 0)
            rows.addWidget(words, place, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, tone: Tone = "ok") -> None:
        """A word that still stands stays above the new one: "Đã in …" does not take the act's own word away."""
        if not self.isVisible():
            self._show_before("")
        elif text != self.text():
            self._show_before(self.text(), self._tone)
        self._tone = tone
        self._glyph.set_icon(TONE_ICONS[tone], "paper")
        self._text.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        tell_aloud(self)

    def text(self) -> str:
        return self._text.text()

    def text_before(self) -> str:
        """The word above the newest one; "" when there is none."""
        return self._before.text()

    def _show_before(self, text: str, tone: Tone = "ok") -> None:
        self._glyph_before.set_icon(TONE_ICONS[tone], "paper")
        self._before.setText(text)
        for part in (self._glyph_before, self._before):
            part.setVisible(bool(text))

    def _place(self) -> None:
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(left, self._host.height() - self.height() - _ABOVE_FOOT)

    def hideEvent(self, event: QEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt passes a QHideEvent

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
