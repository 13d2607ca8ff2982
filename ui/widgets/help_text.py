"""A help page as text in the theme's own type: headings, lists, tables, links, and keys that look like keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from ui.theme import FontRole, theme

_CAP = r"(?:(?:Ctrl|Alt|Shift) )*(?:F[0-9]{1,2}|[A-ZĐ0-9?←→↑↓+-]|Home|PgDown|PgUp|Esc|Enter|Space|Delete|Shift)"
KEY = re.compile(rf"(?:{_CAP}|Dấu cách)(?:(?: | … |…|-){_CAP})?")
"""How a key is written in the pages: "F12", "Alt G", "← →"."""
_LINE_HEIGHT = 118.0               # per cent of the face's own
_INDENT = 24
_HEADINGS: dict[int, FontRole] = {1: "title", 2: "heading", 3: "heading"}
_ABOVE, _BELOW = {1: 2, 2: 20, 3: 16}, {1: 8, 2: 4, 3: 2}


def fill(document: QTextDocument, markdown: str) -> None:
    """Replaces the content of `document`; call again after a change of theme."""
    document.setDefaultFont(theme().font("body"))
    document.setIndentWidth(_INDENT)
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        _space(cursor, block)
        _dress(cursor, block)
    cursor.endEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _space(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    room = QTextBlockFormat()
    room.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    in_list = block.textList() is not None
    in_table = QTextCursor(block).currentTable() is not None
    room.setTopMargin(_ABOVE.get(level, 0 if in_list or in_table else 4))
    room.setBottomMargin(_BELOW.get(level, 0 if in_table else 3 if in_list else 6))
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(room)


def _dress(cursor: QTextCursor, block: QTextBlock) -> None:
    look = theme()
    level = block.blockFormat().headingLevel()
    parts = []
    at = block.begin()
    while not at.atEnd():
        part = at.fragment()
        parts.append((part.position(), part.length(), part.text(), part.charFormat()))
        at += 1
    for start, length, text, before in parts:
        wanted = QTextCharFormat(before)
        wanted.setForeground(look.color("action-soft-ink" if before.isAnchor() else "ink"))
        wanted.setFontUnderline(before.isAnchor())
        if level:
            wanted.clearProperty(QTextFormat.Property.FontSizeAdjustment)      # Markdown's own, on top of ours
            wanted.setFont(look.font(_HEADINGS.get(level, "heading")))
        elif before.fontWeight() > QFont.Weight.Medium:
            wanted.setFontWeight(QFont.Weight.DemiBold)    # the heaviest weight there is; bolder would be smeared
            if KEY.fullmatch(text):
                wanted.setBackground(look.color("neutral-soft"))
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(wanted)


def _rule(table: QTextTable) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderBrush(theme().color("line"))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(6)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(look)
