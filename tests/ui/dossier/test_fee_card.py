"""The card of the fees on a dossier: what was counted, what was taken off, and by which paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.fee_charge import charge
from app.domain.fee_formula import Count
from tests.app.domain.test_fee_charge import POOR, due, rule
from tests.app.domain.test_fee_formula import CERTIFYING
from tests.office import sample_intake
from ui.pages.dossier.fee_card import FeeCard


def test_the_card_says_how_the_amount_came_about(qtbot: QtBot) -> None:
    line = due(rule(None, formula=CERTIFYING), replace(POOR, percent=50))
    fee = charge(line, catalogue="thử", counts=[Count(2, 3)], group="ngheo")
    card = FeeCard()
    qtbot.addWidget(card)
    card.show_intake(replace(sample_intake("a"), fees=(fee, fee), exemption="ngheo",
                             exemption_reason="Hộ nghèo (mẫu)", exemption_proof="Giấy số 12 (mẫu)"))
    told = [label.text() for label in card.findChildren(QLabel)]
    assert told.count("2 trang × 3 bản; giảm 6.000 đ: Hộ nghèo (mẫu)") == 2
    assert (told.count("6.000 đ"), told.count("12.000 đ")) == (2, 1)
    assert any("Giấy tờ chứng minh: Giấy số 12 (mẫu)" in text for text in told)
