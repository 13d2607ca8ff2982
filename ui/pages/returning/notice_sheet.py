"""The exact words for the citizen whose result is here, to be copied or read out, one dossier after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.notices import Channel, NoticeText
from ui.dialogs.sheet import Sheet
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.text import Text

NAMES = {
    Channel.SMS: (mark("Tin nhắn SMS, không dấu"), "1"), Channel.ZALO: (mark("Zalo"), "2"),
    Channel.PHONE: (mark("Gọi điện: đọc theo"), ""),
}

Read = Callable[[str], Sequence[NoticeText]]


class NoticeSheet(Sheet):
    """1 copies the SMS, 2 the Zalo text; → the next dossier, ← the one before."""

    def __init__(self, host: QWidget, read: Read, said: Callable[[str], object]) -> None:
        super().__init__(host, tr("Tin báo có kết quả"), way_back=tr("Xong"), width=820)
        self._read, self._said = read, said
        self._codes: tuple[str, ...] = ()
        self._number = 0
        self._texts: dict[Channel, str] = {}
        self._shown: dict[Channel, Text] = {}
        self._notes: dict[Channel, Card] = {}
        for channel, (name, key) in NAMES.items():
            card = Card(tr(name))
            shown = Text("", is_wrapped=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(shown)
            if key:
                button = ActionButton(tr("Sao chép"), key)
                button.clicked.connect(lambda _=False, channel=channel: self.copy(channel))
                card.body.addWidget(button)
            self._shown[channel], self._notes[channel] = shown, card
            self.content.addWidget(card)
        self.onward = ActionButton(tr("Hồ sơ tiếp theo"), "→")
        self.onward.clicked.connect(lambda: self.step(1))
        self.foot.addWidget(self.onward)

    def show_for(self, codes: Sequence[str]) -> None:
        self._codes, self._number = tuple(codes), 0
        self._show()
        self.open()

    def step(self, by: int) -> None:
        if 0 <= self._number + by < len(self._codes):
            self._number += by
            self._show()
            self._fit()

    def copy(self, channel: Channel) -> None:
        """Onto the clipboard, said in passing."""
        QApplication.clipboard().setText(self._texts[channel])
        self._said(tr("Đã sao chép, dán vào nơi gửi"))

    def _show(self) -> None:
        code = self._codes[self._number]
        self.title.setText(tr("Tin báo hồ sơ {code}", code=code))
        for notice in self._read(code):
            self._texts[notice.channel] = notice.text
            self._shown[notice.channel].setText(notice.text)
            if notice.length is not None:
                self._notes[notice.channel].set_note(
                    tr("{amount} ký tự, {n} tin", amount=notice.length.septets, n=notice.length.parts))
        self.onward.setVisible(len(self._codes) > 1)
        self.onward.setEnabled(self._number + 1 < len(self._codes))

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        works: dict[int, Callable[[], None]] = {
            Qt.Key.Key_1: lambda: self.copy(Channel.SMS), Qt.Key.Key_2: lambda: self.copy(Channel.ZALO),
            Qt.Key.Key_Right: lambda: self.step(1), Qt.Key.Key_Left: lambda: self.step(-1),
        }
        work = works.get(event.key())
        if work is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            work()
            event.accept()
