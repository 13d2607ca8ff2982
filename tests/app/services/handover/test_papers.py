"""The papers of a hand-over come from the stored act, say the same when printed again, and read back as PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.dossier_papers import ControlSheetPaper
from app.domain.manifest import Route
from app.domain.operation import parse
from app.domain.route_papers import AgencyDigest, DigestKind, DiscrepancyKind, DiscrepancySlip, HandoverListPaper
from app.printing.papers import render
from app.services import correct
from app.services.handover.digest import Digest, agency_digest, note_digest
from app.services.handover.reminding import note_reminded, reminder
from app.services.life.reading import read_life
from app.services.papers.prints import (
    ask_print_again,
    note_paper_print,
    open_paper_prints,
    paper_print,
    prints_of,
)
from app.store import journal as book
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING_PERMIT,
    MISSING,
    POLICE,
    REFUSED,
    answer,
    hand_over,
    receive,
    row,
    undo,
)
from tests.office import Office


def paper(office: Office, job: str) -> Any:
    with office.application.database.reading() as connection:
        return paper_print(connection, office.application.enrolled, job).values


def printed(office: Office, job: str) -> None:
    with office.application.database.writing() as connection:
        note_paper_print(connection, job, "printed", office.clock.now())


def open_jobs(office: Office) -> list[str]:
    with office.application.database.reading() as connection:
        return [one.job for one in open_paper_prints(connection)]


def digest(office: Office, agency: str = POLICE) -> Digest:
    application = office.application
    with application.database.reading() as connection:
        return agency_digest(
            connection, application.enrolled, office.clerk, agency, "Công an tỉnh Mẫu", rules=application.rules,
            now=office.clock.now(),
        )


def test_the_list_names_each_dossier_with_the_originals_that_travel(office: Office) -> None:
    codes = receive(office, 2, keeps_original=True)
    made = hand_over(
        office, codes, originals={codes[1]: ()}, route=Route.POST, item_code="EA473124829VN"
    )
    found = paper(office, made.jobs[0])
    assert isinstance(found, HandoverListPaper)
    assert (found.number, found.agency_name, found.route, found.item_code, found.giver_name) == (
        made.number, "Công an tỉnh Mẫu", "Bưu chính", "EA473124829VN", "Trần Thị Thử",
    )
    assert [(line.code, line.originals) for line in found.lines] == [
        (codes[0], ("Tờ khai yêu cầu (Mẫu thử)",)), (codes[1], ()),
    ]
    assert found.cutoff_at == made.cutoff_at and found.note == ""
    assert render(found).startswith(b"%PDF")


def test_a_list_printed_again_says_what_the_first_one_said(office: Office) -> None:
    (code,) = receive(office, 1)
    made = hand_over(office, [code])
    first = paper(office, made.jobs[0])
    application = office.application
    with application.database.writing() as connection:
        known = read_life(connection, code).body.intake
        assert known.applicant is not None and known.applicant.person is not None
        renamed = replace(known.applicant, person=replace(known.applicant.person, full_name="Nguyễn Đã Đổi"))
        correct.correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, code,
            replace(known, applicant=renamed), "gõ nhầm", base_version=1, intent="sửa", now=office.clock.now(),
            randomness=office.noise.randbytes,
        )
        again = ask_print_again(
            connection, application.enrolled, office.clerk, made.jobs[0], intent="in lại", now=office.clock.now(),
            randomness=office.noise.randbytes,
        )
    assert paper(office, again) == first


def test_an_undone_list_takes_its_waiting_prints_with_it_and_a_later_print_says_void(office: Office) -> None:
    codes = receive(office, 1)
    never = hand_over(office, codes)
    assert open_jobs(office) == list(never.jobs)
    assert not undo(office, never.number).has_paper, "nothing came out of the printer"
    assert open_jobs(office) == []
    made = hand_over(office, codes)
    printed(office, made.jobs[0])
    assert undo(office, made.number).has_paper, "the clerk must tear it up"
    assert "đã hủy" in paper(office, made.jobs[0]).note


def test_a_power_cut_between_act_and_paper_leaves_the_print_in_the_reprint_list(office: Office) -> None:
    codes = receive(office, 2)
    made = hand_over(office, codes, has_control_sheets=True)
    with office.application.database.reading() as connection:
        waiting = {(one.paper, one.code): one.state for one in open_paper_prints(connection)}
        assert {one.job for one in prints_of(connection, made.op_id)} == set(made.jobs)
    assert waiting == {
        ("handover_list", made.number): "waiting", ("control_sheet", codes[0]): "waiting",
        ("control_sheet", codes[1]): "waiting",
    }


def test_a_control_sheet_shows_the_trips_that_were_and_leaves_room(office: Office) -> None:
    (code,) = receive(office, 1)
    first = hand_over(office, [code])
    answer(office, first.number, {code: REFUSED})
    office.clock.advance(timedelta(hours=1))
    second = hand_over(office, [code], has_control_sheets=True)
    answer(office, second.number, {code: ACCEPTED})
    found = paper(office, second.jobs[1])
    assert isinstance(found, ControlSheetPaper)
    assert [(hop.to_name, hop.giver, hop.note) for hop in found.hops] == [
        ("Công an tỉnh Mẫu", "Trần Thị Thử", "hồ sơ thiếu chữ ký"), ("Công an tỉnh Mẫu", "Trần Thị Thử", ""),
    ]
    assert all(hop.taken_at is None for hop in found.hops), "refused, and not taken yet"
    assert found.blank_hops and found.form_set == "03/2025"
    assert paper(office, second.jobs[0]).lines[0].note == "Giao lại"
    assert render(found).startswith(b"%PDF")


def test_the_slip_lists_what_was_amiss_and_counts_the_rest(office: Office) -> None:
    codes = receive(office, 4, keeps_original=True)
    (foreign,) = receive(office, 1, procedure=BUILDING_PERMIT)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: ACCEPTED})
    said = answer(
        office, made.number, {codes[1]: REFUSED, codes[2]: MISSING, codes[3]: ACCEPTED},
        [foreign, "H47.15-261123-4999"],
    )
    found = paper(office, said.jobs[0])
    assert isinstance(found, DiscrepancySlip)
    assert (found.manifest_number, found.listed, found.accepted, found.receiver_name, found.source) == (
        made.number, 4, 2, "Võ Thị Nhận", "Quét lại",
    )
    assert [(line.code, line.kind) for line in found.lines] == [
        (codes[1], DiscrepancyKind.REFUSED), (codes[2], DiscrepancyKind.MISSING),
        (foreign, DiscrepancyKind.EXTRA), ("H47.15-261123-4999", DiscrepancyKind.EXTRA),
    ]
    assert found.lines[0].originals == ("Tờ khai yêu cầu (Mẫu thử)",)
    assert "Sở Xây dựng" in found.lines[2].reason
    assert render(found).startswith(b"%PDF")


def test_the_reminder_is_exact_and_its_sending_is_written_down(office: Office) -> None:
    codes = receive(office, 3)
    made = hand_over(office, codes)
    answer(office, made.number, {codes[0]: ACCEPTED})
    office.clock.advance(timedelta(days=2, hours=1))          # 24/11 is a day off
    application = office.application
    with application.database.writing() as connection:
        found = reminder(
            connection, application.enrolled, office.clerk, made.number, rules=application.rules,
            now=office.clock.now(),
        )
        sent = [
            note_reminded(
                connection, application.enrolled, office.clerk, [made.op_id], agency=POLICE, means="zalo",
                intent="nhắc", now=office.clock.now(), randomness=office.noise.randbytes,
            )
            for _ in range(2)
        ]
    assert found.hours == 9 and len(found.texts) == 3
    for said in found.texts:
        assert made.number in said.text and "9 gi" in said.text and "2 h" in said.text
    assert sent[0] == sent[1] and row(office, made.number).reminded_at == office.clock.now()


def test_a_digest_holds_what_waits_for_the_agency_and_nothing_that_waits_here(office: Office) -> None:
    late, asked, waiting = receive(office, 3)
    receive(office, 1)
    first = hand_over(office, [late, asked])
    answer(office, first.number, dict.fromkeys([late, asked], ACCEPTED))
    second = hand_over(office, [waiting])
    quiet = digest(office, "so-xay-dung")
    assert quiet.paper.lines == () and "khong co" in quiet.texts[0].text
    office.clock.advance(timedelta(days=30))
    found = digest(office)
    assert {kind: found.count(kind) for kind in DigestKind if found.count(kind)} == {
        DigestKind.UNACKNOWLEDGED: 1, DigestKind.OVERDUE: 2,
    }
    assert found.manifests == (second.op_id,)
    answer(office, second.number, {waiting: MISSING})
    (lost,) = [line for line in digest(office).paper.lines if line.kind is DigestKind.SENT_BACK]
    assert (lost.code, lost.note) == (waiting, "Thiếu, chưa tìm thấy")
    assert all("Nguyễn" not in said.text for said in found.texts), "no citizen is named"
    assert render(found.paper).startswith(b"%PDF")


def test_a_digest_on_paper_reminds_of_its_lists_and_prints_the_same_again(office: Office) -> None:
    made = hand_over(office, receive(office, 2))
    application = office.application
    found = digest(office)
    with application.database.writing() as connection:
        noted, again = (
            note_digest(
                connection, application.enrolled, office.clerk, found, means="paper", intent="một lần",
                now=office.clock.now(), randomness=office.noise.randbytes,
            )
            for _ in range(2)
        )
    assert noted == again
    assert row(office, made.number).reminded_at == office.clock.now()
    office.clock.advance(timedelta(days=30))
    answer(office, made.number, dict.fromkeys(made.codes, ACCEPTED))
    values = paper(office, noted.jobs[0])
    assert isinstance(values, AgencyDigest) and values == found.paper


def test_a_list_of_hundreds_is_one_operation_well_below_its_limit(office: Office) -> None:
    codes = receive(office, 120)
    made = hand_over(office, codes)
    with office.application.database.reading() as connection:
        (last,) = book.after(connection, "quay-1", 1, len(codes), 10)
    assert len(parse(last.payload, b"").body["lines"]) == len(codes)
    assert len(last.payload.encode()) * 25 < book.MAX_PAYLOAD
    said = answer(office, made.number, dict.fromkeys(codes, ACCEPTED))
    assert said.open_lines == 0
