"""Chuẩn bị máy: the steps at the left, the one that is chosen at the right; F12 does what comes next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.services.first_run import Standing, State, Step, left
from ui.changes import Change
from ui.operations import first_run as acts
from ui.operations.desk import Desk
from ui.pages.first_run.medium import MediumPanel
from ui.pages.first_run.panel import StepPanel
from ui.pages.first_run.printer import PrinterPanel
from ui.pages.first_run.province import ProvincePanel
from ui.pages.first_run.recovery import RecoveryPanel
from ui.pages.first_run.restart import RestartPanel
from ui.pages.first_run.scanner import ScannerPanel
from ui.pages.first_run.secret import SecretPanel
from ui.pages.first_run.steps_list import StepsList
from ui.pages.first_run.words import name_of
from ui.pages.scrolled import Scrolled
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.text import Text

ACT = Key("F12", mark("Làm bước này, hoặc sang bước sau"))
LATER = Key("F11", mark("Để bước này làm sau"))
AGAIN = Key("Ctrl+R", mark("Làm lại bước đã xong"))
LEAVE = Key("Escape", mark("Thôi, vào làm việc"))

PANELS: dict[Step, Callable[[Desk], StepPanel]] = {
    Step.PROVINCE: ProvincePanel, Step.PRINTER: PrinterPanel, Step.SCANNER: ScannerPanel,
    Step.MEDIUM: MediumPanel, Step.RESTART: RestartPanel, Step.RECOVERY: RecoveryPanel, Step.SECRET: SecretPanel,
}


class FirstRunPage(Page):
    """Opened after enrolment, and from Quản trị. Everything that is proved stays so when it is left."""

    help_page = "first-run"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Chuẩn bị máy"), "", parent)
        self._desk = desk
        self._standings = acts.read_steps(desk)
        self.steps = StepsList()
        self.panels: dict[Step, StepPanel] = {}
        self._stack = QStackedWidget()
        for each in self._standings:
            panel = PANELS[each.step](desk)
            panel.changed.connect(self.refresh)
            panel.label_changed.connect(self._name_acts)
            self.panels[each.step] = panel
            self._stack.addWidget(panel)
        self.next = ActionButton("", ACT.cap, kind="primary")
        self.next.clicked.connect(self.go_on)
        self.again = ActionButton(tr("Làm lại"), AGAIN.cap)
        self.again.clicked.connect(self.act_again)
        self.later = ActionButton(tr("Để sau"), LATER.cap)
        self.later.clicked.connect(self.put_off)
        self.leave = ActionButton(tr("Vào làm việc"), LEAVE.cap)
        self.leave.clicked.connect(desk.frame.go_back)
        self._left = Card(is_flush=True)
        self._left.body.setContentsMargins(0, 0, 0, 0)
        self._left.body.addWidget(self.steps)
        self._card = Card(" ")
        self._card.body.addWidget(Scrolled(self._stack), 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.next, 1)
        for button in (self.again, self.later, self.leave):
            row.addWidget(button)
        self._card.body.addLayout(row)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self._card, 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(Text(tr("Mỗi bước đều có thể để sau; F9 nhắc những gì còn lại"), "secondary"))
        self.steps.chosen.connect(self._on_chosen)
        self.steps.accepted.connect(self.go_on)
        self.bind_keys({
            ACT: self.next.click, LATER: self.later.click, AGAIN: self.again.click, LEAVE: desk.frame.go_back,
        })
        self.tell_keys(Key("Up", mark("Bước trước")), Key("Down", mark("Bước sau")))
        desk.changes.happened.connect(self._on_changed)
        self._show()
        first = left(self._standings)
        self.steps.stand_on(first[0].step if first else Step.PROVINCE)
        self._on_chosen(self.step)

    # the moments

    def arrive(self) -> None:
        self.refresh()
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        return self.panel.take_scan(text, is_rewritten=is_rewritten)

    # what the clerk does

    @property
    def step(self) -> Step:
        found = self.steps.step()
        assert found is not None
        return found

    @property
    def panel(self) -> StepPanel:
        return self.panels[self.step]

    def go_on(self) -> None:
        """The act of this step; of one that is done, the next that is not; after the last, to work."""
        if not self.panel.is_done and self.panel.label:
            self.panel.act()
            return
        following = self._following()
        if following is None:
            self._desk.frame.go_back()
        else:
            self.steps.stand_on(following)

    def act_again(self) -> None:
        if self.panel.is_done and self.panel.label:
            self.panel.act()

    def put_off(self) -> None:
        """Somebody does it later; the next step comes."""
        if not self.panel.is_done:
            acts.put_off(self._desk, self.step)
            self.refresh()
        following = self._following()
        if following is not None:
            self.steps.stand_on(following)
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is shown

    def refresh(self) -> None:
        self._standings = acts.read_steps(self._desk)
        self._show()

    def _show(self) -> None:
        now = self._desk.clock()
        self.steps.show_standings(self._standings)
        for each in self._standings:
            self.panels[each.step].show_standing(each, now)
        open_ = left(self._standings)
        done = len(self._standings) - len(open_)
        self.set_lead(tr("{n} / {m} bước xong", n=done, m=len(self._standings)))
        self._name_acts()

    def _name_acts(self) -> None:
        if self.steps.step() is None:
            return
        panel = self.panel
        self._card.set_title(name_of(self.step))
        following = self._following()
        if not panel.is_done and panel.label:
            self.next.set_label(panel.label)
        elif following is not None:
            self.next.set_label(tr("Bước tiếp: {step}", step=name_of(following)))
        else:
            self.next.set_label(tr("Vào làm việc"))
        self.leave.setVisible(following is not None or bool(panel.label and not panel.is_done))
        self.again.setVisible(panel.is_done and bool(panel.label))
        self.later.setVisible(not panel.is_done)

    def _following(self) -> Step | None:
        """The next one that is neither done nor put off, round once; "để sau" only by choosing it."""
        steps = [each.step for each in self._standings]
        at = steps.index(self.step)
        turned: list[Standing] = [*self._standings[at + 1 :], *self._standings[:at]]
        return next((each.step for each in turned
                     if each.state in (State.OPEN, State.FAILED) and each.why != "waits"), None)

    def _on_chosen(self, step: Step) -> None:
        panel = self.panels[step]
        self._stack.setCurrentWidget(panel)
        self._name_acts()
        panel.enter()

    def _on_changed(self, change: Change) -> None:
        if self.isVisible() and (change.has_sync or change.has_settings or change.is_everything):
            self.refresh()
