"""Which page of a stored document stands large and in how many points; drawn by the light table, page by page."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from app.errors import KnownError
from ui.background.alive import while_alive
from ui.background.pictures import Thumbnails
from ui.background.stored_documents import StoredDocuments
from ui.background.tasks import Task
from ui.translations import tr
from ui.widgets.page_view import PageView

_SIZES = (1400, 2600, 3600)
"""Longest sides asked for: a page in the room, read closely, and A4 at 300 dpi."""
_NOMINAL = 2339                    # the longer side of A4 at 200 dpi: 100 % is what a scan usually has
_MOST_KEPT = 6


class DocumentViewing(QObject):
    """Shows the page of a key (`page_key`) in `view`: its thumbnail at once where there is one, then sharp."""

    failed = Signal(str, object)   # key, KnownError
    sharpened = Signal()

    def __init__(
        self, view: PageView, documents: StoredDocuments, pictures: Thumbnails, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._documents, self._pictures = view, documents, pictures
        self._key = ""
        self._size = _SIZES[0]
        self._task: Task | None = None
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._shapes: dict[str, QSize] = {}
        self.drawn = 0                     # pages the light table drew large so far
        view.sharper_wanted.connect(self._on_sharper_wanted)
        pictures.came.connect(self._on_thumbnail)

    def show_page(self, key: str) -> None:
        if key == self._key:
            return
        self._key, self._size = key, _SIZES[0]
        self._cancel()
        self._show()

    def say(self, words: str) -> None:
        """No page, but words in its place."""
        self._key = ""
        self._cancel()
        self._view.clear(words)

    def forget(self) -> None:
        """Gives the pictures up and wants none any more."""
        self.say("")
        self._kept.clear()
        self._shapes.clear()

    @property
    def is_sharp(self) -> bool:
        """Whether the picture that was asked for last is the one in view."""
        return (self._key, self._size) in self._kept

    @property
    def is_underway(self) -> bool:
        return self._task is not None

    def _show(self) -> None:
        found = (self._kept.get((self._key, size)) for size in reversed(_SIZES))
        best = next((image for image in found if image is not None), None)
        small = self._pictures.pixmap(self._key) if best is None else None
        if best is not None:
            self._view.show_picture(best, self._shapes.setdefault(self._key, _shape(best)))
        elif small is not None:
            self._view.show_picture(small.toImage(), self._shapes.get(self._key, _shape(small.toImage())))
        else:
            self._view.clear(tr("Đang mở trang…"))
        if not self.is_sharp and self._task is None:
            self._ask()

    def _ask(self) -> None:
        self._cancel()
        key, size = self._key, self._size

        def came(image: QImage) -> None:
            self._task = None
            self.drawn += 1
            self._kept[(key, size)] = image
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            self._show()
            self.sharpened.emit()

        def failed(error: Exception) -> None:
            self._task = None
            if not isinstance(error, KnownError):
                raise error
            self.failed.emit(key, error)

        self._task = self._documents.picture(key, size, while_alive(self, came), while_alive(self, failed))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()            # its answer is dropped; the one page being drawn ends by itself
            self._task = None

    def _on_thumbnail(self, key: str) -> None:
        if key == self._key and not self._view.has_picture():
            self._show()

    def _on_sharper_wanted(self, pixels: int) -> None:
        enough = next((size for size in _SIZES if size >= pixels), _SIZES[-1])
        if self._key and enough > self._size:
            self._size = enough
            self._ask()


def _shape(image: QImage) -> QSize:
    """What the page would be at 200 dpi, were it A4; a sharper picture of it must not make it jump."""
    longest = max(image.width(), image.height(), 1)
    return QSize(*(max(1, round(side * _NOMINAL / longest)) for side in (image.width(), image.height())))
