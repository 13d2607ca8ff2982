"""A book without a counter: join a province by its file, its square code or its one-time code, or look around."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import KnownError
from app.paths import DataFolder
from sync.second_copy.machine_mark import OwnCopy
from ui.background.alive import while_alive
from ui.background.file_import import Given
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.enrol import enrol_with_code, enrol_with_text, given_text, is_square, read_text
from ui.operations.first_run import own_copies_here
from ui.operations.practice import open_practice_room
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.file_drops import FileDrops
from ui.widgets.line_field import LineField
from ui.widgets.page import Page
from ui.widgets.text import Text

ENROL, DEMO = Key("F12", mark("Ghi danh quầy")), Key("F11", mark("Mở văn phòng thử"))
PRACTISE = Key("Alt+L", mark("Luyện tập trước"))
FILE = Key("Ctrl+O", mark("Ghi danh bằng tệp tỉnh cấp"))


def enrol_page(desk: Desk, folder: DataFolder, on_enrolled: Callable[[], object]) -> EnrolPage:
    """The page with its one way out."""
    page = EnrolPage(desk, folder)
    page.enrolled.connect(on_enrolled)
    return page


class EnrolPage(Page):
    """`enrolled` when the counter has its number ranges and may receive."""

    enrolled = Signal()
    help_page = "first-run"

    def __init__(self, desk: Desk, folder: DataFolder, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ghi danh quầy này"), "", parent)
        self._desk, self._folder = desk, folder
        self._is_busy = False
        self.address = LineField(tr("Địa chỉ cổng tiếp nhận của tỉnh"), hint="https://")
        self.code = LineField(tr("Mã ghi danh dùng một lần"), is_figures=True)
        self._said = Text("", "secondary", is_wrapped=True)
        self._said.hide()
        self._enrol = ActionButton(tr(ENROL.does), ENROL.cap, kind="primary")
        self._enrol.clicked.connect(self.enrol)
        self._demo = ActionButton(tr(DEMO.does), DEMO.cap)
        self._demo.clicked.connect(self.open_demo)
        self._file = ActionButton(tr("Chọn tệp ghi danh…"), FILE.cap, icon="paper")
        self._file.clicked.connect(self.choose_file)
        self.refused = Banner()
        card = Card(tr("Máy này chưa thuộc quầy nào"))
        card.body.addWidget(Text(tr(
            "Có tệp hoặc mã vuông ghi danh của tỉnh: kéo tệp thả vào đây, hoặc đặt con trỏ vào một ô dưới đây "
            "rồi quét mã vuông."
        ), "body", is_wrapped=True))
        card.body.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addSpacing(6)
        card.body.addWidget(Text(tr(
            "Hoặc nhập địa chỉ cổng của tỉnh và mã ghi danh do trưởng ca cấp (dùng một lần). "
            "Sau đó quầy tiếp nhận được cả khi mất mạng."
        ), "body", is_wrapped=True))
        for field in (self.address, self.code):
            field.line.returnPressed.connect(self._on_return)
            card.body.addWidget(field)
        card.body.addWidget(self._said)
        card.body.addWidget(self.refused)
        card.body.addWidget(self._enrol)
        row = QHBoxLayout()
        row.addWidget(Text(tr("Chỉ muốn xem thử: hồ sơ thử không gửi đi đâu."), "secondary"), 1)
        row.addWidget(self._demo)
        card.body.addLayout(row)
        self._practise = ActionButton(tr(PRACTISE.does), PRACTISE.cap)
        self._practise.clicked.connect(self.practise)
        row = QHBoxLayout()
        row.addWidget(Text(tr("Tập làm từng bước với người dân không có thật."), "secondary"), 1)
        row.addWidget(self._practise)
        card.body.addLayout(row)
        card.setMaximumWidth(640)
        self.body.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(1)
        self._drops = FileDrops(self)
        self._drops.watch(self, _anywhere)
        self._drops.dropped.connect(self._on_dropped)
        self.bind_keys({ENROL: self.enrol, FILE: self.choose_file, DEMO: self.open_demo,
                        PRACTISE: self.practise})

    def arrive(self) -> None:
        self.address.setFocus()
        folder = self._folder.root
        self._desk.background.run(
            lambda: own_copies_here(folder), while_alive(self, self._on_copies), lambda error: None
        )

    def enrol(self) -> None:
        """Ask the province with what was typed or scanned; beside the window, because the line may be slow."""
        url, code, office = self.address.text().strip(), self.code.text().strip(), self._desk.office
        for typed in (url, code):
            if is_square(typed):
                self.enrol_by(typed)
                return
        self._start(lambda: enrol_with_code(office, url, code))

    def enrol_by(self, text: str) -> None:
        """With the content of a file or a square code."""
        for field in (self.address, self.code):
            if is_square(field.text()):
                field.set_text("")
        office = self._desk.office
        self._start(lambda: enrol_with_text(office, text))

    def take_file(self, file: Path) -> None:
        office = self._desk.office
        self._start(lambda: enrol_with_text(office, read_text(file)))

    def choose_file(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self, tr("Chọn tệp ghi danh"), "", tr("Tệp ghi danh (*.json);;Mọi tệp (*)")
        )
        if found:
            self.take_file(Path(found))

    def open_demo(self) -> None:
        """Make the demo office in this folder: a province of its own, nothing leaves the machine."""
        from ui.demo_office import make_demo_office

        self._start(lambda: make_demo_office(self._folder))

    def practise(self) -> None:
        """The practice room in a window of its own; this counter's enrolment waits."""
        is_open = open_practice_room()
        self._said.setText(tr("Cửa sổ luyện tập đang mở, có dải màu tím ở trên cùng.") if is_open else tr(
            "Chưa mở được cửa sổ luyện tập. Báo người phụ trách máy."))
        self._said.show()

    def _start(self, work: Callable[[], object]) -> None:
        if self._is_busy:
            return
        self._set_busy(True)
        self._desk.background.run(work, self._on_done, self._on_failed)

    def _on_copies(self, found: tuple[OwnCopy, ...]) -> None:
        """No book here, and copies of this very machine on a medium: the disk has forgotten it."""
        if found:
            self.refused.say("bad", tr("Ổ đĩa này tự xoá khi khởi động lại"), tr(
                "Ở {place} có bản thứ hai của chính máy này, nhưng trên ổ đĩa không còn sổ. Không ghi danh lại: "
                "nhờ người phụ trách máy bỏ đóng băng ổ đĩa trước, rồi ghi danh và khôi phục ở Đồng bộ, phím B.",
                place=found[0].place,
            ))

    def _on_return(self) -> None:
        """Enter of a scanner, or of a person in the last field."""
        if self.code.line.hasFocus() or is_square(self.address.text()):
            self.enrol()
        else:
            self.code.setFocus()

    def _on_dropped(self, things: tuple[Given, ...], target: str) -> None:
        office = self._desk.office
        if things:
            self._start(lambda: enrol_with_text(office, given_text(things[0])))

    def _on_done(self, _: object) -> None:
        self._set_busy(False)
        self.enrolled.emit()

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for button in (self._enrol, self._file, self._demo):
            button.setEnabled(not is_busy)
        self._said.setText(tr("Đang ghi danh…") if is_busy else "")
        self._said.setVisible(is_busy)
        if is_busy:
            self.refused.silence()


def _anywhere(_: QPoint) -> str:
    return "page"
