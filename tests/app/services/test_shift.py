"""The change of shift: what is left is counted, written down and printed, and the next clerk works the counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.life.facts import HandedOver
from app.domain.route_papers import MinutesKind, MinutesLine, ShiftMinutes
from app.domain.shift_left import Stated
from app.errors import Refusal
from app.printing.papers import render
from app.services.counter import Clerk, note_office
from app.services.drafts import save_draft
from app.services.life.acting import Line, act
from app.services.outside_view import alarms
from app.services.papers.prints import open_paper_prints, paper_print
from app.services.rebuild import rebuild
from app.services.shift import ShiftChange, hand_over_shift, next_clerks
from tests.app.store.older_books import columns_of, rows_of
from tests.office import Office, office_in, sample_intake, with_kept_original


def hand_over(office: Office, to: str = "nv-2", stated: Stated | None = None, intent: str = "ca-1") -> ShiftChange:
    with office.application.database.writing() as connection:
        made = hand_over_shift(
            connection, office.application.enrolled, to, stated or Stated(), intent=intent, now=office.clock.now(),
            randomness=office.noise.randbytes,
        )
    office.application.reread()
    return made


def minutes(office: Office, change: ShiftChange) -> ShiftMinutes:
    with office.application.database.reading() as connection:
        values = paper_print(connection, office.application.enrolled, change.job).values
    assert isinstance(values, ShiftMinutes)
    return values


def section(paper: ShiftMinutes, kind: MinutesKind) -> tuple[MinutesLine, ...]:
    return next(each.lines for each in paper.sections if each.kind is kind)


def test_the_next_clerk_works_the_counter_from_then_on(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assert [clerk.id for clerk in next_clerks(office.application.enrolled)] == ["nv-2"]
        change = hand_over(office)
        counter = office.application.enrolled
        assert (counter.shift_clerk, counter.shift_name, counter.is_shift_manned) == ("nv-2", "Lê Văn Ví Dụ", True)
        assert change.number.startswith("BB-261123-") and change.number[:-1].endswith("-001-")
        paper = minutes(office, change)
        assert (paper.from_clerk, paper.to_clerk, paper.counter_name) == ("Trần Thị Thử", "Lê Văn Ví Dụ", "Quầy 3")
        back = hand_over(office, "nv-1", intent="ca-2")
        assert back.number[:-1].endswith("-002-")
        assert office.application.enrolled.shift_clerk == "nv-1"


def test_everything_left_open_stands_in_the_minutes(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        codes = [office.receive(with_kept_original(sample_intake(f"i{turn}"))).dossier.code for turn in range(3)]
        office.receive(sample_intake("xây", procedure="1.013225"))
        with office.application.database.writing() as connection:
            act(connection, office.application.enrolled, office.clerk,
                [Line(codes[0], HandedOver("m1", ("1#1",)))], intent="giao", now=office.clock.now(),
                randomness=office.noise.randbytes)
            save_draft(connection, intent="dở", label="Phạm Quốc Mẫu · thiếu 1 giấy", clerk="nv-1", form={},
                       now=office.clock.now(), is_parked=True)
        stated = Stated(1_250_000, "Quyển 12, số 0345", "Mực còn ít", "Máy in kêu")
        paper = minutes(office, hand_over(office, stated=stated))
    tray = {line.name: line.value for line in section(paper, MinutesKind.TRAY)}
    assert tray == {"Công an tỉnh Mẫu": "2 hồ sơ", "Sở Xây dựng tỉnh Mẫu": "1 hồ sơ"}
    held = section(paper, MinutesKind.ORIGINALS)
    assert [(line.name, line.value) for line in held] == [(code, "1 bản gốc") for code in codes[1:]]
    assert section(paper, MinutesKind.DRAFTS)[0].name == "Phạm Quốc Mẫu · thiếu 1 giấy"
    assert section(paper, MinutesKind.CASH)[0].value == "1.250.000 đ"
    assert section(paper, MinutesKind.RECEIPT_BOOK)[0].name == "Quyển 12, số 0345"
    assert section(paper, MinutesKind.UNSENT)[0].value == "5 việc"
    assert section(paper, MinutesKind.OTHER)[0] == MinutesLine(
        "Giấy tiếp nhận chưa in xong", "4 tờ", "từ 09:00 23/11/2026")
    assert section(paper, MinutesKind.SHELF) == () and paper.note == "Máy in kêu"
    assert [each.kind for each in paper.sections] == list(MinutesKind)
    assert render(paper).startswith(b"%PDF-")


def test_an_empty_counter_hands_over_nothing_and_says_so(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        paper = minutes(office, hand_over(office))
    assert all(not each.lines for each in paper.sections)


def test_the_same_key_is_one_change_and_its_print_is_not_lost(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first = hand_over(office)
        again = hand_over(office)
        assert (again.is_new, again.op_id, again.job) == (False, first.op_id, first.job)
        with office.application.database.reading() as connection:
            (job,) = open_paper_prints(connection)
        assert (job.paper, job.code, job.job) == ("shift_minutes", first.number, first.job)


@pytest.mark.parametrize(("to", "stated", "code"), [
    ("nv-1", Stated(), "shift_to_same"), ("nv-9", Stated(), "clerk_unknown"),
    ("nv-2", Stated(-1), "cash_below_zero"), ("nv-2", Stated(None, "x" * 2_000), "minutes_too_long"),
])
def test_what_makes_no_change_is_refused(tmp_path: Path, to: str, stated: Stated, code: str) -> None:
    with office_in(tmp_path) as office:
        with pytest.raises(Refusal, match=code):
            hand_over(office, to, stated)
        assert office.application.enrolled.shift_clerk == "nv-1"


def test_a_second_window_hears_that_the_shift_has_changed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        before = office.application.enrolled
        hand_over(office)
        with pytest.raises(Refusal) as refused, office.application.database.writing() as connection:
            hand_over_shift(connection, before, "nv-2", Stated(), intent="cửa sổ kia", now=office.clock.now(),
                            randomness=office.noise.randbytes)
        assert (refused.value.code, refused.value.values["name"]) == ("shift_changed", "Lê Văn Ví Dụ")


def test_a_clerk_whom_the_province_removed_acts_no_more_and_the_next_takes_over(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        hand_over(office)                                   # nv-2 works
        application = office.application
        entries = ({"id": "nv-1", "name": "Trần Thị Thử", "accounts": {}},)
        with application.database.writing() as connection:
            note_office(connection, dict(application.enrolled.office), "Quầy 3", entries)
        application.reread()
        counter = application.enrolled
        assert (counter.shift_clerk, counter.shift_name) == ("nv-2", "Lê Văn Ví Dụ")
        assert not counter.is_shift_manned
        with pytest.raises(Refusal, match="clerk_unknown"):
            counter.clerk(counter.shift_clerk)
        with application.database.reading() as connection:
            found = alarms(connection, counter, application.rules.calendar, "key_store", office.clock.now())
        assert [(each.code, each.values) for each in found if each.is_grave] == [
            ("shift_unmanned", {"name": "Lê Văn Ví Dụ"})]
        office.clock.advance(timedelta(hours=1))
        change = hand_over(office, "nv-1", intent="ca-2")
        paper = minutes(office, change)
        assert (paper.from_clerk, paper.to_clerk) == ("Lê Văn Ví Dụ", "Trần Thị Thử")
        with application.database.reading() as connection:
            staff = connection.exec_driver_sql(
                "SELECT json_extract(payload, '$.staff') FROM journal ORDER BY position DESC LIMIT 1"
            ).scalar_one()
        assert staff == "nv-1", "what the removed clerk did not do does not carry her name"
        assert application.enrolled.is_shift_manned


def test_a_counter_without_clerks_is_unmanned_not_broken(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        nobody = replace(office.application.enrolled, clerks=())
        assert (nobody.shift_clerk, nobody.shift_name, nobody.is_shift_manned) == ("", "", False)
        assert next_clerks(replace(nobody, clerks=(Clerk("nv-5", "Mới Đến", {}),), shift={"clerk": "cũ"})) != ()


def test_a_rebuild_keeps_shifts_and_who_works(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        hand_over(office)
        with office.application.database.writing() as connection:
            columns = columns_of(connection)
            before = rows_of(connection, columns)
            rebuild(connection)
            assert rows_of(connection, columns) == before
        assert office.application.reread().enrolled.shift_clerk == "nv-2"
