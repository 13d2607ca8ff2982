"""The procedures that fit what the clerk types, and the cases of one procedure: two short lists for a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.catalogue_search import CatalogueSearch, Hit
from app.domain.procedure import ProcedureCase

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

LineRole = int(Qt.ItemDataRole.UserRole) + 10
"""The `AnswerLine` that is drawn."""
AnswerRole = int(Qt.ItemDataRole.UserRole) + 11
"""The Hit or ProcedureCase itself."""

MOST_HITS = 10


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Two lines of an answer: what it is, and the quiet words under it; `mark` is a chip ("" none)."""

    title: str
    detail: str
    mark: str = ""


class _AnswerList(QAbstractListModel):
    """Frozen answers, shown whole; a new list replaces the old one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: Sequence[Any] = ()

    def answer(self, row: int) -> Any:
        return self._answers[row]

    def line(self, answer: Any) -> AnswerLine:
        raise NotImplementedError

    def _show(self, answers: Sequence[Any]) -> None:
        self.beginResetModel()
        self._answers = answers
        self.endResetModel()

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._answers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        answer = self._answers[index.row()]
        if role == AnswerRole:
            return answer
        if role == LineRole:
            return self.line(answer)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.line(answer).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            line = self.line(answer)
            return ". ".join(part for part in (line.title, line.detail, line.mark) if part)
        return None


class ProcedureHits(_AnswerList):
    """`look_for` asks the search at each key; `line_of` says a hit in the window's language."""

    def __init__(
        self, search: CatalogueSearch, line_of: Callable[[Hit], AnswerLine], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._line_of = line_of

    def set_search(self, search: CatalogueSearch) -> None:
        """Another catalogue is in use."""
        self._search = search

    def look_for(self, query: str, on: date) -> None:
        self._show(tuple(self._search.find(query, MOST_HITS, on)))

    def hit(self, row: int) -> Hit:
        found: Hit = self.answer(row)
        return found

    def line(self, answer: Any) -> AnswerLine:
        return self._line_of(answer)


class CaseList(_AnswerList):
    """The cases of a procedure with what tells them apart: papers, time and fee."""

    def __init__(self, line_of: Callable[[ProcedureCase], AnswerLine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line_of = line_of

    def show_cases(self, cases: Sequence[ProcedureCase]) -> None:
        self._show(tuple(cases))

    def case(self, row: int) -> ProcedureCase:
        found: ProcedureCase = self.answer(row)
        return found

    def line(self, answer: Any) -> AnswerLine:
        return self._line_of(answer)
