"""Nhân viên: who may do what at this counter until when, as the province said; who is locked out; one's own
secret. Nothing of it is given or taken here: the province does that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.people.grant import Standing
from app.domain.people.roles import Act
from app.services.days import today_at_counter
from app.services.people.sign_in import State
from ui.delegates.dates import day_text
from ui.dialogs.own_secret_sheet import change_own_secret
from ui.dialogs.unlock_sheet import UnlockSheet
from ui.models.role_words import role_words
from ui.operations.desk import Desk
from ui.pages.admin.card import AdminCard, Stand
from ui.pages.sign_in.people_list import state_words
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

OWN_SECRET = Key("M", mark("Đổi mã bí mật của tôi"))
UNLOCK = Key("N", mark("Mở khóa cho một người"))
SOON = timedelta(days=3)
"""A right that ends so soon asks for a contact."""


class PeopleCard(AdminCard):
    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Nhân viên"), desk, host)
        self._locked: tuple[State, ...] = ()
        self.own_secret = self.add_act(OWN_SECRET, tr("Đổi mã bí mật…"), self.change_secret)
        self.unlock_ = self.add_act(UNLOCK, tr("Mở khóa…"), self.unlock)
        self.end_acts()

    def refresh(self) -> None:
        office = self._desk.office
        counter = office.enrolled
        for button, is_wanted in ((self.own_secret, counter.has_sign_in), (self.unlock_, False)):
            button.setVisible(is_wanted)
            button.setEnabled(is_wanted)
        if not counter.has_sign_in:
            self._locked = ()
            self.tell((Fact(tr("Đang giữ ca"), counter.shift_name or tr("chưa có ai")),), tr(
                "Tỉnh chưa bật đăng nhập riêng ở văn phòng này: ai giữ ca thì giấy mang tên người đó."),
                Stand(tr("Đang giữ ca: {name}", name=counter.shift_name or tr("chưa có ai"))))
            return
        states = office.sign_ins.states(counter)
        self._locked = tuple(each for each in states if each.is_locked)
        self.unlock_.setVisible(bool(self._locked))
        self.unlock_.setEnabled(bool(self._locked))
        with office.database.reading() as connection:
            today = today_at_counter(connection, self._desk.clock())
        told = tuple(self._facts(states, today))
        self.tell(told, tr(
            "Tỉnh giao việc và gia hạn mỗi lần nối mạng. Thêm người, đổi việc, cho thôi: gọi tỉnh."),
            None if any(each.tone for each in told) else Stand(
                tr("{n} người, mọi quyền còn hạn", n=len(told)), "ok"))
        if counter.is_switch_edited:
            self.trouble.say("bad", tr("Sổ đã bị sửa bằng tay"), tr(
                "Sổ ghi là không cần đăng nhập, nhưng tỉnh đã bật. Máy vẫn hỏi mã bí mật. Báo ngay tỉnh."))
        else:
            self.trouble.silence()

    def _facts(self, states: tuple[State, ...], today: date) -> Iterator[Fact]:
        granted = self._desk.office.enrolled.granted
        assert granted is not None
        for state in states:
            grant = granted.good.get(state.clerk.id)
            if grant is None or state.standing is not Standing.GOOD:
                until = tr("hết hạn {day}", day=day_text(grant.until)) if (
                    grant is not None and state.standing is Standing.EXPIRED) else "–"
                yield Fact(state.clerk.name, until, state_words(state), "bad")
                continue
            tone = "bad" if state.is_locked else "warn" if grant.until - today < SOON else ""
            until = tr("đến hết {day}", day=day_text(grant.until))
            if state.is_locked:
                yield Fact(state.clerk.name, tr("đã khóa"),
                           f"{role_words(grant.roles)}, {until}. {state_words(state)}", tone)
                continue
            wait = f". {state_words(state)}" if state.wait else ""
            yield Fact(state.clerk.name, until, role_words(grant.roles) + wait, tone)

    # what the clerk does

    def change_secret(self) -> None:
        change_own_secret(self._host, self._desk)

    def unlock(self) -> None:
        if not self._locked or not self.is_allowed(Act.UNLOCK):
            return
        sheet = UnlockSheet(self._host, self._desk)
        sheet.unlocked.connect(self._on_unlocked)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask([each.clerk for each in self._locked])

    def _on_unlocked(self, name: str) -> None:
        self.refresh()
        self.say(tr("Đã mở khóa cho {name}. Mã bí mật của họ vẫn như cũ.", name=name), "ok")
