"""The counts of the start screen: a number, what it counts, and the key that opens its list."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.queries.dossiers import DossierList
from ui.pages.home.reading import Today
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.count_tile import CountTile
from ui.widgets.even_rows import EvenRows


class Work(Enum):
    """What can wait for a clerk in this release, the most urgent first."""

    SENT_BACK = "sent_back"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    PRINTS = "prints"
    PARKED = "parked"
    TO_SCAN = "to_scan"
    UNSENT = "unsent"
    RECEIVED = "received"


TILES: Mapping[Work, tuple[str, Tone]] = {
    Work.SENT_BACK: (mark("Tỉnh trả lại, cần sửa"), "bad"),
    Work.OVERDUE: (mark("Quá ngày hẹn"), "bad"),
    Work.DUE_TODAY: (mark("Hẹn trả hôm nay"), "warn"),
    Work.PRINTS: (mark("Chờ in lại"), "warn"),
    Work.PARKED: (mark("Đang để tạm"), "neutral"),
    Work.TO_SCAN: (mark("Cần số hóa"), "neutral"),
    Work.UNSENT: (mark("Chưa gửi về tỉnh"), "neutral"),
    Work.RECEIVED: (mark("Tiếp nhận hôm nay"), "neutral"),
}
LISTS: Mapping[Work, DossierList] = {
    Work.OVERDUE: DossierList.OVERDUE, Work.DUE_TODAY: DossierList.DUE_TODAY, Work.TO_SCAN: DossierList.TO_SCAN,
    Work.UNSENT: DossierList.UNSENT, Work.RECEIVED: DossierList.RECEIVED_TODAY,
}
"""The lists of dossiers behind a count; the other counts open the place where their work is done."""


def amounts(today: Today) -> Mapping[Work, int]:
    return {
        Work.SENT_BACK: today.box.needs_person, Work.PRINTS: len(today.prints), Work.PARKED: today.parked,
        **{work: today.counts[what] for work, what in LISTS.items()},
    }


class TileRow(EvenRows):
    """`opened` carries the `Work` that was pressed."""

    opened = Signal(Work)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[Work, CountTile] = {}
        for number, (work, (words, tone)) in enumerate(TILES.items(), start=1):
            tile = CountTile(tr(words), tone)
            tile.setToolTip(tr("Phím {key}", key=number))
            tile.setAccessibleDescription(tr("Phím {key}", key=number))
            tile.clicked.connect(lambda _=False, work=work: self.opened.emit(work))
            self.tiles[work] = tile
        self.place(tuple(self.tiles.values()))

    def show_today(self, today: Today) -> None:
        for work, amount in amounts(today).items():
            self.tiles[work].set_count(amount)
