"""The counts of the start screen: a number, what it counts, and the key that opens its list.

What is late or went wrong stands in large tiles, the work of the day below them on single lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.store.queries.dossiers import DossierList
from ui.pages.home.reading import Today
from ui.shortcuts import Key
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.count_line import CountLine
from ui.widgets.count_tile import CountTile
from ui.widgets.even_rows import EvenRows


class Work(Enum):
    """What can wait for a clerk, the most urgent first."""

    UNACKNOWLEDGED = "unacknowledged"
    AGENCY_SENT_BACK = "agency_sent_back"
    SENT_BACK = "sent_back"        # by the province
    CONFLICT = "conflict"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    PRINTS = "prints"
    TO_HAND_OVER = "to_hand_over"
    ON_THE_WAY = "on_the_way"
    READY = "ready"
    TO_POST = "to_post"
    UNDELIVERED = "undelivered"
    ORIGINALS = "originals"
    SUPPLEMENT = "supplement"
    TO_SCAN = "to_scan"
    UNSENT = "unsent"
    RECEIVED = "received"
    PARKED = "parked"
    OBSTACLES = "obstacles"


@dataclass(frozen=True, slots=True)
class Look:
    """`words` are `mark`ed; `key` as Qt writes it."""

    words: str
    tone: Tone
    key: str


TILES: Mapping[Work, Look] = {
    Work.UNACKNOWLEDGED: Look(mark("Quá giờ, chưa xác nhận"), "bad", "1"),
    Work.AGENCY_SENT_BACK: Look(mark("Cơ quan trả lại, báo thiếu"), "bad", "2"),
    Work.SENT_BACK: Look(mark("Tỉnh trả lại, cần sửa"), "bad", "3"),
    Work.CONFLICT: Look(mark("Hai quầy ghi trái nhau"), "bad", "4"),
    Work.OVERDUE: Look(mark("Quá ngày hẹn"), "bad", "5"),
    Work.DUE_TODAY: Look(mark("Hẹn trả hôm nay"), "warn", "6"),
    Work.DUE_SOON: Look(mark("Hẹn trả trong ba ngày tới"), "neutral", "7"),
    Work.PRINTS: Look(mark("Chờ in lại"), "warn", "8"),
}
LINES: Mapping[Work, Look] = {
    Work.TO_HAND_OVER: Look(mark("Chờ bàn giao"), "neutral", "Alt+1"),
    Work.ON_THE_WAY: Look(mark("Đã giao, chờ xác nhận"), "neutral", "Alt+2"),
    Work.READY: Look(mark("Chờ trả tại quầy"), "neutral", "Alt+3"),
    Work.TO_POST: Look(mark("Chờ gửi bưu chính"), "neutral", "Alt+4"),
    Work.UNDELIVERED: Look(mark("Hoàn về, chưa lên kệ"), "warn", "Alt+5"),
    Work.ORIGINALS: Look(mark("Còn nợ bản gốc"), "warn", "Alt+6"),
    Work.SUPPLEMENT: Look(mark("Chờ bổ sung"), "neutral", "Alt+7"),
    Work.TO_SCAN: Look(mark("Cần số hóa"), "neutral", "Alt+8"),
    Work.UNSENT: Look(mark("Chưa gửi về tỉnh"), "neutral", "Alt+9"),
    Work.RECEIVED: Look(mark("Tiếp nhận hôm nay"), "neutral", "Alt+0"),
    Work.PARKED: Look(mark("Đang để tạm"), "neutral", "L"),
    Work.OBSTACLES: Look(mark("Vướng mắc"), "neutral", "V"),
}
LISTS: Mapping[Work, DossierList] = {
    Work.AGENCY_SENT_BACK: DossierList.SENT_BACK, Work.CONFLICT: DossierList.CONFLICT,
    Work.OVERDUE: DossierList.OVERDUE, Work.DUE_TODAY: DossierList.DUE_TODAY, Work.DUE_SOON: DossierList.DUE_SOON,
    Work.TO_HAND_OVER: DossierList.TO_HAND_OVER, Work.ON_THE_WAY: DossierList.UNACKNOWLEDGED,
    Work.READY: DossierList.READY, Work.TO_POST: DossierList.TO_POST, Work.UNDELIVERED: DossierList.UNDELIVERED,
    Work.ORIGINALS: DossierList.ORIGINALS, Work.SUPPLEMENT: DossierList.SUPPLEMENT,
    Work.TO_SCAN: DossierList.TO_SCAN, Work.UNSENT: DossierList.UNSENT, Work.RECEIVED: DossierList.RECEIVED_TODAY,
}
"""The lists of dossiers behind a count; the other counts open the place where their work is done."""


def amounts(today: Today) -> Mapping[Work, int]:
    return {
        Work.UNACKNOWLEDGED: today.late_manifests, Work.SENT_BACK: today.box.needs_person,
        Work.PRINTS: len(today.prints) + len(today.papers), Work.PARKED: today.parked,
        Work.OBSTACLES: today.obstacles, **{work: today.counts[what] for work, what in LISTS.items()},
    }


class WorkBoard(QWidget):
    """`opened` carries the `Work` that was pressed."""

    opened = Signal(Work)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[Work, CountTile | CountLine] = {}
        large, lines = EvenRows(), LineGrid()
        large.place([self._add(work, CountTile(tr(look.words), look.tone), look) for work, look in TILES.items()])
        lines.place([self._add(work, CountLine(tr(look.words), look.tone), look) for work, look in LINES.items()])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(large)
        column.addWidget(lines)

    def show_today(self, today: Today) -> None:
        for work, amount in amounts(today).items():
            self.tiles[work].set_count(amount)

    def _add(self, work: Work, tile: CountTile | CountLine, look: Look) -> QWidget:
        said = tr("{words}. Phím {key}", words=tr(look.words), key=Key(look.key, look.words).cap)
        tile.setToolTip(said)
        tile.setAccessibleDescription(said)
        tile.clicked.connect(lambda: self.opened.emit(work))
        self.tiles[work] = tile
        return tile


class LineGrid(QWidget):
    """Lines in as many equal columns as have room for their words: six, four or three."""

    CHOICES = ((6, 1080), (4, 640), (3, 0))         # columns, from this width on

    def __init__(self) -> None:
        super().__init__()
        self._columns = 0
        self._lines: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def place(self, lines: list[QWidget]) -> None:
        self._lines = lines
        self._arrange(6)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, line in enumerate(self._lines):
            self._grid.addWidget(line, number // columns, number % columns)
        for column in range(6):
            self._grid.setColumnStretch(column, int(column < columns))

    # Qt's side

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * 112 + 16, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(next(columns for columns, least in self.CHOICES if event.size().width() >= least))
        super().resizeEvent(event)
