"""Which page stands large and in how many points: pictures come from the light table, never decoded here raw."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from app.domain.scanned_page import ScannedPage
from app.errors import KnownError
from ui.background.alive import while_alive
from ui.background.pictures import Thumbnails
from ui.background.scan_desk import ScanDesk
from ui.background.tasks import Task
from ui.messages import sentence
from ui.translations import tr
from ui.widgets.page_view import PageView

_SIZES = (1400, 2600, 4800)
"""Longest sides asked for: a page as wide as the room, read closely, and every point there is."""
_MOST_KEPT = 8
_A4 = QSize(1654, 2339)            # 200 dpi, until a page is prepared and says its own size


class Viewing(QObject):
    """Shows pages in `view`. First the thumbnail, at once; then the picture; a sharper one when it is enlarged."""

    def __init__(
        self, view: PageView, scans: ScanDesk, pictures: Thumbnails, language: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._scans, self._pictures, self._language = view, scans, pictures, language
        self._page: ScannedPage | None = None
        self._turn = 0
        self._size = _SIZES[0]
        self._task: Task | None = None
        self._kept: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        view.sharper_wanted.connect(self._on_sharper_wanted)
        view.clear(tr("Chọn một trang để xem lớn."))

    def show_page(self, page: ScannedPage | None, turn: int = 0) -> None:
        """`page` turned by `turn` degrees; None: no page is chosen."""
        if page == self._page and turn == self._turn:
            return
        is_other = page is None or self._page is None or page.id != self._page.id
        self._page, self._turn = page, turn
        if is_other:
            self._size = _SIZES[0]
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if page is None:
            self._view.clear(tr("Chọn một trang để xem lớn."))
        elif page.failure:
            said = sentence(KnownError(page.failure), self._language)
            how = tr("Bản gốc vẫn được giữ. Bấm Shift+S để làm lại trang này; nếu vẫn không được, bấm Delete "
                     "để bỏ ra rồi quét lại.")
            self._view.clear(f"{said.title} ({said.code})\n\n{how}")
        else:
            self._show(page)

    @property
    def is_sharp(self) -> bool:
        """Whether the picture that was asked for last is the one in view."""
        return self._page is not None and self._key(self._page) in self._kept

    def _show(self, page: ScannedPage) -> None:
        sharpest = self._found(page)
        if sharpest is not None:
            self._view.show_picture(sharpest, self._whole(page))
        elif page.thumbnail is not None and (small := self._pictures.pixmap(page.thumbnail.sha256)) is not None:
            turned = small.toImage()
            self._view.show_picture(_turned(turned, self._turn), self._whole(page))
        else:
            self._view.clear(tr("Đang mở trang…"))
        if self._key(page) not in self._kept:
            self._ask(page)

    def _ask(self, page: ScannedPage) -> None:
        key = self._key(page)
        if self._task is not None:
            self._task.cancel()
        sha256, size, turn = key

        def came(image: QImage) -> None:
            self._kept[key] = image
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            if self._page is not None and self._key(self._page) == key:
                self._view.show_picture(image, self._whole(self._page))

        if not self._scans.is_closed:
            self._task = self._scans.picture(
                sha256, size, turn, while_alive(self, came), while_alive(self, self._on_failed)
            )

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._language)
        self._view.clear(f"{said.title}. {said.detail()} ({said.code})")

    def _on_sharper_wanted(self, pixels: int) -> None:
        if self._page is None or self._page.failure:
            return
        whole = self._whole(self._page)
        enough = next((size for size in _SIZES if size >= pixels), _SIZES[-1])
        most = next((size for size in _SIZES if size >= max(whole.width(), whole.height())), _SIZES[-1])
        if min(enough, most) > self._size:
            self._size = min(enough, most)
            self._ask(self._page)

    def _key(self, page: ScannedPage) -> tuple[str, int, int]:
        blob = page.prepared or page.original
        return blob.sha256, self._size, self._turn

    def _found(self, page: ScannedPage) -> QImage | None:
        """The best picture that is here, a smaller one until the sharp one has come."""
        blob = page.prepared or page.original
        found = (self._kept.get((blob.sha256, size, self._turn)) for size in reversed(_SIZES))
        return next((image for image in found if image is not None), None)

    def _whole(self, page: ScannedPage) -> QSize:
        finding = page.finding
        size = QSize(finding.width, finding.height) if finding is not None else QSize(_A4)
        return size.transposed() if self._turn in (90, 270) else size


def _turned(image: QImage, degrees: int) -> QImage:
    from PySide6.QtGui import QTransform

    return image.transformed(QTransform().rotate(degrees)) if degrees else image
