from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.applicant import Applicant, Organisation, Person, Submitter
from app.domain.body import to_body
from app.domain.dossier import Due, State
from app.domain.intake import ChargedFee, FeeTiming, Intake
from app.domain.money import format_money
from app.services.correct import differences
from app.services.stored_dossier import StoredDossier, VersionLine, read_dossier
from app.services.stored_papers import Completeness
from tests.office import MORNING, Office, sample_intake
from tests.ui.dossier.desk import at_desk
from tests.ui.dossier.stories import hear, receive, verdict
from ui.operations.desk import Desk
from ui.pages.dossier.facts import chips, doubts, money_words, paper_rows, papers_note, time_left, why_steps
from ui.pages.dossier.field_words import changed_words, field_words
from ui.pages.dossier.reading import read_shown
from ui.pages.dossier.story import story
from ui.pages.dossier.superseded import ScannedPaper, paper_sentence
from ui.widgets.timeline import TimelineEntry


def told(desk: Desk, code: str) -> tuple[TimelineEntry, ...]:
    counter = desk.office.enrolled
    return story(read_shown(desk, code), counter.name, desk.office.catalogue, counter.device)


def test_a_corrected_dossier_tells_who_did_what_and_what_came_from_outside(tmp_path: Path) -> None:
    with at_desk(tmp_path, "corrected") as (_, desk, _around):
        entries = told(desk, "H47.15-261123-0001")
    assert [(entry.title, entry.detail, entry.lane) for entry in entries] == [
        ("Tiếp nhận, in giấy tiếp nhận bản 1", "23/11 09:12 · Trần Thị Thử · Quầy 3", "here"),
        ("Sửa ngày sinh, in lại bản 2", "23/11 09:14 · lý do: gõ nhầm ngày sinh · Trần Thị Thử", "here"),
        ("Tỉnh đã nhận bản 2", "23/11 10:14 · từ tỉnh", "outside"),
        ("Có thêm mã của tỉnh H47.15-261123-9131", "23/11 10:54 · từ tỉnh", "outside"),
        ("Đang xử lý", "23/11 10:54 · từ Công an tỉnh Mẫu", "outside"),
        ("Cơ quan giải quyết", "Công an tỉnh Mẫu", "next"),
    ]


def test_a_print_without_an_end_is_not_told_as_printed(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = office.receive(sample_intake("a")).dossier.code
        entries = told(desk, code)
    assert [entry.title for entry in entries] == [
        "Tiếp nhận hồ sơ", "Đã gửi in giấy tiếp nhận bản 1", "Gửi về tỉnh",
    ]
    assert entries[1].tone == "warn" and entries[-1].lane == "next"


def test_a_refusal_is_told_as_the_province_s_and_in_red(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        office.clock.advance(timedelta(minutes=1))
        hear(office, verdict("refused", 1, code, reason="number_taken"))
        entry = told(desk, code)[1]
    assert (entry.title, entry.lane, entry.tone) == ("Tỉnh từ chối", "outside", "bad")
    assert entry.detail == "23/11 09:01 · từ tỉnh · mã hồ sơ này ở tỉnh đã có hồ sơ khác"


def version(number: int, minutes: int = 0, reason: str = "") -> VersionLine:
    return VersionLine(number, MORNING + timedelta(minutes=minutes), "Trần Thị Thử", reason, ())


@pytest.mark.parametrize(("versions", "scanned", "tone", "title"), [
    (1, ScannedPaper(None), None, ""),
    (1, None, None, ""),
    (2, None, None, ""),
    (2, ScannedPaper(None), "warn", "Nếu tờ giấy này là bản 1 thì đã thay thế bằng bản 2"),
    (2, ScannedPaper(2), "ok", "Tờ giấy này là bản 2, bản đang có hiệu lực"),
    (3, ScannedPaper(2), "warn", "Tờ giấy này là bản 2, đã thay thế bằng bản 3"),
    (2, ScannedPaper(3), "bad", "Tờ giấy này ghi bản 3, máy này chỉ biết đến bản 2"),
    (1, ScannedPaper(4), "bad", "Tờ giấy này ghi bản 4, máy này chỉ biết đến bản 1"),
])
def test_a_scanned_receipt_is_told_from_the_one_in_force(
    tmp_path: Path, versions: int, scanned: ScannedPaper | None, tone: str | None, title: str
) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        stored = stored_in(office)
    lines = tuple(version(number, number, "gõ nhầm" if number > 1 else "") for number in range(1, versions + 1))
    said = paper_sentence(replace(stored, versions=lines), scanned)
    assert (said.tone if said else None, said.title if said else "") == (tone, title)
    if tone == "warn":
        assert said is not None and said.detail == (
            f"Thay lúc 09:0{versions} 23/11/2026, lý do: gõ nhầm. Số bản in ở đầu giấy."
        )


def stored_in(office: Office, intake: Intake | None = None) -> StoredDossier:
    code = office.receive(intake or sample_intake("a")).dossier.code
    with office.application.database.reading() as connection:
        return read_dossier(connection, code)


def leaves(path: str, value: Any) -> Iterator[str]:
    """Paths as `differences` writes them, for every field that a form can have."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list) and value:
        for place, each in enumerate(value):
            yield from leaves(f"{path}[{place}]", each)
    else:
        yield path


def test_every_field_of_a_form_has_a_name() -> None:
    person = Person("Lê Văn Mẫu", "049190004217")
    forms = (
        replace(sample_intake("a"), submitter=Submitter(person, is_delegate=True)),
        replace(sample_intake("a"), applicant=Applicant(organisation=Organisation("Công ty Mẫu", "0100109106"))),
    )
    nameless = [
        path for form in forms for path in leaves("", to_body(form))
        if path != "intent" and field_words(path) == path
    ]
    assert nameless == []
    assert all(is_dataclass(form) and fields(form) for form in forms)


@pytest.mark.parametrize(("change", "said"), [
    ({"note": "gấp"}, "ghi chú"),
    ({"fees": (ChargedFee("Phí", "fee", 1),), "fee_timing": FeeTiming.AFTER}, "phí, lệ phí"),
    ({"applicant": Applicant(Person("Tên Khác", "049190004217", phone="0905000123"))},
     "địa chỉ, ngày sinh, tên chủ hồ sơ, giới tính"),
])
def test_a_correction_is_told_by_the_fields_it_changed(change: dict[str, Any], said: str) -> None:
    before = sample_intake("a")
    after = replace(before, **change)
    assert changed_words(differences("", to_body(before), to_body(after))) == said


def test_green_is_only_what_the_province_has_confirmed(tmp_path: Path) -> None:
    with at_desk(tmp_path, "corrected") as (_, desk, _around):
        held = read_shown(desk, "H47.15-261123-0001")
        waiting = read_shown(desk, "H47.07-261123-0001")
    life = waiting.held.life
    assert [words for words, tone, _ in chips(held.dossier, held.held.life) if tone == "ok"] == [
        "Tỉnh đã nhận 10:14 23/11"]
    assert [words for words, tone, _ in chips(waiting.dossier, life) if tone == "ok"] == []
    assert "Đã lưu trên máy, chờ gửi" in [words for words, _, _ in chips(waiting.dossier, life)]
    foreign = replace(waiting.dossier, is_own=False)
    assert "Hồ sơ của quầy khác" in [words for words, _, _ in chips(foreign, life)]


@pytest.mark.parametrize(("fees", "timing", "said"), [
    ((), FeeTiming.BEFORE, "Không thu phí"),
    ((ChargedFee("Phí", "fee", 200_000), ChargedFee("Lệ phí", "charge", 50_000)), FeeTiming.BEFORE,
     f"Phải thu {format_money(250_000)}"),
    ((ChargedFee("Phí", "fee", 200_000), ChargedFee("Lệ phí", "charge", None)), FeeTiming.BEFORE,
     "Phải thu: theo thông báo"),
    ((ChargedFee("Phí", "fee", 200_000),), FeeTiming.EXEMPT, "Miễn phí, lệ phí"),
])
def test_money_is_summed_only_when_every_part_is_known(
    fees: tuple[ChargedFee, ...], timing: FeeTiming, said: str
) -> None:
    assert money_words(replace(sample_intake("a"), fees=fees, fee_timing=timing)) == said


def test_papers_say_what_is_missing_and_which_originals_are_kept(tmp_path: Path) -> None:
    with at_desk(tmp_path, "corrected") as (_, desk, _around):
        shown = read_shown(desk, "H47.07-261123-0001")
    intake = shown.dossier.body.intake
    assert papers_note(intake, shown.completeness) == "0 giấy, thiếu 1, không giữ bản gốc"
    row = paper_rows(intake, shown.papers)[0]
    assert (row.state, row.tone, row.given, row.scanned) == ("Thiếu", "warn", "nộp sau trong tuần", "")
    whole = sample_intake("a")
    original = replace(whole.papers[0], keeps_original=True, is_compared=True)
    kept = replace(whole, papers=(original, *whole.papers[1:]))
    assert papers_note(kept, Completeness(3, 2, 0, 0)) == "3 giấy, đã số hóa 2/3, 1 bản gốc đang giữ"
    assert [(row.given, row.state, row.kept) for row in paper_rows(kept, ())] == [
        ("1 chính", "Đã đối chiếu", "Giữ bản gốc"), ("1 chứng thực", "Có", ""), ("2 photo", "Có", ""),
    ]


@pytest.mark.parametrize(("hours", "is_open", "said", "tone"), [
    (26, True, "còn 1 ngày 2 giờ", "neutral"), (-3, True, "đã quá hạn 3 giờ", "bad"), (-3, False, "", "neutral"),
])
def test_the_time_left_is_told_while_the_promise_binds(
    tmp_path: Path, hours: int, is_open: bool, said: str, tone: str
) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        body = stored_in(office).body
    due: datetime | None = body.due.at
    assert due is not None
    assert time_left(body, is_open, due - timedelta(hours=hours)) == (said, tone)
    assert time_left(replace(body, due=Due(None, (), (), "", "")), True, due) == ("", "neutral")


def test_why_is_told_from_the_stored_derivation(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        due = stored_in(office).body.due
    steps = why_steps(due)
    assert steps[0] == "Nhận hồ sơ lúc 09 giờ 00 phút, Thứ Hai 23/11/2026."
    assert steps[-1].startswith("Hẹn trả lúc")
    assert doubts(replace(due, warnings=("calendar_missing:2031",)))[0].startswith("Chưa có lịch nghỉ năm 2031")


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_chip_and_its_next_step_or_none(tmp_path: Path, state: State) -> None:
    with at_desk(tmp_path, "corrected") as (_, desk, _around):
        shown = read_shown(desk, "H47.15-261123-0001")
        there = replace(shown, dossier=replace(shown.dossier, state=state))
        entries = story(there, "Quầy 3", desk.office.catalogue, "quay-1")
    assert chips(there.dossier, there.held.life)[0][0]
    is_over = state in (State.RETURNED, State.WITHDRAWN, State.STOPPED, State.NOT_RECEIVED)
    assert (entries[-1].lane == "next") is not is_over
