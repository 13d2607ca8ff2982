"""Both branches of a fork stand side by side; to open content, or to adopt a branch, is an act with a name."""

from __future__ import annotations

from typing import Any

from sync.contract.operation_text import read
from sync.gateway.operator.forks import forks
from sync.gateway.operator.people import Act, acts
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.operator.conftest import NAME, Visitor
from tests.sync.gateway.operator.test_page import CITIZEN, forked


def number_of(op: Any) -> str:
    return str(read(op.payload).number)


def test_both_branches_stand_side_by_side_place_by_place(gateway: InProcess, operator: Visitor) -> None:
    counter, chain, branch = forked(gateway)
    assert "2 chờ" in operator.see("/forks").text and "1 nhánh chờ người xem" in operator.see("/").text
    text = operator.see(f"/forks/{counter.device}/1").text
    for op in (*chain, *branch):
        assert number_of(op) in text
    assert "Chỗ này đã có một việc khác" in text and "21/09/2026 08:02" in text


def test_content_is_opened_with_a_reason_and_written_down(gateway: InProcess, operator: Visitor) -> None:
    counter, _, _ = forked(gateway)
    here = f"/forks/{counter.device}/1"
    fields = operator.see(here).form(f"{here}/content")
    assert operator.send(f"{here}/content", fields | {"reason": "xem"}).answer.status_code == 400
    assert "Mở nội dung" not in operator.see("/acts").text
    seen = operator.send(f"{here}/content", fields | {"reason": "Đối chiếu giấy hẹn"})
    assert seen.answer.status_code == 200 and CITIZEN in seen.text
    acts = operator.see("/acts").text
    assert "Mở nội dung một việc rẽ nhánh" in acts and NAME in acts and "Đối chiếu giấy hẹn" in acts
    assert CITIZEN not in acts


def test_an_adopted_branch_comes_to_the_counter_and_closes(gateway: InProcess, operator: Visitor) -> None:
    counter, _, branch = forked(gateway)
    here = f"/forks/{counter.device}/1"
    seen = operator.see(here)
    done = operator.send(f"{here}/adopt", seen.form(f"{here}/adopt"))
    assert "Đã nhận 2 việc của nhánh vào sổ" in done.text and "Mọi việc của nhánh này đã có chỗ" in done.text
    neighbour = gateway.counter("Quầy 2")
    hashes = {entry.body["hash"] for entry in neighbour.whole_feed() if entry.kind == "operation"}
    assert {read(branch[1].payload).prev} <= hashes
    assert "0 nhánh chờ người xem" in operator.see("/").text
    assert "Nhận nhánh vào sổ" in operator.see("/acts").text


def test_nothing_is_done_but_by_a_whole_form_of_this_page(gateway: InProcess, operator: Visitor) -> None:
    counter, _, _ = forked(gateway)
    here = f"/forks/{counter.device}/1"
    whole = operator.see(here).form(f"{here}/adopt")
    spoilt: list[tuple[dict[str, str], dict[str, str], int]] = [
        ({"form_key": ""}, {}, 403), ({"form_key": "0" * 32}, {}, 403), ({"sure": ""}, {}, 400),
        ({}, {"Origin": "https://khac.example"}, 403), ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
    ]
    for fields, headers, status in spoilt:
        assert operator.send(f"{here}/adopt", whole | fields, **headers).answer.status_code == status
    operator.session.cookies.clear()
    for path in ("/settle", f"{here}/adopt", f"{here}/content"):
        assert operator.send(path, whole).answer.status_code == 401
    with gateway.opened.database.reading() as connection:
        assert [each.open for each in forks(connection)] == [2]
        assert {each.act for each in acts(connection, 10)} == {Act.TOKEN_MADE}


def test_what_is_not_there_says_so(operator: Visitor) -> None:
    for path in ("/forks/khong-co/1", "/forks/khong-co/x", "/khac"):
        assert operator.see(path).answer.status_code == 404
