"""Step 2: a page comes out of the printer, and the hand scanner reads it back. Both are proved by that."""

from __future__ import annotations

from datetime import datetime

from app.domain.loop_code import CameBack, came_back, is_loop_code
from app.domain.self_check import Checked, Part
from app.domain.self_check import State as CheckState
from app.errors import KnownError
from app.services.first_run import Standing, Step
from ui.background.alive import while_alive
from ui.delegates.dates import near_moment
from ui.models.self_check_words import told
from ui.operations import first_run as acts
from ui.operations.desk import Desk
from ui.operations.self_check import print_loop_page
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.text import Text


class PrinterPanel(StepPanel):
    """The printers of this PC; F12 prints the page, the scan of it is the proof."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Chọn máy in giấy tiếp nhận rồi bấm F12: một trang A5 có mã vạch sẽ ra. Quét mã trên "
            "trang đó bằng máy "
            "quét cầm tay: trang đọc lại được là cả máy in lẫn máy quét cầm tay đều dùng được."
        ))
        self._sent = ""
        self._has_none = False                     # and says why
        self.choice = Choice(tr("Máy in giấy tiếp nhận"))
        self.choice.activated.connect(self._on_chosen)
        self.found = Text("", "secondary", is_wrapped=True)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.found)
        self.set_label(tr("In trang thử"))

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        self.set_label(tr("In lại trang thử") if self.is_done else tr("In trang thử"))
        if standing.at is not None and not self._sent and not self.result.isVisibleTo(self):
            self.say("ok", tr("In ra và quét lại đúng"), near_moment(standing.at, now))

    def enter(self) -> None:
        self._desk.background.run(
            lambda: acts.printers_here(self._desk), while_alive(self, self._on_printers),
            while_alive(self, self._on_none),
        )

    def act(self) -> None:
        if self.begin(tr("Đang in trang thử…")):
            print_loop_page(
                self._desk, while_alive(self, self._on_printed), while_alive(self, self.fail)
            )

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """While a page is waited for every scan is its answer; later only another test page is."""
        if not self._sent and not is_loop_code(text):
            return False
        found = came_back(self._sent, text, is_rewritten=is_rewritten) if self._sent else CameBack.OLDER
        if found is CameBack.WHOLE:
            self._sent = ""
            self._desk.sound.accept()
            self.say("ok", tr("In ra và quét lại đúng"), tr("Máy in và máy quét cầm tay đều dùng được."))
            acts.note_proved(self._desk, Step.PRINTER, self.choice.currentText())
            self.changed.emit()
            return True
        self._desk.sound.refuse()
        said = told(Checked(Part.LOOP, CheckState.WARN, str(found)), self._desk.clock(), self._desk.language())
        self.say("warn", tr("Quét lại chưa đúng"), f"{said.meaning} {said.press}".strip())
        return True

    def _on_printed(self, code: str) -> None:
        self.finish()
        self._sent = code
        self.say("info", tr("Đã gửi trang thử tới máy in"), tr("Cầm trang vừa ra, quét mã vạch trên đó."))

    def _on_printers(self, names: tuple[str, ...]) -> None:
        if self._has_none:
            self.result.silence()
        self._has_none = False
        chosen = acts.chosen_printer(self._desk)
        self.choice.clear()
        self.choice.addItems(list(names))
        self.choice.setVisible(bool(names))
        if chosen in names:
            self.choice.setCurrentText(chosen)
        self.found.setText(
            tr("Thấy {n} máy in.", n=len(names)) if names
            else tr("Máy này chưa có máy in nào. Cài máy in rồi quay lại.")
        )

    def _on_none(self, error: Exception) -> None:
        self._on_printers(())
        self.say_error(error)
        self._has_none = True

    def _on_chosen(self, _: int) -> None:
        try:
            acts.choose_printer(self._desk, self.choice.currentText())
        except KnownError as error:
            self.say_error(error)
            self.choice.setCurrentText(acts.chosen_printer(self._desk))
