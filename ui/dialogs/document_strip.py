"""The pages of a document as one column of thumbnails; every key belongs to the sheet around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.domain.digitised import Document
from ui.background.pictures import Thumbnails
from ui.background.stored_documents import page_key
from ui.models.scanned_pages import PageCell, PagesModel, PageState
from ui.translations import tr
from ui.widgets.page_thumbs import PageThumbs

WIDTH = 156


class DocumentStrip(PageThumbs):
    """Cells are called by `page_key`. Only what is in sight is drawn."""

    def __init__(self, pictures: Thumbnails, parent: QWidget | None = None) -> None:
        self.cells = PagesModel()
        super().__init__(self.cells, pictures, parent)
        self.cells.setParent(self)
        self.setFixedWidth(WIDTH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def document_cells(documents: Sequence[Document], failed: frozenset[str]) -> tuple[PageCell, ...]:
    """A cell per page, documents one after the other; those of a `failed` file (SHA-256) say so."""
    cells: list[PageCell] = []
    for stack, document in enumerate(documents):
        is_broken = document.sha256 in failed
        for page in range(1, document.pages + 1):
            number = len(cells) + 1
            key = page_key(document.sha256, page)
            has_name = page == 1 and len(documents) > 1
            words = tr("Trang {number}", number=number)
            cells.append(PageCell(
                page=key, number=number, stack=stack,
                stack_words=tr("Xấp {number}", number=stack + 1) if has_name else "",
                is_last_of_stack=page == document.pages,
                thumbnail="" if is_broken else key,
                state=PageState.FAILED if is_broken else PageState.READY,
                words=f"{words}, {tr('không mở được')}" if is_broken else words,
            ))
    return tuple(cells)
