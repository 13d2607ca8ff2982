"""What a counter holds about one person is told whole: every role, every place, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.applicant import Person, Submitter
from app.domain.held_about import APPLICANT, SUBMITTER, HeldAbout, places, read_number
from app.domain.operation import Type
from app.errors import Refusal
from app.printing.papers import render
from app.services.correct import correct_dossier
from app.services.counter import Counter
from app.services.drafts import save_draft
from app.services.held_about.answering import WHAT, held_about, keep_asking
from app.services.reveal import reveal_person
from app.services.stored_dossier import read_dossier
from app.store import journal as book
from tests.app.printing.reading import page_texts
from tests.app.services.neighbour import Feed, neighbours_work
from tests.app.services.retention.desk import DAYS, KeepingDesk
from tests.office import Office, sample_intake

NUMBER = "049190004217"
OTHER = "049090000009"


def ask(office: Office, number: str = NUMBER, counter: Counter | None = None) -> HeldAbout:
    application = office.application
    counter = counter or application.enrolled
    with application.database.reading() as connection:
        return held_about(connection, counter, office.clerk, application.rules.calendar, number,
                          "Công dân yêu cầu", now=office.clock.now())


def test_each_role_and_everything_beside_the_number_is_told(office: Office) -> None:
    own = office.receive(sample_intake("a")).dossier.code
    brought = replace(
        sample_intake("b", name="Lê Văn Thử", personal_id=OTHER),
        submitter=Submitter(Person("Nguyễn Thị Mẫu Ánh", NUMBER, phone="0905999888"), is_delegate=True),
    )
    second = office.receive(brought).dossier.code
    office.receive(sample_intake("c", name="Người Khác", personal_id="049090000010"))
    report = ask(office)
    assert [(each.code, each.role) for each in report.dossiers] == [(own, APPLICANT), (second, SUBMITTER)]
    told = {(each.name, each.value): each.codes for each in report.data}
    assert told["Điện thoại", "0905000123"] == (own,) and told["Điện thoại", "0905999888"] == (second,)
    assert told["Ngày sinh", "07/03/1990"] == (own,)
    assert not any("Lê Văn Thử" in each.value for each in report.data), "nobody else's data"
    assert [each.code for each in ask(office, OTHER).dossiers] == [second]
    assert ask(office, "049090009999").is_empty


def test_what_a_correction_took_out_is_held_all_the_same(office: Office) -> None:
    received = office.receive(sample_intake("a"))
    application = office.application
    with application.database.writing() as connection:
        intake = read_dossier(connection, received.dossier.code).body.intake
        assert intake.applicant is not None and intake.applicant.person is not None
        person = replace(intake.applicant.person, personal_id=OTHER)
        correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, received.dossier.code,
            replace(intake, applicant=replace(intake.applicant, person=person)), "Gõ sai số", base_version=1,
            intent="sửa", now=office.clock.now(), randomness=office.noise.randbytes,
        )
    assert [each.code for each in ask(office).dossiers] == [received.dossier.code]
    assert [each.code for each in ask(office, OTHER).dossiers] == [received.dossier.code]


def test_looks_prints_forms_and_other_counters_are_told(office: Office) -> None:
    code = office.receive(sample_intake("a")).dossier.code
    application = office.application
    with application.database.writing() as connection:
        reveal_person(connection, application.enrolled, office.clerk, code, "phone", intent="xem",
                      now=office.clock.now(), randomness=office.noise.randbytes)
        save_draft(connection, intent="để tạm", label="x", clerk="nv-1", now=office.clock.now(),
                   form={"applicant": {"personal_id": NUMBER, "phone": "0911222333"}})
    feed = Feed(office)
    for each in neighbours_work():
        feed.add_operation(each)
    feed.give()
    report = ask(office)
    assert [(each.code, each.clerk, each.what) for each in report.looks] == [
        (code, office.clerk.name, "số điện thoại")]
    assert [(each.name, each.amount) for each in report.others] == [
        ("Phiếu đang soạn hoặc để tạm, chưa thành hồ sơ", 1)]
    assert any(each.value == "0911222333" and each.codes == () for each in report.data)
    neighbour = ask(office, "049090000000").dossiers[0]
    assert neighbour.source.startswith("Quầy khác") and neighbour.role == APPLICANT


def test_it_says_how_long_each_thing_stays(office: Office) -> None:
    desk = KeepingDesk(office)
    desk.ended("a", 1)
    running, _ = desk.scanned("b", 2)
    desk.confirm()
    said = {each.code: each.until for each in ask(office, counter=desk.counter).dossiers}
    day = (office.clock.now() + timedelta(days=DAYS)).date()
    assert f"đến {day:%d/%m/%Y}" in next(text for code, text in said.items() if code != running)
    assert f"{DAYS} ngày sau khi" in said[running]
    desk.wait(DAYS)
    desk.run()
    after = ask(office, counter=desk.counter)
    assert "1 tệp đã chuyển về tỉnh và xóa ở máy này" in after.dossiers[0].papers
    assert "Không còn bản số hóa" in after.dossiers[0].until
    assert "chưa có thời hạn" in ask(office).dossiers[1].until


def test_the_asking_is_kept_without_the_number(office: Office) -> None:
    code = office.receive(sample_intake("a")).dossier.code
    report, application = ask(office), office.application
    with application.database.writing() as connection:
        for _ in range(2):
            keep_asking(connection, application.enrolled, office.clerk, report, intent="hỏi",
                        now=office.clock.now(), randomness=office.noise.randbytes)
        lines = [each for _, each in book.operations(connection) if each.header.type == Type.DATA_ASKED]
    (line,) = lines
    assert (line.body["what"], line.body["count"], line.body["purpose"]) == (WHAT, 1, "Công dân yêu cầu")
    assert NUMBER not in line.payload and code not in line.payload


def test_the_paper_says_all_of_it(office: Office) -> None:
    code = office.receive(sample_intake("a")).dossier.code
    report = ask(office)
    said = " ".join(page_texts(render(report)))
    for part in (NUMBER, code, "02 ngày làm việc", "91/2025/QH15", "0905000123", "Công dân yêu cầu", "Chủ hồ sơ"):
        assert part in said
    assert report.answer_by is not None and report.answer_by > report.asked_at
    assert "không giữ dữ liệu nào" in " ".join(page_texts(render(ask(office, "049090009999"))))


@pytest.mark.parametrize("typed", [
    "", "Nguyễn Thị Mẫu Ánh", "0905000123", "04919000421", "H47.15-261123-0001", "Le Van An", "A12",
    "A" * 20 + "1",
])
def test_nobody_is_found_by_anything_but_the_number_of_a_paper(typed: str) -> None:
    with pytest.raises(Refusal, match="held_number_unclear"):
        read_number(typed)


@pytest.mark.parametrize(("typed", "number"), [
    ("049 190 004 217", NUMBER), ("123456789", "123456789"), ("b1234567", "B1234567"),
    ("AB1234567", "AB1234567"), ("12ab34567", "12AB34567"),
])
def test_a_number_is_read_as_dossiers_hold_it(typed: str, number: str) -> None:
    assert read_number(typed) == number


def test_a_part_of_another_number_is_nobody() -> None:
    assert list(places({"a": {"phone": "0123456789"}, "b": ["1234567890"]}, "123456789")) == []


def test_a_dossier_that_lines_name_by_two_codes_is_one_with_the_roles_of_both(office: Office) -> None:
    code = office.receive(sample_intake("a")).dossier.code
    alias, elsewhere = "000.15.01.H47-261123-9001", "H47.15-261123-7777"
    feed = Feed(office)
    feed.add("alias", number=code, alias=alias)
    for named in (alias, elsewhere, f"000.00.15.{elsewhere.replace('.15', '')}"):
        feed.add("told", code=named, submitter={"personal_id": NUMBER, "phone": "0911000222"})
    feed.give()
    report = ask(office)
    assert [(each.code, each.role) for each in report.dossiers] == [(code, f"{APPLICANT}, {SUBMITTER}")]
    assert [(each.name, each.amount) for each in report.others] == [
        ("Hồ sơ có nhắc tới số này mà máy này không giữ", 1)], "two forms of one code"
    told = {each.value: each.codes for each in report.data}
    assert code in told["0911000222"] and alias not in told["0911000222"]


def test_a_number_beside_lines_that_are_not_this_persons_is_held_all_the_same(office: Office) -> None:
    code = office.receive(sample_intake("a", personal_id=OTHER)).dossier.code
    feed = Feed(office)
    feed.add("told", lines=[{"code": code}], brought_by={"personal_id": NUMBER})
    feed.add("told", code="không phải mã hồ sơ", brought_by={"personal_id": NUMBER})
    feed.give()
    report = ask(office)
    assert not report.is_empty and report.dossiers == ()
    assert [(each.name, each.amount) for each in report.others] == [("Dòng nhật ký khác có số giấy tờ này", 2)]
