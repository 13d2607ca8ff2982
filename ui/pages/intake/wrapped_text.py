"""Text on a few lines with a quiet part behind it: the name of a paper and what is said about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui.theme import theme


def laid_out(text: str, quiet: str, width: int, font: QFont, quiet_ink: str = "ink-2") -> QTextLayout:
    """`text` and `quiet` broken into lines of `width` pixels; `quiet` in its own ink."""
    layout = QTextLayout(f"{text}  {quiet}" if quiet else text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if quiet:
        grey = QTextCharFormat()
        grey.setForeground(theme().color(quiet_ink))
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = len(text), len(quiet) + 2, grey
        layout.setFormats([span])
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(20, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def height_of(layout: QTextLayout, most_lines: int) -> int:
    """The height of its first `most_lines` lines."""
    lines = min(most_lines, layout.lineCount())
    return round(sum(layout.lineAt(number).height() for number in range(lines)))


def paint_lines(painter: QPainter, rect: QRect, layout: QTextLayout, most_lines: int, ink: str) -> None:
    """Draws at most `most_lines` lines in the middle of `rect`; an ellipsis says that more follow."""
    top = rect.top() + max(0, (rect.height() - height_of(layout, most_lines)) / 2)
    painter.setPen(theme().color(ink))
    if layout.lineCount() <= most_lines:
        layout.draw(painter, QPointF(rect.left(), top))
        return
    metrics = QFontMetrics(layout.font())
    for number in range(most_lines):
        line = layout.lineAt(number)
        words = layout.text()[line.textStart():line.textStart() + line.textLength()]
        if number == most_lines - 1:
            words = metrics.elidedText(layout.text()[line.textStart():], Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(layout.font())
        place = QRect(rect.left(), round(top + line.y()), rect.width(), round(line.height()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
