"""From custody to the national database: everything once, in its newest form, whatever the line does."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.domain.life import facts as said
from sync.contract.feed import Kind
from sync.gateway.bridge.queue import claim
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


FAULTS = (
    "lost_before", "lost_after", "500_before", "500_after", "unreadable_after", "busy", "session", "redirect",
)


@pytest.mark.parametrize("guards", [True, False])
def test_whatever_breaks_on_the_way_each_dossier_is_there_once_in_its_newest_form(
    trial: Trial, guards: bool,
) -> None:
    trial.national.guards = guards                             # False: it would store an added code twice
    trial.changes = {"progress": "as_it_goes"}
    codes = [trial.number() for _ in range(len(FAULTS))]
    trial.counter.push([receive(trial.counter, code) for code in codes])
    for fault in FAULTS:
        trial.national.faults.extend([fault, "", fault])
    trial.until_quiet(12)
    trial.counter.push([act(trial.counter, said.Withdrawn("đổi ý", "Mẫu"), *codes)])
    trial.national.faults.extend([*FAULTS, *FAULTS])
    trial.until_quiet(12)
    assert set(trial.national.held) == set(codes)
    assert {each["TrangThaiHoSo"] for each in trial.national.held.values()} == {"7"}
    assert set(trial.national.added.values()) == {1}
    figures = trial.figures()
    assert figures["counts"] == {"dossier_sent": len(codes), "progress_sent": len(codes)}
    assert figures["unsure"] == figures["failing"] == figures["needs_person_count"] == 0


def test_a_worker_killed_after_its_request_went_out_leaves_a_row_that_says_so(trial: Trial) -> None:
    trial.national.guards = False
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])

    class Killed(BaseException):
        pass

    bridge = trial.bridge()
    ask = bridge.line.ask

    def ask_and_die(what: object) -> object:
        ask(what)  # type: ignore[arg-type]
        raise Killed

    bridge.line.ask = ask_and_die  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        bridge.run()
    assert trial.national.added == {number: 1} and trial.row().is_unsure
    assert trial.run().done == {}                              # the dead worker's claim still stands
    trial.gateway.advance(minutes=10)
    trial.run()
    assert asked(trial) == [ADD, LOOK_UP, UPDATE] and trial.national.added == {number: 1}


def test_two_workers_share_the_queue_and_say_nothing_twice(trial: Trial) -> None:

    codes = [trial.number() for _ in range(30)]
    trial.counter.push([receive(trial.counter, code) for code in codes])
    trial.changes = {"progress": "off"}
    workers = [trial.bridge() for _ in range(2)]
    rounds = []
    threads = [threading.Thread(target=lambda each=each: rounds.append(each.run())) for each in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    trial.run()
    assert set(trial.national.held) == set(codes) and trial.national.updated == {}
    assert sum(each.done["sent"] for each in rounds) == 30


def test_a_claim_that_ran_out_sends_nothing_more(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number())])
    slow = trial.bridge()
    ask = slow.line.ask
    trial.national.faults.append("lost_before")
    slow.run()
    trial.gateway.advance(hours=1)
    stolen = []

    def ask_late(what: object) -> object:
        reply = ask(what)  # type: ignore[arg-type]
        if not stolen:
            trial.gateway.advance(hours=1)                     # hung, and another worker took over
            stolen.append(trial.run().done["sent"])
        return reply

    slow.line.ask = ask_late  # type: ignore[method-assign, assignment]
    assert slow.run().done == {"later": 1}
    assert stolen == [2] and set(trial.national.added.values()) == {1}


def test_a_line_that_is_down_ends_the_round_and_costs_each_row_at_most_a_wait(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number()) for _ in range(6)])
    trial.national.faults.extend(["500_before"] * 9)
    done = trial.run()
    assert (done.done, done.trouble) == ({"later": 3}, "line_http_500")
    assert trial.figures()["trouble"]["reason"] == "line_http_500"
    trial.national.faults.clear()
    trial.gateway.advance(hours=2)
    trial.run()
    assert len(trial.national.held) == 6 and trial.figures()["trouble"] is None


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


def test_nobody_claims_what_is_claimed(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number())])
    trial.national.faults.append("500_before")
    trial.run()
    trial.gateway.advance(hours=1)
    database, now = trial.gateway.opened.database, trial.gateway.now
    with database.writing() as connection:
        first = claim(connection, now, 600, "a")
    with database.writing() as connection:
        assert first is not None and claim(connection, now, 600, "b") is None
