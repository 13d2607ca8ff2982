"""The lock screen at work: one clerk chosen, one form for her, a try beside the window, waits counted down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.people.grant import Standing
from app.domain.people.secret import FAULTS
from app.errors import KnownError
from app.services.people.sign_in import Asks, State
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.pages.sign_in.forms import CodeForm, Form, NothingForm, SecretForm, UnlockForm
from ui.pages.sign_in.people_list import PeopleList, state_words
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.counter_state import CounterState
from ui.widgets.glyph import Glyph
from ui.widgets.state_line import StateLine
from ui.widgets.text import Text

_WIDTH = 820


class SignInPage(QWidget):
    """`last` is who is offered first. `signed_in` carries the clerk's id, once; `change_wanted` after it, when she
    wants another secret."""

    signed_in = Signal(str)
    change_wanted = Signal(str)

    def __init__(self, desk: Desk, last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        counter = desk.office.enrolled
        self._desk, self._is_trying = desk, False
        self._states: dict[str, State] = {}
        self.setAccessibleName(tr("Màn hình khóa"))
        self.people = PeopleList()
        self.secret, self.code, self.unlock, self.nothing = SecretForm(), CodeForm(), UnlockForm(), NothingForm()
        self.forms = QStackedWidget()
        for form, work in (
            (self.secret, self._try_secret), (self.code, self._try_code), (self.unlock, self._try_unlock),
            (self.nothing, lambda: None),
        ):
            self.forms.addWidget(form)
            form.accepted.connect(work)
            form.moved.connect(self.people.step)
        self.secret.accepted_to_change.connect(self._try_to_change)
        self.name = Text("", "title", is_wrapped=True)
        self.said = Banner()
        self.setFocusProxy(self.people)
        self._build(counter.office_name, counter.name, desk.clock)
        self.people.chosen.connect(self._on_chosen)
        self.people.accepted.connect(self._to_form)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self._count_down)
        self._read(last)
        self._show_form()

    def arrive(self) -> None:
        """The focus where the hand types."""
        self._to_form()

    def show_state(self, state: CounterState) -> None:
        """The machine's own line: it sends and warns behind the lock."""
        self.state_line.show_state(state)

    def clerk(self) -> str:
        return self.people.clerk()

    # inside

    def _build(self, office: str, counter: str, clock: Callable[..., object]) -> None:
        card = Card()
        card.setMaximumWidth(_WIDTH)
        card.body.setContentsMargins(28, 24, 28, 24)
        card.body.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Glyph("lock", "ink-2", 20), alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Text(" · ".join(part for part in (office, counter) if part), "heading"), 1)
        card.body.addLayout(head)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.name)
        right.addWidget(self.said)
        right.addWidget(self.forms, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(Text(tr("Ai làm việc? Chọn bằng ↑ ↓"), "secondary"))
        left.addWidget(self.people)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(left, 4)
        row.addLayout(right, 5)
        card.body.addLayout(row)
        card.body.addWidget(Text(
            tr("Biểu đang làm của từng người được giữ nguyên. Quầy vẫn gửi hồ sơ trong khi khóa."), "secondary",
            is_wrapped=True,
        ))
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 20)
        across.addStretch(1)
        down = QVBoxLayout(inside)
        down.setContentsMargins(16, 8, 16, 8)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        middle = QScrollArea()                     # a small screen with a long word over the longest form
        middle.setWidget(inside)
        middle.setWidgetResizable(True)
        middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.state_line = StateLine(self._desk.clock, has_help=False)
        self.state_line.setEnabled(False)          # to be read: what it leads to is behind the lock
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(middle, 1)
        column.addWidget(self.state_line)

    def _read(self, chosen: str) -> None:
        office = self._desk.office
        states = office.sign_ins.states(office.enrolled)
        self._states = {state.clerk.id: state for state in states}
        self.people.show_states(states, chosen)
        self.unlock.show_leads([(each.clerk.id, each.clerk.name) for each in states if each.may_unlock])
        self._tick.start() if any(state.wait for state in states) else self._tick.stop()

    def _form_of(self, state: State | None) -> Form:
        if state is None or state.standing is not Standing.GOOD:
            return self.nothing
        if state.is_locked:
            return self.unlock
        return {Asks.SECRET: self.secret, Asks.CODE: self.code, Asks.NOTHING: self.nothing}[state.asks]

    def _show_form(self) -> None:
        state = self._states.get(self.people.clerk())
        form = self._form_of(state)
        self.name.setText(state.clerk.name if state is not None else tr("Chưa có ai được cấp quyền"))
        self.nothing.say(
            tr("{state}. Khi quầy nối được mạng, quyền và mã cá nhân từ tỉnh sẽ về đây.",
               state=state_words(state) if state is not None else tr("Quầy chưa nhận quyền từ tỉnh")))
        self.forms.setCurrentWidget(form)
        # In one place either the advice stands or what went wrong, which says it again.
        self.code.lead.setVisible(not self.said.isVisibleTo(self))
        form.set_enabled(not self._is_trying and not (state is not None and state.wait and form is self.secret))

    def _on_chosen(self, _: str) -> None:
        is_from_list = self.people.hasFocus()
        self._empty()
        self.said.silence()
        self._show_form()
        if not is_from_list:                       # the field that had the keys may have gone with its form
            self._to_form()

    def _to_form(self) -> None:
        form = self.forms.currentWidget()
        has_field = isinstance(form, Form) and form.fields and form.fields[0].line.isEnabled()
        (form if has_field and form is not None else self.people).setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        for form in (self.secret, self.code, self.unlock):
            form.empty()

    def _count_down(self) -> None:
        """Waits go down by the second; the field opens by itself when hers is over."""
        was_waiting = self._waits()
        self._read(self.people.clerk())
        self._show_form()
        if was_waiting and not self._waits():
            self.said.silence()
            self._to_form()

    def _waits(self) -> bool:
        state = self._states.get(self.people.clerk())
        return state is not None and state.wait > 0

    # tries

    def _try_secret(self) -> None:
        clerk, secret, office = self.people.clerk(), self.secret.secret.text(), self._desk.office
        self._try(lambda: office.sign_ins.sign_in(office.enrolled, clerk, secret), lambda: self._enter(clerk))

    def _try_to_change(self) -> None:
        clerk, secret, office = self.people.clerk(), self.secret.secret.text(), self._desk.office

        def done() -> None:
            self._enter(clerk)
            self.change_wanted.emit(clerk)

        self._try(lambda: office.sign_ins.sign_in(office.enrolled, clerk, secret), done)

    def _try_code(self) -> None:
        if not self.code.is_repeated():
            return
        clerk, office = self.people.clerk(), self._desk.office
        code, secret = self.code.code.text(), self.code.secret.text()
        self._try(
            lambda: office.sign_ins.take_up(office.enrolled, clerk, code, secret), lambda: self._enter(clerk))

    def _try_unlock(self) -> None:
        clerk, lead, office = self.people.clerk(), self.unlock.lead_id(), self._desk.office
        secret = self.unlock.secret.text()
        self._try(lambda: office.sign_ins.unlock(office.enrolled, lead, secret, clerk), self._unlocked)

    def _try(self, work: Callable[[], None], then: Callable[[], None]) -> None:
        """Beside the window: the check is slow on purpose."""
        if self._is_trying:
            return
        self._set_trying(True)
        self.said.silence()

        def done(_: None) -> None:
            self._set_trying(False)
            then()

        self._desk.background.run(work, done, self._on_failed)

    def _set_trying(self, is_trying: bool) -> None:
        self._is_trying = is_trying
        self.people.setEnabled(not is_trying)
        form = self.forms.currentWidget()
        if isinstance(form, Form):
            form.set_enabled(not is_trying)

    def _enter(self, clerk: str) -> None:
        self._empty()
        self._tick.stop()
        self.signed_in.emit(clerk)

    def _unlocked(self) -> None:
        self._empty()
        self._read(self.people.clerk())
        self._show_form()
        self.said.say("ok", tr("Đã mở khóa"), tr("Nhập mã bí mật để vào làm việc."))
        self._to_form()

    def _on_failed(self, error: Exception) -> None:
        self._set_trying(False)
        if not isinstance(error, KnownError):
            raise error
        if error.code.startswith(("secret_wrong", "sign_in", "grant", "personal_code_needed")):
            self._empty()
        self._read(self.people.clerk())
        self._show_form()
        message = sentence(error, self._desk.language())
        self.said.say("warn", message.title, f"{message.detail()} ({message.code})")
        self._show_form()
        self._to_form()
        if self.forms.currentWidget() is self.code and error.code in (*FAULTS, "secret_same"):
            self.code.secret.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.code.secret.line.selectAll()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()                             # nothing typed here reaches the window behind
