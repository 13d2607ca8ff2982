from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.applicant import Person, Submitter
from app.domain.intake import FeeTiming, Intake, PaperStatus, ReturnMethod
from app.domain.papers import FeeLine, PaperLine, ReceiptPaper
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services import receipts
from app.store.tables import journal, print_jobs
from tests.office import Office, office_in, reopen, sample_intake


def reprint(office: Office, code: str, intent: str) -> str:
    with office.application.database.writing() as connection:
        return receipts.ask_reprint(
            connection, office.application.enrolled, office.application.enrolled.clerk("nv-2"), code,
            office.clock.now(), office.noise.randbytes, intent=intent,
        )


def end(office: Office, job: str, state: receipts.PrintState, reason: str = "") -> None:
    with office.application.database.writing() as connection:
        receipts.note_print(connection, job, state, office.clock.now(), reason)


def paper_of(office: Office, job: str) -> receipts.PrintJob:
    with office.application.database.reading() as connection:
        return receipts.print_job(connection, office.application.enrolled, job)


def received_paper(office: Office, intake: Intake) -> ReceiptPaper:
    return paper_of(office, office.receive(intake).print_job).paper


def test_the_paper_says_what_the_dossier_says(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        received = office.receive(sample_intake("a"))
        dossier = received.dossier
        paper = paper_of(office, received.print_job).paper
    assert dossier.due.at is not None
    assert paper == ReceiptPaper(
        form_set="03/2025", head=office.application.enrolled.paper_head, code="H47.15-261123-0001",
        book="Quầy 3/2026", book_number=1, version=1, received_at=office.clock.now().astimezone(VIETNAM),
        applicant_name="Nguyễn Thị Mẫu Ánh", submitter_name="Nguyễn Thị Mẫu Ánh", is_delegate=False,
        address="Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam", phone="0905000123", email="",
        identifier="049190004217", procedure_code="3.000333",
        procedure_name="Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam", case_name="Cá nhân",
        agency_name="Công an tỉnh Mẫu",
        papers=(
            PaperLine("Tờ khai yêu cầu (Mẫu thử)", 1, 0, 0), PaperLine("Bản sao căn cước hoặc hộ chiếu", 0, 1, 0),
            PaperLine("Ảnh 4×6", 0, 0, 2),
        ),
        originals_kept=(), sets=1, processing_time="10 ngày", due_at=dossier.due.at.astimezone(VIETNAM),
        due_note="", return_place="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU",
        fees=(FeeLine("Phí cấp phiếu", 200_000),), fee_note="Thu trước", clerk_name="Trần Thị Thử",
        channel="Trực tiếp", lookup_secret=dossier.secret,
    )


def test_a_delegate_and_kept_originals_and_missing_papers_stand_on_the_paper(tmp_path: Path) -> None:
    plain = sample_intake("a")
    papers = (
        replace(plain.papers[0], keeps_original=True),
        replace(plain.papers[1], status=PaperStatus.MISSING, certified=0, missing_reason="nộp sau"),
        replace(plain.papers[2], status=PaperStatus.NOT_APPLICABLE, missing_reason="đã có ảnh"),
    )
    with office_in(tmp_path) as office:
        paper = received_paper(office, replace(
            plain, papers=papers, submitter=Submitter(Person("Lê Văn Nộp Hộ", phone="0905"), is_delegate=True),
            fee_timing=FeeTiming.EXEMPT, exemption_reason="hộ nghèo", exemption_proof="giấy số 1 (mẫu)",
            return_method=ReturnMethod.POST, return_address="Xã Thử", channel=3,
        ))
    assert (paper.submitter_name, paper.is_delegate) == ("Lê Văn Nộp Hộ", True)
    assert [line.note for line in paper.papers] == ["", "Thiếu: nộp sau"]
    assert paper.originals_kept == ("Tờ khai yêu cầu (Mẫu thử)",)
    assert paper.fee_note == "Miễn: hộ nghèo; giấy tờ chứng minh: giấy số 1 (mẫu)"
    assert paper.return_place.endswith("địa chỉ nhận: Xã Thử")
    assert paper.channel == "Dịch vụ bưu chính công ích"


def test_no_time_in_the_catalogue_is_no_date_on_the_paper(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        paper = received_paper(office, sample_intake("a", procedure="1.000001"))
    assert (paper.processing_time, paper.due_at) == ("Không quy định", None)


def test_each_reprint_is_numbered_and_says_who_and_when(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        marks = []
        for turn in range(1, 4):
            office.clock.advance(timedelta(minutes=1))
            marks.append(paper_of(office, reprint(office, code, f"in-{turn}")).mark)
    assert [(mark.number, mark.clerk_name) for mark in marks if mark] == [(n, "Lê Văn Ví Dụ") for n in (1, 2, 3)]
    assert [mark.printed_at.minute for mark in marks if mark] == [1, 2, 3]


def test_the_same_reprint_asked_twice_is_one(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        assert [reprint(office, code, "in-1") for _ in range(10)] == ["in-1"] * 10
        with office.application.database.reading() as connection:
            jobs = connection.execute(select(func.count()).select_from(print_jobs)).scalar_one()
            lines = connection.execute(
                select(func.count()).where(journal.c.type == "receipt.printed")
            ).scalar_one()
    assert (jobs, lines) == (2, 1)


def test_a_reprint_of_an_unknown_dossier_is_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, pytest.raises(Refusal, match="dossier_unknown"):
        reprint(office, "H47.15-261123-0009", "in-1")


def test_the_first_print_bears_no_copy_mark(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        assert paper_of(office, office.receive(sample_intake("a")).print_job).mark is None


def test_a_print_whose_end_nobody_told_is_asked_about_after_a_restart(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        jobs = []
        for turn in range(4):
            jobs.append(office.receive(sample_intake(f"i{turn}")).print_job)
            office.clock.advance(timedelta(minutes=1))
        end(office, jobs[0], "printed")
        end(office, jobs[1], "sent")
        end(office, jobs[2], "failed", "printer_off")
        province, clock = office.province, office.clock
        office.application.close()                    # the power went
        again = reopen(tmp_path, province, clock)
        with again.application.database.reading() as connection:
            asked = [(each.job, each.state, each.reason) for each in receipts.open_prints(connection)]
            paper = receipts.print_job(connection, again.application.enrolled, jobs[2]).paper
        again.application.close()
    assert asked == [(jobs[1], "sent", ""), (jobs[2], "failed", "printer_off"), (jobs[3], "waiting", "")]
    assert paper.code == "H47.15-261123-0003", "the dossier is there; only its paper is in question"


def test_the_cover_label_bears_no_citizens_name(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        label = receipts.cover_label(office.receive(sample_intake("a")).dossier)
    assert (label.code, label.papers_total) == ("H47.15-261123-0001", 4)
    assert "Ánh" not in repr(label)
