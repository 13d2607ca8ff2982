"""Invented papers for the tests of this room, from the shortest to longer than any real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.domain.papers import CopyMark, CoverLabel, FeeLine, GuidanceSlip, OfficeHead, PaperLine, ReceiptPaper
from app.domain.vietnam_time import VIETNAM as LOCAL

LONG_CODE = "000.00.15.H47-260921-0001"     # 25 signs, the longest common form
HEAD = OfficeHead(
    superior="Ủy ban nhân dân tỉnh Mẫu",
    unit="Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    place="Thành phố Mẫu",
    number_suffix="TTPVHCC",
    phone="0235 0000 000",
    lookup="tracuu.example.vn hoặc quét mã vuông ở trên",
    contact="Số 1, đường Thử, thành phố Mẫu",
)
PAPERS_TYPICAL = (
    PaperLine("Tờ khai cấp Phiếu lý lịch tư pháp theo Mẫu số 03/2013/TT-LLTP", 1, 0, 0),
    PaperLine("Bản sao thẻ căn cước của người được cấp Phiếu lý lịch tư pháp", 0, 1, 1, "đã đối chiếu"),
    PaperLine("Giấy tờ chứng minh thuộc đối tượng được miễn hoặc giảm phí", 0, 0, 2),
)
TYPICAL = ReceiptPaper(
    form_set="03/2025",
    head=HEAD,
    code=LONG_CODE,
    book="01",
    book_number=127,
    version=1,
    received_at=datetime(2026, 9, 21, 9, 5, tzinfo=LOCAL),
    applicant_name="Nguyễn Thị Thử Nghiệm",
    submitter_name="Nguyễn Thị Thử Nghiệm",
    is_delegate=False,
    address="Khối phố Mẫu, phường Thử, thành phố Mẫu",
    phone="0900 000 000",
    email="thu@example.vn",
    identifier="049090000000",
    procedure_code="3.000333",
    procedure_name="Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam, người nước ngoài đang cư trú tại Việt Nam",
    case_name="Cá nhân trực tiếp yêu cầu",
    agency_name="Công an tỉnh Mẫu",
    papers=PAPERS_TYPICAL,
    originals_kept=(),
    sets=1,
    processing_time="10 ngày làm việc",
    due_at=datetime(2026, 10, 5, 15, 30, tzinfo=LOCAL),
    due_note="",
    return_place="Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    fees=(FeeLine("Phí cung cấp thông tin lý lịch tư pháp", 200_000),),
    fee_note="Đã thu",
    clerk_name="Trần Văn Mẫu",
    channel="Trực tiếp",
    lookup_secret="K7TQ",
)
SHORTEST = replace(
    TYPICAL, code="H47-260921-0001", procedure_name="Tách hộ", procedure_code="1.010028", case_name="", papers=(),
    fees=(), fee_note="", due_at=None, processing_time="Không quy định", email="", phone="", lookup_secret="",
    applicant_name="Lê A", submitter_name="Lê A",
)
_CLAUSE = ("trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo thỏa thuận của các "
           "thành viên hộ gia đình hoặc của vợ và chồng; ")
LONG_NAME = "Đăng ký biến động đối với " + (_CLAUSE * 8)[:1066] + "."
HUGE_PAPER_NAME = "Một trong các giấy tờ sau đây: " + (_CLAUSE * 40)[:4912] + "."
LONGEST = replace(
    TYPICAL, procedure_name=LONG_NAME, case_name="Trường hợp " + _CLAUSE * 2, is_delegate=True,
    submitter_name="Công Tằng Tôn Nữ Thử Nghiệm Khánh Huyền",
    delegate_paper="giấy ủy quyền số 12/2026, ngày 15/9/2026",
    papers=(*PAPERS_TYPICAL, PaperLine(HUGE_PAPER_NAME, 1, 0, 0, "giữ bản gốc"),
            *(PaperLine(f"Văn bản số {number}: " + _CLAUSE, 1, number % 3, 1) for number in range(1, 12))),
    originals_kept=("Giấy chứng nhận quyền sử dụng đất số CK 000000", "Hợp đồng thử số 01"),
    fees=(FeeLine("Lệ phí đăng ký đất đai", 100_000),
          FeeLine("Phí thẩm định hồ sơ cấp giấy chứng nhận", 1_234_567),
          FeeLine("Phí đo đạc, lập bản đồ địa chính", 650_000, "tạm thu")),
    due_note="Theo lịch làm việc dự kiến của năm 2027.",
)
FIFTY = replace(TYPICAL, papers=tuple(
    PaperLine(f"Giấy tờ mẫu thứ {number} theo quy định tại khoản {number} Điều 5", 1, 0, number % 3)
    for number in range(1, 51)))
HUNDRED_ELEVEN = replace(TYPICAL, papers=tuple(
    PaperLine(f"Giấy tờ mẫu thứ {number}" + " kèm theo bản vẽ và thuyết minh" * (number % 4), 1, 0, number % 3)
    for number in range(1, 112)))
CORRECTED = replace(TYPICAL, version=2, correction="ghi sai số nhà trong địa chỉ của chủ hồ sơ",
                    form_set="01/2018", received_at=datetime(2025, 2, 3, 16, 59, tzinfo=LOCAL))
REPRINT = CopyMark(2, datetime(2026, 9, 23, 14, 5, tzinfo=LOCAL), "Phạm Thị Thử")
GUIDANCE = GuidanceSlip(
    head=HEAD, procedure_code="3.000333", procedure_name=TYPICAL.procedure_name, case_name=TYPICAL.case_name,
    agency_name=TYPICAL.agency_name, papers=PAPERS_TYPICAL,
    missing=("Giấy tờ chứng minh thuộc đối tượng được miễn hoặc giảm phí",), processing_time="10 ngày làm việc",
    fees=TYPICAL.fees,
    guidance="Tờ khai ghi bằng chữ in hoa, không tẩy xóa.\nNgười được ủy quyền mang theo văn bản ủy quyền.",
    legal_basis=("Luật Lý lịch tư pháp số 28/2009/QH12", "Thông tư số 16/2025/TT-BCA"),
    printed_at=datetime(2026, 9, 21, 9, 5, tzinfo=LOCAL), clerk_name="Trần Văn Mẫu",
)
LABEL = CoverLabel(
    code=LONG_CODE, procedure_name=TYPICAL.procedure_name, agency_name=TYPICAL.agency_name,
    received_on=date(2026, 9, 21), due_at=TYPICAL.due_at, papers_total=3,
)
