"""Đồng bộ: what lies where, what waits and why, what needs a person, and whether this counter can go on alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.services.stuck import Kind, Stuck
from ui.changes import Change
from ui.operations.acknowledge import settle
from ui.operations.desk import Desk, new_intent
from ui.operations.retry_files import retry_files
from ui.pages.scrolled import Scrolled
from ui.pages.sync.aside_card import AsideCard
from ui.pages.sync.bundle_ways import BundleWays
from ui.pages.sync.day_card import DayCard
from ui.pages.sync.deciding import Deciding
from ui.pages.sync.figures import FigureRow
from ui.pages.sync.file_progress import FileProgress, heard
from ui.pages.sync.line_words import Trouble, line_words, next_try, trouble
from ui.pages.sync.machine_card import FactsCard, lease_facts, line_facts, machine_facts, package_facts
from ui.pages.sync.reading import SyncView, read_sync_view
from ui.pages.sync.second_copy_ways import SecondCopyWays
from ui.pages.sync.settle_sheet import SettleSheet
from ui.pages.sync.stuck_card import StuckCard
from ui.pages.sync.waiting_card import WaitingCard
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.columns import Columns
from ui.widgets.page import Page
from ui.widgets.text import Text

SECOND_MS = 1_000
LEAST_HEIGHT = 168
AROUND_STUCK = 600
"""Of the page's height, what is not for the list of what is stuck: head, figures, bar, what waits."""
SEND = Key("G", mark("Gửi ngay"))
DECIDE = Key("X", mark("Xem điều khung màu nói và cách xử lý"))


class SyncPage(Page):
    """`send_requested` wakes the courier; `set_sending` tells that a contact is under way, `show_files` how far
    its documents are."""

    send_requested = Signal()
    dossier_requested = Signal(str, object)        # code, None: nothing was scanned

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Đồng bộ"), parent=parent)
        self._desk = desk
        self._is_sending = False
        self._going: FileProgress | None = None
        self.send = ActionButton(tr("Gửi ngay"), SEND.cap, icon="sync")
        self.send.clicked.connect(self.request_send)
        self.countdown = Text("", "secondary")
        self.head.addWidget(self.countdown)
        self.head.addWidget(self.send)
        self.figures = FigureRow()
        self.banner = Banner()
        self.banner.asked.connect(self.decide)
        self.stuck = StuckCard(desk.clock, desk.language)
        self.stuck.opened.connect(self.open_stuck)
        self.waiting = WaitingCard(desk.clock)
        self.waiting.opened.connect(self._open)
        self.waiting.setMinimumHeight(LEAST_HEIGHT)
        # What a long list would like is no reason to scroll the page: it scrolls itself.
        self.waiting.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.asides = AsideCard(desk.clock)
        self.asides.opened.connect(self._open)
        self.leases = FactsCard(tr("Số còn lại hôm nay"))
        self.machine = FactsCard(tr("Máy này"))
        self._sheet: SettleSheet | None = None
        self.second_copy = SecondCopyWays(desk, self)
        self.bundles = BundleWays(desk, self)
        self.days = DayCard(desk, self, self.request_send, self._open)
        self.deciding = Deciding(desk, self, self.request_send, self.second_copy.open)
        self._arrange()
        self.bind_keys({
            SEND: self.request_send, DECIDE: self.decide,
            Key("K", mark("Ghi cách xử lý việc tỉnh trả lại")): self.ask_settle,
            Key("T", mark("Gửi lại ngay các tệp để riêng")): self.retry_files,
            Key("O", mark("Mở hồ sơ của tệp để riêng")): self.open_aside,
            Key("B", mark("Đặt và xem bản thứ hai")): self.second_copy.open,
            Key("C", mark("Đối chiếu ngày với tỉnh")): lambda: self.days.ways.open(),
            Key("U", mark("Gói dữ liệu trên USB khi không có mạng")): self.bundles.open,
        })
        self.tell_keys(Key("Enter", mark("Mở hồ sơ hoặc việc đang chọn")))
        desk.changes.happened.connect(self._on_changed)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._on_second)
        self._view: SyncView | None = None
        self._trouble: Trouble | None = None

    # what is shown

    def refresh(self) -> None:
        office, now = self._desk.office, self._desk.clock()
        view = self._view = read_sync_view(self._desk)
        self.figures.show_box(view.box, now, self._going, view.copy)
        self.asides.show_lines(view.asides, view.box.files_aside, self._desk.language())
        self.stuck.show_lines(view.stuck)
        self.waiting.show_waiting(office.database, view.known, view.box)
        self.leases.show_facts(lease_facts(view.leases, office, view))
        self.leases.set_note(tr("{n} cơ quan", n=len(view.leases)))
        self.machine.show_facts((
            *machine_facts(view, office), *package_facts(view, office, now), *line_facts(view, now),
        ))
        self.days.refresh()
        self._say_line(view)

    def set_sending(self, *, is_sending: bool) -> None:
        """A contact began or ended."""
        self._show_sending(is_sending=is_sending)
        if self.isVisible():
            self.refresh()
        if not is_sending and self._view is not None and not self._goes_on(self._view):
            self._going = None
            self.figures.show_files(self._view.box, None)

    def show_files(self, waiting: int, size: int) -> None:
        """Documents are on their way: only their figure changes, so nothing else on the page moves."""
        if self._view is None:
            return
        self._show_sending(is_sending=True)
        self._going = heard(self._going, waiting, size, self._view.box.files_aside)
        self.figures.show_files(self._view.box, self._going)

    def _show_sending(self, *, is_sending: bool) -> None:
        if is_sending != self._is_sending:
            self._is_sending = is_sending
            self.send.setEnabled(not is_sending)
            self.send.set_label(tr("Đang liên lạc") if is_sending else tr("Gửi ngay"))
            if self._view is not None:
                self._say_line(self._view)

    def _goes_on(self, view: SyncView) -> bool:
        """A contact gives documents a share of its time; the next one goes on with them at once."""
        return view.box.last_problem is None and view.box.files_waiting > view.box.files_aside

    def show_sent_back(self) -> None:
        """Stands at what the province sent back: where the count of the start screen leads."""
        if self.stuck.stand_on_verdict():
            self.stuck.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_line(self, view: SyncView) -> None:
        now = self._desk.clock()
        may_receive = view.stopped is None
        self.set_lead(line_words(view.box, is_sending=self._is_sending, now=now, may_receive=may_receive))
        is_quiet = self._is_sending and may_receive
        wrong = None if is_quiet else trouble(view, now, self._desk.language())
        if wrong is None:
            self.banner.silence()
        elif wrong != self._trouble:               # a screen reader hears it once, not every second
            key = DECIDE.cap if wrong.action else ""
            self.banner.say(wrong.tone, wrong.title, wrong.detail, wrong.action, key)
        self._trouble = wrong
        self.countdown.setText("" if self._is_sending else next_try(view.box, now))

    # what the clerk does

    def request_send(self) -> None:
        if self.send.isEnabled():
            self.send_requested.emit()

    def decide(self) -> None:
        """X: the sheet of what the banner says."""
        if self._view is not None:
            self.deciding.open_gravest(self._view)

    def open_stuck(self, line: Stuck) -> None:
        """Enter on a row: the place where it is dealt with."""
        if self._view is None:
            return
        match line.kind:
            case Kind.NUMBERS:
                self.deciding.explain_stopped(self._view)
            case Kind.PULL:
                self.deciding.ask_pull(self._view)
            case Kind.BRANCH:
                self.deciding.explain_branch(line)
            case Kind.SENDING if self._view.needs_code:
                self.deciding.ask_code()
            case Kind.SECOND_COPY:
                self.second_copy.open()
            case Kind.BUNDLE:
                self.bundles.open()
            case Kind.DAY:
                self.days.ways.open(line.values["difference"])
            case Kind.FILES:
                self.open_aside()
            case Kind.CONTACT:
                self.request_send()
            case _:
                if line.code:
                    self._open(line.code)

    def ask_settle(self) -> None:
        line = self.stuck.verdict()
        if line is None:
            return
        if self._sheet is None:
            self._sheet = SettleSheet(self.window())
            self.destroyed.connect(self._sheet.deleteLater)
            self._sheet.confirmed.connect(self._on_settled)
        self._sheet.ask(line)

    def _on_settled(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.line is None:
            return
        line, note = sheet.line, sheet.note.text()
        sheet.close_sheet()
        settle(self._desk, line.op_id, line.code, note, intent=new_intent(self._desk))

    def retry_files(self) -> None:
        if retry_files(self._desk):
            self.request_send()

    def open_aside(self) -> None:
        code = self.asides.first_code()
        if code:
            self._open(code)

    def _open(self, code: str) -> None:
        self.dossier_requested.emit(code, None)

    def _on_changed(self, change: Change) -> None:
        if self.isVisible():
            self.refresh()
            self.second_copy.refresh()
            self.bundles.refresh()

    def _on_second(self) -> None:
        if self._view is not None:
            self._say_line(self._view)
            self.figures.show_box(self._view.box, self._desk.clock(), self._going, self._view.copy)

    def arrive(self) -> None:
        self._show_sending(is_sending=False)       # what went on while another page was in front is told anew
        self._going = None
        self.refresh()
        self.send.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside

    def _arrange(self) -> None:
        left = QWidget()
        main = QVBoxLayout(left)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(12)
        main.addWidget(self.stuck)
        main.addWidget(self.waiting, 1)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.banner)
        side = Scrolled(self.asides, self.days, self.machine, self.leases)
        self.body.addWidget(Columns(left, side, side_width=360, is_side_scrolled=True), 1)

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stuck.set_room(event.size().height() - AROUND_STUCK)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._second.stop()
        super().hideEvent(event)
