"""A book without a counter: join a province with its one-time code, or look around in a demo office."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import KnownError
from app.paths import DataFolder
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.page import Page
from ui.widgets.text import Text

ENROL, DEMO = Key("F12", mark("Ghi danh quầy")), Key("F11", mark("Mở văn phòng thử"))


class EnrolPage(Page):
    """`enrolled` when the counter has its number ranges and may receive."""

    enrolled = Signal()

    def __init__(self, desk: Desk, folder: DataFolder, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ghi danh quầy này"), "", parent)
        self._desk, self._folder = desk, folder
        self.address = LineField(tr("Địa chỉ cổng tiếp nhận của tỉnh"), hint="https://")
        self.code = LineField(tr("Mã ghi danh dùng một lần"), is_figures=True)
        self._said = Text("", "secondary", is_wrapped=True)
        self._enrol = ActionButton(tr(ENROL.does), ENROL.cap, kind="primary")
        self._enrol.clicked.connect(self.enrol)
        self._demo = ActionButton(tr(DEMO.does), DEMO.cap)
        self._demo.clicked.connect(self.open_demo)
        card = Card(tr("Máy này chưa thuộc quầy nào"))
        card.body.addWidget(Text(tr(
            "Nhập địa chỉ cổng của tỉnh và mã ghi danh do trưởng ca cấp (dùng một lần, trong 10 phút). "
            "Sau đó quầy tiếp nhận được cả khi mất mạng."
        ), "body", is_wrapped=True))
        for field in (self.address, self.code):
            card.body.addWidget(field)
        card.body.addWidget(self._said)
        card.body.addWidget(self._enrol)
        row = QHBoxLayout()
        row.addWidget(Text(tr("Chỉ muốn xem thử: hồ sơ thử không gửi đi đâu."), "secondary"), 1)
        row.addWidget(self._demo)
        card.body.addLayout(row)
        card.setMaximumWidth(640)
        self.body.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(1)
        self.bind_keys({ENROL: self.enrol, DEMO: self.open_demo})

    def arrive(self) -> None:
        self.address.setFocus()

    def enrol(self) -> None:
        """Ask the province with what was typed; beside the window, because the line may be slow."""
        from sync.client import GatewayClient
        from sync.enrol import enrol_counter

        url, code, office = self.address.text().strip(), self.code.text().strip(), self._desk.office

        def work() -> None:
            with GatewayClient(url) as client:
                enrol_counter(office.database, client, url, code, device_name="counter", clock=office.clock)

        self._start(work)

    def open_demo(self) -> None:
        """Make the demo office in this folder: a province of its own, nothing leaves the machine."""
        from ui.demo_office import make_demo_office

        self._start(lambda: make_demo_office(self._folder))

    def _start(self, work: Callable[[], None]) -> None:
        self._set_busy(True)
        self._desk.background.run(work, self._on_done, self._on_failed)

    def _on_done(self, _: object) -> None:
        self._set_busy(False)
        self.enrolled.emit()

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, KnownError):
            raise error
        message = sentence(error, self._desk.language())
        self._said.setText(f"{message.title}. {message.detail()} ({message.code})")

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self._enrol, self._demo):
            button.setEnabled(not is_busy)
        self._said.setText(tr("Đang ghi danh…") if is_busy else "")
