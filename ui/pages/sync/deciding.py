"""From the Đồng bộ page to the sheets in which a person decides, and from their answers to what is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.stuck import Stuck
from ui.dialogs.enrol_again_sheet import EnrolAgainSheet
from ui.dialogs.fork_sheet import ForkSheet
from ui.dialogs.mass_change_sheet import MassChangeSheet
from ui.dialogs.numbers_stopped_sheet import NumbersStoppedSheet
from ui.models.standing_words import Explained, Way, explain_branch, explain_stopped, explain_went_on
from ui.operations.acknowledge import acknowledge_new_numbers
from ui.operations.desk import Desk
from ui.pages.sync.reading import SyncView


class Deciding(QObject):
    """Makes each sheet when it is first asked for. `send` wakes the courier, `second_copy` opens its sheet."""

    def __init__(
        self, desk: Desk, page: QWidget, send: Callable[[], object], second_copy: Callable[[], object]
    ) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._send, self._second_copy = send, second_copy
        self.explaining: NumbersStoppedSheet | None = None
        self.fork: ForkSheet | None = None
        self.pull: MassChangeSheet | None = None
        self.enrolling: EnrolAgainSheet | None = None

    def open_gravest(self, view: SyncView) -> None:
        """What the banner speaks of."""
        if view.stopped is not None:
            self.explain_stopped(view)
        elif view.pull is not None:
            self.ask_pull(view)
        elif view.needs_code:
            self.ask_code()
        elif view.went_on is not None:
            self._explain(explain_went_on(view.went_on))
            acknowledge_new_numbers(self._desk)

    def explain_stopped(self, view: SyncView) -> None:
        stopped = view.stopped
        if stopped is not None:
            self._explain(explain_stopped(
                stopped.reason, stopped.values, is_asked=view.is_epoch_asked, unsent=view.box.unsent
            ))

    def explain_branch(self, line: Stuck) -> None:
        self._explain(explain_branch(line, self._desk.office.enrolled.name))

    def ask_pull(self, view: SyncView) -> None:
        if view.pull is None:
            return
        if self.pull is None:
            self.pull = MassChangeSheet(self._page.window(), self._desk)
            self._page.destroyed.connect(self.pull.deleteLater)
            self.pull.confirmed.connect(self._send)
        self.pull.ask(view.pull)

    def ask_code(self) -> None:
        if self.enrolling is None:
            self.enrolling = EnrolAgainSheet(self._page.window(), self._desk)
            self._page.destroyed.connect(self.enrolling.deleteLater)
            self.enrolling.confirmed.connect(self._send)
        self.enrolling.ask()

    # inside

    def _ask_new_numbers(self) -> None:
        if self.fork is None:
            self.fork = ForkSheet(self._page.window(), self._desk)
            self._page.destroyed.connect(self.fork.deleteLater)
            self.fork.confirmed.connect(self._send)
        self.fork.ask()

    def _explain(self, said: Explained) -> None:
        if self.explaining is None:
            self.explaining = NumbersStoppedSheet(self._page.window())
            self._page.destroyed.connect(self.explaining.deleteLater)
            self.explaining.chosen.connect(self._take)
        self.explaining.explain(said)
        self.explaining.open()

    def _take(self, way: Way) -> None:
        {
            Way.NONE: lambda: None, Way.SEND: self._send, Way.SECOND_COPY: self._second_copy,
            Way.BEGIN_ANEW: self._ask_new_numbers, Way.ENROL: self.ask_code,
        }[way]()
