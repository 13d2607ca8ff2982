"""Bưu chính: what goes out, what is on its way, what came back, papers to be fetched, codes that are left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.item_code import read_item_code
from app.domain.scan_kind import ScanKind, scan_kind
from app.errors import KnownError, Refusal
from app.services.post.listing import list_items
from app.services.post.pool import PoolState, pool_state
from app.store.queries.item_codes import range_clashes
from app.store.queries.post import code_clashes, count_unlisted
from ui.changes import Change
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.operations.desk import Desk, new_intent
from ui.operations.post import try_out
from ui.pages.post import keys
from ui.pages.post.acting import Acting
from ui.pages.post.alarms import say_clash, say_pool
from ui.pages.post.bar import Offers, PostBar
from ui.pages.post.views import NAMES, ORDERS, View, Views, is_collected
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.page import Page


class PostPage(Page):
    """`dossier_requested` carries a code; `pickup_requested` the id of a pick-up that is to be received."""

    dossier_requested = Signal(str)
    pickup_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Bưu chính"), tr("Gửi kết quả, theo dõi bưu gửi, nhận hồ sơ tại nhà"), parent)
        self._desk = desk
        self._offered: tuple[tuple[str, str], ...] = ()
        self.bar, self.offers = PostBar(), Offers()
        self.clash, self.alarm = Banner(), Banner()
        self.views = Views(desk, self)
        self.acting = Acting(desk, self)
        self._card = Card(tr(NAMES[View.TO_SEND]), is_flush=True)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.offers)
        self._card.body.addWidget(self.views.stack, 1)
        for widget in (self.bar, self.clash, self.alarm):
            self.body.addWidget(widget)
        self.body.addWidget(self._card, 1)
        self.bar.chosen.connect(self.show_view)
        self.offers.asked.connect(self._on_offer)
        self.views.opened.connect(lambda _: self.act())
        self.alarm.asked.connect(self.take_offered)
        desk.changes.happened.connect(self._on_changed)
        self._bind()
        self.show_view(View.TO_SEND)

    # what is shown

    @property
    def view(self) -> View:
        return self.views.view

    def show_view(self, view: View) -> None:
        self.views.show_view(view)
        self.bar.show_chosen(view)
        self.offers.show_view(view)
        self._show_figures()

    def refresh(self) -> None:
        """Read again, on the same row."""
        self.views.reload()
        self._show_figures()

    # what the keys do

    def act(self) -> None:
        """Enter: what the row the clerk stands on waits for."""
        row = self.views.current()
        if row is None:
            return
        match self.view:
            case View.TO_SEND:
                self.acting.send(row.code)
            case View.ON_WAY:
                self.acting.hear(row.item_code, row.code)
            case View.CAME_BACK:
                self.acting.take_back(row.code)
            case View.PICKUPS:
                self.acting.move(row)
            case View.CODES:
                self.acting.void()

    def go_on(self) -> None:
        """F12: the list of everything that is here; of a pick-up its reception."""
        if self.view is View.PICKUPS:
            row = self.views.current()
            if is_collected(row):
                self.pickup_requested.emit(row.id)
            else:
                self._desk.frame.say(tr("Chọn một phiếu đã thu gom để tiếp nhận."), "info")
        elif self.view in (View.TO_SEND, View.ON_WAY):
            self.list_items()

    def list_items(self) -> None:
        listed = try_out(self._desk, list_items, intent=new_intent(self._desk))
        if listed is not None:
            self._desk.frame.say(tr("Đã lập bảng kê {number}: {n} bưu gửi", number=listed.number,
                                    n=len(listed.codes)))

    def make_new(self) -> None:
        if self.view is View.PICKUPS:
            self.acting.call()
        else:
            if self.view is not View.CODES:
                self.show_view(View.CODES)
            self.acting.take_range()

    def call_off(self) -> None:
        row = self.views.current()
        if self.view is View.ON_WAY and row is not None:
            self.acting.call_off(row.code)
        else:
            self._desk.frame.say(tr("Chọn bưu gửi ở Đang gửi (Alt 2) rồi bấm Alt R."), "info")

    def print_again(self) -> None:
        row = self.views.current()
        if row is not None and self.view in (View.ON_WAY, View.PICKUPS):
            self.acting.print_again(row.op_id if self.view is View.ON_WAY else row.moved, row.id)
        else:
            self._desk.frame.say(tr("Chọn bưu gửi hoặc phiếu thu gom cần in lại."), "info")

    def show_notice(self) -> None:
        row = self.views.current()
        if row is not None and self.view is View.ON_WAY:
            self.acting.show_notice(row.code)
        else:
            self._desk.frame.say(tr("Chọn bưu gửi ở Đang gửi (Alt 2) để xem tin báo."), "info")

    def open_dossier(self) -> None:
        row = self.views.current()
        code = getattr(row, "code", "")
        if code:
            self.dossier_requested.emit(code)

    def take_offered(self) -> None:
        """The range that the office's settings hold for this counter."""
        if self._offered:
            self.acting.take_range(*self._offered[0])
        else:
            self.show_view(View.CODES)
            self.acting.take_range()

    # Page

    def arrive(self) -> None:
        self.refresh()
        self.views.tables[self.view].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A label, a receipt, a result or a pick-up's slip: what it waits for is opened."""
        kind = scan_kind(text)
        if self.acting.has_question:           # what it asks about does not change under it, nor the page behind
            is_filled = kind is ScanKind.ITEM_CODE and self.acting.fill_label(text)
            (self._desk.sound.accept if is_filled else self._desk.sound.refuse)()
            return True
        try:
            if kind is ScanKind.ITEM_CODE:
                self._take_label(text)
            elif not self.acting.take(kind, text):
                return False
        except KnownError as error:
            said = sentence(error, self._desk.language())
            self._desk.sound.refuse()
            self.clash.say("bad", said.title, f"{said.detail()} ({said.code})")
            return True
        self._desk.sound.accept()
        return True

    # inside

    def _take_label(self, text: str) -> None:
        """Of an item that is under way: the post's word. Off the roll: for the result the clerk stands on."""
        item = read_item_code(text)
        try:
            self.acting.hear(item.text)
        except Refusal as refusal:
            row = self.views.current()
            if refusal.code != "item_code_unknown" or self.view is not View.TO_SEND or row is None:
                raise
            self.acting.send(row.code, item.text)

    def _show_figures(self) -> None:
        counts = self.views.counts()
        self.bar.show_counts(counts)
        with self._desk.office.database.reading() as connection:
            counter = self._desk.office.enrolled
            state = pool_state(connection, counter)
            here = count_unlisted(connection, counter.device)
            clashes, ranges = code_clashes(connection), range_clashes(connection)
        self._card.set_title(tr(NAMES[self.view]))
        self._card.set_note(self._note(counts[self.view], state, here))
        self._offered = state.offered
        say_pool(self.alarm, state)
        say_clash(self.clash, clashes, ranges)

    def _note(self, amount: int, state: PoolState, here: int) -> str:
        if self.view is View.CODES:
            total = state.total
            return tr("đã nhận {handed}, đã dùng {used}, đã hủy {void}, còn {left}",
                      handed=shown_count(total.handed), used=shown_count(total.used),
                      void=shown_count(total.void), left=shown_count(total.left))
        order = tr(ORDERS[self.view])
        if self.view in (View.TO_SEND, View.ON_WAY) and here:
            return tr("{here} bưu gửi chờ vào bảng kê · {order}", n=here, here=shown_count(here), order=order)
        return order if amount else ""

    def _bind(self) -> None:
        self.bind_keys({key: partial(self.show_view, view) for view, key in zip(View, keys.VIEWS, strict=True)})
        self._works: dict[str, Callable[[], object]] = {
            "Enter": self.act, keys.GO.cap: self.go_on, keys.NEW.cap: self.make_new, keys.OFF.cap: self.call_off,
            keys.AGAIN.cap: self.print_again, keys.NOTICE.cap: self.show_notice, keys.VOID.cap: self.acting.void,
        }
        self.bind_keys({
            keys.GO: self.go_on, keys.NEW: self.make_new, keys.OFF: self.call_off, keys.AGAIN: self.print_again,
            keys.NOTICE: self.show_notice, keys.VOID: self.acting.void, keys.OPEN: self.open_dossier,
            keys.BACK: self._desk.frame.go_back,
        })
        self.tell_keys(keys.ACT)

    def _on_offer(self, cap: str) -> None:
        self._works[cap]()

    def _on_changed(self, change: Change) -> None:
        if self.isVisible() and (change.dossiers or change.has_sync or change.is_everything):
            self.refresh()
