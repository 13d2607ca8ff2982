"""The page's sources beside its scanner card: the sheet to choose one, and the folder that is watched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import KnownError
from app.services.machine_settings import SCANNING
from ui.background.folder_watch import FolderWatch, WatchState
from ui.background.page_intake import PageIntake
from ui.background.scan_desk import ScanDesk
from ui.dialogs.source_sheet import SourceSheet
from ui.operations.allowed import require_setting
from ui.operations.desk import Desk
from ui.operations.scan_choice import keep_choice, read_choice
from ui.operations.scan_sources import add_address, keep_folder, read_by_hand, remove_address
from ui.translations import tr

AskFolder = Callable[[QWidget, str], str]


def ask_for_folder(over: QWidget, start: str) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    return QFileDialog.getExistingDirectory(over, tr("Thư mục nhận tệp quét"), start)


class Sources(QObject):
    """`chosen` when another scanner is in use, `noticed` and `troubled` for what the watched folder has to say."""

    chosen = Signal()
    troubled = Signal(object)      # KnownError
    noticed = Signal(object)       # Notice
    watch_changed = Signal(object)     # WatchState

    def __init__(
        self, page: QWidget, desk: Desk, scans: ScanDesk, intake: PageIntake, ask: AskFolder = ask_for_folder,
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._scans, self._ask = page, desk, scans, ask
        self.sheet: SourceSheet | None = None
        watch = self.watch = FolderWatch(scans, intake, parent=scans)      # outlives the page until it is over
        page.destroyed.connect(watch.abandon)
        watch.changed.connect(self._on_watch)
        watch.noticed.connect(self.noticed)
        scans.sources_changed.connect(self._show)
        kept = read_by_hand(desk.office).folder
        if kept:
            watch.watch(Path(kept))

    def choose(self) -> None:
        """Q: the sheet over the page."""
        if self.sheet is None:
            sheet = self.sheet = SourceSheet(self._page.window())
            self.destroyed.connect(sheet.deleteLater)
            sheet.look_asked.connect(self._look)
            sheet.address_typed.connect(self._on_address)
            sheet.address_removed.connect(self._on_removed)
            sheet.folder_asked.connect(self._on_folder_asked)
            sheet.watch_asked.connect(self._on_watch_asked)
            sheet.unwatch_asked.connect(self._on_unwatch)
            sheet.confirmed.connect(self._on_confirmed)
        self._show()
        self.sheet.show_watch(self.watch.state, read_by_hand(self._desk.office).folder)
        self.sheet.open(self.sheet.list)
        if not self._scans.sources:
            self._look()

    # inside

    def _look(self) -> None:
        self._scans.look_for_sources()
        self._show()

    def _show(self) -> None:
        if self.sheet is not None:
            self.sheet.show_sources(
                self._scans.sources, read_by_hand(self._desk.office).addresses, self._scans.troubles,
                is_looking=self._scans.is_looking, chosen=read_choice(self._desk)[0],
                language=self._desk.language(),
            )

    def _on_address(self, typed: str) -> None:
        assert self.sheet is not None
        try:
            require_setting(self._desk, SCANNING)
            add_address(self._desk.office, typed)
        except KnownError as error:
            self.sheet.refuse_address(error)
            return
        self.sheet.address_kept()
        self.sheet.list.setFocus()
        self._look()

    def _on_removed(self, address: str) -> None:
        if self._may_change():
            remove_address(self._desk.office, address)
            self._look()

    def _on_folder_asked(self) -> None:
        assert self.sheet is not None
        found = self._ask(self._page, self.sheet.folder.text())
        if found:
            self.sheet.folder.set_text(found)
            self.sheet.folder.line.setFocus()

    def _on_watch_asked(self, folder: str) -> None:
        if self._may_change():
            keep_folder(self._desk.office, folder)
            self.watch.watch(Path(folder))

    def _on_unwatch(self) -> None:
        if self._may_change():
            keep_folder(self._desk.office, "")
            self.watch.stop()

    def _may_change(self) -> bool:
        """Whether who works here may say where pages come from; what speaks against it stands in the sheet."""
        assert self.sheet is not None
        try:
            require_setting(self._desk, SCANNING)
        except KnownError as error:
            self.sheet.refuse_address(error)
            return False
        return True

    def _on_watch(self, state: WatchState) -> None:
        self.watch_changed.emit(state)
        if self.sheet is not None and self.sheet.is_open:
            self.sheet.show_watch(state, "")
        elif state.error is not None:
            self.troubled.emit(state.error)

    def _on_confirmed(self) -> None:
        assert self.sheet is not None and self.sheet.source is not None
        _, feed = read_choice(self._desk)
        keep_choice(self._desk, self.sheet.source.id, feed)
        self.sheet.close_sheet()
        self.chosen.emit()
