"""A help page as text in the theme's own type: headings, lists, tables, links, keys that look like keys, and
pictures with their words under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPixmap,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
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
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
"""`![its words](its file)`; the words stand under it too, so that a reader who sees none hears them."""
_ABOVE, _BELOW = {1: 2, 2: 20, 3: 16}, {1: 8, 2: 4, 3: 2}


def fill(document: QTextDocument, markdown: str) -> None:
    """Replaces the content of `document`; call again after a change of theme."""
    document.setDefaultFont(theme().font("body"))
    document.setIndentWidth(_INDENT)
    captioned = PICTURE.sub(lambda found: f"{found[0]}\n\n*{found[1]}*", markdown)
    document.setMarkdown(captioned, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for block in _blocks(document):
        _space(cursor, block)
        _dress(cursor, block)
    cursor.endEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame)


def fit_pictures(document: QTextDocument, width: int) -> None:
    """No picture wider than `width` pixels, none wider than it is; call again when the room changes."""
    cursor = QTextCursor(document)
    found = [(at, image) for block in _blocks(document) for at, image in _pictures(block)]
    for at, image in found:
        picture = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(image.name()))
        size = picture.size() if isinstance(picture, QImage | QPixmap) else None
        if size is None or size.isEmpty():
            continue
        wide = max(1, min(size.width(), width))
        image.setWidth(wide)
        image.setHeight(wide * size.height() / size.width())
        cursor.setPosition(at)
        cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(image)


def _pictures(block: QTextBlock) -> Iterator[tuple[int, QTextImageFormat]]:
    at = block.begin()
    while not at.atEnd():
        part = at.fragment()
        if part.charFormat().isImageFormat():
            yield part.position(), part.charFormat().toImageFormat()
        at += 1


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _space(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    room = QTextBlockFormat()
    has_picture = any(_pictures(block))
    room.setLineHeight(100 if has_picture else _LINE_HEIGHT,
                       QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    in_list = block.textList() is not None
    in_table = QTextCursor(block).currentTable() is not None
    room.setTopMargin(_ABOVE.get(level, 0 if in_list or in_table else 4))
    room.setBottomMargin(_BELOW.get(level, 0 if in_table else 3 if in_list else 6))
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(room)


def _dress(cursor: QTextCursor, block: QTextBlock) -> None:
    look = theme()
    level = block.blockFormat().headingLevel()
    is_caption = block.previous().isValid() and any(_pictures(block.previous()))
    parts = []
    at = block.begin()
    while not at.atEnd():
        part = at.fragment()
        parts.append((part.position(), part.length(), part.text(), part.charFormat()))
        at += 1
    for start, length, text, before in parts:
        if before.isImageFormat():
            continue
        wanted = QTextCharFormat(before)
        if is_caption:
            wanted.setFont(look.font("small"))
        ink = "action-soft-ink" if before.isAnchor() else "ink-2" if is_caption else "ink"
        wanted.setForeground(look.color(ink))
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
