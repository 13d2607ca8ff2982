"""The second copy: where it is kept, how it stands; check it, bring things back, hand it to the province."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentFault, KnownError
from app.services.second_copy import SecondCopyState
from ui.delegates.dates import lowered, near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.theme import Tone, theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class SecondCopySheet(Sheet):
    """`show_state`, then `open`. `confirmed` with `place`; the other signals ask for one thing each."""

    folder_asked = Signal()        # the system's dialog
    check_asked = Signal()
    restore_asked = Signal()
    forward_asked = Signal()
    stop_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Bản thứ hai"), tr("Dùng nơi này"), width=860)
        self.trouble = Banner()
        self.state = Text("", "lead", is_wrapped=True)
        self.more = Text("", "secondary", is_wrapped=True)
        self.field = LineField(
            tr("Nơi lưu: ổ USB, ổ thứ hai hoặc thư mục chung (N)"), hint=tr("Đường dẫn thư mục")
        )
        self.pick = ActionButton(tr("Chọn thư mục"))
        self.check = ActionButton(tr("Kiểm tra toàn bộ"), "K")
        self.restore = ActionButton(tr("Khôi phục vào máy này"), "P")
        self.forward = ActionButton(tr("Chuyển về tỉnh mở"), "T")
        self.stop = ActionButton(tr("Thôi dùng"), "X")
        self.said = Text("", is_wrapped=True)
        self._is_busy = False
        self._language = "vi"
        self._arrange()
        self._connect()

    @property
    def place(self) -> Path | None:
        """What stands in the field; None while that is nothing."""
        typed = self.field.text().strip()
        return Path(typed) if typed else None

    def show_state(self, state: SecondCopyState, now: datetime, language: str) -> None:
        """How it stands now; the field keeps what was typed."""
        self._language = language
        chosen = state.chosen
        if chosen is None:
            self.state.setText(tr("Quầy này chưa có bản thứ hai."))
            self.more.setText(tr("Mỗi hồ sơ sẽ được niêm phong, chép sang nơi này và đọc lại trước khi in giấy. "
                                 "Chỉ máy này và tỉnh mở được."))
        else:
            if not self.field.text():
                self.field.set_text(str(chosen.place))
            left = state.unkept.operations
            self.state.setText(
                tr("Còn {n} việc chưa chép sang.", n=shown_count(left)) if left
                else tr("Mọi việc của quầy đã có bản thứ hai.")
            )
            self.more.setText(" ".join(self._facts(state, now)))
        if state.problem is not None:
            self._say(EnvironmentFault(state.problem.code, **state.problem.values), "warn")
        else:
            self.trouble.silence()
        for button in (self.check, self.stop):
            button.setEnabled(chosen is not None and not self._is_busy)
        for button in (self.restore, self.forward, self.act, self.pick):
            button.setEnabled(not self._is_busy)
        self._fit_again()

    def show_busy(self, words: str) -> None:
        """Something long is under way; `show_done` or `show_refused` ends it."""
        self._is_busy = True
        self.said.setText(words)
        for button in (self.check, self.restore, self.forward, self.stop, self.act, self.pick):
            button.setEnabled(False)

    def show_done(self, words: str) -> None:
        self._is_busy = False
        self.said.setText(words)
        self._fit_again()

    def show_refused(self, error: KnownError) -> None:
        self.show_done("")
        self._say(error, "bad")

    def open(self, first: QWidget | None = None) -> None:
        super().open(first)
        self._fit_again()                              # once wrapped words know how high they are

    def may_confirm(self) -> bool:
        if self._is_busy:
            return False
        if self.place is None:
            self.field.set_message(tr("Gõ đường dẫn, hoặc bấm Chọn thư mục."), "warn")
            self.field.line.setFocus()
            return False
        return True

    # inside

    def _facts(self, state: SecondCopyState, now: datetime) -> list[str]:
        kept = state.kept
        scans = [tr("Bản thứ hai chở hồ sơ, không chở tệp quét: {n} tệp chưa tới tỉnh chỉ có ở máy này.",
                    n=shown_count(state.files))] if state.files else []
        if kept is None:
            return [tr("Chưa đọc lại được gì từ nơi này."), *scans]
        found = [
            tr("Đọc lại lần cuối {at}.", at=lowered(near_moment(kept.at, now))),
            tr("Kiểm tra toàn bộ {at}.", at=lowered(near_moment(kept.checked_at, now))),
        ]
        if not kept.is_for_province:
            found.append(tr("Tỉnh chưa gửi khóa: hiện chỉ máy này mở được, nên máy hỏng thì vẫn mất."))
        if kept.damaged:
            found.append(tr("{n} chỗ hỏng đã được chép lại; nên thay ổ.", n=shown_count(kept.damaged)))
        return [*found, *scans]

    def _say(self, error: KnownError, tone: Tone) -> None:
        said = sentence(error, self._language)
        self.trouble.say(tone, said.title, f"{said.detail()} ({said.code})")
        self._fit_again()

    def _arrange(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in (self.check, self.restore, self.forward, self.stop):
            acts.addWidget(button)
        acts.addStretch(1)
        place = QHBoxLayout()
        place.setSpacing(10)
        label = QFontMetrics(theme().font("small")).height() + 5
        beside: tuple[tuple[QWidget, int, int], ...] = ((self.field, 0, 1), (self.pick, label, 0))
        for each, above, stretch in beside:            # the button at the height of the field's line
            column = QVBoxLayout()
            column.addSpacing(above)
            column.addWidget(each)
            column.addStretch(1)
            place.addLayout(column, stretch)
        for widget in (self.trouble, self.state, self.more):
            self.content.addWidget(widget)
        self.content.addLayout(place)
        self.content.addLayout(acts)
        self.content.addWidget(self.said)
        self.content.addStretch(1)

    def _connect(self) -> None:
        self.field.edited.connect(lambda _: self.field.set_message(""))
        self.pick.clicked.connect(self.folder_asked)
        self.check.clicked.connect(self.check_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.forward.clicked.connect(self.forward_asked)
        self.stop.clicked.connect(self.stop_asked)

    def _fit_again(self) -> None:
        """As much room as the words need now."""
        if self.is_open:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        super()._fit()
        # Words that wrapped while a scroll bar took room keep their lines: what they need now is what counts.
        most = self.height() - 48 - 152 - self.title.height()
        needed = self._inside.minimumSizeHint().height() + 8
        self._scroll.setFixedHeight(max(self._scroll.height(), min(needed, most)))

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_K: (self.check, self.check_asked), Qt.Key.Key_P: (self.restore, self.restore_asked),
            Qt.Key.Key_T: (self.forward, self.forward_asked), Qt.Key.Key_X: (self.stop, self.stop_asked),
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_N and not event.isAutoRepeat():
            self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            event.accept()
        elif key in acts and not event.isAutoRepeat():
            button, asked = acts[key]
            if button.isEnabled():
                asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
