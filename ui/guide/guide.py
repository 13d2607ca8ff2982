"""Shows the guide's card beside the pages of practice, and asks anew whenever the window shows something else."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from app.domain.vietnam_time import local
from ui.counter_window import CounterWindow
from ui.guide.band import GuideBand
from ui.guide.card import GuideCard
from ui.guide.reading import has_filed, look
from ui.guide.steps import Progress, Seen, present
from ui.pages.sync.page import SyncPage
from ui.practice import keys
from ui.practice.room import PracticeRoom
from ui.shortcuts import bind
from ui.translations import tr

FILE = "guide.json"
ROOMY = 1340
"""A window of this width gives the card its place and the page what it needs for its columns."""


class Guide(QObject):
    """Made once the room has opened; `toggle` puts the card away and takes it up again."""

    def __init__(self, counter: CounterWindow, room: PracticeRoom, folder: Path) -> None:
        super().__init__(room)
        self._counter, self._room, self._file = counter, room, folder / FILE
        self._window = counter.window
        self.card, self.band = GuideCard(), GuideBand()
        self._beside = self._docked(self.card, Qt.DockWidgetArea.RightDockWidgetArea)
        self._below = self._docked(self.band, Qt.DockWidgetArea.BottomDockWidgetArea)
        self._is_shown = False
        self._soon = QTimer(self)                  # many things change with one key: one look at the end of it
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        self.progress = self._read()
        bind(self._window, {keys.GUIDE: self.toggle}, is_for_window=True)
        room.strip.guide_asked.connect(self.toggle)
        room.looked_at_paper.connect(self._on_paper)
        counter.changes.happened.connect(lambda _: self._soon.start())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self._window.installEventFilter(self)
        if not self.progress.is_done:
            self.open()

    @property
    def is_open(self) -> bool:
        return self._is_shown

    def toggle(self) -> None:
        """Away, or back at what is next now; a guide that was done begins anew."""
        if self.is_open:
            self._is_shown = False
            self._place()
            self._window.say(tr("Đã cất hướng dẫn. Mở lại: {key}.", key=keys.GUIDE.cap), "info")
            return
        if self.progress.is_done:
            self._keep(self._fresh())
        self.open()

    def open(self) -> None:
        self._is_shown = True
        self._place()
        self._soon.start()

    # inside

    def _docked(self, widget: GuideCard | GuideBand, area: Qt.DockWidgetArea) -> QDockWidget:
        widget.left.connect(self.toggle)
        dock = QDockWidget(self._window)
        dock.setObjectName(type(widget).__name__)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        dock.hide()
        return dock

    def _place(self) -> None:
        """At the side where the page keeps its columns beside the card, else below the page."""
        is_beside = self._window.width() >= ROOMY
        self._beside.setVisible(self._is_shown and is_beside)
        self._below.setVisible(self._is_shown and not is_beside)

    def _look(self) -> None:
        if not self.is_open or self._counter.desk is None:
            return
        scans = self._counter.scan_desk
        seen = look(self._window, self._room, self.progress, has_scanner=bool(scans and scans.sources))
        self._note(seen)
        step = present(seen, self.progress)
        self.card.show_step(step)
        self.band.show_step(step)

    def _note(self, seen: Seen) -> None:
        """What will not be seen any more."""
        done, page = self.progress, self._window.page()
        if seen.is_why_open:
            done = replace(done, has_seen_why=True)
        if seen.received and not seen.is_plugged:
            done = replace(done, has_pulled=True)
        if seen.received and done.has_pulled and has_filed(page):
            done = replace(done, has_filed=True)
        if done.has_filed and seen.is_plugged and not seen.waiting and isinstance(page, SyncPage):
            done = replace(done, is_done=True)
        self._keep(done)

    def _on_paper(self) -> None:
        if self.is_open and self._window.state.stored > self.progress.before:
            self._keep(replace(self.progress, has_seen_paper=True))
            self._soon.start()

    def _on_focus(self, before: object, now: object) -> None:
        self._soon.start()

    def _today(self) -> str:
        desk = self._counter.desk
        return "" if desk is None else local(desk.clock()).date().isoformat()

    def _fresh(self) -> Progress:
        return Progress(self._today(), self._window.state.stored)

    def _read(self) -> Progress:
        """As it was left today; another day begins anew."""
        with suppress(OSError, ValueError, TypeError):
            held = Progress(**json.loads(self._file.read_text(encoding="utf-8")))
            if held.is_done or held.day == self._today():
                return held
        return self._fresh()

    def _keep(self, progress: Progress) -> None:
        if progress != self.progress:
            self.progress = progress
            self._file.write_text(json.dumps(asdict(progress)), encoding="utf-8")

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is about to paint: something that can be seen has changed."""
        if event.type() == QEvent.Type.UpdateRequest and self.is_open:
            self._soon.start()
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return False
