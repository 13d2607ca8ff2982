"""By hand, when there is no line: what waits goes onto a stick, the province's answer comes back on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.services.bundles import BundleLine, BundleState
from ui.delegates.dates import lowered, near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.theme import Tone, theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.line_field import LineField
from ui.widgets.text import Text

SHOWN_LINES = 4
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 64_000


class BundleSheet(Sheet):
    """`show_state`, then `open`. `confirmed`: make one at `place`; `take_asked`: read the answer that lies there.
    It stays open for both."""

    folder_asked = Signal()        # the system's dialog
    take_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Gói dữ liệu trên USB"), tr("Làm gói"), width=860)
        self.trouble = Banner()
        self.state = Text("", "lead", is_wrapped=True)
        self.more = Text("", "secondary", is_wrapped=True)
        self.field = LineField(tr("Ổ USB (N)"), hint=tr("Đường dẫn thư mục trên ổ USB"))
        self.pick = ActionButton(tr("Chọn thư mục"))
        self.room = LineField(tr("Chỗ cho tệp quét, MB (D)"))
        self.room.setFixedWidth(240)
        self.take = ActionButton(tr("Đọc trả lời của tỉnh"), "T")
        self.said = Text("", is_wrapped=True)
        self._is_busy = False
        self._language = "vi"
        self._arrange()
        self.field.edited.connect(lambda _: self.field.set_message(""))
        self.room.edited.connect(lambda _: self.room.set_message(""))
        self.pick.clicked.connect(self.folder_asked)
        self.take.clicked.connect(self.take_asked)

    @property
    def place(self) -> Path | None:
        """What stands in the field; None while that is nothing."""
        typed = self.field.text().strip()
        return Path(typed) if typed else None

    @property
    def file_bytes(self) -> int | None:
        """Room for scans; None for what is no number of megabytes."""
        typed = self.room.text().strip().replace(".", "")
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 6
        return int(typed) * MEGABYTE if is_number and int(typed) <= MOST_MEGABYTES else None

    def show_state(self, state: BundleState, now: datetime, language: str) -> None:
        """What would go now and what is on its way; the fields keep what was typed."""
        self._language = language
        box = state.box
        waits = [tr("{n} việc", n=shown_count(box.unsent))]
        if box.unsent_dossiers:
            waits.append(tr("trong đó {n} hồ sơ mới", n=shown_count(box.unsent_dossiers)))
        if box.files_waiting:
            waits.append(tr("{n} tệp quét ({size})", n=shown_count(box.files_waiting),
                            size=shown_size(box.file_bytes_waiting)))
        self.state.setText(
            tr("Chờ gửi: {what}.", what=", ".join(waits)) if box.unsent or box.files_waiting
            else tr("Không có gì chờ gửi; vẫn nên làm gói để nhận tin và số mới của tỉnh.")
        )
        self.more.setText("\n".join(self._lines(state, now)))
        for button in (self.act, self.take, self.pick):
            button.setEnabled(not self._is_busy)
        self._fit_again()

    def show_busy(self, words: str) -> None:
        """Something long is under way; `show_done` or `show_refused` ends it."""
        self._is_busy = True
        self.trouble.silence()
        self.said.setText(words)
        for button in (self.act, self.take, self.pick):
            button.setEnabled(False)

    def show_done(self, words: str) -> None:
        self._is_busy = False
        self.said.setText(words)
        self._fit_again()

    def show_refused(self, error: KnownError, tone: Tone = "bad") -> None:
        """Why it was not done, or, as a warning, why not all of it; what was said beside stays."""
        self._is_busy = False
        if tone == "bad":
            self.said.setText("")
        said = sentence(error, self._language)
        self.trouble.say(tone, said.title, f"{said.detail()} ({said.code})")
        self._fit_again()

    def confirm(self) -> None:
        """Enter: as often as it may."""
        if self.is_open and self.may_confirm():
            self.confirmed.emit()

    def may_confirm(self) -> bool:
        if self._is_busy:
            return False
        if self.place is None:
            self.ask_for_place()
            return False
        if self.file_bytes is None:
            self.room.set_message(tr("Gõ số MB, từ 0 đến {most}.", most=shown_count(MOST_MEGABYTES)), "warn")
            self.room.line.setFocus()
            return False
        return True

    def ask_for_place(self) -> None:
        """Nothing can be done without one."""
        self.field.set_message(tr("Gõ đường dẫn, hoặc bấm Chọn thư mục."), "warn")
        self.field.line.setFocus()

    # inside

    def _lines(self, state: BundleState, now: datetime) -> list[str]:
        """The bundles on their way, or how the last one ended."""
        if not state.has_province_key:
            return [tr("Quầy chưa có khóa của tỉnh: cần liên lạc qua mạng một lần trước.")]
        found = [self._line(line, now) for line in state.open_lines[:SHOWN_LINES]]
        if len(state.open_lines) > SHOWN_LINES:
            found.append(tr("… và {n} gói trước đó.", n=shown_count(len(state.open_lines) - SHOWN_LINES)))
        if found:
            found.append(tr("Làm gói không xóa gì: việc vẫn tính là chờ gửi đến khi đọc được trả lời của tỉnh."))
        elif state.lines:
            found.append(tr("Mọi thứ trong gói số {n} đã tới tỉnh.", n=state.lines[0].number))
        else:
            found.append(tr("Gói được niêm phong cho tỉnh: mất ổ USB không lộ hồ sơ, cũng không mất hồ sơ."))
        return found

    def _line(self, line: BundleLine, now: datetime) -> str:
        return tr(
            "Gói số {n}, {at}: {operations} việc, {files} tệp; chưa có trả lời.", n=line.number,
            at=lowered(near_moment(line.made_at, now)), operations=shown_count(line.operations),
            files=shown_count(len(line.files)),
        )

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(10)
        place.addWidget(self.field, 1)
        beside = QVBoxLayout()
        beside.addSpacing(QFontMetrics(theme().font("small")).height() + 5)
        beside.addWidget(self.pick)
        beside.addStretch(1)
        place.addLayout(beside)
        place.addWidget(self.room)
        for widget in (self.trouble, self.state, self.more):
            self.content.addWidget(widget)
        self.content.addLayout(place)
        self.content.addWidget(self.said)
        self.foot.insertWidget(self.foot.count() - 1, self.take)

    def _fit_again(self) -> None:
        """As much room as the words need now."""
        if self.is_open:
            QTimer.singleShot(0, self, self._fit)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        fields = {Qt.Key.Key_N: self.field, Qt.Key.Key_D: self.room}
        key = Qt.Key(event.key())
        if key in fields and not event.isAutoRepeat():
            fields[key].line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            event.accept()
        elif key == Qt.Key.Key_T and not event.isAutoRepeat():
            if self.take.isEnabled():
                self.take_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
