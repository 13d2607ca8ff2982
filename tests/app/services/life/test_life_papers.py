"""Every paper of these acts is drawn from the stored operation, its codes read back."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from app.domain.dossier_papers import RefusalReason
from app.printing.papers import render
from app.services.life.agency_papers import note_stop
from app.services.life.refusal import refuse_intake
from app.services.life.sheets import Sheet, ask_sheet
from tests.app.services.life.counter import LETTER, Desk, at
from tests.office import sample_intake


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(" ".join(pages).split())


def asked(desk: Desk, code: str) -> str:
    return desk.ask(code).jobs[0]


def extended(desk: Desk, code: str) -> str:
    return desk.extend(code, at("2027-03-15 17:00")).jobs[0]


def stopped(desk: Desk, code: str) -> str:
    return desk.do(note_stop, code, "Quá hạn bổ sung", LETTER).jobs[0]


def explained(desk: Desk, code: str) -> str:
    desk.ask(code)
    desk.bring(code)
    return desk.do(ask_sheet, code, Sheet.DERIVATION)


def told(desk: Desk, code: str) -> str:
    desk.ask(code)
    return desk.do(ask_sheet, code, Sheet.HISTORY)


def refused(desk: Desk, code: str) -> str:
    del code                               # a refusal is of a form, not of the dossier
    office = desk.office.application
    with office.database.writing() as connection:
        return refuse_intake(
            connection, office.enrolled, desk.office.clerk, office.rules, sample_intake("b"),
            (RefusalReason("Không thuộc thẩm quyền"),), now=desk.office.clock.now(),
            randomness=desk.office.noise.randbytes,
        ).jobs[0]


@pytest.mark.parametrize(("make", "said"), [
    (asked, "ghi lại mục 7"), (extended, "12/PXL-THU"), (stopped, "Quá hạn bổ sung"),
    (explained, "Công dân đã bổ sung hồ sơ"), (told, "Yêu cầu bổ sung"), (refused, "Không thuộc thẩm quyền"),
], ids=lambda value: getattr(value, "__name__", ""))
def test_each_paper_says_what_was_done(desk: Desk, make: Callable[[Desk, str], str], said: str) -> None:
    code = desk.receive(sample_intake("a"))
    text = text_of(render(desk.paper(make(desk, code))))
    assert said in text and "Nguyễn Thị Mẫu Ánh" in text


