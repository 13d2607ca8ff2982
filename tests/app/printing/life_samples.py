"""Invented papers of a dossier's life for the tests: short, everyday, and longer than any real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.dossier_papers import (
    AgencyPaper,
    ControlSheetPaper,
    DerivationPaper,
    DerivationPart,
    DueChangeLine,
    ExtensionNotice,
    HistoryLine,
    HistoryPaper,
    Hop,
    RefusalPaper,
    RefusalReason,
    RegisterLine,
    RegisterPaper,
    StopNotice,
    Subject,
    SupplementRequestPaper,
)
from app.domain.papers import PaperLine
from app.domain.vietnam_time import VIETNAM as LOCAL
from tests.app.printing.samples import FIFTY, HEAD, LONG_CODE, LONG_NAME, PAPERS_TYPICAL, TYPICAL


def at(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    """A moment of the year 2026 on the counter's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


SUBJECT = Subject(
    code=LONG_CODE, applicant_name=TYPICAL.applicant_name, address=TYPICAL.address, phone=TYPICAL.phone,
    email=TYPICAL.email, identifier=TYPICAL.identifier, procedure_code=TYPICAL.procedure_code,
    procedure_name=TYPICAL.procedure_name, case_name=TYPICAL.case_name, agency_name=TYPICAL.agency_name,
    received_at=TYPICAL.received_at,
)
NO_CODE = replace(SUBJECT, code="", received_at=None, identifier="", email="", case_name="")
SHORT_SUBJECT = replace(SUBJECT, code="H47-260921-0001", applicant_name="Lê A", procedure_name="Tách hộ",
                        procedure_code="1.010028", case_name="", phone="", email="", identifier="")
LONG_SUBJECT = replace(SUBJECT, procedure_name=LONG_NAME, case_name="Trường hợp " + LONG_NAME[:300],
                       applicant_name="Công ty Cổ phần Đầu tư Xây dựng Thương mại Dịch vụ Thử Nghiệm Mẫu Quốc tế",
                       identifier="4000000000-001")
AGENCY_PAPER = AgencyPaper("Sở Thử nghiệm tỉnh Mẫu", "12/TB-STN", date(2026, 9, 30), "Lê Văn Mẫu", "Phó Giám đốc")

SUPPLEMENT = SupplementRequestPaper(
    form_set="03/2025", head=HEAD, subject=SUBJECT, number=14, asked_at=at(23, 10, 20),
    papers=(PaperLine("Bản sao thẻ căn cước của người được cấp Phiếu lý lịch tư pháp", 0, 1, 0,
                      "bản đã nộp mờ, không đọc được số"),
            PaperLine("Giấy tờ chứng minh thuộc đối tượng được miễn hoặc giảm phí", 0, 0, 2, "chưa nộp")),
    demands=("Ghi lại mục 7 của tờ khai: thời gian cư trú còn thiếu từ tháng 3/2019 đến tháng 8/2020",),
    reason="Thành phần hồ sơ chưa đủ và tờ khai chưa ghi đầy đủ quá trình cư trú",
    legal_basis=("Điều 45 Luật Lý lịch tư pháp số 28/2009/QH12",), times=1, bring_by=date(2026, 10, 12),
    due_at=TYPICAL.due_at, is_clock_stopped=True, asked_by=None, clerk_name="Trần Văn Mẫu",
)
SUPPLEMENTS = {
    "everyday": SUPPLEMENT,
    "before reception": replace(SUPPLEMENT, subject=NO_CODE, number=None, due_at=None, is_clock_stopped=False,
                                bring_by=None, legal_basis=(), demands=()),
    "second, by the agency": replace(SUPPLEMENT, form_set="01/2018", times=2, asked_by=AGENCY_PAPER, papers=()),
    "long": replace(SUPPLEMENT, subject=LONG_SUBJECT, asked_by=AGENCY_PAPER, times=3,
                    papers=tuple(replace(line, note="chưa nộp") for line in FIFTY.papers[:30]),
                    demands=tuple(f"Mục {number} của tờ khai: ghi rõ nguồn gốc đất" for number in range(9))),
}

REFUSAL = RefusalPaper(
    form_set="03/2025", head=HEAD, subject=NO_CODE, number=3, refused_at=at(21, 9, 40), submitted_at=None,
    reasons=(RefusalReason("Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan nhận hồ sơ",
                           "khoản 2 Điều 44 Luật Lý lịch tư pháp"),),
    advice="Nộp hồ sơ tại cơ quan nơi ông/bà thường trú hoặc nộp trực tuyến.", papers_back=PAPERS_TYPICAL,
    submitter_name=TYPICAL.submitter_name, clerk_name="Trần Văn Mẫu",
)
REFUSALS = {
    "at the counter": REFUSAL,
    "online": replace(REFUSAL, subject=replace(SUBJECT, received_at=None), submitted_at=at(20, 22, 5), number=None,
                      papers_back=(), advice="", form_set="01/2018"),
    "long": replace(REFUSAL, subject=LONG_SUBJECT, papers_back=FIFTY.papers[:25], reasons=tuple(
        RefusalReason(f"Lý do thứ {number}: " + LONG_NAME[:250], "khoản 1 Điều 5 Luật Thử nghiệm")
        for number in range(1, 7))),
}

EXTENSION = ExtensionNotice(
    form_set="03/2025", head=HEAD, subject=SUBJECT, paper=AGENCY_PAPER, original_due_at=TYPICAL.due_at,
    due_at=TYPICAL.due_at, new_due_at=at(12, 16, 30, month=10), times=1,
    reason="Hồ sơ cần xác minh tại cơ quan lưu trữ, chưa có kết quả trả lời", printed_at=at(1, 8, 15, month=10),
    clerk_name="Trần Văn Mẫu",
)
EXTENSIONS = {
    "everyday": EXTENSION,
    "second, no date": replace(EXTENSION, form_set="01/2018", times=2, new_due_at=None, due_at=at(8, 16, month=10),
                               paper=AgencyPaper("Sở Thử nghiệm tỉnh Mẫu", "", None, "", "")),
    "long": replace(EXTENSION, subject=LONG_SUBJECT, reason=(LONG_NAME + " ") * 3),
}

STOP = StopNotice(
    form_set="03/2025", head=HEAD, subject=SUBJECT, paper=AGENCY_PAPER, stopped_on=date(2026, 9, 30),
    reason="Quá thời hạn bổ sung hồ sơ mà người nộp chưa bổ sung", legal_basis=("Điều 20 Nghị định Thử nghiệm",),
    papers_back=PAPERS_TYPICAL[:2], advice="Ông/Bà có thể nộp hồ sơ mới khi đã có đủ giấy tờ.",
    printed_at=at(1, 8, 15, month=10), clerk_name="Trần Văn Mẫu",
)
STOPS = {
    "everyday": STOP,
    "short, old": replace(STOP, form_set="01/2018", subject=SHORT_SUBJECT, papers_back=(), advice="",
                          stopped_on=None, legal_basis=()),
    "long": replace(STOP, subject=LONG_SUBJECT, papers_back=FIFTY.papers, reason=LONG_NAME),
}

DESK, AGENCY = HEAD.unit, "Văn phòng Sở Thử nghiệm tỉnh Mẫu"
HOPS = (
    Hop(DESK, AGENCY, at(21, 14, 45), at(21, 15, 10), "Trần Văn Mẫu", "Phạm Thị Thử"),
    Hop(AGENCY, "Phòng Nghiệp vụ Thử nghiệm", at(22, 8, 0), None, "Phạm Thị Thử", "", "Đúng hạn",
        "Mã bưu gửi RR 473 124 829 VN, gửi lúc 08 giờ 00"),
)
CONTROL = ControlSheetPaper(
    form_set="03/2025", head=HEAD, subject=SUBJECT, due_at=TYPICAL.due_at, partners=(), hops=HOPS, blank_hops=2,
    printed_at=at(21, 9, 6),
)
CONTROLS = {
    "everyday": CONTROL,
    "blank, old": replace(CONTROL, form_set="01/2018", subject=SHORT_SUBJECT, hops=(), blank_hops=4, due_at=None),
    "long": replace(CONTROL, subject=LONG_SUBJECT, hops=HOPS * 4, partners=("Chi cục Thuế khu vực Mẫu",
                                                                           "Văn phòng Đăng ký đất đai Mẫu")),
}


def register_lines(count: int) -> Iterator[RegisterLine]:
    """Lines of different heights; every seventh number became no dossier, every third result is fetched."""
    for number in range(1, count + 1):
        received = at(1, 7, 30) + timedelta(minutes=11 * number)
        is_void = number % 7 == 0
        yield RegisterLine(
            number=number, code=f"000.00.15.H47-{received:%y%m%d}-{number:04d}",
            procedure_name="" if is_void else (TYPICAL.procedure_name, "Tách hộ", LONG_NAME[:220])[number % 3],
            sets=0 if is_void else 1 + number % 2, applicant_name="" if is_void else f"Nguyễn Thị Thử {number}",
            address="" if is_void else TYPICAL.address, phone="" if is_void else TYPICAL.phone,
            agency_name="" if is_void else TYPICAL.agency_name, received_at=received,
            due_at=None if is_void else received + timedelta(days=14),
            returned_at=received + timedelta(days=9) if number % 3 == 0 and not is_void else None,
            return_way="" if is_void else ("Tại quầy", "Qua bưu chính")[number % 2],
            signed="Đã ký" if number % 3 == 0 and not is_void else "", note="Số hủy: in hỏng" if is_void else "",
        )


REGISTER = RegisterPaper(
    form_set="03/2025", head=HEAD, book="01", year=2026, unit=HEAD.unit, first_day=date(2026, 9, 1),
    last_day=date(2026, 9, 30), lines=tuple(register_lines(40)), printed_at=at(1, 16, 45, month=10),
    clerk_name="Trần Văn Mẫu",
)
REGISTERS = {
    "everyday": REGISTER,
    "empty, old": replace(REGISTER, form_set="01/2018", lines=()),
    "one long name": replace(REGISTER, lines=(*register_lines(3), replace(next(register_lines(1)),
                                                                          procedure_name=LONG_NAME * 4))),
}

DERIVATION = DerivationPaper(
    head=HEAD, subject=SUBJECT, processing_time="10 ngày làm việc", original_due_at=TYPICAL.due_at,
    due_at=at(12, 16, 30, month=10),
    parts=(
        DerivationPart("Từ khi nhận hồ sơ", (
            "Nhận hồ sơ lúc 09 giờ 05 phút, Thứ Hai 21/09/2026.",
            "Không tính ngày bắt đầu, Thứ Hai 21/09/2026.",
            "Ngày 1 đến ngày 10: từ Thứ Ba 22/09/2026 đến Thứ Hai 05/10/2026 (đã trừ 4 ngày nghỉ hằng tuần).")),
        DerivationPart("Tạm dừng chờ bổ sung, 23/09 đến 28/09/2026", (
            "Còn lại 8 ngày làm việc và 2 giờ khi tạm dừng.", "Tính tiếp từ 09 giờ 00 phút, Thứ Hai 28/09/2026.",
            "Hẹn trả lúc 16 giờ 30 phút, Thứ Hai 12/10/2026 (cuối giờ làm việc của ngày cuối).")),
    ),
    changes=(DueChangeLine(at(28, 9), TYPICAL.due_at, at(12, 16, 30, month=10), "Người nộp đã bổ sung đủ giấy tờ",
                           "Trần Văn Mẫu"),),
    warnings=("Lịch nghỉ năm 2027 là ước tính: ngày hẹn có thể thay đổi khi có thông báo chính thức.",),
    calendar_version="2026-03", policy_version="2026-01", printed_at=at(28, 9, 5), clerk_name="Trần Văn Mẫu",
)
DERIVATIONS = {
    "everyday": DERIVATION,
    "unchanged": replace(DERIVATION, parts=DERIVATION.parts[:1], changes=(), warnings=(), due_at=TYPICAL.due_at),
    "long": replace(DERIVATION, subject=LONG_SUBJECT, parts=DERIVATION.parts * 5, changes=DERIVATION.changes * 6),
    "no date": replace(DERIVATION, subject=SHORT_SUBJECT, changes=(), due_at=None, warnings=(),
                       calendar_version="", policy_version="", processing_time="Không quy định",
                       parts=(DerivationPart("", ("Không có ngày hẹn trả cụ thể theo quy định.",)),)),
}

EVENTS = (
    HistoryLine(at(21, 9, 5), "Tiếp nhận hồ sơ", "Trần Văn Mẫu", HEAD.unit, "3 giấy tờ; hẹn trả 05/10/2026"),
    HistoryLine(at(21, 14, 45), "Bàn giao cho cơ quan giải quyết", "Trần Văn Mẫu", HEAD.unit,
                "Danh sách bàn giao BG-260921-7F3A-001"),
    HistoryLine(at(21, 15, 10), "Cơ quan xác nhận đã nhận", "Phạm Thị Thử", "Văn phòng Sở Thử nghiệm tỉnh Mẫu", "",
                "Ghi từ giấy"),
    HistoryLine(at(23, 10, 20), "Yêu cầu bổ sung", "Sở Thử nghiệm tỉnh Mẫu", "", "Thiếu bản sao thẻ căn cước",
                "Cổng đồng bộ"),
)
HISTORY = HistoryPaper(
    head=HEAD, subject=SUBJECT, state="Yêu cầu bổ sung giấy tờ", due_at=TYPICAL.due_at, lines=EVENTS,
    known_until=at(24, 7, 58), printed_at=at(24, 8, 10), clerk_name="Trần Văn Mẫu",
)
HISTORIES = {
    "everyday": HISTORY,
    "nothing yet": replace(HISTORY, subject=SHORT_SUBJECT, lines=(), known_until=None, due_at=None),
    "long": replace(HISTORY, subject=LONG_SUBJECT, lines=EVENTS * 15),
}
