"""Days at the counter for pictures and tests: invented people, real services, a real book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from app.domain.applicant import Applicant, Person, Submitter
from app.domain.intake import PaperStatus
from app.services import courier, file_courier
from app.services.correct import correct_dossier
from app.services.drafts import save_draft
from app.services.feed import Cursor, FeedLine, take_page
from app.services.numbers import store_lease
from app.services.receipts import note_print
from app.services.scan_check import check_scans, settle_check
from app.store.queries.papers import confirm_file, files_waiting
from tests.app.services.scans import check, page_bytes, scan, scan_and_file
from tests.office import AGENCIES, Office, sample_intake

NAMES = (
    "Phạm Quốc Mẫu", "Trần Thị Mẫu Một", "Huỳnh Gia Thử", "Nguyễn Văn Dũng Mẫu", "Lê Thị Ví Dụ",
    "Đặng Ngọc Thử", "Võ Minh Mẫu", "Bùi Thanh Ví Dụ", "Hồ Thị Ánh Thử", "Dương Hữu Mẫu",
)


def lend(office: Office, first: date, days: int) -> None:
    """Numbers for days before those of the template."""
    with office.application.database.writing() as connection:
        for agency in AGENCIES:
            payload, signature = office.province.lease(agency.id, 1, 499, first=first, days=days)
            store_lease(connection, office.application.enrolled, payload, signature)


def printed(office: Office, job: str) -> None:
    with office.application.database.writing() as connection:
        note_print(connection, job, "printed", office.clock.now())


def receive(office: Office, intent: str, name: str, number: int, *, procedure: str = "3.000333") -> str:
    """One reception with its receipt printed; returns the code."""
    made = office.receive(sample_intake(
        intent, name=name, personal_id=f"0491900{number:05d}", procedure=procedure
    ))
    printed(office, made.print_job)
    return made.dossier.code


def correct(office: Office, code: str, intent: str, reason: str) -> None:
    office.clock.advance(timedelta(minutes=2))
    intake = sample_intake(intent, name="Huỳnh Gia Thử", personal_id="049190000002")
    assert intake.applicant is not None and intake.applicant.person is not None
    person = replace(intake.applicant.person, birth_date=intake.applicant.person.birth_date.replace(day=9))  # type: ignore[union-attr]
    with office.application.database.writing() as connection:
        made = correct_dossier(
            connection, office.application.enrolled, office.clerk, office.application.rules, code,
            replace(intake, applicant=Applicant(person)), reason, base_version=1, intent=f"{intent}-sửa",
            now=office.clock.now(), randomness=office.noise.randbytes,
        )
    printed(office, made.print_job)


def confirm(office: Office, upto: int) -> None:
    with office.application.database.writing() as connection:
        courier.confirm(connection, office.application.enrolled, 1, upto, office.clock.now())
        courier.note_contact(connection, office.clock.now(), 420)


def hear(office: Office, *said: tuple[str, str, dict[str, object]]) -> None:
    """Entries of the feed: (kind, actor, body), from position 1 on."""
    lines = [FeedLine("nhà-1", place, kind, actor, "2026-11-23T02:30:00.000+00:00", body)
             for place, (kind, actor, body) in enumerate(said, start=1)]
    with office.application.database.writing() as connection:
        take_page(connection, lines, Cursor("nhà-1", len(lines)), office.clock.now(), device="quay-1")


def verdict(verdict_: str, seq: int, code: str, **more: str) -> tuple[str, str, dict[str, object]]:
    return "verdict", "province", {"verdict": verdict_, "device": "quay-1", "epoch": 1, "seq_from": seq,
                                   "seq_to": seq, "number": code, **more}


def corrected(office: Office) -> None:
    """One dossier, corrected and confirmed, in the agency's hands; a delegate's with a missing paper beside it."""
    office.clock.advance(timedelta(minutes=12))
    code = receive(office, "a", "Huỳnh Gia Thử", 2)
    correct(office, code, "a", "gõ nhầm ngày sinh")
    office.clock.advance(timedelta(hours=1))
    confirm(office, 2)
    office.clock.advance(timedelta(minutes=40))
    hear(
        office, ("alias", "province", {"number": code, "alias": "H47.15-261123-9131"}),
        ("status", "agency:cong-an", {"number": code, "status": 4}),
    )
    intake = sample_intake("b", name="Trần Thị Mẫu Một", personal_id="049190000001", procedure="1.013225")
    missing = replace(intake.papers[0], status=PaperStatus.MISSING, missing_reason="nộp sau trong tuần")
    son = Submitter(Person("Lê Văn Ví Dụ", "049090000009"), is_delegate=True)
    office.receive(replace(intake, papers=(missing, *intake.papers[1:]), submitter=son))


def twenty(office: Office) -> None:
    """Twenty receptions of the last two weeks; some promised for today, some overdue, one sent back."""
    now = office.clock.at
    lend(office, date(2026, 11, 1), 18)
    for day in range(14, 0, -2):
        office.clock.at = now - timedelta(days=day)
        for turn in range(2):
            receive(office, f"{day}-{turn}", NAMES[(day + turn) % 10], day * 10 + turn,
                    procedure="3.000333" if turn else "1.013225")
    office.clock.at = now
    for turn in range(6):
        office.clock.advance(timedelta(minutes=7))
        receive(office, f"nay-{turn}", NAMES[turn], 900 + turn, procedure="3.000333")
    with office.application.database.reading() as connection:
        box = courier.outbox(connection, office.application.enrolled)
    confirm(office, box.unsent - 4)
    office.clock.advance(timedelta(minutes=48))


def trouble(office: Office) -> None:
    """Everything at once: the line is down, prints unresolved, sent back, parked, news from outside."""
    twenty(office)
    codes = [receive(office, f"khó-{turn}", NAMES[turn], 700 + turn) for turn in range(2)]
    for turn in range(2):
        office.receive(sample_intake(f"chưa-in-{turn}", name=NAMES[turn + 4], personal_id=f"04919000{turn:04d}"))
    hear(
        office, ("status", "agency:cong-an", {"number": codes[0], "status": 5, "note": "thiếu ảnh"}),
        verdict("needs_fix", 3, "H47.07-261111-0001", field="địa chỉ", reason="không có tên xã mới"),
        verdict("refused", 5, "H47.07-261113-0001", reason="number_taken"),
        ("notice", "province", {"notice": "tb-1", "title": "Nghỉ bù", "text": "Ngày 24/11 trả kết quả từ 13:30."}),
    )
    with office.application.database.writing() as connection:
        for turn in range(3):
            save_draft(
                connection, intent=f"tạm-{turn}", label=f"{NAMES[turn]} · thiếu 1 giấy", clerk="nv-1",
                form={}, now=office.clock.now() - timedelta(minutes=20 - turn), is_parked=turn < 2,
            )
    office.clock.advance(timedelta(hours=1, minutes=52))
    with office.application.database.writing() as connection:
        for attempt in range(7):
            now = office.clock.now() - timedelta(minutes=7 - attempt)
            courier.note_problem(connection, "line_down", {}, now, now + timedelta(minutes=1, seconds=40))


def digitise(office: Office, intent: str, code: str, papers: int, seed: int) -> None:
    """`papers` of its papers are scanned and filed, two pages each."""
    intake = sample_intake(intent)
    for number in range(papers):
        scan_and_file(office, intake, code, intake.papers[number].requirement, seed=seed + number)


def scanned(office: Office) -> None:
    """Three dossiers with papers scanned: one whole and at the province, one in part, one with pages still in the
    tray. Three files wait of which two are set aside; the scans were checked in the night."""
    office.clock.advance(timedelta(minutes=5))
    codes = [receive(office, f"quét-{turn}", NAMES[turn], turn) for turn in range(4)]
    office.clock.advance(timedelta(minutes=9))
    digitise(office, "quét-0", codes[0], 2, 100)
    check(office, codes[0], "1", 1, intent="đối-chiếu")
    with office.application.database.writing() as connection:
        for file in files_waiting(connection):
            confirm_file(connection, file.sha256, office.clock.now())
    confirm(office, 7)
    office.clock.advance(timedelta(minutes=3))
    digitise(office, "quét-1", codes[1], 1, 200)
    office.clock.advance(timedelta(minutes=1))
    digitise(office, "quét-2", codes[2], 2, 300)
    for turn in range(3):
        scan(office, "quét-3", page_bytes(900 + turn), ordinal=turn + 1)
    confirm(office, 10)
    office.clock.advance(timedelta(minutes=30))
    now = office.clock.now()
    with office.application.database.writing() as connection:
        waiting = files_waiting(connection)
        file_courier.set_aside(connection, waiting[0].sha256, "file_unnamed", now - timedelta(minutes=2))
        file_courier.set_aside(connection, waiting[1].sha256, "blob_missing", now - timedelta(minutes=12))
    night = now.replace(hour=19, minute=10) - timedelta(days=1)        # 02:10 at the counter
    with office.application.database.writing() as connection:
        findings = check_scans(connection, office.application.blobs, lambda done, total: None, night)
        settle_check(connection, office.application.blobs, findings)


def lived(office: Office) -> None:
    from tests.ui.dossier.life_stories import lived as story  # which needs the functions above

    story(office)


STORIES: dict[str, Callable[[Office], None]] = {
    "corrected": corrected, "twenty": twenty, "trouble": trouble, "scanned": scanned, "lived": lived,
}
