"""The checklist of papers as a table: one row per paper, adapted from the form's lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.intake import PaperStatus
from ui.pages.intake.form import PaperEntry
from ui.pages.intake.paper_answers import COUNTS, Papers
from ui.translations import mark, tr

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

COL_HERE, COL_NAME, COL_ORIGINALS, COL_CERTIFIED, COL_COPIES, COL_COMPARED, COL_KEPT = range(7)
TITLES = (
    "", mark("Giấy tờ"), mark("Chính"), mark("Chứng thực"), mark("Photo"), mark("Đối chiếu"), mark("Giữ gốc"),
)
COUNT_COLUMNS = (COL_ORIGINALS, COL_CERTIFIED, COL_COPIES)

PaperRole = int(Qt.ItemDataRole.UserRole) + 10
"""The `PaperEntry` of the row."""


class ChecklistModel(QAbstractTableModel):
    """Shows `papers`; keeps its rows when only answers change, so that the view stays where it is.

    `row_words` says a whole row for a screen reader.
    """

    def __init__(self, row_words: Callable[[PaperEntry], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._papers: Papers = ()
        self._row_words = row_words

    def show_papers(self, papers: Papers) -> None:
        if papers == self._papers:
            return
        is_same_list = [paper.requirement for paper in papers] == [paper.requirement for paper in self._papers]
        if not is_same_list:
            self.beginResetModel()
            self._papers = papers
            self.endResetModel()
            return
        changed = [row for row, paper in enumerate(papers) if paper != self._papers[row]]
        self._papers = papers
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))

    def papers(self) -> Papers:
        return self._papers

    def paper(self, row: int) -> PaperEntry:
        return self._papers[row]

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._papers)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section]) if TITLES[section] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if section in COUNT_COLUMNS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        paper = self._papers[index.row()]
        if role == PaperRole:
            return paper
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._row_words(paper)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(paper, index.column())
        return None

    @staticmethod
    def _cell(paper: PaperEntry, column: int) -> str:
        if column == COL_NAME:
            return paper.requirement.name
        if column in COUNT_COLUMNS and paper.status is PaperStatus.PRESENT:
            return str(getattr(paper, COUNTS[COUNT_COLUMNS.index(column)]))
        return ""
