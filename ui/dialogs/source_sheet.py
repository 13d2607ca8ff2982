"""Where pages come from: the scanners found, one typed by its address, a folder that is watched. All by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.devices.scanning.port import ScanTrouble, Source, SourceKind
from app.errors import KnownError
from ui.background.folder_watch import WatchState
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.source_rows import SourceRow, SourcesModel, source_rows
from ui.theme import theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.line_field import LineField
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

_LIST_HEIGHT, _EMPTY_HEIGHT = 172, 124

Troubles = Sequence[tuple[SourceKind, KnownError]]


class SourceSheet(Sheet):
    """`show_sources`, `show_watch`, then `open`. `confirmed` with `source`; the others ask for one thing."""

    look_asked = Signal()
    address_typed = Signal(str)
    address_removed = Signal(str)
    folder_asked = Signal()        # the system's dialog
    watch_asked = Signal(str)      # a path
    unwatch_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Nguồn quét"), tr("Dùng máy này"), width=860)
        self.trouble = Banner()
        self.model = SourcesModel(self)
        self.list = RowTable(tr("Máy quét tìm thấy"))
        self.list.setModel(self.model)
        self.list.set_widths(-4, -3, -4)
        self._empty = EmptyState(tr("Đang tìm máy quét…"), icon="search")
        self.list.set_empty(self._empty)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.look = ActionButton(tr("Tìm lại"), "T")
        self.state = Text("", "secondary")
        self.address = LineField(tr("Địa chỉ máy quét trong mạng (A)"), hint="192.168.1.20")
        self.add = ActionButton(tr("Thêm"), "Enter")
        self.folder = LineField(tr("Thư mục nhận tệp quét (F)"), hint=tr("Đường dẫn thư mục"))
        self.pick = ActionButton(tr("Chọn thư mục"))
        self.watch = ActionButton(tr("Theo dõi"), "Enter")
        self.watched = Text("", "secondary", is_wrapped=True)
        self._is_watching = False
        self._language = "vi"
        self._arrange()
        self._connect()

    @property
    def source(self) -> Source | None:
        """The scanner the clerk stands on; None on an address that does not answer."""
        row = self._row()
        return row.source if row is not None else None

    def show_sources(
        self, sources: Sequence[Source], addresses: Sequence[str], troubles: Troubles, *, is_looking: bool,
        chosen: str, language: str,
    ) -> None:
        """`chosen` is the id of the scanner in use."""
        self._language = language
        before = self._row()
        self.model.show_rows(source_rows(sources, addresses))
        place = self.model.find(before.id if before is not None else chosen)
        self.list.setFixedHeight(_LIST_HEIGHT if self.model.rowCount() else _EMPTY_HEIGHT)
        if self.model.rowCount():
            self.list.stand_on(max(0, place))
        self.look.setEnabled(not is_looking)
        self.state.setText(
            tr("Đang tìm…") if is_looking else tr("Tìm thấy {n} máy quét", n=len(sources)) if sources else ""
        )
        if is_looking:
            self._empty.set_words(tr("Đang tìm máy quét…"), tr("Mất vài giây; máy trong mạng trả lời chậm hơn."))
        else:
            self._empty.set_words(
                tr("Chưa thấy máy quét nào"),
                tr("Bật máy quét, xem dây rồi bấm T. Hoặc gõ địa chỉ, hoặc chọn thư mục bên dưới."),
            )
        self._say_trouble(() if is_looking or sources else troubles)
        self._show_action()
        self._fit_again()

    def show_watch(self, state: WatchState, kept: str) -> None:
        """`kept` is the folder of the time before, "" for none."""
        self._is_watching = state.folder is not None
        if not self.folder.text():
            self.folder.set_text(str(state.folder) if state.folder is not None else kept)
        self.watch.set_label(tr("Thôi theo dõi") if self._is_watching else tr("Theo dõi"))
        if state.error is not None and state.error.code == ScanTrouble.NOT_FOUND:
            self.folder.set_message(tr("Không có thư mục này. Xem lại đường dẫn. ({code})", code=state.error.code))
        elif state.error is not None:
            said = sentence(state.error, self._language)
            self.folder.set_message(f"{said.title}. {said.press} ({said.code})")
        else:
            self.folder.set_message("")
        if state.folder is not None:
            self.watched.setText(tr("Đang nhận tệp từ {folder}, song song với máy quét.", folder=state.folder))
        else:
            self.watched.setText(tr("Tệp đặt vào thư mục này tự vào hồ sơ đang mở; tệp đã nhận nằm ở da-nhan."))
        self._fit_again()

    def refuse_address(self, error: KnownError) -> None:
        said = sentence(error, self._language)
        self.address.set_message(tr("Địa chỉ chưa đúng. Ví dụ 192.168.1.20 ({code})", code=said.code))
        self._fit_again()

    def address_kept(self) -> None:
        self.address.set_text("")
        self.address.set_message("")

    def may_confirm(self) -> bool:
        return self.source is not None

    # inside

    def _row(self) -> SourceRow | None:
        index = self.list.currentIndex()
        return self.model.source_row(index.row()) if index.isValid() else None

    def _arrange(self) -> None:
        again = QHBoxLayout()
        again.setSpacing(12)
        again.addWidget(self.look)
        again.addWidget(self.state, 1)
        for widget in (self.trouble, self.list):
            self.content.addWidget(widget)
        self.content.addLayout(again)
        self.content.addLayout(_beside(self.address, self.add))
        self.content.addLayout(_beside(self.folder, self.pick, self.watch))
        self.content.addWidget(self.watched)

    def _connect(self) -> None:
        self.list.moved.connect(self._show_action)
        self.list.opened.connect(self.confirm)
        self.look.clicked.connect(self.look_asked)
        self.add.clicked.connect(self._on_typed)
        self.address.edited.connect(lambda _: self.address.set_message(""))
        self.folder.edited.connect(lambda _: self.folder.set_message(""))
        self.pick.clicked.connect(self.folder_asked)
        self.watch.clicked.connect(self._on_watch)

    def _fit_again(self) -> None:
        """As much room as the words need now."""
        if self.is_open:
            QTimer.singleShot(0, self, self._fit)      # when wrapped words know how high they are

    def _fit(self) -> None:
        super()._fit()
        # Words that wrapped while a scroll bar took room keep their lines: what they need now is what counts.
        most = self.height() - 48 - 152 - self.title.height()
        needed = self._inside.minimumSizeHint().height() + 8
        self._scroll.setFixedHeight(max(self._scroll.height(), min(needed, most)))

    def _show_action(self) -> None:
        self.act.setEnabled(self.source is not None)

    def _go_to(self, field: LineField) -> None:
        field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(field)

    def _say_trouble(self, troubles: Troubles) -> None:
        if not troubles:
            self.trouble.silence()
            return
        said = sentence(troubles[0][1], self._language)
        self.trouble.say("warn", said.title, f"{said.detail()} ({said.code})")

    def _on_typed(self) -> None:
        if self.address.text().strip():
            self.address_typed.emit(self.address.text().strip())

    def _on_watch(self) -> None:
        if self._is_watching:
            self.unwatch_asked.emit()
        elif self.folder.text().strip():
            self.watch_asked.emit(self.folder.text().strip())
        else:
            self.folder.set_message(tr("Gõ đường dẫn, hoặc bấm Chọn thư mục."), "warn")

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        row = self._row()
        if is_enter and self.address.line.hasFocus():
            self._on_typed()
        elif is_enter and self.folder.line.hasFocus():
            self._on_watch()
        elif event.key() == Qt.Key.Key_T and self.look.isEnabled():
            self.look_asked.emit()
        elif event.key() == Qt.Key.Key_A:
            self._go_to(self.address)
        elif event.key() == Qt.Key.Key_F:
            self._go_to(self.folder)
        elif event.key() == Qt.Key.Key_Delete and row is not None and row.address:
            self.address_removed.emit(row.address)
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def _beside(field: LineField, *buttons: QWidget) -> QHBoxLayout:
    """Buttons at the height of the field's line, whatever is said under it."""
    row = QHBoxLayout()
    row.setSpacing(10)
    label = QFontMetrics(theme().font("small")).height() + 5
    for widget, above in ((field, 0), *((button, label) for button in buttons)):
        column = QVBoxLayout()
        column.addSpacing(above)
        column.addWidget(widget)
        column.addStretch(1)
        row.addLayout(column, 1 if widget is field else 0)
    return row
