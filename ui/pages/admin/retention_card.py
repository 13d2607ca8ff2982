"""Dữ liệu cá nhân: what leaves this machine by itself, what keeps it here; and the report on one person."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.domain.retention import Hold
from app.services.retention.view import RetentionView
from ui.background.alive import while_alive
from ui.delegates.dates import day_text, near_moment
from ui.dialogs.held_ask_sheet import HeldAskSheet
from ui.models.counts import shown_count
from ui.models.retention_words import hold_words
from ui.models.sizes import shown_size
from ui.operations.desk import Desk, warn_of
from ui.operations.held_about import read_retention_view
from ui.pages.admin.card import AdminCard
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

REPORT = Key("Q", mark("Báo cáo dữ liệu đang giữ về một người"))


class RetentionCard(AdminCard):
    """Read beside the window: it looks at every finished dossier."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Dữ liệu cá nhân"), desk, host)
        self._sheet: HeldAskSheet | None = None
        self._is_reading = False
        self.report = self.add_act(REPORT, tr("Báo cáo về một người…"), self.open_report)
        self.end_acts()

    def refresh(self) -> None:
        if self._is_reading:
            return
        self._is_reading = True
        read_retention_view(self._desk, while_alive(self, self._on_read), while_alive(self, self._on_failed))

    def open_report(self) -> None:
        if self._sheet is None:
            self._sheet = HeldAskSheet(self._host.window(), self._desk)
            self.destroyed.connect(self._sheet.deleteLater)
        self._sheet.ask()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A citizen's card is for the report that is being asked for."""
        sheet = self._sheet
        return sheet is not None and sheet.isVisible() and sheet.take_card(text, is_rewritten=is_rewritten)

    def _on_read(self, view: RetentionView) -> None:
        self._is_reading = False
        self.tell(self._facts(view), tr(
            "Chỉ xóa bản số hóa của hồ sơ đã xong mà tỉnh đã nhận đủ tệp. Máy tự làm mỗi ngày một lần sau khi nối "
            "mạng và ghi nhật ký; hồ sơ, biên lai, nhật ký ở lại."))

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        warn_of(self._desk, error)

    def _facts(self, view: RetentionView) -> Iterator[Fact]:
        term = view.policy.scan_days
        if term is None:
            yield Fact(tr("Bản số hóa"), tr("giữ mãi"), tr("tỉnh chưa đặt thời hạn xóa ở máy của quầy"))
        else:
            yield Fact(tr("Bản số hóa"), tr("{n} ngày", n=term), tr("sau khi hồ sơ xong và tỉnh nhận đủ tệp"))
        months = view.policy.personal_months
        if months is not None:
            note = tr("{n} hồ sơ đã gỡ", n=shown_count(view.unlisted)) if view.unlisted else tr(
                "gỡ khỏi danh sách và tra cứu sau khi hồ sơ xong")
            yield Fact(tr("Tên, số giấy tờ, điện thoại"), tr("{n} tháng", n=months), note)
        if view.run is not None:
            done = tr("{files} tệp, {size}", files=shown_count(view.run.files), size=shown_size(view.run.size))
            yield Fact(tr("Lần xóa gần nhất"), near_moment(view.run.at, self._desk.clock()),
                       done if view.run.is_done else tr("{done}, đang làm tiếp", done=done))
        if view.left:
            yield Fact(tr("Đã xóa ở máy này"), tr("{n} tệp", n=shown_count(view.left)), shown_size(view.left_size))
        if term is None:
            return
        if not view.is_asked:
            yield Fact(tr("Đang chờ"), tr("hỏi lại tỉnh"),
                       tr("tỉnh mới khôi phục, máy hỏi lại từng tệp trước khi xóa"), "warn")
        if view.due:
            yield Fact(tr("Đến hạn"), tr("{n} hồ sơ", n=shown_count(view.due)), tr("xóa sau lần nối mạng tới"))
        if view.later and view.next_day is not None:
            yield Fact(tr("Chưa đến hạn"), tr("{n} hồ sơ", n=shown_count(view.later)),
                       tr("sớm nhất {day}", day=day_text(view.next_day)))
        held = hold_words(view.held)
        if held:
            tone = "warn" if view.held.keys() - {Hold.FILES, Hold.UNSENT} else ""
            yield Fact(tr("Chưa xóa được"), "", held, tone)
        if not view.is_whole:
            yield Fact(tr("Đã xem"), tr("{n} hồ sơ cũ nhất", n=shown_count(sum((view.due, view.later)))), "")
