"""Who takes the result: as whom, by which identity paper, with which authority."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.life.facts import Collector, CollectorRole
from ui.pages.intake.segments import Segments
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.phone_field import PhoneField


class CollectorCard(Card):
    """`collector` as filled in; `edited` when anything changed by hand. The fields keep what a scan put in."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Người nhận kết quả"), note=tr("Quét căn cước để điền"))
        self.role = Segments(tr("Nhận với tư cách"), (
            (CollectorRole.OWNER, tr("Chủ hồ sơ")), (CollectorRole.SUBMITTER, tr("Người đã nộp")),
            (CollectorRole.DELEGATE, tr("Người được ủy quyền")),
        ))
        self.identifier = LineField(tr("Số giấy tờ tùy thân"), is_figures=True)
        self.name = LineField(tr("Họ và tên"))
        self.phone = PhoneField(tr("Điện thoại"), hint=tr("không bắt buộc"))
        self.authority = LineField(tr("Giấy ủy quyền: số, ngày, nơi chứng thực"))
        self._fields: tuple[QWidget, ...] = (self.identifier, self.name, self.phone)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, field in enumerate(self._fields):
            grid.addWidget(field, 0, column)
        grid.addWidget(self.authority, 1, 0, 1, 3)
        for column, stretch in enumerate((3, 4, 3)):
            grid.setColumnStretch(column, stretch)
        self.body.addWidget(self.role)
        self.body.addLayout(grid)
        self.role.chosen.connect(self._on_role)
        for line in (self.identifier, self.name, self.phone, self.authority):
            line.edited.connect(lambda _, line=line: self._on_edited(line))
        self.clear()

    def collector(self) -> Collector:
        role = self.role.value()
        return Collector(
            role, self.name.text(), self.identifier.text(), self.phone.number(),
            self.authority.text() if role is CollectorRole.DELEGATE else "",
        )

    def clear(self) -> None:
        for line in (self.identifier, self.name, self.authority):
            line.set_text("")
            line.set_message("")
        self.phone.set_number("")
        self.offer(has_submitter=True, is_person=True)
        self.set_role(CollectorRole.OWNER)

    def offer(self, *, has_submitter: bool, is_person: bool) -> None:
        """Only those who can be: a body sends somebody, and nobody else handed in what the owner did."""
        self.role.set_offered(CollectorRole.SUBMITTER, is_offered=has_submitter)
        self.role.set_offered(CollectorRole.OWNER, is_offered=is_person)
        if not is_person and self.role.value() is CollectorRole.OWNER:
            self.set_role(CollectorRole.SUBMITTER if has_submitter else CollectorRole.DELEGATE)

    def set_role(self, role: CollectorRole) -> None:
        self.role.set_value(role)
        self.authority.setVisible(role is CollectorRole.DELEGATE)

    def fill(self, name: str, identifier: str) -> None:
        """From a card; a telephone number is on none."""
        self.identifier.set_text(identifier)
        if name:
            self.name.set_text(name)
        for line in (self.identifier, self.name):
            line.set_message("")

    def _on_role(self, role: CollectorRole) -> None:
        self.set_role(role)
        self.edited.emit()

    def _on_edited(self, line: LineField) -> None:
        line.set_message("")
        self.edited.emit()
