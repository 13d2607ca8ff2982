"""From custody to the national database: everything once, in its newest form, whatever the line does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.domain.body import to_body
from app.domain.life import facts as said
from sync.contract.feed import Kind
from sync.gateway.bridge.tables import cursors
from sync.gateway.feed import advance_feed, post_entry
from sync.gateway.posts import post_alias, post_status
from sync.gateway.tables import operations
from sync.gateway.times import stamp
from tests.office import sample_intake
from tests.sync.gateway.bridge.conftest import Trial
from tests.sync.gateway.bridge.dossiers import act, correct, digitise, online, receive
from tests.sync.gateway.files import scan, send, sha

DAY_OF_NO_LEASE = date(2026, 9, 1)
ADD, UPDATE, LOOK_UP = "DongBoHoSoMC False", "DongBoHoSoMC True", "TraCuuHoSo"


def asked(trial: Trial) -> list[str]:
    return [service for service, _ in trial.national.asked]


def test_a_dossier_is_added_once_and_updated_when_something_happens_to_it(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    assert trial.run().done == {"sent": 2}                     # the dossier, and its progress: nothing to say yet
    assert trial.run().done == {}
    trial.counter.push([trial.counter.write(), act(trial.counter, said.Withdrawn("đổi ý", "Mẫu"), number)])
    trial.run()
    assert asked(trial)[:2] == [ADD, UPDATE]
    assert trial.national.held[number]["TrangThaiHoSo"] == "7"
    assert trial.national.added == {number: 1} and trial.national.updated == {number: 1}
    assert trial.row().state == "sent" and trial.row().sent_status == "7" and not trial.row().is_unsure


def test_what_does_not_show_in_the_message_is_not_sent_again(trial: Trial) -> None:
    number = trial.number()
    intake = sample_intake("i")
    trial.counter.push([receive(trial.counter, number, intake)])
    trial.run()
    trial.counter.push([correct(trial.counter, number, intake)])
    assert trial.run().done["sent"] == 2 and asked(trial) == [ADD]
    trial.counter.push([correct(trial.counter, number, replace(intake, note="Gọi trước khi đến"), version=3)])
    trial.run()
    assert asked(trial) == [ADD, UPDATE] and trial.national.held[number]["GhiChu"] == "Gọi trước khi đến"


def test_the_same_batch_pushed_twice_changes_nothing(trial: Trial) -> None:
    batch = [receive(trial.counter, trial.number()) for _ in range(5)]
    trial.counter.push(batch)
    trial.run()
    trial.counter.push(batch)
    trial.run()
    assert len(trial.national.held) == 5 and set(trial.national.added.values()) == {1}
    assert trial.national.updated == {}


def test_already_there_ends_as_success_after_an_update(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.run()
    held = dict(trial.national.held)
    with trial.gateway.opened.database.writing() as connection:            # as a restored backup forgets it
        connection.exec_driver_sql(
            "UPDATE bridge_queue SET state='waiting', code=NULL, sent_digest=NULL WHERE service='dossier'")
    trial.national.asked.clear()
    trial.run()
    assert asked(trial) == [ADD, LOOK_UP, UPDATE]
    assert trial.national.held == held and trial.row().state == "sent"


def test_a_code_that_another_dossier_has_there_is_not_written_over(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.national.held[number] = other = {
        "MaHoSo": number, "MaTTHC": "1.013225", "ChuHoSo": "Lê Văn Ví Dụ", "NgayTiepNhan": "20260921070000",
        "TrangThaiHoSo": "4"}
    trial.until_quiet(3)
    assert trial.national.held[number] is other
    (stuck,) = trial.figures()["needs_person"]
    assert (stuck["number"], stuck["reason"]) == (number, "code_held_by_other")


def test_one_dossier_that_is_refused_stops_no_other_and_is_tried_again_after_a_correction(trial: Trial) -> None:
    codes = [trial.number() for _ in range(3)]
    trial.counter.push([receive(trial.counter, code) for code in codes])
    trial.national.faults.append("refuse")
    trial.run()
    (stuck,) = trial.figures()["needs_person"]
    assert (stuck["number"], stuck["reason"], stuck["answer"]) == (
        codes[0], "code_-5", "MaTTHC không có trong danh mục")
    trial.until_quiet(3)
    assert len(trial.national.held) == 2                       # refused is not tried again by itself
    trial.counter.push([correct(trial.counter, codes[0], replace(sample_intake("i"), note="sửa"))])
    trial.run()
    assert len(trial.national.held) == 3 and trial.figures()["needs_person"] == []


def test_a_reception_that_the_province_does_not_accept_is_told_to_nobody(trial: Trial) -> None:
    beyond = trial.counter.number(9_999, day=DAY_OF_NO_LEASE)
    trial.counter.push([receive(trial.counter, beyond)])
    assert trial.run().done == {}
    (held,) = trial.figures()["needs_person"]
    assert (held["state"], held["reason"]) == ("held", "number_outside_lease")
    with trial.gateway.opened.database.writing() as connection:            # the operator settles it
        post_entry(connection, "bc-mau", Kind.VERDICT, "province", stamp(trial.gateway.now), None, {
            "verdict": "accepted", "device": trial.counter.device, "epoch": 1, "seq_from": 1, "seq_to": 1})
    trial.run()
    assert set(trial.national.held) == {beyond} and trial.figures()["needs_person"] == []


def test_a_second_paper_with_the_same_number_does_not_write_over_the_first(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.counter.push([receive(trial.counter, number, sample_intake("j", name="Lê Văn Ví Dụ"))])
    trial.run()
    assert trial.national.held[number]["ChuHoSo"] == "Nguyễn Thị Mẫu Ánh"
    assert trial.national.added == {number: 1} and trial.national.updated == {}


def test_a_dossier_filed_online_is_looked_up_and_updated_there(trial: Trial) -> None:
    there = "G22.99-260920-0007"
    trial.national.held[there] = {
        "MaHoSo": there, "MaTTHC": "x", "ChuHoSo": "y", "NgayTiepNhan": "", "TrangThaiHoSo": "1"}
    number = trial.number()
    trial.counter.push([receive(trial.counter, number, online(there))])
    trial.run()
    assert asked(trial)[:2] == [LOOK_UP, UPDATE]
    assert trial.national.held[there]["SoBienNhan"] == number and number not in trial.national.held


def test_the_agencys_word_and_the_alias_reach_the_message(trial: Trial) -> None:
    number = trial.number()
    trial.changes = {"code": "alias"}
    trial.counter.push([receive(trial.counter, number)])
    trial.run()
    assert trial.figures()["needs_person"][0]["reason"] == "alias_missing MaHoSo"
    with trial.gateway.opened.database.writing() as connection:
        post_alias(connection, number, "H47.15-260921-0900", stamp(trial.gateway.now))
        post_status(connection, number, "4", stamp(trial.gateway.now))
    trial.run()
    said_there = trial.national.held["H47.15-260921-0900"]
    assert (said_there["SoBienNhan"], said_there["TrangThaiHoSo"]) == (number, "4")


def test_a_scan_that_arrives_later_is_linked_later(trial: Trial) -> None:
    trial.changes = {"file_link": "https://tep.mau.example/{sha256}"}
    number, content = trial.number(), scan(100)
    trial.counter.push([receive(trial.counter, number),
                        digitise(trial.counter, number, "1", {sha(content): len(content)})])
    trial.run()
    assert trial.national.held[number]["TaiLieuNop"][0]["DuongDanTaiTepTin"] == ""
    trial.run()
    assert asked(trial) == [ADD]
    send(trial.counter, content)
    trial.run()
    assert trial.national.held[number]["TaiLieuNop"][0]["DuongDanTaiTepTin"].endswith(sha(content))
    trial.run()
    assert asked(trial) == [ADD, UPDATE]


def test_progress_goes_ten_rows_at_a_time_from_two_to_nine_once_it_is_finished(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    with trial.gateway.opened.database.writing() as connection:
        for status in ("4", *("8", "4") * 6, "9"):
            trial.gateway.advance(minutes=1)
            post_status(connection, number, status, stamp(trial.gateway.now))
    trial.national.faults.extend(["", "", "500_before"])       # dossier, first chunk, and the second one lost
    trial.until_quiet(4)
    rows = trial.national.progress[number]
    assert trial.national.chunks == [10, 5]
    assert [row["TrangThai"] for row in rows] == ["2", "4", *("8", "4") * 6, "9"]
    assert rows[0]["ThoiDiemXuLy"] == "20260921083015" and rows[-1]["PhongBanXuLy"] == "Công an tỉnh Mẫu"


def test_rows_whose_answer_was_lost_are_not_said_again_where_the_other_side_tells_them(trial: Trial) -> None:
    trial.changes = {"progress": "as_it_goes", "answers": {"progress_key": "TienDo"}}
    trial.national.tells_progress = True
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.national.faults.extend(["", "lost_after"])
    trial.until_quiet(3)
    assert len(trial.national.progress[number]) == 1 and trial.row("progress").state == "sent"


def test_no_position_is_skipped_by_readers_that_race(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number()) for _ in range(3)])
    with trial.gateway.opened.database.writing() as connection:
        advance_feed(connection, "bc-mau", 1_100)              # more than two pages
    trial.run()
    with trial.gateway.opened.database.reading() as connection:
        head = connection.execute(select(operations.c.position)).scalars().all()
        assert connection.execute(select(cursors.c.position)).scalar_one() == len(head) + 1 + 1_100
    assert len(trial.national.held) == 3 and trial.figures()["unread"] == 0




def test_what_was_filed_online_and_refused_is_told_as_not_received(trial: Trial) -> None:
    there = "G22.99-260920-0007"
    trial.counter.push([trial.counter.write(type="refusal.made", body={
        "number": 1, "year": 2026, "form_set": "2025", "clerk_name": "Trần Thị Mẫu", "national_code": there,
        "submitted_at": "2026-09-20T03:00:00+00:00", "reasons": [{"text": "Sai thẩm quyền", "legal_basis": ""}],
        "advice": "", "intake": to_body(sample_intake("i"))})])
    trial.run()
    held = trial.national.held[there]
    assert (held["TrangThaiHoSo"], held["NgayTuChoi"], held["NgayNopHoSo"], held["NgayTiepNhan"]) == (
        "3", "20260921080203", "20260920100000", "")
    assert (held["GhiChu"], held["NoiNopHoSo"], held["SoBienNhan"]) == ("Sai thẩm quyền", "1", "")
    assert trial.national.progress == {}


def test_a_refusal_at_the_counter_is_no_dossier(trial: Trial) -> None:
    trial.counter.push([trial.counter.write(type="refusal.made", body={
        "number": 1, "year": 2026, "national_code": "", "submitted_at": None, "reasons": [],
        "intake": to_body(sample_intake("i"))})])
    assert trial.run().done == {} and trial.figures()["dossiers"] == 0


def test_a_dossier_that_cannot_be_read_waits_for_a_person_and_stops_no_other(trial: Trial) -> None:
    odd, good = trial.number(), trial.number()
    trial.counter.push([trial.counter.write(number=odd, body={"dossier": {"version": "một"}}),
                        receive(trial.counter, good),
                        trial.counter.write(type="result.returned", body={"lines": [{"code": 7}, good, None]}),
                        trial.counter.write(type="dossier.corrected", body={"code": good, "dossier": []})])
    trial.run()
    assert set(trial.national.held) == {good}
    (stuck,) = trial.figures()["needs_person"]
    assert stuck["number"] == odd and stuck["reason"].startswith("dossier_unreadable")
