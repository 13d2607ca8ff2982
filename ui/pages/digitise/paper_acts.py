"""Keys and buttons that act on the paper in hand: checked, described, reused, filed, looked at again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.digitise import RequirementPapers
from ui.dialogs.document_sheet import DocumentSheet
from ui.dialogs.document_words import not_digitised_words
from ui.operations.desk import Desk
from ui.pages.digitise.about_sheet import AboutSheet
from ui.pages.digitise.filing import Filing
from ui.pages.digitise.items import Readiness, checks_of
from ui.pages.digitise.reading import Shown
from ui.translations import tr


class PaperActs(QObject):
    """`shown` answers with the newest reading, `place` with what is open. `filing_asked` before anything is filed;
    `go_on(requirement)` when the next paper wants its check, "" when none is left."""

    filing_asked = Signal()
    go_on = Signal(str)

    def __init__(
        self, page: QWidget, desk: Desk, filing: Filing, shown: Callable[[], Shown], place: Callable[[], str]
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._filing, self._shown, self._place = page, desk, filing, shown, place
        self.about_sheet: AboutSheet | None = None
        self.document: DocumentSheet | None = None
        self._described = ""

    @property
    def paper(self) -> RequirementPapers | None:
        return self._shown().paper(self._place())

    def file_ready(self) -> None:
        """F12: every paper under which something new lies."""
        self.filing_asked.emit()
        self._filing.file(self._filing.ready())

    def file_this(self) -> None:
        """Enter: the paper in hand, or why it cannot be filed."""
        paper = self.paper
        if paper is None:
            return
        state = self._filing.state_of(paper)
        if state is Readiness.READY:
            self.filing_asked.emit()
            self._filing.file([paper])
        else:
            self._desk.frame.say(_why_not(state), "info")

    def reuse(self) -> None:
        if self.paper is not None:
            self._filing.reuse(self.paper)

    def look_at_stored(self) -> None:
        """O: what is filed of this paper already, any version of it, page by page."""
        paper = self.paper
        if paper is None:
            return
        if not paper.documents:
            self._desk.frame.say(not_digitised_words(), "info")
            return
        if self.document is None:
            self.document = DocumentSheet(self._page.window(), self._desk)
            self.destroyed.connect(self.document.deleteLater)
        self.document.show_paper(self._shown().code, paper.requirement)

    def toggle_compared(self) -> None:
        """D: đã đối chiếu bản chính, or not after all."""
        if self.paper is not None:
            self._filing.toggle_compared(self.paper)

    def toggle_checked(self, *, goes_on: bool = True) -> None:
        """K: looked at and found good, then on to the next paper that nobody has looked at.

        Pressed once more it is taken back. `goes_on=False`: a box was clicked, the hand says where it goes next.
        """
        paper = self.paper
        if paper is None:
            return
        if not self._has_pages(paper):
            self._desk.frame.say(_why_not(Readiness.EMPTY), "info")
            return
        self._filing.toggle_checked(paper)
        if goes_on and self._is_checked(paper.requirement):
            self.go_on.emit(self._next_unchecked(paper.requirement))

    def ask_about(self) -> None:
        """I: number, day, issuer of the paper itself."""
        paper = self.paper
        if paper is None:
            return
        if self.about_sheet is None:
            self.about_sheet = AboutSheet(self._page.window())
            self.destroyed.connect(self.about_sheet.deleteLater)
            self.about_sheet.confirmed.connect(self._on_about)
        self._described = paper.requirement
        self.about_sheet.show_about(paper.name, self._filing.about_of(paper))
        self.about_sheet.open(self.about_sheet.number)

    # inside

    def _on_about(self) -> None:
        assert self.about_sheet is not None
        self._filing.note_about(self._described, self.about_sheet.about())
        self.about_sheet.close_sheet()

    def _has_pages(self, paper: RequirementPapers) -> bool:
        return bool(paper.status) or self._filing.state_of(paper) is not Readiness.EMPTY

    def _is_checked(self, requirement: str) -> bool:
        paper = self._shown().paper(requirement)
        return paper is not None and checks_of(paper, self._filing.noted).is_good

    def _next_unchecked(self, requirement: str) -> str:
        """Behind this one first, then from the top."""
        papers = self._shown().papers
        here = [paper.requirement for paper in papers].index(requirement)
        behind = (*papers[here + 1:], *papers[:here])
        with_pages = (paper.requirement for paper in behind if self._has_pages(paper))
        return next((each for each in with_pages if not self._is_checked(each)), "")


def _why_not(state: Readiness) -> str:
    return {
        Readiness.EMPTY: tr("Chưa có trang nào ở giấy này"),
        Readiness.SAME: tr("Giấy này đã lưu, không có gì thay đổi"),
        Readiness.WAITING: tr("Đang làm sạch các trang, chờ một chút"),
        Readiness.FAILED: tr("Có trang không mở được: bấm Shift+S để làm lại, hoặc Delete để bỏ ra"),
    }[state]
