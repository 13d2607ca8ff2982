"""The page's scanner: its choice is remembered, its pages counted, what is here already is noticed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.devices.scanning.port import ScanTrouble
from app.domain.arrangement import TRAY
from app.domain.pile import count_sheets, reconcile
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Feed, ScanSettings
from app.services.reuse import same_content
from ui.background.alive import while_alive
from ui.background.page_intake import PageIntake
from ui.background.page_values import ScanState
from ui.background.scan_desk import ScanDesk
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.scan_choice import declare, keep_choice, read_choice
from ui.pages.digitise.left_column import LeftColumn
from ui.pages.digitise.reading import Shown
from ui.translations import tr


class Scanning(QObject):
    """Moves between the scan desk and the left column. `begun` when a scan starts, `troubled` when one fails."""

    begun = Signal()
    troubled = Signal(object)      # KnownError
    counted = Signal()             # the clerk counted sheets; the book has it

    def __init__(
        self, desk: Desk, scans: ScanDesk, intake: PageIntake, side: LeftColumn, shown: Callable[[], Shown],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._scans, self._intake, self._side, self._shown = desk, scans, intake, side, shown
        scans.sources_changed.connect(self.show_sources)
        intake.scan_changed.connect(self._on_scan_changed)
        intake.kept.connect(self._on_kept)
        side.scan.cancel_asked.connect(intake.cancel)
        side.count.value_edited.connect(self._on_counted)
        if not scans.sources:
            scans.look_for_sources()
        self.show_sources()

    def scan(self, to: str = TRAY) -> None:
        """Scan; pages lie under `to` until a separator in the pile says otherwise."""
        card = self._side.scan
        if card.source is None:
            self._scans.look_for_sources()
            self.show_sources()
            return
        keep_choice(self._desk, card.source.id, card.feed.value)
        self.begun.emit()
        self._intake.scan(card.source.id, ScanSettings(feed=card.feed), to=to)

    def ask_count(self) -> None:
        self._side.count.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_sources(self) -> None:
        source, feed = read_choice(self._desk)
        card = self._side.scan
        card.show_sources(self._scans.sources, is_looking=self._scans.is_looking, chosen=source)
        if feed in list(Feed):
            card.choose_feed(Feed(feed))
        card.show_state(self._intake.state)

    def show_count(self) -> None:
        """Sheets of the pile that came last, against what the clerk counted."""
        batch = self._intake.newest_batch
        here = [page for page in self._intake.pages.values() if page.batch == batch]
        sheets = count_sheets(self._intake.arrangement, here, is_duplex=self._intake.is_duplex(batch))
        declared = self._shown().declared.get(batch, 0)
        self._side.show_count(declared, sheets, reconcile(declared, sheets) if declared else None)
        self._side.count.setEnabled(bool(batch))

    # inside

    def _on_scan_changed(self, state: ScanState) -> None:
        self._side.scan.show_state(state)
        if state.error is not None and state.error.code == ScanTrouble.CANCELLED:
            self._desk.frame.say(sentence(state.error, self._desk.language()).title, "info")   # she did it herself
        elif state.error is not None:
            self.troubled.emit(state.error)

    def _on_counted(self, sheets: int) -> None:
        batch = self._intake.newest_batch
        if batch and sheets and declare(self._desk, self._intake.destination.intent, batch, sheets):
            self.counted.emit()

    def _on_kept(self, page: ScannedPage) -> None:
        """The same file in another dossier is kept once and both know it; the clerk hears of it."""
        desk, destination = self._desk, self._intake.destination

        def work() -> str:
            with desk.office.database.reading() as connection:
                found = same_content(connection, page.original.sha256)
            others = (each.code for each in found if each.code and each.code != destination.code)
            return next(others, "")

        self._scans.work.run(work, while_alive(self, self._on_same_content))

    def _on_same_content(self, code: str) -> None:
        if code:
            self._desk.frame.say(tr("Tệp này đã có trong hồ sơ {code}: chỉ giữ một bản", code=code), "info")
