"""Phiếu thu gom: who, where, for what, when; the slip with its temporary number is printed at the end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.catalogue_search import Hit
from app.domain.checklist import applicable_requirements
from app.domain.intake import ChosenProcedure, PaperGiven, PaperStatus
from app.domain.new_intake import choose_procedure
from app.domain.pickup import PickupCall
from app.domain.postal_address import PostalAddress
from app.domain.procedure import Procedure, ProcedureCase
from app.services.post.pickups import ask_pickup
from ui.dialogs.act_sheet import ActSheet
from ui.models.procedure_hits import AnswerLine, ProcedureHits
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.pages.intake.answer_delegate import AnswerDelegate
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.phone_field import PhoneField
from ui.widgets.search_box import SearchBox
from ui.widgets.text import Text


class CallSheet(ActSheet):
    """`show_empty`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Nhận hồ sơ tại nhà"), tr("Ghi phiếu và in"), width=940)
        self._procedure: Procedure | None = None
        agencies = {agency.id: agency.name for agency in desk.office.catalogue.agencies}
        self._hits = ProcedureHits(desk.office.search, lambda hit: _line(hit, agencies))
        self._delegate = AnswerDelegate(self)
        self.search = SearchBox(tr("Tìm thủ tục"), tr("Gõ 2–3 tiếng, không cần dấu, hoặc mã thủ tục"))
        self.search.set_model(self._hits, self._delegate)
        self.search.typed.connect(self._on_typed)
        self.search.chose.connect(self._on_chosen)
        self._chosen = Text("", "secondary", is_wrapped=True)
        self.case = Choice(tr("Trường hợp"))
        self.name = LineField(tr("Người nộp hồ sơ"))
        self.identifier = LineField(tr("Số căn cước hoặc hộ chiếu (nếu biết)"), is_figures=True)
        self.phone = PhoneField(tr("Điện thoại"))
        self.line = LineField(tr("Số nhà, đường, thôn, tổ"))
        self.commune = LineField(tr("Xã, phường, đặc khu (từ 01/07/2025)"))
        self.province = LineField(tr("Tỉnh, thành phố"))
        self.visit = LineField(tr("Hẹn đến lúc"), hint=tr("Sáng 24/11/2026"))
        self.collector = LineField(tr("Người đi thu gom"))
        self.note = LineField(tr("Ghi chú"))
        self._needed = {
            "name": (self.name, tr("Ghi tên người nộp.")), "phone": (self.phone, tr("Ghi điện thoại để hẹn.")),
            "line": (self.line, tr("Ghi số nhà, đường, thôn, tổ.")),
            "commune": (self.commune, tr("Hỏi và ghi xã, phường hoặc đặc khu mới.")),
            "province": (self.province, tr("Ghi tỉnh, thành phố.")),
        }
        for field in self._all():
            field.edited.connect(lambda _, field=field: field.set_message(""))
        self._arrange()

    def show_empty(self) -> None:
        self._procedure = None
        self.search.setText("")
        self._hits.look_for("", self._desk.clock().date())
        self._say("")
        self.case.clear()
        self.case.hide()
        for field in self._all():
            field.set_text("")
            field.set_message("")

    def choose(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self.search.setText("")
        self._say(f"{procedure.code} · {procedure.name}")
        self.case.clear()
        for case in procedure.cases:
            self.case.addItem(case.name)
        self.case.setVisible(len(procedure.cases) > 1)
        self._fit()

    def may_confirm(self) -> bool:
        if self._procedure is None:
            self._say(tr("Chọn thủ tục trước."), "bad")
            self.search.setFocus()
            return False
        for field, words in self._needed.values():
            if not field.text().strip():
                field.set_message(words)
                field.line.setFocus()
                return False
        return True

    def carry_out(self) -> None:
        procedure, case = self._procedure, self._case()
        assert procedure is not None
        agency = self._desk.office.agency(procedure.agency)
        chosen: ChosenProcedure = choose_procedure(self._desk.office.catalogue, agency, procedure, case)
        call = PickupCall(
            self.name.text(), self.phone.number(),
            PostalAddress(self.line.text(), self.commune.text(), self.province.text()), chosen,
            identifier=self.identifier.text(), papers=expected_papers(case), visit=self.visit.text(),
            collector_name=self.collector.text(), note=self.note.text(),
        )
        made = carry_out(self._desk, ask_pickup, call, intent=self.intent)
        self._desk.frame.say(tr("Đã ghi phiếu thu gom {number}", number=made.number))

    # inside

    def _all(self) -> tuple[LineField, ...]:
        return (self.name, self.identifier, self.phone, self.line, self.commune, self.province, self.visit,
                self.collector, self.note)

    def _case(self) -> ProcedureCase:
        assert self._procedure is not None
        return self._procedure.cases[max(0, self.case.currentIndex())]

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for field, row, column, span in (
            (self.name, 0, 0, 2), (self.phone, 0, 2, 1), (self.line, 1, 0, 3), (self.commune, 2, 0, 2),
            (self.province, 2, 2, 1), (self.visit, 3, 0, 1), (self.collector, 3, 1, 1), (self.identifier, 3, 2, 1),
            (self.note, 4, 0, 3),
        ):
            grid.addWidget(field, row, column, 1, span)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        for widget in (self.search, self._chosen, self.case):
            self.content.addWidget(widget)
        self.content.addLayout(grid)
        said = tr("Thời hạn chỉ tính từ khi hồ sơ được tiếp nhận chính thức tại quầy; phiếu in rõ điều này.")
        self.content.addWidget(Text(said, "secondary", is_wrapped=True))
        self.content.addStretch(1)

    def _say(self, words: str, tone: str = "") -> None:
        self._chosen.setText(words)
        self._chosen.set_tone(tone)
        self._chosen.setVisible(bool(words))

    def _on_typed(self, text: str) -> None:
        self._hits.look_for(text, self._desk.clock().date())

    def _on_chosen(self, index: QModelIndex) -> None:
        self.choose(self._hits.hit(index.row()).procedure)
        self.name.line.setFocus()


def expected_papers(case: ProcedureCase) -> tuple[PaperGiven, ...]:
    """The papers that everybody needs for this case, as the catalogue counts them; at the door they are counted
    anew."""
    needs = applicable_requirements(case, is_delegate=False, is_minor=False, is_organisation=False)
    return tuple(
        PaperGiven(
            need.code, need.name, PaperStatus.PRESENT, need.is_required,
            need.originals if need.originals + need.certified + need.copies else 1, need.certified, need.copies,
        )
        for need in needs if need.is_required
    )


def _line(hit: Hit, agencies: dict[str, str]) -> AnswerLine:
    procedure = hit.procedure
    return AnswerLine(procedure.name, f"{procedure.code} · {agencies.get(procedure.agency, '')}")
