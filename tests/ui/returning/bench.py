"""The Trả kết quả page on a real office, with dossiers on their way and a desk that remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.intake import Intake
from tests.app.services.results.counter import Desk as Counter
from tests.app.services.results.counter import owing, with_original
from tests.office import office_in, sample_intake
from tests.ui.dossier.desk import Around, make_desk, present
from ui.operations.desk import Desk
from ui.pages.returning.page import ReturnPage

CARD = "049190004217||Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam|15052021"
OTHER_CARD = "049085001231||Phan Văn Thử|01011985|Nam|Thôn Mẫu, Điện Bàn, Quảng Nam|15052021"


@dataclass
class Bench:
    counter: Counter
    desk: Desk
    around: Around

    def page(self, qtbot: QtBot) -> ReturnPage:
        return present(qtbot, ReturnPage(self.desk))


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    with office_in(folder) as office:
        yield Bench(Counter(office), *make_desk(office))


def another(intent: str, name: str = "Đỗ Văn Người Khác") -> Intake:
    return sample_intake(intent, name=name, personal_id="049085001231")


def owing_with_original(intent: str) -> Intake:
    """Money and an original at once."""
    return replace(with_original(intent), fee_timing=owing(intent).fee_timing)


def write(field: object, text: str) -> None:
    """Types `text` at the end of a line; QTest's own typing knows no Vietnamese letters."""
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setText(field.text() + text)
    field.textEdited.emit(field.text())
