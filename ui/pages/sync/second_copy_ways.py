"""From the Đồng bộ page to the sheet of the second copy, and from its keys to what they do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import KnownError, Refusal
from app.services.days import today_at_counter
from app.services.second_copy import SecondCopyState, second_copy_state
from ui.background.alive import while_alive
from ui.dialogs.second_copy_sheet import SecondCopySheet
from ui.models.counts import shown_count
from ui.operations import second_copy as acts
from ui.operations.desk import Desk
from ui.translations import tr

if TYPE_CHECKING:
    from sync.second_copy.keeper import Kept


class SecondCopyWays(QObject):
    """Makes the sheet when it is first asked for."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.sheet: SecondCopySheet | None = None

    def open(self) -> None:
        """The sheet, with how things stand now."""
        if self.sheet is None:
            self.sheet = sheet = SecondCopySheet(self._page.window())
            self._page.destroyed.connect(sheet.deleteLater)
            sheet.confirmed.connect(self._choose)
            sheet.folder_asked.connect(self._pick)
            sheet.check_asked.connect(self._check)
            sheet.restore_asked.connect(self._restore)
            sheet.forward_asked.connect(self._forward)
            sheet.stop_asked.connect(self._stop)
        self.sheet.show_done("")
        self.refresh()
        self.sheet.open()

    def refresh(self) -> None:
        """Something changed."""
        if self.sheet is not None:
            self.sheet.show_state(self._state(), self._desk.clock(), self._desk.language())

    # inside

    def _state(self) -> SecondCopyState:
        with self._desk.office.database.reading() as connection:
            today = today_at_counter(connection, self._desk.clock()).isoformat()
            return second_copy_state(connection, self._desk.office.enrolled, today)

    def _place(self) -> Path | None:
        """What was typed, else what is set; said when it is neither."""
        assert self.sheet is not None
        chosen = self._state().chosen
        place = self.sheet.place or (chosen.place if chosen else None)
        if place is None:
            self.sheet.show_refused(Refusal("second_copy_not_set"))
        return place

    def _pick(self) -> None:
        assert self.sheet is not None
        found = QFileDialog.getExistingDirectory(self.sheet, tr("Chọn nơi lưu bản thứ hai"))
        if found:
            self.sheet.field.set_text(found)

    def _choose(self) -> None:
        assert self.sheet is not None and self.sheet.place is not None
        place, sheet = self.sheet.place, self.sheet

        def chosen() -> None:
            self._desk.frame.say(tr("Bản thứ hai được giữ ở {place}", place=place))
            sheet.close_sheet()

        def refused(error: Exception) -> None:
            sheet.open()                               # the same question again, with why
            self._on_failure(error)

        acts.choose_place(self._desk, place, while_alive(sheet, chosen), while_alive(sheet, refused))

    def _check(self) -> None:
        assert self.sheet is not None
        sheet = self.sheet

        def checked(kept: Kept) -> None:
            sheet.show_done(
                tr("Đã đọc hết: {n} chỗ hỏng, đã chép lại.", n=shown_count(kept.damaged)) if kept.damaged
                else tr("Đã đọc hết, mọi bản ghi đều nguyên vẹn.")
            )
            self.refresh()

        sheet.show_busy(tr("Đang đọc toàn bộ bản thứ hai…"))
        acts.check_whole(self._desk, while_alive(sheet, checked), while_alive(sheet, self._on_failure))

    def _restore(self) -> None:
        assert self.sheet is not None
        place, sheet = self._place(), self.sheet
        if place is None:
            return

        def restored(brought: int, unopened: int) -> None:
            words = [tr("Đã đưa {n} việc trở lại sổ.", n=shown_count(brought)) if brought
                     else tr("Sổ trên máy không thiếu việc nào ở đây.")]
            if unopened:
                words.append(tr("{n} việc máy này không mở được: bấm T để tỉnh mở.", n=shown_count(unopened)))
            if self._state_is_stopped():
                words.append(tr("Số mới có lại sau lần liên lạc tới với tỉnh."))
            sheet.show_done(" ".join(words))
            self.refresh()

        sheet.show_busy(tr("Đang khôi phục từ bản thứ hai…"))
        acts.restore(self._desk, place, while_alive(sheet, restored), while_alive(sheet, self._on_failure))

    def _forward(self) -> None:
        assert self.sheet is not None
        place, sheet = self._place(), self.sheet
        if place is None:
            return

        def forwarded(taken: int, already: int, refused: int) -> None:
            words = [tr("Tỉnh nhận mới {n} việc, đã có sẵn {m}.", n=shown_count(taken), m=shown_count(already))]
            if refused:
                left = shown_count(refused)
                words.append(tr("{n} việc tỉnh chưa nhận; ổ vẫn giữ, báo người phụ trách.", n=left))
            sheet.show_done(" ".join(words))
            self.refresh()

        sheet.show_busy(tr("Đang chuyển bản niêm phong về tỉnh…"))
        acts.forward(self._desk, place, while_alive(sheet, forwarded), while_alive(sheet, self._on_failure))

    def _stop(self) -> None:
        assert self.sheet is not None
        sheet = self.sheet

        def stopped() -> None:
            sheet.field.set_text("")
            sheet.show_done(tr("Thôi chép bản thứ hai; những gì đã chép vẫn nằm ở đó."))
            self.refresh()

        acts.give_up(self._desk, while_alive(sheet, stopped), while_alive(sheet, self._on_failure))

    def _state_is_stopped(self) -> bool:
        from app.services.standing import numbers_stopped

        with self._desk.office.database.reading() as connection:
            return numbers_stopped(connection) is not None

    def _on_failure(self, error: Exception) -> None:
        assert self.sheet is not None
        if not isinstance(error, KnownError):
            raise error
        self.sheet.show_done("")
        self.refresh()
        self.sheet.show_refused(error)
