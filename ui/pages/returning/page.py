"""Trả kết quả: three views, one in front; keys and scans go to it, sheets are opened over the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.life.states import Delivery
from app.domain.notices import NoticeText
from app.domain.operation import Type
from app.errors import KnownError, Refusal
from app.services.days import today_at_counter
from app.services.life.reading import KnownLife
from app.services.results.known import find_here, heard_at
from app.services.results.ready_notice import ready_texts
from app.services.results.shelves import next_shelf
from app.services.results.taking_in import TakenIn
from ui.changes import Change
from ui.dialogs.second_sheet import with_second
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.operations.results import recall, shelve
from ui.pages.intake.transferring import Transferring
from ui.pages.returning import keys
from ui.pages.returning.give_view import GiveView
from ui.pages.returning.giving import ON_SHELF, Giving
from ui.pages.returning.ledger import Ledger
from ui.pages.returning.notice_sheet import NoticeSheet
from ui.pages.returning.recall_sheet import RecallSheet
from ui.pages.returning.shelve_sheet import ShelveSheet
from ui.pages.returning.take_view import TakeView
from ui.pages.returning.taking import Taking
from ui.pages.returning.view_bar import ViewBar
from ui.pages.returning.waiting_view import WaitingView
from ui.pages.returning.words import heard_words
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.page import Page

GIVE, TAKE, WAIT = range(3)


class ReturnPage(Page):
    """`digitise_requested` carries the code of the dossier on the desk."""

    digitise_requested = Signal(str)
    post_requested = Signal()      # results that go home by post have a page of their own

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Trả kết quả"), parent=parent)
        self._desk = desk
        self._recall: RecallSheet | None = None
        self._shelve: ShelveSheet | None = None
        self._notice: NoticeSheet | None = None
        self.square = Transferring(desk, self)
        self._taken: tuple[str, ...] = ()      # codes of the list that was stored last
        self._is_leaving = False
        self.bar = ViewBar()
        self.give_view, self.take_view, self.waiting = GiveView(), TakeView(), WaitingView(desk)
        self.giving = Giving(desk, self.give_view, self)
        self.taking = Taking(desk, self.take_view, self)
        self.ledger = Ledger(desk, self)
        self.views = QStackedWidget()
        for view in (self.give_view, self.take_view, self.waiting):
            self.views.addWidget(view)
        post = ActionButton(tr("Bưu chính"), keys.POST.cap)
        post.clicked.connect(self.post_requested)
        self.bar.add(post)
        self.head.addWidget(self.bar)
        self.body.addWidget(self.views, 1)
        self._connect()
        self._bind()
        self.show_view(GIVE)

    # which view

    @property
    def view(self) -> int:
        return self.views.currentIndex()

    def show_view(self, number: int) -> None:
        """Brings a view to the front, with the focus where its work starts."""
        self.views.setCurrentIndex(number)
        self.bar.show_chosen(number)
        if number == WAIT:
            self.waiting.show_rows()
        self._focus()

    # what the keys do

    def act(self) -> None:
        """F12: what the view in front is for."""
        if self.view == GIVE:
            self.giving.give()
        elif self.view == TAKE:
            self.taking.store()
        elif self.waiting.current():
            self._open_waiting(self.waiting.current())

    def start_afresh(self) -> None:
        """Esc: a return that was begun is put away only when it is pressed twice."""
        if self.view != GIVE:
            self.show_view(GIVE)
        elif self.giving.is_begun and not self._is_leaving:
            self._is_leaving = True
            self.give_view.trouble.say(
                "warn", tr("Bỏ lần trả đang làm?"), tr("Chưa ghi gì vào sổ. Bấm Esc lần nữa để làm lại từ đầu."))
        else:
            self._is_leaving = False
            self.giving.begin_anew()
            self._focus()

    def lose_receipt(self) -> None:
        if self.view == GIVE:
            self.giving.lose_receipt()

    def tick_originals(self) -> None:
        if self.view == GIVE:
            self.give_view.originals.tick_all()
        elif self.view == TAKE:
            self.taking.toggle_originals()

    def recall_last(self) -> None:
        """Alt U: the dossier on the desk if it was given out, else the one that went out last."""
        held = self._held()
        code = self.giving.last if held is None or held.life.delivery in ON_SHELF else held.code
        found = self._read(code) if code else None
        if found is None or found.life.delivery not in (Delivery.RETURNED, Delivery.DELIVERED):
            self._desk.frame.say(tr("Quét giấy hẹn của hồ sơ đã trả rồi bấm Alt U."), "info")
            return
        if self._recall is None:
            self._recall = RecallSheet(self.window())
            self._recall.confirmed.connect(self._on_recall)
        self._recall.ask(found)

    def shelve_again(self) -> None:
        """Alt L: the place of the result on the desk, or of the row the clerk stands on."""
        held = self._held()
        if held is None or held.life.delivery not in (*ON_SHELF, Delivery.RECALLED):
            self._desk.frame.say(tr("Quét nhãn của kết quả cần xếp lại, hoặc chọn ở danh sách Alt 3."), "info")
            return
        with self._desk.office.database.reading() as connection:
            day = today_at_counter(connection, self._desk.clock())
            is_there = held.life.delivery is Delivery.SHELF
            place = held.life.shelf if is_there else next_shelf(connection, held.code, day)
        if self._shelve is None:
            self._shelve = ShelveSheet(self.window())
            self._shelve.confirmed.connect(self._on_shelve)
        self._shelve.ask(held, place)

    def show_notice(self) -> None:
        """Alt N: the words for the citizens of the list that just came, or of the row the clerk stands on."""
        codes: tuple[str, ...] = ()
        if self.view == TAKE:
            codes = self._taken
        elif (held := self._held()) is not None and held.life.delivery in ON_SHELF:
            codes = (held.code,)
        if not codes:
            self._desk.frame.say(tr("Chọn một kết quả đang chờ trả để xem tin báo."), "info")
            return
        if self._notice is None:
            self._notice = NoticeSheet(self.window(), self._texts_of, self._desk.frame.say)
        self._notice.show_for(codes)

    def show_originals(self) -> None:
        """Alt O: the originals of the dossier on the desk, else all that are out."""
        held = self._held()
        if held is not None and held.life.originals:
            self.ledger.show_for(self.window(), held.code)
        else:
            self.ledger.show_all(self.window())

    def show_original(self, text: str) -> None:
        """The label of an original was scanned on another page."""
        try:
            self.ledger.show_for(self.window(), text)
        except KnownError as error:
            warn_of(self._desk, error)

    def turn_order(self) -> None:
        if self.view == WAIT:
            self.waiting.turn_order()

    def digitise(self) -> None:
        held = self._held()
        if held is None:
            self._desk.frame.say(tr("Quét một hồ sơ trước rồi bấm Alt S."), "info")
        else:
            self.digitise_requested.emit(held.code)

    # Page

    def arrive(self) -> None:
        self._say_heard()
        self.giving.refresh()
        if self.view == WAIT:
            self.waiting.refresh()
        self._focus()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """For the view in front; from the list of what waits a paper begins a return."""
        self._is_leaving = False
        if self.ledger.is_open:
            self.ledger.take(text)
            return True
        sheets = (self._recall, self._shelve, self._notice, self.square)
        if any(sheet is not None and sheet.is_open for sheet in sheets):
            self._desk.sound.refuse()  # what the sheet asks about does not change under it
            return True
        if self.view == TAKE:
            return self.taking.take(text)
        if not self.giving.take(text, is_rewritten=is_rewritten):
            return False
        if self.view == WAIT:
            self.show_view(GIVE)
        return True

    # inside

    def _connect(self) -> None:
        self.bar.chosen.connect(self.show_view)
        give, take = self.give_view, self.take_view
        give.typed.connect(partial(self._on_typed, GIVE))
        give.facts.given.connect(self.giving.give)
        self.giving.transfer_taken.connect(self.square.show)
        give.facts.lost.connect(self.giving.lose_receipt)
        give.facts.fresh.connect(self.start_afresh)
        give.facts.digitise_asked.connect(self.digitise)
        give.trouble.asked.connect(self.recall_last)
        take.typed.connect(partial(self._on_typed, TAKE))
        take.taken.connect(self.taking.store)
        take.removed.connect(self.taking.remove)
        take.trouble.asked.connect(self.show_notice)
        self.taking.taken.connect(self._on_taken)
        self.waiting.opened.connect(self._open_waiting)
        self.waiting.notice_asked.connect(self.show_notice)
        self.waiting.shelve_asked.connect(self.shelve_again)
        self._desk.changes.happened.connect(self._on_changed)

    def _bind(self) -> None:
        self.bind_keys({key: partial(self.show_view, number) for number, key in enumerate(keys.VIEWS)})
        self.bind_keys({
            keys.GIVE: self.act, keys.FRESH: self.start_afresh, keys.LOST: self.lose_receipt,
            keys.ALL_ORIGINALS: self.tick_originals, keys.NOTICE: self.show_notice, keys.SHELVE: self.shelve_again,
            keys.RECALL: self.recall_last, keys.ORIGINALS: self.show_originals, keys.REMOVE: self.taking.remove,
            keys.ORDER: self.turn_order, keys.DIGITISE: self.digitise,
            keys.POST: self.post_requested.emit,
        })
        self.tell_keys(keys.ENTER)

    def _on_typed(self, view: int, text: str) -> None:
        is_used = self.giving.take(text) if view == GIVE else self.taking.take(text)
        if not is_used:
            refuse = self.giving.refuse if view == GIVE else self.taking.refuse
            refuse(Refusal("code_not_recognised"))

    def _on_taken(self, taken: TakenIn) -> None:
        self._taken = tuple(code for code, _ in taken.places)

    def _open_waiting(self, code: str) -> None:
        self.show_view(GIVE)
        self.giving.open_for(code)

    def _on_recall(self) -> None:
        sheet = self._recall
        assert sheet is not None
        code, reason, intent = sheet.code, sheet.reason.text(), new_intent(self._desk)

        def fetch_back(desk: Desk) -> None:
            if recall(desk, code, reason, intent=intent):
                self.giving.begin_anew()

        sheet.close_sheet()
        with_second(self, self._desk, Type.RETURN_RECALLED, fetch_back)

    def _on_shelve(self) -> None:
        sheet = self._shelve
        assert sheet is not None
        is_done = shelve(self._desk, sheet.code, sheet.shelf.text(), sheet.note.text(), sheet.originals(),
                         intent=new_intent(self._desk))
        sheet.close_sheet()
        if is_done and self.view == GIVE:
            self.giving.begin_anew()

    def _on_changed(self, change: Change) -> None:
        if not (change.dossiers or change.has_sync or change.is_everything):
            return
        self._say_heard()
        self.giving.refresh()
        if self.view == WAIT:
            self.waiting.refresh()

    def _say_heard(self) -> None:
        with self._desk.office.database.reading() as connection:
            self.set_lead(heard_words(heard_at(connection)))

    def _held(self) -> KnownLife | None:
        """The dossier the clerk is at: on the desk, or the row she stands on."""
        if self.view == GIVE:
            return self.giving.held
        row = self.take_view.table.current_row() if self.view == TAKE else None
        code = row.line.code if row is not None else self.waiting.current() if self.view == WAIT else ""
        return self._read(code) if code else None

    def _read(self, code: str) -> KnownLife | None:
        try:
            with self._desk.office.database.reading() as connection:
                return find_here(connection, code)
        except Refusal:
            return None

    def _texts_of(self, code: str) -> tuple[NoticeText, ...]:
        with self._desk.office.database.reading() as connection:
            return ready_texts(connection, self._desk.office.enrolled, clerk_at(self._desk), code)

    def _focus(self) -> None:
        field = (self.give_view.code, self.take_view.code, self.waiting.table)[self.view]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
