"""Filing from the page: what is ready, what the clerk said of it, reuse instead of scanning, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.digitised import DigitisedStatus, PaperAbout, QualityCheck
from app.services.digitise import DigitisedPaper, RequirementPapers
from app.services.reuse import Reusable
from app.services.tray_notes import PaperNote
from ui.background.alive import while_alive
from ui.background.page_intake import PageIntake
from ui.background.scan_desk import ScanDesk
from ui.operations.check_paper import note_check
from ui.operations.desk import Desk, new_intent
from ui.operations.file_papers import PaperToFile, file_papers
from ui.operations.reuse_paper import reuse
from ui.pages.digitise.items import Notes, Readiness, about_of, checks_of, readiness, with_quality
from ui.pages.digitise.reading import Shown, read_reusable


class Filing(QObject):
    """Says what is ready and files it. `shown` answers with the page's newest reading.

    What is said of a paper before it is filed is the intake's (`noted`): it outlives this page and the program.
    """

    changed = Signal()             # something that the checklist shows
    failed = Signal(str, object)   # requirement, the exception
    ended = Signal(int)            # how many papers were filed

    def __init__(
        self, desk: Desk, scans: ScanDesk, intake: PageIntake, shown: Callable[[], Shown],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._scans, self._intake, self._shown = desk, scans, intake, shown
        self.is_busy = False
        self._filed = 0
        self._reusable: Mapping[str, Reusable] = {}

    @property
    def noted(self) -> Notes:
        return self._intake.notes.notes

    # what is ready

    def state_of(self, paper: RequirementPapers) -> Readiness:
        return readiness(self._intake.arrangement, self._intake.pages, paper, self.noted)

    def ready(self) -> tuple[RequirementPapers, ...]:
        return tuple(paper for paper in self._shown().papers if self.state_of(paper) is Readiness.READY)

    def file(self, papers: Sequence[RequirementPapers]) -> None:
        """File `papers`, each with the pages under it now. While that runs a second press does nothing."""
        if self.is_busy or not papers:
            return
        self.is_busy, self._filed = True, 0
        self.changed.emit()
        file_papers(
            self._desk, self._scans, self._intake.destination, [self._to_file(paper) for paper in papers],
            while_alive(self, self._on_filed), while_alive(self, self._on_not_filed),
            while_alive(self, self._on_end),
        )

    # what the clerk says

    def toggle_compared(self, paper: RequirementPapers) -> None:
        """Đã đối chiếu bản chính, or not after all."""
        checks = checks_of(paper, self.noted)
        self._say(paper, replace(checks, is_compared=not checks.is_compared))

    def toggle_checked(self, paper: RequirementPapers) -> None:
        """All pages, readable, right person: one key for the three."""
        checks = checks_of(paper, self.noted)
        self._say(paper, with_quality(checks, not checks.is_good))

    def about_of(self, paper: RequirementPapers) -> PaperAbout:
        return about_of(paper, self.noted)

    def note_about(self, requirement: str, about: PaperAbout) -> None:
        """Kept until the paper is filed, and written down with it."""
        self._intake.notes.say(requirement, replace(self._note(requirement), about=about))
        self.changed.emit()

    # instead of scanning

    def look_for_reusable(self) -> None:
        """Look beside the window for papers of the same person; `changed` when it is known."""
        desk, shown = self._desk, self._shown()
        asked = [paper.requirement for paper in shown.papers if paper.status is DigitisedStatus.NONE]

        def work() -> dict[str, Reusable]:
            found = {requirement: read_reusable(desk, shown.code, requirement) for requirement in asked}
            return {requirement: each for requirement, each in found.items() if each is not None}

        self._scans.work.run(work, while_alive(self, self._on_reusable))

    def reusable_for(self, paper: RequirementPapers | None) -> Reusable | None:
        """What is offered for `paper`: nothing once it is digitised or pages lie under it."""
        if paper is None or paper.status or self.state_of(paper) is not Readiness.EMPTY:
            return None
        return self._reusable.get(paper.requirement)

    def reuse(self, paper: RequirementPapers) -> None:
        found = self.reusable_for(paper)
        checks = checks_of(paper, self.noted)
        if found is not None and reuse(self._desk, self._shown().code, paper.requirement, found, checks):
            self._intake.notes.forget(paper.requirement)

    # inside

    def _to_file(self, paper: RequirementPapers) -> PaperToFile:
        about = self.about_of(paper)
        return PaperToFile(
            paper.requirement, self._intake.arrangement.for_pdf(paper.requirement),
            replace(about, name=about.name or paper.name), checks_of(paper, self.noted), new_intent(self._desk),
        )

    def _say(self, paper: RequirementPapers, checks: QualityCheck) -> None:
        if paper.version and self.state_of(paper) is not Readiness.READY:
            self._note_check(paper.requirement, checks, paper.version)
        else:
            self._intake.notes.say(paper.requirement, replace(self._note(paper.requirement), checks=checks))
        self.changed.emit()

    def _note_check(self, requirement: str, checks: QualityCheck, version: int) -> None:
        if note_check(self._desk, self._shown().code, requirement, checks, version=version):
            self._intake.notes.say(requirement, replace(self._note(requirement), checks=None))

    def _note(self, requirement: str) -> PaperNote:
        return self.noted.get(requirement, PaperNote())

    def _on_filed(self, paper: PaperToFile, done: DigitisedPaper) -> None:
        self._filed += 1
        since = self._note(paper.requirement)
        self._intake.notes.forget(paper.requirement)
        # What was said while it was being filed is a word of its own.
        if since.about is not None and replace(since.about, name=paper.about.name) != paper.about:
            self.note_about(paper.requirement, since.about)
        if since.checks is not None and since.checks != paper.checks:
            self._note_check(paper.requirement, since.checks, done.version)

    def _on_not_filed(self, paper: PaperToFile, error: Exception) -> None:
        self.failed.emit(paper.requirement, error)

    def _on_end(self) -> None:
        self.is_busy = False
        self.changed.emit()
        self.ended.emit(self._filed)

    def _on_reusable(self, found: dict[str, Reusable]) -> None:
        self._reusable = found
        self.changed.emit()
