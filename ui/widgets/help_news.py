"""What the province says of this version's faults, over the page of known problems: text from outside, and never
more than text, so it is put in as letters and not as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from app.domain.known_problem import KnownProblem
from app.domain.vietnam_time import local
from app.services.known_problems import Known
from ui.delegates.dates import day_text
from ui.theme import FontRole, theme
from ui.translations import tr

Run = tuple[str, FontRole, str]
"""Letters, their face, their ink."""


def put_news(document: QTextDocument, known: Sequence[Known], language: str) -> None:
    """Under the title of `document`, the newest first; nothing when there is none."""
    if not known:
        return
    cursor = QTextCursor(document.begin())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.beginEditBlock()
    _block(cursor, [(tr("Tỉnh báo về bản đang chạy"), "heading", "ink")], above=12)
    for each in known:
        said = each.problem.words(language)
        is_new: list[Run] = [("   " + tr("mới"), "strong", "warn-ink")] if each.is_new else []
        _block(cursor, [(said.title, "strong", "ink"), *is_new], above=14)
        _block(cursor, [(_when(each), "small", "ink-2")])
        _block(cursor, [(tr("Nhận biết:") + " ", "strong", "ink"), (said.sign, "body", "ink")])
        _block(cursor, [(tr("Trong lúc chờ:") + " ", "strong", "ink"), (said.act, "body", "ink")], below=6)
    _block(cursor, [(tr("Điều đã biết khi phát hành"), "heading", "ink")], above=22)
    cursor.endEditBlock()


def _when(known: Known) -> str:
    came = day_text(local(known.came).date())
    return tr("Tới quầy này ngày {day}. {versions}", day=came, versions=_versions(known.problem))


def _versions(problem: KnownProblem) -> str:
    if problem.until:
        return tr("Có ở bản {since} đến {until}.", since=problem.since, until=problem.until)
    return tr("Có từ bản {since}, chưa có bản sửa.", since=problem.since)


def _block(cursor: QTextCursor, runs: Iterable[Run], *, above: int = 0, below: int = 3) -> None:
    room = QTextBlockFormat()
    room.setTopMargin(above)
    room.setBottomMargin(below)
    cursor.insertBlock(room)
    for letters, role, ink in runs:
        look = QTextCharFormat()
        look.setFont(theme().font(role))
        if role == "strong":
            look.setFontWeight(QFont.Weight.DemiBold)
        look.setForeground(theme().color(ink))
        cursor.insertText(letters, look)
