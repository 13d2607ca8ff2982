"""The buttons of a dossier: one large, eight small, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.dossier import OPEN_STATES, State
from ui.translations import tr
from ui.widgets.action_button import ActionButton

Act = Callable[[], object]


class DossierButtons(QWidget):
    """Two of the buttons say what fits the state of the dossier: `name_for`."""

    def __init__(
        self, *, reprint: Act, supplement: Act, agency_paper: Act, withdraw: Act, history: Act, digitise: Act,
        correct: Act, cover: Act, back: Act,
    ) -> None:
        super().__init__()
        self.primary = ActionButton(tr("In lại giấy tiếp nhận"), "P", kind="primary")
        self.primary.clicked.connect(reprint)
        self.supplement = ActionButton(tr("Bổ sung"), "T")
        self.withdraw = ActionButton(tr("Rút"), "R")
        self.edit = ActionButton(tr("Sửa"), "E")
        small = (
            (self.supplement, supplement), (ActionButton(tr("Văn bản"), "C"), agency_paper),
            (self.withdraw, withdraw), (ActionButton(tr("Quá trình"), "H"), history),
            (ActionButton(tr("Số hóa"), "S"), digitise), (self.edit, correct),
            (ActionButton(tr("In bìa"), "B"), cover), (ActionButton(tr("Về"), "Esc"), back),
        )
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, (button, act) in enumerate(small):
            button.clicked.connect(act)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)     # two halves of the row
            grid.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.primary)
        column.addLayout(grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def name_for(self, state: State, *, may_begin_stage: bool = False) -> None:
        self.supplement.set_label(tr("Giai đoạn 2") if may_begin_stage else {
            State.SUPPLEMENT_ASKED: tr("Nhận bổ sung"), State.PAYMENT_ASKED: tr("Đã nộp tiền"),
        }.get(state, tr("Bổ sung")))
        self.withdraw.set_label(tr("Rút") if state in OPEN_STATES else tr("Trả giấy"))
