"""What waits for the province, oldest first; Enter opens the dossier it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal

from app.services.courier import Outbox
from app.store.database import Database
from app.store.queries.dossiers import Reach
from app.store.queries.outbox import WaitingLine
from ui.delegates.cells import CodeDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.models.counts import shown_count
from ui.models.state_words import reason_words, type_words
from ui.pages.sync.reading import WaitingSource
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable


def fate_words(line: WaitingLine) -> str:
    if line.is_kept_beside:
        return tr("giữ riêng ở tỉnh")
    if line.set_aside:
        return tr("để riêng sau {n} lần thử: {why}", n=line.attempts, why=reason_words("", line.set_aside))
    return tr("chờ lượt gửi")


COLUMNS: tuple[Column[WaitingLine], ...] = (
    Column(mark("Việc"), lambda line: type_words(line.type)),
    Column(mark("Mã hồ sơ"), lambda line: line.code),
    Column(mark("Người làm"), lambda line: line.clerk_name or tr("máy tự làm")),
    Column(mark("Từ lúc"), lambda line: "", value=lambda line: line.at),
    Column(mark("Đang"), fate_words),
)


class WaitingCard(Card):
    """`opened` carries a dossier code. Keeps the row the clerk stands on while the list grows or shrinks."""

    opened = Signal(str)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(tr("Đang chờ gửi"), is_flush=True)
        self.table = RowTable(tr("Đang chờ gửi"))
        self.table.set_delegate(1, CodeDelegate())
        self.table.set_delegate(3, RelativeDateDelegate(clock))
        self.lines: PagedTableModel[WaitingLine] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.position, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(-4, 0, -4, 0, -3)
        self.table.set_spare(2, 4)
        self._empty = EmptyState("", icon="sync")
        self.table.set_empty(self._empty)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self.table)

    def show_waiting(self, database: Database, known: Reach, box: Outbox) -> None:
        number = self.table.currentIndex().row()
        key = self.lines.key(number) if number >= 0 else None
        is_all = known.confirmed > 0
        self._empty.set_words(
            tr("Không còn gì chờ gửi") if is_all else tr("Chưa có gì để gửi"),
            tr("Tỉnh đã nhận mọi việc của quầy này.") if is_all else
            tr("Việc đã lưu trên máy mà tỉnh chưa nhận sẽ hiện ở đây."),
        )
        self.lines.set_source(WaitingSource(database, known))
        if number >= 0:
            self.table.stand_on(max(0, self.lines.find(key)))
        self.set_note(
            tr("{count} việc, trong đó {dossiers} hồ sơ mới", count=shown_count(box.unsent),
               dossiers=shown_count(box.unsent_dossiers)) if box.unsent else ""
        )

    def _on_opened(self, line: WaitingLine) -> None:
        if line.code:
            self.opened.emit(line.code)
