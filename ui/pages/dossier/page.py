"""Hồ sơ: one dossier, where it stands, what happened, what can be done about it and by which key."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.till.entries import ReceiptState
from app.services.results.returning import amount_due
from ui.changes import Change
from ui.delegates.dates import full_moment
from ui.dialogs.document_sheet import DocumentSheet
from ui.dialogs.document_words import not_digitised_words
from ui.dialogs.why_date import WhyDate
from ui.operations.desk import Desk, new_intent
from ui.operations.group import print_annex_again
from ui.operations.print_cover import print_cover
from ui.operations.reprint import reprint
from ui.operations.resolve_print import came_out, print_again
from ui.operations.reveal import reveal
from ui.operations.till import print_money_again
from ui.pages.dossier.acts import DossierActs, may_begin_stage
from ui.pages.dossier.buttons import DossierButtons
from ui.pages.dossier.deadline_card import DeadlineCard
from ui.pages.dossier.due_history import change_parts
from ui.pages.dossier.facts import doubts, due_words_long, rule_versions, why_steps
from ui.pages.dossier.fee_card import FeeCard
from ui.pages.dossier.header import DossierHeader
from ui.pages.dossier.papers_card import PapersCard
from ui.pages.dossier.person_card import PersonCard
from ui.pages.dossier.reading import read_shown
from ui.pages.dossier.side_cards import SideCards
from ui.pages.dossier.story import story
from ui.pages.dossier.superseded import ScannedPaper, paper_sentence
from ui.pages.dossier.trouble import trouble_of
from ui.pages.intake.further_dates import date_parts
from ui.shortcuts import Key
from ui.translations import VIETNAMESE, mark, tr
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.timeline import Timeline

MINUTE_MS = 60_000
SIDE_WIDTH = 316


class DossierPage(Page):
    """`correct_requested` carries the code to be opened in Tiếp nhận, `digitise_requested` the one whose papers
    are to be scanned. Raises what `read_dossier` raises."""

    correct_requested = Signal(str)
    digitise_requested = Signal(str)
    group_requested = Signal(str)  # the others that were handed in with this one
    other_requested = Signal(str)  # another dossier

    def __init__(
        self, desk: Desk, code: str, scanned: ScannedPaper | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Hồ sơ {code}", code=code), parent=parent)
        self._desk, self._scanned = desk, scanned
        self._shown = read_shown(desk, code)
        self._title.hide()             # the header below says more, in the same place
        self._lead.hide()
        self.header = DossierHeader()
        self.header.why_requested.connect(self.show_why)
        self.paper_banner = Banner()
        self.trouble_banner = Banner()
        self.trouble_banner.asked.connect(self._on_trouble_asked)
        self.timeline = Timeline(tr("Diễn biến"))
        self._story = Card(tr("Diễn biến"), is_flush=True)
        self._story.body.addWidget(self.timeline)
        self.papers = PapersCard()
        self.papers.table.opened.connect(self.look_at_paper)
        self.fees = FeeCard()
        self.fees.reprint_asked.connect(self.print_receipts)
        self.person = PersonCard()
        self.person.reveal_requested.connect(self.reveal)
        self.deadline = DeadlineCard()
        self.acts = DossierActs(self, desk)
        self.buttons = DossierButtons(
            reprint=self.reprint, supplement=self.supplement, agency_paper=self.agency_paper,
            withdraw=self.withdraw, history=self.print_history, digitise=self.digitise, correct=self.correct,
            cover=self.print_cover, back=desk.frame.go_back,
        )
        self.primary = self.buttons.primary
        self._why: WhyDate | None = None
        self.document: DocumentSheet | None = None
        self._arrange()
        self.bind_keys({
            Key("P", mark("In lại giấy tiếp nhận (BẢN SAO)")): self.reprint,
            Key("E", mark("Sửa hồ sơ, có lý do")): self.correct,
            Key("S", mark("Số hóa giấy tờ")): self.digitise,
            Key("B", mark("In nhãn bìa hồ sơ")): self.print_cover,
            Key("T", mark("Yêu cầu bổ sung; nhận bổ sung hoặc giấy nộp tiền")): self.supplement,
            Key("C", mark("Ghi văn bản của cơ quan: gia hạn, dừng, nộp thuế, xong")): self.agency_paper,
            Key("R", mark("Công dân rút hồ sơ; trả lại giấy tờ")): self.withdraw,
            Key("H", mark("In quá trình xử lý")): self.print_history,
            Key("M", mark("Quyết định việc hai quầy làm trùng")): self.settle,
            Key("G", mark("Các hồ sơ cùng nhóm")): self.show_group,
            Key("N", mark("In lại biên bản giao nhận của nhóm")): self.print_annex,
            Key("K", mark("Mở hồ sơ kia của cùng mã trên Cổng DVCQG")): self.open_double,
            Key("L", mark("Tính lại ngày hẹn sau khi cơ quan nhận bổ sung")): self.recount,
            Key("I", mark("In lại biên lai, phiếu thu của hồ sơ (BẢN SAO)")): self.print_receipts,
            Key("V", mark("Vì sao hẹn ngày này")): self.show_why,
            Key("X", mark("Xem đủ thông tin người nộp")): self.reveal,
            Key("Y", mark("Giấy đang hỏi đã ra rồi")): self._on_came_out,
            Key("Escape", mark("Về trang trước")): desk.frame.go_back,
        })
        self.tell_keys(Key("Return", mark("Ở giấy tờ: xem bản số hóa đã lưu")))
        desk.changes.happened.connect(self._on_changed)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._show_header)
        self._show()

    @property
    def code(self) -> str:
        return self._shown.code

    # what is shown

    def refresh(self) -> None:
        self._shown = read_shown(self._desk, self.code)
        self._show()

    def scanned(self, paper: ScannedPaper) -> None:
        """The same dossier was scanned while it is open."""
        self._scanned = paper
        self._show_paper()

    def _show(self) -> None:
        shown = self._shown
        office = self._desk.office
        entries = story(shown, office.enrolled.name, office.catalogue, office.enrolled.device)
        if entries != self.timeline.entries:
            self.timeline.set_entries(entries)
        happened = sum(entry.lane != "next" for entry in entries)
        self._story.set_note(tr("{n} mục", n=happened))
        intake = shown.intake
        self.papers.show_papers(intake, shown.papers, shown.completeness, shown.held.life.originals)
        self.fees.show_intake(intake)
        self.fees.show_receipts(shown.receipts, self._desk.clock())
        self.person.show_intake(intake)
        self.buttons.edit.setEnabled(shown.dossier.is_own)
        is_ours = shown.dossier.is_own
        self.buttons.edit.setToolTip("" if is_ours else tr("Chỉ quầy đã tiếp nhận sửa được hồ sơ này."))
        self.buttons.name_for(shown.held.life.business, may_begin_stage=may_begin_stage(shown.held))
        self._show_header()
        self._show_paper()
        self._show_trouble()

    def _show_header(self) -> None:
        now, shown = self._desk.clock(), self._shown
        body = replace(shown.dossier.body, due=shown.due)
        dossier = replace(shown.dossier, body=body)
        self.header.show_dossier(dossier, shown.held.life, now, shown.group_size, amount_due(shown.held))
        self.deadline.show_dossier(dossier, shown.held.life, shown.left(self._desk.office.rules, now))

    def _show_paper(self) -> None:
        said = paper_sentence(self._shown.dossier, self._scanned)
        if said is None:
            self.paper_banner.silence()
        else:
            self.paper_banner.say(said.tone, said.title, said.detail)

    def _show_trouble(self) -> None:
        trouble = trouble_of(self._shown)
        if trouble is None:
            self.trouble_banner.silence()
        else:
            self.trouble_banner.say(trouble.tone, trouble.title, trouble.detail, trouble.action, trouble.key)

    # what the clerk does

    def reprint(self) -> None:
        """A print that never came out goes on as it is; a further copy is counted as one."""
        if self._shown.open_prints:
            print_again(self._desk, self._shown.open_prints[0].job)
        else:
            reprint(self._desk, self.code, intent=new_intent(self._desk))

    def correct(self) -> None:
        if self._shown.dossier.is_own:
            self.correct_requested.emit(self.code)
        else:
            self._desk.frame.say(tr("Chỉ quầy đã tiếp nhận sửa được hồ sơ này."), "warn")

    def digitise(self) -> None:
        if self._shown.dossier.is_own:
            self.digitise_requested.emit(self.code)
        else:
            self._desk.frame.say(tr("Chỉ quầy đã tiếp nhận số hóa được hồ sơ này."), "warn")

    def supplement(self) -> None:
        self.acts.supplement(self._shown)

    def withdraw(self) -> None:
        self.acts.withdraw(self._shown)

    def agency_paper(self) -> None:
        self.acts.agency_paper(self._shown)

    def settle(self) -> None:
        self.acts.settle(self._shown)

    def show_group(self) -> None:
        if self._shown.group_size:
            self.group_requested.emit(self.code)
        else:
            self._desk.frame.say(tr("Hồ sơ này nhận riêng, không thuộc nhóm nào."), "info")

    def print_annex(self) -> None:
        if self._shown.group_size:
            print_annex_again(self._desk, self._shown.dossier.body.intake.group)
        else:
            self._desk.frame.say(tr("Hồ sơ này nhận riêng, không thuộc nhóm nào."), "info")

    def open_double(self) -> None:
        if self._shown.doubles:
            self.other_requested.emit(self._shown.doubles[0])

    def recount(self) -> None:
        self.acts.recount(self._shown)

    def print_history(self) -> None:
        self.acts.print_history(self._shown)

    def look_at_paper(self) -> None:
        """Enter or a double click on a paper: its stored scan, page by page."""
        row = self.papers.table.currentIndex().row()
        if row < 0:
            return
        given = self._shown.intake.papers[row].requirement
        paper = next((each for each in self._shown.papers if each.requirement == given), None)
        if paper is None or not paper.documents:
            self._desk.frame.say(not_digitised_words(), "info")
            return
        if self.document is None:
            self.document = DocumentSheet(self.window(), self._desk)
            self.destroyed.connect(self.document.deleteLater)
        self.document.show_paper(self.code, paper.requirement)

    def print_cover(self) -> None:
        print_cover(self._desk, self.code)

    def print_receipts(self) -> None:
        """The receipts of what was collected and stands, each marked as a copy."""
        standing = dict.fromkeys(each.op_id for each in self._shown.receipts if each.state is ReceiptState.USED)
        if not standing:
            self._desk.frame.say(tr("Hồ sơ này chưa có biên lai hay phiếu thu còn hiệu lực."), "info")
        elif not print_money_again(self._desk, standing):
            self._desk.frame.say(tr("Biên lai này do quầy khác in, in lại ở quầy đó."), "info")

    def reveal(self) -> None:
        full = reveal(self._desk, self.code, "identifier,phone,birth_date,email", intent=new_intent(self._desk))
        if full is not None:
            self.person.show_full(full, self._shown.dossier.body.intake.submitter)

    def show_why(self) -> None:
        first, due = self._shown.dossier.body.due, self._shown.due
        if self._why is None:
            self._why = WhyDate(self.window())
            self._why.can_print()
            self._why.print_requested.connect(lambda: self.acts.print_why(self._shown))
            self.destroyed.connect(self._why.deleteLater)
        promise = full_moment(due.at) if due.at else due_words_long(due)
        parts = (*date_parts(first, VIETNAMESE), *change_parts(self._shown.held, VIETNAMESE))
        self._why.show_steps(promise, why_steps(first), doubts(due), rule_versions(due), parts)
        self._why.open()

    def _on_came_out(self) -> None:
        if self._shown.open_prints:
            job = self._shown.open_prints[0]
            came_out(self._desk, job.job, job.code)

    def _on_trouble_asked(self) -> None:
        trouble = trouble_of(self._shown)
        if trouble is not None:
            {"settle": self.settle, "double": self.open_double, "correct": self.correct, "recount": self.recount,
             "came_out": self._on_came_out}[trouble.kind]()

    def _on_changed(self, change: Change) -> None:
        if change.touches(self.code) or change.has_prints or change.has_notices:
            self.refresh()
        elif change.has_sync:
            self._read_custody()

    def _read_custody(self) -> None:
        """Sync news come every few seconds: what was revealed stays in sight unless this dossier changed."""
        fresh = read_shown(self._desk, self.code)
        if fresh != self._shown:
            self._shown = fresh
            self._show()

    def arrive(self) -> None:
        # Not at a button: the second of two Enters that opened this page must not print.
        self.papers.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside

    def _arrange(self) -> None:
        self.body.addWidget(self.header)
        self.body.addWidget(self.paper_banner)
        self.body.addWidget(self.trouble_banner)
        self._story.setMinimumWidth(270)
        middle = QVBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.papers, 1)
        self.fees.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        middle.addWidget(self.fees)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(SideCards(self.deadline, self.person, width=SIDE_WIDTH), 100)
        right.addWidget(self.buttons)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._story, 5)
        row.addLayout(middle, 10)
        row.addLayout(right)
        self.body.addLayout(row, 1)

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)
