"""The bottom line: is the line up, where the work lies, and what would be lost if this machine died now.

Six lengths of the same truth: the longest that fits is shown, and the longest is always what a screen reader
and the tooltip say. No count is ever left out; the shortest say of the line what its icon says, and no age.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.delegates.dates import near_moment, span_words
from ui.models.counts import shown_count
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.counter_state import CounterState, LineState
from ui.widgets.glyph import Glyph
from ui.widgets.text import Sentence, Strong

HEIGHT = 40
Parts = tuple[str | Strong, ...]

_LINE_ICONS = {
    LineState.UNKNOWN: ("dot", "neutral-ink"),
    LineState.UP: ("check", "ok-ink"),
    LineState.SENDING: ("sync", "info-ink"),
    LineState.DOWN: ("warn", "warn-ink"),
    LineState.REFUSED: ("stop", "bad-ink"),
}


class StateLine(QFrame):
    """Shows a `CounterState`; a press on the figures asks for the place that explains them."""

    help_requested = Signal()
    sync_requested = Signal()

    def __init__(
        self, clock: Callable[[], datetime], parent: QWidget | None = None, *, has_help: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar-bottom")
        self.setFixedHeight(HEIGHT)
        self._clock = clock
        self._state = CounterState()
        self._glyph = Glyph("dot", "neutral-ink", 16)
        self._line, self._work, self._risk = (Sentence("secondary") for _ in range(3))
        for sentence in (self._line, self._work, self._risk):
            sentence.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._help = ActionButton(tr("Trợ giúp"), "F1", kind="bare", is_key_first=True)
        self._help.clicked.connect(self.help_requested)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 10, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._glyph)
        self._row.addWidget(self._line)
        self._row.addSpacing(10)
        self._row.addWidget(self._work)
        self._row.addStretch(1)
        self._row.addWidget(self._risk)
        self._row.addWidget(self._help)
        if not has_help:                           # the lock screen: no keys to be told
            self._help.hide()
            self._row.setContentsMargins(20, 0, 20, 0)
        self.show_state(self._state)

    def show_state(self, state: CounterState) -> None:
        self._state = state
        new = state.new_problems
        self._help.set_label(tr("Trợ giúp · {n} điều mới", n=new) if new else tr("Trợ giúp"))
        icon, ink = _LINE_ICONS[state.line] if state.may_receive else _LINE_ICONS[LineState.REFUSED]
        has_work = bool(state.pending or state.files)
        self._glyph.set_icon(icon, "info-ink" if has_work and ink == "ok-ink" else ink)   # green: all is there
        self._fit()

    def said(self) -> str:
        """The whole line in words, as a screen reader hears it."""
        return self.accessibleName()

    # the six lengths

    def _line_parts(self, length: int) -> Parts:
        state = self._state
        if length >= 3:
            return ()
        since = near_moment(state.line_since, self._clock()) if state.line_since else ""
        short_since = since.rsplit(" ", 1)[-1] if since.startswith(tr("Hôm nay {time}", time="")) else since
        if not state.may_receive:
            return (Strong(tr("Tạm ngừng cấp số"), "bad"), *((tr(", xem Đồng bộ F7"),) if length == 0 else ()))
        if state.line is LineState.DOWN:
            words = (tr("Mất kết nối từ"), tr("Mất kết nối từ"), tr("Mất kết nối"))[length]
            time: Parts = (" ", Strong(short_since)) if short_since and length < 2 else ()
            return (words, *time, *((tr(", vẫn tiếp nhận bình thường"),) if length == 0 else ()))
        return ({
            LineState.UNKNOWN: tr("Chưa nối với tỉnh"),
            LineState.UP: tr("Đã nối với tỉnh"),
            LineState.SENDING: tr("Đang gửi về tỉnh"),
            LineState.REFUSED: tr("Tỉnh chưa nhận quầy này"),
        }[state.line],)

    def _work_parts(self, length: int) -> Parts:
        state = self._state
        second = tr("chưa đặt") if state.second_copy is None else str(state.second_copy)
        second_tone = "warn" if state.second_copy is None or state.is_copy_behind else ""
        age = span_words(state.oldest_pending) if state.pending and state.oldest_pending is not None else ""
        parts: list[str | Strong] = [
            (tr("Trên máy") if length < 5 else tr("Máy")) + " ", Strong(str(state.stored)),
            " · " + (tr("bản thứ hai") if length < 2 else tr("bản hai")) + " ", Strong(second, second_tone),
            " · " + (tr("tỉnh đã nhận") if length < 2 else tr("tỉnh")) + " ", Strong(str(state.received)),
            " · " + (tr("chờ gửi") if length < 2 else tr("chờ")) + " ", Strong(str(state.pending)),
        ]
        if age and length < 4:
            parts += [" (" + tr("cũ nhất") + " ", Strong(age), ")"] if length < 2 else [" (", Strong(age), ")"]
        if state.files:
            parts += [" · " + (tr("tệp chờ") if length < 2 else tr("tệp")) + " ", Strong(shown_count(state.files))]
        return tuple(parts)

    def _risk_parts(self, length: int) -> Parts:
        risk, files = self._state.at_risk, self._state.files
        lead = (tr("Nếu máy hỏng lúc này: mất") if length == 0
                else tr("Máy hỏng: mất") if length < 5 else tr("Nguy cơ:"))
        lost = tr("{n} tệp", n=shown_count(files))
        if files and not risk:
            return (lead + " ", Strong(lost, "warn"))
        more: Parts = (", ", Strong(lost, "bad")) if files else ()
        return (lead + " ", Strong(tr("{n} hồ sơ", n=risk), "bad" if risk else "ok"), *more)

    def _fit(self) -> None:
        fixed = 20 + 10 + 16 + 10 + self._help.sizeHint().width() + 8 * 7
        for length in range(6):
            for sentence, parts in (
                (self._line, self._line_parts(length)),
                (self._work, self._work_parts(length)),
                (self._risk, self._risk_parts(length)),
            ):
                sentence.set_parts(*parts)
            needed = sum(sentence.sizeHint().width() + 1 for sentence in (self._line, self._work, self._risk))
            if needed + fixed <= self.width():
                break
        whole = ". ".join(
            "".join(part.text if isinstance(part, Strong) else part for part in parts)
            for parts in (self._line_parts(0), self._work_parts(0), self._risk_parts(0))
        )
        self.setAccessibleName(whole)
        self.setToolTip(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, HEIGHT)  # the length of the words follows the window, never the other way round

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.sync_requested.emit()
