"""Step 4: where everything is kept a second time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.services.first_run import Standing
from ui.background.alive import while_alive
from ui.operations import first_run as acts
from ui.operations import second_copy
from ui.operations.desk import Desk
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class MediumPanel(StepPanel):
    """A stick or a second disk; F12 takes the place that is named, or asks for one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Cắm một ổ USB hoặc chọn ổ đĩa thứ hai, để luôn ở máy. Mọi việc được chép sang đó ngay "
            "khi lưu: ổ của máy "
            "hỏng thì hồ sơ chưa gửi vẫn còn. Bản chép đã mã hóa, người nhặt được ổ không đọc được."
        ))
        self.field = LineField(tr("Nơi lưu bản thứ hai"))
        self.found = Text("", "secondary", is_wrapped=True)
        self.body.addWidget(self.field)
        self.body.addWidget(self.found)
        self.field.line.textChanged.connect(lambda _: self._name_act())
        self.field.line.returnPressed.connect(self.act)
        self._name_act()

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        if self.is_done:
            self.say("ok", tr("Bản thứ hai được giữ ở {place}", place=standing.name),
                     tr("Ổ này cần luôn cắm ở máy. Xem nó ở Đồng bộ, phím B."))

    def enter(self) -> None:
        if self.is_done:
            return
        folder = self._desk.office.folder.root
        self._desk.background.run(
            lambda: acts.media_here(folder), while_alive(self, self._on_media), while_alive(self, self.say_error)
        )

    def _on_media(self, media: tuple[Path, ...]) -> None:
        if media and not self.field.text():
            self.field.set_text(str(media[0]))
        self.found.setText(
            tr("Thấy: {places}", places=", ".join(str(each) for each in media)) if media
            else tr("Chưa thấy ổ nào khác ổ của máy. Cắm ổ USB rồi bấm F12.")
        )

    def act(self) -> None:
        if self._is_busy:
            return
        typed = self.field.text().strip()
        if not typed:
            typed = QFileDialog.getExistingDirectory(self, tr("Chọn nơi lưu bản thứ hai"))
            if not typed:
                return
            self.field.set_text(typed)
        if self.begin(tr("Đang chép sang ổ thứ hai…")):
            second_copy.choose_place(
                self._desk, Path(typed), while_alive(self, self._on_chosen), while_alive(self, self.fail)
            )

    def _on_chosen(self) -> None:
        self.finish()
        self.changed.emit()

    def _name_act(self) -> None:
        self.set_label(tr("Lưu bản thứ hai ở đây") if self.field.text().strip() else tr("Chọn ổ…"))
