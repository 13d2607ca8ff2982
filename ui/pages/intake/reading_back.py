"""From "everything is filled in" to "stored": read back, the citizen's yes, one dossier.

Whatever is pressed, and however often, one form asks once: a yes while a store is on its way is no second yes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dossier import DossierBody
from app.domain.intake import Intake
from app.domain.till.accounts import Means
from app.domain.vietnam_time import local
from app.services.correct import Corrected
from app.services.receive import Received
from ui.dialogs.correct_reason import CorrectReason
from ui.dialogs.read_back import ReadBack
from ui.operations.correct import correct
from ui.operations.desk import Desk, new_intent
from ui.operations.receive import receive
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.going_on import ACTIONS, Onward
from ui.pages.intake.read_lines import changes_between, read_lines
from ui.pages.intake.receipt_column import Promise
from ui.translations import tr

STALE = timedelta(minutes=5)
"""What was read back holds so long; after that the promised hour is not what the citizen heard."""

DUPLICATE = "duplicate_open"


class ReadingBack(QObject):
    """`read` or `correct` open a sheet over `host`; exactly one of the signals ends it."""

    received = Signal(object)      # Received
    corrected = Signal(object)     # Corrected
    failed = Signal(object)        # Exception; nothing was stored
    stale = Signal()               # too long open: read back again
    left = Signal()                # Esc

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: ReadBack | CorrectReason | None = None
        self._intake: Intake | None = None
        self._means = Means.CASH
        self._moment = desk.clock()
        self._is_storing = False
        self.onward = Onward.DONE      # what the yes that was given last leads to

    @property
    def is_storing(self) -> bool:
        return self._is_storing

    @property
    def is_open(self) -> bool:
        return self._sheet is not None

    def read(
        self, host: QWidget, form: IntakeForm, promise: Promise, duplicates: tuple[str, ...],
        onward: Onward = Onward.DONE,
    ) -> None:
        """Show `form` as it would be received at the moment for which `promise` was worked out.

        What goes on makes a group of it, where it is in none: the mark is made here and stored with it.
        """
        if self._sheet is not None:
            return
        sheet = ReadBack(host)
        warning = tr("Người này còn {n} hồ sơ cùng thủ tục chưa xong", n=len(duplicates)) if duplicates else ""
        sheet.show_lines(tuple(read_lines(form, promise.due)), warning, ", ".join(duplicates))
        sheet.set_action(tr(ACTIONS[onward]))
        self.onward = onward
        intake = intake_of(form)
        if onward is not Onward.DONE and not intake.group:
            intake = replace(intake, group=new_intent(self._desk))
        if duplicates and DUPLICATE not in intake.overridden:
            intake = replace(intake, overridden=(*intake.overridden, DUPLICATE))
        now = self._desk.clock()
        # The promise is to the minute: the seconds are this moment's, unless the minute has just turned.
        is_this_minute = promise.moment == now.replace(second=0, microsecond=0)
        self._intake, self._moment = intake, now if is_this_minute else promise.moment or now
        self._means = form.means
        sheet.confirmed.connect(self._on_yes)
        self._open(sheet)

    def correct(self, host: QWidget, form: IntakeForm, stored: DossierBody, before: Intake) -> bool:
        """Show what changes and ask why; False when nothing changes."""
        if self._sheet is not None:
            return True
        intake = intake_of(form)
        changes = changes_between(before, intake)
        if not changes:
            return False
        sheet = CorrectReason(host)
        sheet.show_changes(stored.version + 1, changes)
        self._intake = intake
        sheet.confirmed.connect(lambda: self._on_reason(sheet, form))
        self._open(sheet, sheet.reason.line)
        return True

    def close_sheet(self) -> None:
        """The page is left: so is the question, unless the store is on its way."""
        if self._sheet is not None and not self._is_storing:
            self._sheet.close_sheet()

    # inside

    def _open(self, sheet: ReadBack | CorrectReason, first: QWidget | None = None) -> None:
        self._sheet = sheet
        sheet.closed.connect(self._on_left)
        sheet.open(first)

    def _on_yes(self) -> None:
        sheet, intake = self._sheet, self._intake
        if sheet is None or intake is None or self._is_storing:
            return
        now = self._desk.clock()
        is_other_day = local(now).date() != local(self._moment).date()
        if is_other_day or not timedelta(0) <= now - self._moment <= STALE:
            self._put_away()
            self.stale.emit()
            return
        self._is_storing = True
        sheet.set_busy(is_busy=True)
        receive(self._desk, intake, self._moment, self._on_received, self._on_failed, means=self._means)

    def _on_reason(self, sheet: CorrectReason, form: IntakeForm) -> None:
        correcting = form.correcting
        if self._is_storing or correcting is None or self._intake is None:
            return
        self._is_storing = True
        sheet.set_busy(is_busy=True)
        correct(
            self._desk, correcting.code, self._intake, sheet.reason.text(), base_version=correcting.version,
            intent=correcting.intent, on_stored=self._on_corrected, on_failure=self._on_failed,
        )

    def _on_received(self, received: Received) -> None:
        self._put_away()
        self.received.emit(received)

    def _on_corrected(self, corrected: Corrected) -> None:
        self._put_away()
        self.corrected.emit(corrected)

    def _on_failed(self, error: Exception) -> None:
        self._put_away()
        self.failed.emit(error)

    def _on_left(self) -> None:
        self._drop()
        self.left.emit()

    def _put_away(self) -> None:
        self._is_storing = False
        if self._sheet is not None:
            self._sheet.set_busy(is_busy=False)
            self._sheet.close_sheet()
        self._drop()

    def _drop(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
        self._sheet = None
