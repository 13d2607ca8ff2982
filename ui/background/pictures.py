"""Thumbnails of pages: read and decoded beside the window, few at a time, the ones in sight first.

Only JPEG that our own light table has made comes here; what a scanner, a phone or a citizen handed over is
never decoded in this process.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from ui.background.alive import while_alive
from ui.context import Background

Read = Callable[[str], bytes]
"""`sha256` to the bytes of a stored JPEG; called on a background thread."""

_AT_ONCE = 6
MOST_KEPT = 240
"""Pixmaps held: some four screens of thumbnails, about 30 MB."""


class Thumbnails(QObject):
    """`pixmap` answers at once, with None when the picture has still to come; `came` tells when it did.

    What was asked for last is loaded first, and what has scrolled out of sight before its turn is forgotten:
    of 300 pages scrolled through only the ones that stood still for a moment are decoded.
    """

    came = Signal(str)             # sha256

    def __init__(self, read: Read, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._background = read, background
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._broken: set[str] = set()
        self._is_loading = False
        self._is_stopped = False
        self._round = 0
        self.decoded = 0           # how many pictures were decoded so far
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._load)

    def pixmap(self, sha256: str) -> QPixmap | None:
        found = self._kept.get(sha256)
        if found is not None:
            self._kept.move_to_end(sha256)
            return found
        if sha256 and sha256 not in self._broken:
            self._wanted[sha256] = None
            self._wanted.move_to_end(sha256)
            while len(self._wanted) > MOST_KEPT // 4:
                self._wanted.popitem(last=False)
            if not (self._is_loading or self._is_stopped):
                self._turn.start()
        return None

    def stop(self) -> None:
        """Nothing more is loaded: the window closes."""
        self._is_stopped = True
        self._turn.stop()

    def forget_wishes(self) -> None:
        """What was asked for is out of sight; the view asks again for what it paints."""
        self._wanted.clear()

    def forget(self) -> None:
        """Gives up every picture, also those on their way and what is known to be broken."""
        self._round += 1
        self._kept.clear()
        self._wanted.clear()
        self._broken.clear()

    def _load(self) -> None:
        if self._is_loading or not self._wanted:
            return
        batch = [self._wanted.popitem(last=True)[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
        self._is_loading = True
        read, asked = self._read, self._round
        self._background.run(
            lambda: _decoded(read, batch),
            while_alive(self, lambda images: self._on_loaded(images, asked)), while_alive(self, self._on_failed),
        )

    def _on_loaded(self, images: dict[str, QImage | None], asked: int) -> None:
        self._is_loading = False
        if asked != self._round:
            images = {}
        for sha256, image in images.items():
            if image is None:
                self._broken.add(sha256)   # the nightly check tells of it; here the page keeps its blank sheet
                continue
            self.decoded += 1
            self._kept[sha256] = QPixmap.fromImage(image)
            self.came.emit(sha256)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if self._wanted and not self._is_stopped:
            self._turn.start()

    def _on_failed(self, error: Exception) -> None:
        self._is_loading = False
        raise error


def _decoded(read: Read, wanted: list[str]) -> dict[str, QImage | None]:
    from app.errors import KnownError

    images: dict[str, QImage | None] = {}
    for sha256 in wanted:
        try:
            content = read(sha256)
        except KnownError:
            images[sha256] = None
            continue
        image = QImage.fromData(content, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format
        images[sha256] = None if image.isNull() else image
    return images
