"""Papers and originals: what was handed in, how many of each kind, and which originals the agency keeps."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.intake import Intake
from app.domain.life.life import Original
from app.services.stored_papers import Completeness, RequirementPapers
from ui.delegates.cells import ChipDelegate
from ui.pages.dossier.facts import PaperRow, paper_rows, papers_note
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

COLUMNS: tuple[Column[PaperRow], ...] = (
    Column(mark("Giấy tờ"), lambda row: row.name),
    Column(mark("Nhận"), lambda row: row.given),
    Column(mark("Tình trạng"), lambda row: row.state, tone=lambda row: row.tone),
    Column(mark("Bản gốc"), lambda row: row.kept),
    Column(mark("Số hóa"), lambda row: row.scanned, tone=lambda row: row.scanned_tone),
)


class PapersCard(Card):
    """Scrolls alone when there are fifty papers."""

    def __init__(self) -> None:
        super().__init__(tr("Giấy tờ và bản gốc"), is_flush=True)
        self.table = RowTable(tr("Giấy tờ và bản gốc"), lines=2)
        self.table.set_delegate(2, ChipDelegate(has_icon=True))
        self._model: PagedTableModel[PaperRow] = PagedTableModel(COLUMNS, ListSource(()), parent=self.table)
        self.table.setModel(self._model)
        self.table.set_delegate(4, ChipDelegate(has_icon=True))
        self.table.set_widths(-5, -3, 0, 0, 0)
        self.table.set_spare(1, 4)      # who holds an original is never given up
        self.table.set_empty(EmptyState(tr("Hồ sơ này không có giấy tờ nào"), icon="paper"))
        self.body.addWidget(self.table)

    def show_papers(
        self, intake: Intake, digitised: Sequence[RequirementPapers], completeness: Completeness,
        originals: Sequence[Original] = (),
    ) -> None:
        """`originals` with who holds each now."""
        self._model.set_source(ListSource(paper_rows(intake, digitised, originals)))
        self.set_note(papers_note(intake, completeness, originals))
