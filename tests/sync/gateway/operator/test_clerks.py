"""The operator sees per clerk what she may, until when, from which code, and whether she was sent away."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import event

from sync.gateway import admin
from sync.gateway.grants import mint_personal_code
from sync.gateway.operator.clerks import clerk_lines
from tests.gateway_process import OFFICE
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter
from tests.sync.gateway.operator.conftest import Visitor

CLERKS = [
    {**OFFICE["clerks"][0], "roles": ["intake"]}, {**OFFICE["clerks"][1], "roles": ["shift_lead", "cashier"]},
    {"id": "nv3", "name": "<b>Đỗ Thị Thử</b>", "accounts": {}, "roles": ["auditor"]},
]


def staffed(gateway: InProcess) -> None:
    """An office with personal sign-in: one with a code, one without, one sent away."""
    gateway.add_office(sign_in=True, clerks=CLERKS, grant_days=7)
    with gateway.opened.database.writing() as connection:
        for _ in range(2):
            mint_personal_code(connection, "bc-mau", "nv1", gateway.now, secrets.choice)
        admin._revoke(connection, "clerk", "nv3", gateway.now)


def test_each_clerk_has_her_line(gateway: InProcess, operator: Visitor) -> None:
    staffed(gateway)
    assert "2 người" not in operator.see("/clerks").text
    early, late = FakeCounter(gateway.line), FakeCounter(gateway.line)
    early.enrol(gateway.code())
    gateway.advance(days=2)
    late.enrol(gateway.code("Quầy 2"))
    answer = operator.see("/clerks").answer.text
    assert "<b>Đỗ" not in answer and "&lt;b&gt;Đỗ Thị Thử&lt;/b&gt;" in answer
    first, second, third = answer.split("<tr>")[2:]
    assert "Tiếp nhận" in first and "Đang làm" in first and '<span class="number">2</span>' in first
    assert first.index("30/09/2026") < first.index("28/09/2026"), "the counter that called last, then the other"
    assert "Trưởng ca, Thu ngân" in second and "Chưa có mã cá nhân" in second
    assert "Đã thôi từ" in third and "28/09/2026" not in third
    assert "1 người chưa có mã cá nhân" in operator.see("/clerks").text


def test_a_hundred_offices_are_read_like_one(gateway: InProcess) -> None:
    staffed(gateway)
    asked: list[str] = []
    counts = []
    for others in (0, 7):
        for number in range(others):
            gateway.add_office(id=f"bc-{number}", sign_in=True, clerks=CLERKS)
        with gateway.opened.database.reading() as connection:
            asked.clear()

            @event.listens_for(connection, "before_cursor_execute")
            def note(_: Any, cursor: Any, statement: str, *rest: Any) -> None:
                asked.append(statement)

            lines = clerk_lines(connection)
            counts.append(len(asked))
        assert len(lines) == 3 * (others + 1) and [line.serial for line in lines if line.serial] == [2]
    assert counts[0] == counts[1] > 0


def test_an_office_where_nobody_signs_in_is_said_to_be_one(gateway: InProcess, operator: Visitor) -> None:
    gateway.add_office()
    text = operator.see("/clerks").text
    assert "Bưu cục chưa bật đăng nhập" in text and "chưa có mã cá nhân nên" not in text
