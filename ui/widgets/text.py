"""Text on the screen: plain (never markup from data), cut with an ellipsis, or one line with strong parts."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_look, theme


def escape(text: str) -> str:
    """`text` as markup that shows it; `html.escape` would load every entity there is at the first paint."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Text(QLabel):
    """Plain text in the `role` of the sheet: title, heading, lead, secondary, hint, fact, figures, code, key …"""

    def __init__(
        self, text: str = "", role: str = "", *, is_wrapped: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(is_wrapped)
        if role:
            self.setProperty("role", role)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._keep_height()

    def _keep_height(self) -> None:
        """A wrapped text is never squeezed below its lines, however little room a layout has."""
        if self.wordWrap() and self.width() > 1:
            self.setMinimumHeight(0)           # the height asked for counts the one kept: it would never shrink
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def set_tone(self, tone: str) -> None:
        """Colours the text for `tone` ("" takes it back); say the same in words."""
        set_look(self, tone=tone)


class ElidedText(Text):
    """One line that gives way when there is no room; the whole text stands in the tooltip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, super().sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if is_cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, shown)


class Strong(NamedTuple):
    """A part of a `Sentence` that carries the weight, in the colour of a tone if one is given."""

    text: str
    tone: str = ""


class Sentence(QLabel):
    """A line of text with strong parts. Parts are escaped here: data never becomes markup."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._parts: tuple[str | Strong, ...] = ()
        if role:
            self.setProperty("role", role)
        theme().changed.connect(self._say)

    def set_parts(self, *parts: str | Strong) -> None:
        if parts != self._parts:
            self._parts = parts
            self._say()

    def plain(self) -> str:
        """What is said, without weight."""
        return "".join(part.text if isinstance(part, Strong) else part for part in self._parts)

    def _say(self) -> None:
        look = theme()
        said = []
        for part in self._parts:
            if isinstance(part, Strong):
                color = look.color(f"{part.tone}-ink" if part.tone else "ink").name()
                said.append(f'<span style="color:{color};font-weight:600">{escape(part.text)}</span>')
            else:
                said.append(escape(part))
        self.setText("".join(said).replace("  ", "&nbsp; "))
        self.setAccessibleName(self.plain())
