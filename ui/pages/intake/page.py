"""The Tiếp nhận page: shows the form on the desk, the present step and the keys; the work is done elsewhere."""

from __future__ import annotations

from dataclasses import replace

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from app.domain.procedure import Procedure, ProcedureCase
from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from ui.changes import Change
from ui.dialogs.why_date import WhyDate
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent, warn_of
from ui.operations.receive import transfer_agencies
from ui.pages.intake import keys
from ui.pages.intake.changed import ChangedNotice
from ui.pages.intake.choosing import brought_up_to_date, choose, find_case, is_minor_owner, narrow
from ui.pages.intake.covers import Covers
from ui.pages.intake.facts import Facts
from ui.pages.intake.findings import Finding, findings
from ui.pages.intake.form import STEPS, IntakeForm, Step
from ui.pages.intake.going_on import Onward
from ui.pages.intake.guiding import print_slip
from ui.pages.intake.notices import Notices
from ui.pages.intake.outcomes import Outcomes
from ui.pages.intake.page_keys import page_keys
from ui.pages.intake.persons import take_card
from ui.pages.intake.receipt_column import ReceiptColumn
from ui.pages.intake.scans import read_scan
from ui.pages.intake.steps import Steps
from ui.pages.intake.turnover import Turnover, Word
from ui.pages.intake.why import show_why, show_why_amount
from ui.translations import tr
from ui.widgets.page import Page
from ui.widgets.parked_strip import ParkedStrip

TICK_MS = 20_000
"""How often the promised time and the ages of parked forms are worked out anew while the page is in sight."""

_NARROW = 1000


class IntakePage(Page):
    """Shows one form at a time. `correct` opens it on a stored dossier.

    `dossier_requested` carries the code of a dossier the clerk should see, and None (no receipt was scanned);
    `digitise_requested` that of one whose papers she wants to scan.
    """

    dossier_requested = Signal(str, object)
    digitise_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tiếp nhận hồ sơ"), parent=parent)
        self._desk = desk
        self._day = local(desk.clock()).date()
        self._form = IntakeForm(new_intent(desk))
        self._facts = Facts(desk)
        self._reached = 0
        self._has_arrived = False
        self._why: WhyDate | None = None
        self.strip = ParkedStrip()
        self.banner = Notices()
        self.changed = ChangedNotice(desk)
        self.steps = Steps(desk.office.search)
        self.column = ReceiptColumn()
        self._turnover = Turnover(desk, self)
        self.covers = Covers(desk, self.form, lambda: self._day, self._turnover, self)
        self._outcomes = Outcomes(desk, self._turnover, self.covers.reading, self.banner, self.form, self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._arrange()
        self._connect()
        self.bind_keys(page_keys(self))
        self.tell_keys(*keys.IN_LIST)
        self._read_catalogue()
        self.steps.fees.offer_transfer(transfer_agencies(desk))
        self._show()

    # the form

    def form(self) -> IntakeForm:
        return self._form

    @property
    def is_reading_back(self) -> bool:
        """Whether the citizen is being shown what will be printed."""
        return self.covers.reading.is_open

    def go_to(self, step: Step, field: str = "") -> None:
        """Opens `step` and puts the focus on `field`, or on what is still open there."""
        self._form = replace(self._form, step=step, field=field)
        self._reached = max(self._reached, STEPS.index(step))
        self._show()
        self.steps.focus(step, field)

    def advance(self) -> None:
        """Enter: to the next open place of the step, then to the next step, then read back."""
        here = self.steps.present(self._form.step)
        onward = here.field_after(here.field_at(QApplication.focusWidget()))
        if onward is not None:
            onward.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._to_next_step()

    def _to_next_step(self) -> None:
        if self._form.procedure is None:
            self.go_to(Step.PROCEDURE)
        elif self._form.step is Step.RETURN:
            self.read_back()
        else:
            self.go_to(STEPS[STEPS.index(self._form.step) + 1])

    # what the keys do

    def read_back(self, onward: Onward = Onward.DONE) -> None:
        """F12: everything that hinders is gone through first; then the citizen reads.

        `onward`: what the yes leads to; another dossier makes this one and that a group.
        """
        if self.covers.is_open or self._says_full_disk():
            return
        self._facts.read_code(self._form)
        self._show_promise()
        found = findings(self._form, self._day)
        correction, promise = self._turnover.correction, self._facts.promise
        if found:
            self._lead_to(found)
        elif correction is not None:
            if not self.covers.reading.correct(self.window(), self._form, correction.body, correction.before):
                self.banner.say("info", tr("Chưa sửa gì"), tr("Sửa xong rồi bấm F12; Esc để thôi."))
        elif not promise.code:
            self.banner.say("bad", tr("Chưa cấp được mã hồ sơ"), promise.code_note)
        else:
            self.covers.reading.read(self.window(), self._form, promise, self._facts.duplicates, onward)

    def digitise(self) -> None:
        """Alt S: on to the papers of the dossier that was received last; the form here waits."""
        if self._outcomes.code:
            self.digitise_requested.emit(self._outcomes.code)
        else:
            self._desk.frame.say(tr("Chưa tiếp nhận hồ sơ nào để số hóa. Quét giấy hẹn để mở một hồ sơ."), "info")

    def park(self) -> None:
        """Esc: closes what is open; sets the form aside; leaves a correction."""
        if not self.covers.is_open and not self.steps.procedure.close_answers():
            self._turnover.park(self._form)

    def discard(self) -> None:
        """Throws the form away; one key takes it back."""
        if not self.covers.is_open:
            self._turnover.discard(self._form)

    def undo(self) -> None:
        if not self.covers.is_open:
            self._turnover.undo(self._form)

    def resume(self, intent: str) -> None:
        """A parked form comes back; the one on the desk is set aside for it."""
        if not self.covers.is_open:
            self._turnover.resume(self._form, intent)

    def resume_at(self, number: int) -> None:
        """Alt 1 to Alt 9: the parked form at that place of the strip, if there is one."""
        intent = self.strip.draft_at(number)
        if intent is not None:
            self.resume(intent)

    def correct(self, code: str) -> None:
        """Opens the stored dossier on this page; F12 asks why and prints the next version."""
        self._has_arrived = True   # the page was asked for this dossier, not for what a power cut left
        self._turnover.correct(self._form, code)

    def repeat(self) -> None:
        """The procedure of the dossier before, for the next citizen."""
        last = self._outcomes.procedure
        found = find_case(self._desk.office.catalogue, last, self._day) if last else None
        if found is not None and self._form.procedure is None:
            self._on_chose(*found)

    def guide(self) -> None:
        """F11: the slip for what is chosen, or for what the clerk stands on in the search."""
        if not print_slip(self._desk, self._form, self.steps.procedure.looked_at(), self._day):
            self.banner.say("info", tr("Chọn thủ tục trước"), tr("Phiếu hướng dẫn in theo thủ tục đang chọn."))

    def show_why(self) -> None:
        """?: the derivation of the promised date."""
        due, chosen = self._facts.promise.due, self._form.procedure
        if due is not None and chosen is not None and not self.covers.is_open:
            self._why = show_why(self.window(), due, chosen, self._desk.language())

    def show_why_amount(self) -> None:
        """Alt M, or ? in the step of the fees: how each amount was worked out."""
        if self._form.fees and not self.covers.is_open:
            self._why = show_why_amount(self.window(), self._form)

    # Page

    def arrive(self) -> None:
        self._day = local(self._desk.clock()).date()
        self._show_strip()
        self._facts.read_code(self._form)
        self._show_promise()
        is_first, self._has_arrived = not self._has_arrived, True
        if not (is_first and self._turnover.offer_back()):
            self.go_to(self._form.step, self._form.field)
        if not self._says_full_disk():
            self._say_stopped()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A citizen's card fills the person it belongs to; the focus stays where it is."""
        if self.covers.is_open:
            return self.covers.take_scan(text)
        try:
            reading = read_scan(text, self._day, is_rewritten=is_rewritten)
        except Refusal as refused:
            self._desk.sound.refuse()
            said = sentence(refused, self._desk.language())
            self.banner.say("bad", said.title, said.detail())
            return True
        if reading is None:
            return False
        self._desk.sound.accept()
        self._on_edited(take_card(self._form, reading)[0])
        return True

    def may_close(self) -> bool:
        self._turnover.parking.flush_now()
        return not self.covers.reading.is_storing

    # inside

    def _arrange(self) -> None:
        self.head.setStretch(1, 0)
        self.head.addWidget(self.strip, 1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.steps, 1)
        row.addWidget(self.column)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.changed)
        self.body.addWidget(self.covers.group.bar)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.strip.resumed.connect(self.resume)
        self.banner.asked.connect(self.undo)
        self.steps.edited.connect(self._on_edited)
        self.steps.asked.connect(self.go_to)
        self.steps.answered.connect(self._to_next_step)
        self.steps.procedure.chose.connect(self._on_chose)
        self.column.received.connect(lambda: self.read_back())
        self.column.parked.connect(self.park)
        self.column.guidance_asked.connect(self.guide)
        self.column.why_asked.connect(self.show_why)
        self.column.why_amount_asked.connect(self.show_why_amount)
        self._turnover.laid.connect(self._on_laid)
        self._turnover.said.connect(self.banner.say_word)
        self._outcomes.received.connect(self.changed.remember)
        self._turnover.left.connect(lambda code: self.dossier_requested.emit(code, None))
        self._turnover.parking.failed.connect(lambda error: warn_of(self._desk, error))
        self._outcomes.dossier_asked.connect(lambda code: self.dossier_requested.emit(code, None))
        self._outcomes.read_again.connect(lambda: self.read_back(self.covers.reading.onward))
        self._outcomes.group_ended.connect(self.covers.group.open)
        self._outcomes.transfer_taken.connect(self.covers.square.show)
        self.covers.group.ended.connect(lambda: self._turnover.leave_group(self._form))
        self.covers.online.edited.connect(self._on_edited)
        self.covers.online.dossier_asked.connect(lambda code: self.dossier_requested.emit(code, None))
        self.covers.pickup.begun.connect(lambda form: self._turnover.begin(self._form, form))
        self._tick.timeout.connect(self._on_tick)
        self._desk.changes.happened.connect(self._on_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_laid(self, form: IntakeForm, word: Word | None) -> None:
        """Another form lies on the desk; back to where its clerk stood."""
        self._form = form if form.correcting else narrow(form, self._day)
        self._reached = STEPS.index(form.step)
        self._facts.read_code(self._form)
        stored = self._turnover.stored
        self.set_title(tr("Sửa hồ sơ {code}", code=stored.code) if stored else tr("Tiếp nhận hồ sơ"))
        self.banner.silence()
        self.covers.group.show(is_forced=True)
        self.go_to(form.step, form.field)
        self._show_strip()
        if word is not None:
            self.banner.say_word(word)
        else:
            self._say_stopped()

    def _on_edited(self, form: IntakeForm) -> None:
        self._form = narrow(form, self._day)
        self.banner.silence()
        self._show()
        self._turnover.parking.follow(self._form)

    def _on_chose(self, procedure: Procedure, case: ProcedureCase) -> None:
        office, stored = self._desk.office, self._turnover.stored
        try:
            agency = office.agency(procedure.agency)
            before = stored.intake.procedure if stored else None
            if stored is not None and before is not None and before.agency != agency.id:
                raise Refusal("agency_cannot_change", code=stored.code)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        day = stored.business_date if stored else self._day
        form = choose(self._form, procedure, case, agency, office.catalogue, day)
        self._facts.read_code(form)
        self._on_edited(form)
        # Inside a group the person is known already.
        is_known = form.group and not any(each.step is Step.PERSON for each in findings(self._form, self._day))
        self.go_to(Step.PAPERS if is_known else Step.PERSON)

    def _show(self) -> None:
        found = findings(self._form, self._day)
        self.steps.show_form(self._form, self._day, found, self._reached)
        self.steps.person.show_minor(is_minor=is_minor_owner(self._form, self._day))
        self._show_promise()
        self.column.show_duplicates(self._facts.look_for_duplicates(self._form))
        self.changed.show_chosen(self._form.procedure, is_correction=self._turnover.stored is not None)

    def _show_promise(self) -> None:
        self.column.show_form(self._form, self._facts.work_out(self._form, self._turnover.stored))

    def _show_strip(self) -> None:
        self.strip.set_drafts(self._turnover.parking.parked(self._day))

    def _lead_to(self, found: tuple[Finding, ...]) -> None:
        self.go_to(found[0].step, found[0].field)
        self.banner.say_finding(found)

    def _says_full_disk(self) -> bool:
        return self.banner.say_full_disk(self._desk.office.folder.root, self._desk.language())

    def _say_stopped(self) -> None:
        """That no number is given out, as soon as a form lies on the desk; a correction needs none."""
        if self._form.correcting is None:
            self.banner.say_stopped(self._desk.office.database)

    def _read_catalogue(self) -> None:
        office = self._desk.office
        names = {agency.id: agency.name for agency in office.catalogue.agencies}
        self.steps.procedure.set_catalogue(office.search, names)

    # news

    def _on_changed(self, change: Change) -> None:
        if change.has_catalogue or change.is_everything:
            self._read_catalogue()
            form = brought_up_to_date(self._form, self._desk.office.catalogue, self._day)
            if form != self._form:
                self._on_edited(form)
        if change.has_drafts or change.is_everything:
            self._show_strip()
        if change.dossiers or change.has_sync or change.is_everything:
            self._facts.read_code(self._form)
            self._facts.look_for_duplicates(self._form, is_forced=True)
            self._show()
            self._say_stopped()

    def _on_tick(self) -> None:
        self._day = local(self._desk.clock()).date()
        self._show_promise()
        self._show_strip()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        field = self.steps.present(self._form.step).field_at(now)
        if field and field != self._form.field:
            self._form = replace(self._form, field=field)
            self.steps.note_place(self._form, findings(self._form, self._day))
            self._turnover.parking.note_place(self._form)
        self._turnover.parking.flush()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = QApplication.focusWidget()
        if is_enter and isinstance(here, QPushButton):
            here.click()
        elif is_enter and not event.isAutoRepeat():
            self.advance()
        elif event.text() == "?":
            (self.show_why_amount if self._form.step is Step.FEES else self.show_why)()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.column.set_narrow(is_narrow=event.size().width() < _NARROW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        self._turnover.parking.flush_now()
        self.covers.close()
        if self._why is not None and shiboken6.isValid(self._why):     # it goes by itself once it was closed
            self._why.close_sheet()
        super().hideEvent(event)
