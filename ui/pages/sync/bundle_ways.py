"""From the Đồng bộ page to the sheet of bundles, and from its keys to what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import KnownError
from sync.contract.bundle_content import FILE_BYTES
from ui.background.alive import while_alive
from ui.dialogs.bundle_sheet import MEGABYTE, BundleSheet
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.operations import bundle as acts
from ui.operations.desk import Desk
from ui.translations import tr

if TYPE_CHECKING:
    from sync.bundle.make import Made
    from sync.bundle.take import Taken


class BundleWays(QObject):
    """Makes the sheet when it is first asked for."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.sheet: BundleSheet | None = None

    def open(self) -> None:
        """The sheet, with how things stand now; the stick of the last bundle stands in it."""
        if self.sheet is None:
            self.sheet = sheet = BundleSheet(self._page.window())
            self._page.destroyed.connect(sheet.deleteLater)
            sheet.room.set_text(str(FILE_BYTES // MEGABYTE))
            sheet.confirmed.connect(self._make)
            sheet.take_asked.connect(self._take)
            sheet.folder_asked.connect(self._pick)
        state = acts.bundle_state_at(self._desk)
        if not self.sheet.field.text() and state.lines:
            self.sheet.field.set_text(state.lines[0].place)
        self.sheet.show_done("")
        self.sheet.trouble.silence()
        self.refresh()
        self.sheet.open()

    def refresh(self) -> None:
        """Something changed."""
        if self.sheet is not None:
            self.sheet.show_state(acts.bundle_state_at(self._desk), self._desk.clock(), self._desk.language())

    # inside

    def _pick(self) -> None:
        assert self.sheet is not None
        found = QFileDialog.getExistingDirectory(self.sheet, tr("Chọn thư mục trên ổ USB"))
        if found:
            self.sheet.field.set_text(found)

    def _make(self) -> None:
        assert self.sheet is not None
        sheet, place, room = self.sheet, self.sheet.place, self.sheet.file_bytes
        assert place is not None and room is not None

        def made(found: Made) -> None:
            words = [tr("Đã ghi và đọc lại gói số {n} ({size}): {file}.", n=found.number,
                        size=shown_size(found.size), file=found.file.name)]
            if found.files_left:
                words.append(tr("{n} tệp quét không vừa, để gói sau.", n=shown_count(found.files_left)))
            words.append(tr("Rút ổ USB an toàn rồi đưa về tỉnh."))
            self._done(words)

        sheet.show_busy(tr("Đang ghi gói và đọc lại từ ổ USB…"))
        acts.make_bundle(self._desk, place, room, while_alive(sheet, made), while_alive(sheet, self._on_failure))

    def _take(self) -> None:
        assert self.sheet is not None
        sheet, place = self.sheet, self.sheet.place
        if place is None:
            sheet.ask_for_place()
            return

        def taken(found: Taken) -> None:
            report = found.report
            words = [tr("Đã đọc trả lời của tỉnh cho gói số {n}.", n=found.number)]
            if report.recovered:
                words.append(tr("{n} việc của quầy được đưa trở lại sổ.", n=shown_count(report.recovered)))
            if report.entries:
                words.append(tr("{n} tin mới từ tỉnh.", n=shown_count(report.entries)))
            if report.leases:
                words.append(tr("Có thêm số cho những ngày tới."))
            words.append(tr("Còn chờ gửi: {n} việc, {m} tệp quét.", n=shown_count(report.waiting),
                            m=shown_count(report.files_waiting)))
            if found.left or found.files_left:
                words.append(tr("Tỉnh chưa nhận {n} việc và {m} tệp trong gói; gói sau sẽ gửi lại.",
                                n=shown_count(len(found.left)), m=shown_count(found.files_left)))
            if found.more:
                words.append(tr("Tỉnh còn tin chưa chở hết: làm gói nữa để lấy tiếp."))
            self._done(words)
            if found.trouble is not None:
                sheet.show_refused(found.trouble, "warn")

        sheet.show_busy(tr("Đang đọc trả lời của tỉnh…"))
        acts.take_acknowledgement(
            self._desk, place, while_alive(sheet, taken), while_alive(sheet, self._on_failure))

    def _done(self, words: list[str]) -> None:
        assert self.sheet is not None
        self.sheet.show_done(" ".join(words))
        self.refresh()

    def _on_failure(self, error: Exception) -> None:
        assert self.sheet is not None
        if not isinstance(error, KnownError):
            raise error
        self.sheet.show_refused(error)
        self.refresh()
