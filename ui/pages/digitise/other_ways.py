"""The other ways for a page to come: a document camera, files of this PC, other sources, a watched folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.domain.arrangement import TRAY
from app.errors import KnownError
from ui.background.camera import Camera
from ui.background.folder_watch import WatchState
from ui.dialogs.camera_sheet import CameraSheet
from ui.messages import sentence
from ui.operations.scan_sources import keep_camera, read_by_hand
from ui.pages.digitise.importing import Ask, Importing, ask_for_files
from ui.pages.digitise.sources import Sources
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.chip import Chip

if TYPE_CHECKING:
    from app.devices.scanning.port import Notice
    from ui.background.page_intake import PageIntake
    from ui.background.scan_desk import ScanDesk
    from ui.operations.desk import Desk
    from ui.pages.digitise.left_column import LeftColumn


class OtherWays(QObject):
    """`place` answers with the paper that is open. `told(tone, title, detail)` is to be said over the pages."""

    told = Signal(str, str, str)
    source_chosen = Signal()

    def __init__(
        self, page: QWidget, desk: Desk, scans: ScanDesk, intake: PageIntake, place: Callable[[], str],
        ask: Ask = ask_for_files, new_camera: Callable[[QWidget], Camera] = Camera,
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._scans, self._intake, self._place = page, desk, scans, intake, place
        self.new_camera = new_camera       # a test brings one that needs no machine
        self.importing = Importing(page, desk, scans, intake, place, ask)
        self.sources = Sources(page, desk, scans, intake)
        self.camera: CameraSheet | None = None
        self.watched = Chip(has_icon=True)
        self.sources.chosen.connect(self.source_chosen)
        self.sources.troubled.connect(self._on_trouble)
        self.sources.noticed.connect(self._on_notice)
        self.sources.watch_changed.connect(self._show_watch)
        intake.noticed.connect(self._on_notice)
        self._show_watch(self.sources.watch.state)

    def keys(self) -> Mapping[Key, Callable[[], object]]:
        return {
            Key("C", mark("Chụp bằng camera vào giấy đang chọn")): self.photograph,
            Key("Ctrl+O", mark("Nhập tệp PDF, ảnh vào giấy đang chọn")): self.importing.choose,
            Key("Ctrl+V", mark("Dán tệp hoặc ảnh vào giấy đang chọn")): self.importing.paste,
            Key("Q", mark("Chọn máy quét, gõ địa chỉ, theo dõi thư mục")): self.sources.choose,
        }

    def buttons(self) -> tuple[QWidget, ...]:
        """For beside the scanner's key."""
        made = []
        for words, key, work in (
            (tr("Camera"), "C", self.photograph), (tr("Tệp"), "Ctrl O", self.importing.choose),
        ):
            button = ActionButton(words, key)
            button.setMinimumHeight(48)
            button.clicked.connect(work)
            made.append(button)
        return tuple(made)

    def catch_drops(self, side: LeftColumn, thumbs: QWidget) -> None:
        """Files from other programs: onto a paper, into the tray, or anywhere for the paper that is open."""
        drops, items = self.importing.drops, side.items

        def paper_at(point: QPoint) -> str:
            index = items.indexAt(point)
            return side.model.item(index.row()).requirement if index.isValid() else self._place()

        drops.watch(items.viewport(), paper_at)
        drops.watch(side.tray, lambda _: TRAY)
        for widget in (thumbs, self._page):
            drops.watch(widget, lambda _: self._place())

    def photograph(self) -> None:
        """C: the camera over the page; pages go to the paper that is open now."""
        if self.camera is None:
            sheet = self.camera = CameraSheet(
                self._page.window(), self._intake, self._desk.language, self.new_camera)
            self.destroyed.connect(sheet.deleteLater)
            self._scans.closing.connect(sheet.camera.close)
            sheet.kept.connect(self._desk.sound.accept)
            sheet.closed.connect(self._on_camera_closed)
        if self.camera.is_open:
            return
        paper = next((each for each in self._intake.destination.requirements if each.code == self._place()), None)
        self.camera.show_for(paper, read_by_hand(self._desk.office).camera)
        self.camera.open()

    # inside

    def _on_camera_closed(self) -> None:
        assert self.camera is not None
        if self.camera.device:
            keep_camera(self._desk.office, self.camera.device)

    def _show_watch(self, state: WatchState) -> None:
        if state.folder is not None:
            self.watched.set_state(tr("Theo dõi {folder}", folder=state.folder.name or str(state.folder)), "info")
            self.watched.setToolTip(str(state.folder))
        self.watched.setVisible(state.folder is not None)

    def _on_trouble(self, error: KnownError) -> None:
        said = sentence(error, self._desk.language())
        self.told.emit("bad", said.title, f"{said.detail()} ({said.code})")

    def _on_notice(self, notice: Notice) -> None:
        said = sentence(notice.error, self._desk.language())
        title = f"{said.title}: {notice.name}" if notice.name else said.title
        self.told.emit("warn", title, f"{said.detail()} ({said.code})")
