"""The scanner: which one, which feed, the one big key, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.devices.scanning.port import Source
from app.domain.scanning import Feed
from ui.background.page_values import ScanState
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.text import ElidedText

_FEEDS = {Feed.FEEDER: mark("Khay, một mặt"), Feed.DUPLEX: mark("Khay, hai mặt"), Feed.FLATBED: mark("Mặt kính")}
OTHER = "other"


class ScanCard(Card):
    """`scan_asked`, `cancel_asked`, `look_asked`; `source` and `feed` are what the clerk chose."""

    scan_asked = Signal()
    cancel_asked = Signal()
    look_asked = Signal()
    choice_changed = Signal()
    others_asked = Signal()        # none of these: another source, an address, a folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._sources: tuple[Source, ...] = ()
        self._is_looking = True
        self._state = ScanState()
        self._place = 0
        self.sources = Choice(tr("Máy quét"))
        self.sources.currentIndexChanged.connect(self._on_source_changed)
        self.feeds = Choice(tr("Khay giấy"))
        self.feeds.currentIndexChanged.connect(self.choice_changed)
        self.feeds.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.scan = ActionButton(tr("Quét"), "S", kind="primary")
        self.scan.clicked.connect(self._on_pressed)
        self.words = ElidedText("", "strong-line")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(tr("Đang quét"))
        self.stop = ActionButton(tr("Dừng"), "Esc")
        self.stop.clicked.connect(self.cancel_asked)
        self._start = QWidget()
        self._ways = QHBoxLayout(self._start)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(8)
        self._ways.addWidget(self.scan, 1)
        which = QHBoxLayout()
        which.setSpacing(8)
        which.addWidget(self.sources, 1)
        which.addWidget(self.feeds)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self._bar)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        self._progress.setFixedHeight(48)
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.addLayout(which)
        self.body.addWidget(self._start)
        self.body.addWidget(self._progress)
        self._progress.hide()
        self.show_sources((), is_looking=True)

    # values in

    def show_sources(self, sources: Sequence[Source], *, is_looking: bool, chosen: str = "") -> None:
        """The scanners of this PC; `chosen` is the id that was used last."""
        self._sources, self._is_looking = tuple(sources), is_looking
        self.sources.blockSignals(True)
        self.sources.clear()
        for source in self._sources:
            self.sources.addItem(source.name, source.id)
        if not self._sources:
            self.sources.addItem(tr("Đang tìm máy quét…") if is_looking else tr("Chưa thấy máy quét nào"))
        self.sources.addItem(tr("Nguồn khác… (Q)"), OTHER)
        ids = [source.id for source in self._sources]
        self._place = ids.index(chosen) if chosen in ids else 0
        self.sources.setCurrentIndex(self._place)
        self.sources.blockSignals(False)
        self._show_feeds()
        self._show()

    def add_ways(self, *buttons: QWidget) -> None:
        """Other ways for a page to come, beside the scanner's key."""
        for button in buttons:
            self._ways.addWidget(button)

    def show_target(self, name: str) -> None:
        """Where pages without a separator will lie; "" is the tray."""
        self.scan.setToolTip(tr("Trang không có tờ ngăn sẽ vào: {name}", name=name or tr("Chưa xếp")))

    def show_state(self, state: ScanState) -> None:
        self._state = state
        self._show()

    # values out

    @property
    def source(self) -> Source | None:
        place = self.sources.currentIndex()
        return self._sources[place] if 0 <= place < len(self._sources) else None

    @property
    def feed(self) -> Feed:
        return Feed(self.feeds.currentData() or Feed.FEEDER)

    def choose_feed(self, feed: Feed) -> None:
        place = self.feeds.findData(feed.value)
        if place >= 0:
            self.feeds.setCurrentIndex(place)

    # inside

    def _show(self) -> None:
        state = self._state
        self._start.setVisible(not state.is_scanning)
        self._progress.setVisible(state.is_scanning)
        self.scan.set_label(tr("Quét") if self._sources or self._is_looking else tr("Tìm lại"))
        self.stop.setEnabled(not state.is_cancelling)
        if state.is_cancelling:
            self.words.setText(tr("Đang dừng, chờ máy nhả giấy…"))
        else:
            self.words.setText(tr("Đang quét trang {number}…", number=state.pages + 1))

    def _show_feeds(self) -> None:
        source, before = self.source, self.feeds.currentData()
        known = source.feeds if source is not None and source.feeds else tuple(_FEEDS)
        self.feeds.blockSignals(True)
        self.feeds.clear()
        for feed, words in _FEEDS.items():
            if feed in known:
                self.feeds.addItem(tr(words), feed.value)
        place = self.feeds.findData(before)
        self.feeds.setCurrentIndex(max(0, place))
        self.feeds.setEnabled(self.feeds.count() > 1)
        self.feeds.blockSignals(False)

    def _on_source_changed(self) -> None:
        if self.sources.currentData() == OTHER:
            self.sources.blockSignals(True)
            self.sources.setCurrentIndex(self._place)
            self.sources.blockSignals(False)
            self.others_asked.emit()
            return
        self._place = self.sources.currentIndex()
        self._show_feeds()
        self.choice_changed.emit()

    def _on_pressed(self) -> None:
        if self._sources:
            self.scan_asked.emit()
        elif not self._is_looking:
            self.look_asked.emit()
