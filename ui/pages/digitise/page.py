"""Số hóa hồ sơ: scan a pile, see where each page went, put right what is wrong, file it. All by keys or mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.arrangement import TRAY
from app.errors import KnownError
from app.services.digitise import RequirementPapers
from ui.background.pictures import Thumbnails
from ui.changes import Change
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.print_separators import print_separators
from ui.pages.digitise.acting import Acts
from ui.pages.digitise.cells import waiting_in_tray
from ui.pages.digitise.filing import Filing
from ui.pages.digitise.keys import TOLD, page_keys
from ui.pages.digitise.left_column import LeftColumn
from ui.pages.digitise.looking import Looking
from ui.pages.digitise.moving import Moving
from ui.pages.digitise.other_ways import OtherWays
from ui.pages.digitise.page_acts import PageActs
from ui.pages.digitise.pages_card import PagesCard
from ui.pages.digitise.paper_acts import PaperActs
from ui.pages.digitise.reading import destination_of, read_shown
from ui.pages.digitise.scanning import Scanning
from ui.pages.digitise.showing import Showing
from ui.pages.digitise.view_card import ViewCard
from ui.pages.digitise.viewing import Viewing
from ui.pages.digitise.words import brief
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.chip import Chip
from ui.widgets.page import Page


class DigitisePage(Page):
    """The papers of the dossier `code`. Raises what `read_dossier` raises.

    Pages and their arrangement belong to the window's `ScanDesk`: leaving this page ends nothing.
    """

    left = Signal()                # before going back, for whoever counts what is still in the tray

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Số hóa {code}", code=code), parent=parent)
        assert desk.scans is not None, "this window has no scan desk"
        self._desk, self._scans = desk, desk.scans
        self._shown = read_shown(desk, code)
        self.intake = self._scans.intake_of(destination_of(desk, self._shown))
        self.place = self._shown.papers[0].requirement if self._shown.papers else TRAY
        self._is_leaving = False
        self.pictures = Thumbnails(desk.office.blobs.read, self._scans.work, self)
        self.filing = Filing(desk, self._scans, self.intake, lambda: self._shown, self)
        self.acts = Acts(self.intake.keeper, self._say_error)
        self.left_side = LeftColumn()
        self.pages = PagesCard(self.pictures)
        self.viewer = ViewCard()
        self.looking = Looking(self.pages, self.viewer)
        self.viewing = Viewing(self.viewer.view, self._scans, self.pictures, desk.language(), self)
        self.scanning = Scanning(desk, self._scans, self.intake, self.left_side, lambda: self._shown, self)
        self.moving = Moving(
            self.intake, self.acts, self.left_side, self.pages.thumbs, lambda: self.place, self.choose, self
        )
        self.ways = OtherWays(self, desk, self._scans, self.intake, lambda: self.place)
        self.trouble = Banner()
        self.offer = Banner()
        self._done = Chip(has_icon=True)
        self.showing = Showing(
            self.intake, self.filing, self.moving, self.left_side, self.pages, self.viewer, self.viewing,
            self.offer, self._done,
        )
        self.on_pages = PageActs(desk, self.intake, self.acts, self.moving, self.pages.thumbs)
        self.on_paper = PaperActs(self, desk, self.filing, lambda: self._shown, lambda: self.place)
        self._arrange()
        self._connect()
        self.bind_keys(page_keys(self))
        self.bind_keys(self.ways.keys())
        self.tell_keys(*TOLD)
        self.filing.look_for_reusable()
        self.show_all()

    @property
    def code(self) -> str:
        return self._shown.code

    @property
    def paper(self) -> RequirementPapers | None:
        """The requirement that is chosen; None in the tray."""
        return self._shown.paper(self.place)

    # what is shown

    def refresh(self) -> None:
        self._shown = read_shown(self._desk, self.code)
        self.intake.readdress(destination_of(self._desk, self._shown))
        if self.place not in (TRAY, *self.intake.destination.codes):
            self.place = TRAY
        self.show_all()

    def show_all(self) -> None:
        self.showing.show(self._shown, self.place)
        self.scanning.show_count()

    def choose(self, place: str) -> None:
        """Shows what lies under `place`; while pages are on their way this only aims."""
        if self.moving.is_on:
            self.moving.aim_at(place)
        elif place != self.place:
            self.place = place
            self.pages.thumbs.clearSelection()
            self.show_all()

    # scanning

    def scan(self) -> None:
        self.scanning.scan(self.place)

    def _on_counted(self) -> None:
        self._shown = read_shown(self._desk, self.code)
        self.scanning.show_count()

    # filing

    def file_chosen(self) -> None:
        """Enter on a paper: it goes where the pages are being sent, or is filed."""
        if self.moving.is_on:
            self.moving.arrive()
        else:
            self.on_paper.file_this()

    def _go_on(self, requirement: str) -> None:
        """The next paper to look at; after the last one the hand is on "Lưu"."""
        if requirement:
            self.go_to(requirement)
        elif self.left_side.file.isEnabled():
            self.left_side.file.setFocus(Qt.FocusReason.OtherFocusReason)

    # leaving

    def escape(self) -> None:
        """Esc: stop what is running, else leave; with pages in the tray only when it is pressed again."""
        if self.moving.is_on:
            self.moving.end()
            self.pages.thumbs.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.intake.state.is_scanning:
            self.intake.cancel()
        elif self.looking.is_wide:
            self.looking.toggle()
        elif not self._is_leaving and (words := self._left_behind()):
            self._is_leaving = True
            self.trouble.say(
                "warn", words, tr("Các trang đều được giữ lại. Bấm Esc lần nữa để rời trang này."),
                tr("Rời trang"), "Esc",
            )
        else:
            self.left.emit()
            self._desk.frame.go_back()

    def _left_behind(self) -> str:
        in_tray = waiting_in_tray(self.intake.arrangement, self.intake.pages)
        ready = len(self.filing.ready())
        if in_tray:
            return tr("Còn {n} trang chưa xếp", n=in_tray)
        return tr("Còn {n} giấy đã xếp mà chưa lưu", n=ready) if ready else ""

    def _say_error(self, error: KnownError, about: str = "") -> None:
        """What happened; `about` is the paper it happened to."""
        said = sentence(error, self._desk.language())
        title = f"{about}: {said.title}" if about else said.title
        self.trouble.say("bad", title, f"{said.detail()} ({said.code})")

    def _on_failed(self, requirement: str, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        paper = self._shown.paper(requirement)
        self._say_error(error, brief(paper.name) if paper is not None else "")

    def _on_changed(self, change: Change) -> None:
        if change.touches(self.code) or change.has_sync:
            self.refresh()

    # inside

    def arrive(self) -> None:
        self.left_side.items.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._lead.setText(self._words_of_dossier())
        sheets = ActionButton(tr("In tờ ngăn"), "Ctrl T")
        sheets.clicked.connect(self.print_separators)
        back = ActionButton(tr("Về"), "Esc")
        back.clicked.connect(self.escape)
        for widget in (self.ways.watched, self._done, sheets, back):
            self.head.addWidget(widget)
        self.left_side.scan.add_ways(*self.ways.buttons())
        self.pages.setMinimumWidth(285)
        self.pages.setMaximumWidth(524)            # four pages in a row; what is left makes the large one legible
        self.viewer.setMinimumWidth(236)
        for card in (self.pages, self.viewer):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.pages, 1)
        row.addWidget(self.viewer, 1)
        # What is said stands over the pages, which give way: the checklist and its keys stay where they are.
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.trouble)
        side.addWidget(self.offer)
        side.addWidget(self.ways.importing.line)
        side.addLayout(row, 1)
        whole = QHBoxLayout()
        whole.setSpacing(14)
        whole.addWidget(self.left_side)
        whole.addLayout(side, 1)
        self.body.addLayout(whole, 1)

    def _words_of_dossier(self) -> str:
        intake = self._shown.dossier.body.intake
        procedure = intake.procedure.name if intake.procedure is not None else ""
        person = intake.applicant.name if intake.applicant is not None else ""
        return " · ".join(part for part in (procedure, person) if part)

    def print_separators(self) -> None:
        print_separators(self._desk, self.intake.destination)

    def _connect(self) -> None:
        side, thumbs = self.left_side, self.pages.thumbs
        self._desk.changes.happened.connect(self._on_changed)
        self._scans.closing.connect(self.pictures.stop)
        self.intake.kept.connect(self.show_all)    # seen at once; it lies in the tray until it has been read
        self.intake.prepared.connect(self.show_all)
        self.intake.resumed.connect(self.show_all)
        self.intake.begun_again.connect(self.show_all)
        self.intake.refused.connect(lambda error: self._say_error(error))
        self.scanning.begun.connect(self.trouble.silence)
        self.scanning.troubled.connect(lambda error: self._say_error(error))
        self.scanning.counted.connect(self._on_counted)
        self.ways.told.connect(self.trouble.say)
        self.ways.source_chosen.connect(self.scanning.show_sources)
        self.ways.catch_drops(side, thumbs.viewport())
        side.scan.others_asked.connect(self.ways.sources.choose)
        self.intake.keeper.changed.connect(self._on_arranged)
        self.moving.changed.connect(self.showing.say_over_pages)
        self.filing.changed.connect(self.show_all)
        self.filing.failed.connect(self._on_failed)
        self.on_paper.filing_asked.connect(self.trouble.silence)
        self.on_paper.go_on.connect(self._go_on)
        self.filing.ended.connect(self._on_filing_ended)
        side.scan.scan_asked.connect(self.scan)
        side.scan.look_asked.connect(self.scan)
        side.items.chosen.connect(self.choose)
        side.items.opened.connect(self.file_chosen)
        side.items.left_below.connect(self._choose_tray)
        side.items.compared_asked.connect(lambda _: self.on_paper.toggle_compared())
        side.items.checked_asked.connect(lambda _: self.on_paper.toggle_checked(goes_on=False))
        side.tray.chosen.connect(self._choose_tray)
        side.tray.opened.connect(self.file_chosen)
        side.tray.left_above.connect(self._leave_tray)
        side.about.clicked.connect(self.on_paper.ask_about)
        side.file.clicked.connect(self.on_paper.file_ready)
        thumbs.moved.connect(self.showing.show_page)
        thumbs.opened.connect(lambda _: self.looking.closely())
        self.viewer.wide.clicked.connect(self.looking.toggle)
        self.pages.asked.connect(self.on_pages.ask)
        self.pictures.came.connect(self._on_picture)
        self.trouble.asked.connect(self.escape)
        self.offer.asked.connect(self.on_paper.reuse)

    def _choose_tray(self) -> None:
        self.left_side.tray.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose(TRAY)

    def _leave_tray(self) -> None:
        last = self.left_side.model.rowCount() - 1
        if last >= 0:
            self.left_side.items.setFocus(Qt.FocusReason.OtherFocusReason)
            self.left_side.items.stand_on(last)

    def _on_arranged(self) -> None:
        self._is_leaving = False       # what is left behind is another: it is said again
        self.show_all()

    def _on_picture(self, sha256: str) -> None:
        if not self.viewer.view.has_picture():
            self.showing.show_page()

    def _on_filing_ended(self, filed: int) -> None:
        if filed:
            self._desk.frame.say(tr("Đã lưu {n} giấy vào hồ sơ", n=filed))
            self._desk.sound.accept()

    def go_to(self, place: str) -> None:
        if place == TRAY:
            self._choose_tray()
        else:
            self.left_side.items.choose(place)

    # Qt's side

    def heightForWidth(self, width: int) -> int:
        """The least, not the best: the lists on this page scroll by themselves before the page does."""
        return self.layout().minimumHeightForWidth(width)  # type: ignore[union-attr]  # a page has a layout

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that no field took: numbers of papers. In the large page they are its size."""
        text = event.text()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and len(text) == 1 and text in "0123456789" and not event.isAutoRepeat():
            if self.looking.take_digit(text):
                return
            if int(text) <= self.left_side.model.rowCount() and not self.moving.take_digit(text):
                number = int(text)
                self.go_to(self.left_side.model.item(number - 1).requirement if number else TRAY)
        else:
            super().keyPressEvent(event)

