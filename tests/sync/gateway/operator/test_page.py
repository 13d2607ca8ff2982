"""The operator sees what the province holds and lacks, and no citizen."""

from __future__ import annotations

import json
from datetime import date

from sync.contract.messages import Head
from sync.gateway.bridge import tables as bridge
from sync.gateway.bridge.figures import note
from sync.gateway.file_tables import stored_files
from sync.gateway.operator.people import end_operator
from sync.gateway.province import mark_restored
from sync.gateway.times import stamp
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, Op, cursor
from tests.sync.gateway.operator.conftest import NAME, Visitor

PLACES = ("/", "/counters", "/forks", "/waiting", "/files", "/slots", "/nation", "/clerks", "/acts")
CITIZEN = "Nguyễn Văn Bí Mật"


def forked(gateway: InProcess, name: str = "Quầy 1", length: int = 2) -> tuple[FakeCounter, list[Op], list[Op]]:
    """A counter whose disk was copied: (it, the chain, the branch that was kept aside)."""
    counter = gateway.counter(name)
    first = counter.first_number("cong-an")
    codes = [counter.number(first + n, day=date(2026, 9, 21)) for n in range(2 * length)]
    secret = {"dossier": {"intake": {"applicant": {"person": {"full_name": CITIZEN}}}}}
    start = (counter.seq, counter.prev)
    chain = [counter.write(number=code, body=secret) for code in codes[:length]]
    counter.push(chain)
    counter.seq, counter.prev = start
    branch = [counter.write(number=code, body=secret) for code in codes[length:]]
    counter.push(branch)
    return counter, chain, branch


def test_only_a_token_lets_its_owner_in_however_it_was_copied(
    gateway: InProcess, stranger: Visitor, token: str,
) -> None:
    for path in (*PLACES, "/forks/x/1", "/forks/x/1?done=1"):
        seen = stranger.see(path)
        assert seen.answer.status_code == 401 and [where for where, _ in seen.forms] == ["/enter"]
    for wrong in ("", "sai", "0" * 32):
        assert stranger.enter(wrong).answer.status_code == 403 and stranger.see("/").answer.status_code == 401
    assert NAME in stranger.enter(f" {token.upper().replace('-', ' ')} ").text
    stranger.send("/leave", {})
    assert stranger.see("/").answer.status_code == 401
    with gateway.opened.database.writing() as connection:
        end_operator(connection, NAME, gateway.now)
    assert stranger.enter(token).answer.status_code == 403


def test_every_page_says_its_policy_and_holds_no_citizens_data(gateway: InProcess, operator: Visitor) -> None:
    counter, _, _ = forked(gateway)
    for path in (*PLACES, f"/forks/{counter.device}/1"):
        seen = operator.see(path)
        assert seen.answer.status_code == 200 and CITIZEN not in seen.answer.text
        policy = seen.answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "script" not in policy
        assert "<script" not in seen.answer.text and 'lang="vi"' in seen.answer.text


def test_words_from_outside_cannot_become_markup(gateway: InProcess, operator: Visitor) -> None:
    counter = gateway.counter("Quầy 1")
    counter.hello(app="<script>x</script>")
    text = operator.see("/counters").answer.text
    assert "<script>" not in text and "&lt;script&gt;" in text


def test_a_counter_shows_what_it_said_beside_what_is_here(gateway: InProcess, operator: Visitor) -> None:
    counter = gateway.counter("Quầy 1")
    counter.push([counter.write() for _ in range(3)])
    counter.hello(head=Head(10, "a" * 64), cursor=cursor(counter.incarnation, 1), app="0.9.1",
                  t_wall="2026-09-21T01:12:00.000Z")
    text = operator.see("/counters").text
    assert "Bưu cục Mẫu" in text and "0.9.1" in text and "nhanh 12 phút" in text
    figures = operator.see("/").text
    assert "7 việc quầy đã báo mà chưa tới" in figures and "Quầy 1" in figures
    gateway.advance(hours=25)
    assert "Im lặng" in operator.see("/").text


def test_a_dossier_is_complete_once_all_its_files_are_here(gateway: InProcess, operator: Visitor) -> None:
    counter = gateway.counter("Quầy 1")
    code = counter.number(counter.first_number("cong-an"), day=date(2026, 9, 21))
    named = [{"sha256": letter * 64, "size": 9} for letter in "ab"]
    counter.push([counter.write(number=code, body={"attachments": named})])
    assert "0 trong 1 hồ sơ có tệp đã đủ tệp" in operator.see("/files").text
    with gateway.opened.database.writing() as connection:
        for each in named:
            connection.execute(stored_files.insert().values(
                sha256=each["sha256"], size=9, device=counter.device, stored_at=stamp(gateway.now)))
    assert "1 trong 1 hồ sơ có tệp đã đủ tệp" in operator.see("/files").text


def test_what_is_not_accepted_says_whose_turn_it_is_until_a_correction_came(
    gateway: InProcess, operator: Visitor,
) -> None:
    counter = gateway.counter("Quầy 1")
    outside = counter.number(9_000, day=date(2026, 9, 21))
    counter.push([counter.write(number=outside)])
    text = operator.see("/waiting").text
    assert outside in text and "Quầy phải sửa" in text and "Số ngoài dải được cấp" in text
    assert "1 việc bị cách ly" in operator.see("/").text
    counter.push([counter.write(type="dossier.corrected", body={"code": outside})])
    assert "Đã có đính chính" in operator.see("/waiting").text
    assert "0 việc bị cách ly" in operator.see("/").text


def test_what_the_national_database_refused_waits_for_a_person(gateway: InProcess, operator: Visitor) -> None:
    assert "Chưa nối với cơ sở dữ liệu quốc gia" in operator.see("/nation").text
    key, at = "H47.15-260921-0001", stamp(gateway.now)
    with gateway.opened.database.writing() as connection:
        connection.execute(bridge.dossiers.insert().values(
            number_key=key, office="bc-mau", number=key, device="d", epoch=1, seq=1, lacking=0))
        connection.execute(bridge.queue.insert().values(
            number_key=key, service="dossier", state="refused", changes=1, since=at, next_try=at, attempts=1,
            is_unsure=False, reason="field_missing", answer=f"Thiếu {CITIZEN}"))
        note(connection, "trouble", at, "timeout")
    seen = operator.see("/nation")
    assert key in seen.text and "Bị từ chối" in seen.text and "field_missing" in seen.text
    assert "timeout" in seen.text and CITIZEN not in seen.answer.text


def test_slots_say_which_agency_runs_out(gateway: InProcess, operator: Visitor) -> None:
    counter = gateway.counter("Quầy 1")
    assert counter.answer is not None
    agencies = {json.loads(each.payload)["agency"] for each in counter.answer.leases}
    text = operator.see("/slots").text
    assert all(agency in text for agency in agencies) and "15 / 16" in text and "Sắp hết" not in text
    assert "0 cơ quan sắp hết khe số" in operator.see("/").text


def test_a_restored_province_waits_until_somebody_says_that_all_have_called(
    gateway: InProcess, operator: Visitor,
) -> None:
    first = gateway.counter("Quầy 1")
    second = gateway.counter("Quầy 2")
    gateway.advance(minutes=5)
    with gateway.opened.database.writing() as connection:
        mark_restored(connection, "ban-sao", stamp(gateway.now))
    gateway.advance(minutes=5)
    first.hello()
    waiting = operator.see("/").text
    assert "Còn 1 quầy chưa gọi lại" in waiting and waiting.count("Chưa gọi lại") == 1
    second.hello()
    seen = operator.see("/")
    assert "Mọi quầy đã gọi lại" in seen.text
    unsure = seen.form("/settle") | {"sure": ""}
    assert operator.send("/settle", unsure).answer.status_code == 400
    assert "khôi phục" in operator.see("/").text
    after = operator.send("/settle", seen.form("/settle"))
    assert after.answer.status_code == 200 and "khôi phục" not in after.text
    assert "Khép lại việc phục hồi" in operator.see("/acts").text
