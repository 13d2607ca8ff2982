"""Invented papers of a dossier's way for the tests of this room: everyday, short, longer than any real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.domain.paper_number import PaperKind, paper_number
from app.domain.papers import FeeLine, OfficeHead
from app.domain.route_papers import (
    AgencyDigest,
    DigestKind,
    DigestLine,
    DiscrepancyKind,
    DiscrepancyLine,
    DiscrepancySlip,
    GroupAnnexPaper,
    GroupLine,
    HandoverLinePaper,
    HandoverListPaper,
    LabelSheet,
    MinutesKind,
    MinutesLine,
    MinutesSection,
    ObstacleCause,
    ObstacleLine,
    ObstacleListPaper,
    OriginalLabel,
    PickupSlip,
    PostLabel,
    PostLine,
    PostManifestPaper,
    ResultHandoverPaper,
    ResultLinePaper,
    ResultReceiptPaper,
    ReturnedResult,
    Satisfaction,
    ShelfLabel,
    ShiftMinutes,
)
from app.domain.vietnam_time import VIETNAM as LOCAL
from tests.app.printing.samples import HEAD, LONG_NAME, PAPERS_TYPICAL

DAY = date(2026, 11, 20)
AGENCY = "Chi nhánh Văn phòng Đăng ký đất đai huyện Thử"
GIVER = "Trần Văn Mẫu"
RECEIVER = "Lê Thị Thử"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 on the counter's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


def number(kind: PaperKind, n: int = 1) -> str:
    return paper_number(kind, DAY, "quay-1", n)


def code(n: int, form: str = "000.00.15.H47") -> str:
    return f"{form}-261118-{n:04d}"


NAMES = ("Nguyễn Thị Thử Nghiệm", "Lê A", "Công Tằng Tôn Nữ Thử Nghiệm Khánh Huyền",
         "Hợp tác xã Nông nghiệp Mẫu Một", "Đặng Văn Mẫu", "Phạm Thị Thử")
ADDRESSES = ("Khối phố Mẫu, phường Thử, thành phố Mẫu", "Thôn 3, xã Mẫu",
             "Số 12/4, đường Thử Nghiệm, phường Mẫu Đông")
REQUESTS = (
    "Đăng ký biến động quyền sử dụng đất do chuyển nhượng",
    "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    "Tách thửa hoặc hợp thửa đất",
    "Xóa đăng ký biện pháp bảo đảm bằng quyền sử dụng đất",
)
RED_BOOK = "Giấy chứng nhận quyền sử dụng đất số CK 000000"
DEED = "Hợp đồng thử số 01/2026/HĐ"
PLAIN_HEAD = OfficeHead("", "Bưu cục Thử", "Mẫu", "BCT")


def _handover_line(n: int) -> HandoverLinePaper:
    return HandoverLinePaper(
        code=code(n), procedure_name=REQUESTS[n % 4], sets=1 + (n % 5 == 0), applicant_name=NAMES[n % 6],
        address=ADDRESSES[n % 3], phone="0900 000 000" if n % 4 else "", received_at=at(18, 8, 5 * (n % 12)),
        due_at=None if n % 7 == 3 else at(9, 15, 30, 12), originals=((RED_BOOK, DEED)[:n % 3] if n % 2 else ()),
        note="bản đồ cuộn riêng" if n == 2 else "",
    )


HANDOVER = HandoverListPaper(
    head=HEAD, number=number(PaperKind.HANDOVER), agency_name=AGENCY, made_at=at(20, 14, 40), route="Trực tiếp",
    giver_name=GIVER, lines=tuple(_handover_line(n) for n in range(1, 11)), cutoff_at=at(20, 15),
)
HANDOVER_SHORT = replace(
    HANDOVER, head=PLAIN_HEAD, route="Bưu chính", item_code="EB473124829VN", cutoff_at=None,
    lines=(replace(_handover_line(1), code="H47.15-261118-0001", applicant_name="Lê A", phone="", address="",
                   originals=(), due_at=None),), receiver_name=RECEIVER,
    note="Túi niêm phong số 12",
)
HANDOVER_LONG = replace(HANDOVER, agency_name=AGENCY * 3, lines=(
    replace(_handover_line(5), procedure_name=LONG_NAME, originals=tuple(f"{RED_BOOK[:-1]}{n}" for n in range(9))),
    *(_handover_line(n) for n in range(2, 25))))

DISCREPANCY = DiscrepancySlip(
    head=HEAD, number=number(PaperKind.DISCREPANCY), manifest_number=HANDOVER.number, agency_name=AGENCY,
    handed_over_at=HANDOVER.made_at, acknowledged_at=at(20, 15, 25), listed=10, accepted=8, lines=(
        DiscrepancyLine(code(3), REQUESTS[3], NAMES[3], DiscrepancyKind.REFUSED,
                        "Thiếu trích lục bản đồ địa chính; tờ khai chưa ký", (RED_BOOK,)),
        DiscrepancyLine(code(7), REQUESTS[1], NAMES[1], DiscrepancyKind.MISSING, "", (RED_BOOK, DEED)),
        DiscrepancyLine(code(44), REQUESTS[0], "", DiscrepancyKind.EXTRA, "Hồ sơ của cơ quan khác"),
    ), giver_name=GIVER, receiver_name=RECEIVER, source="quét lại từng hồ sơ",
)
DISCREPANCY_SHORT = replace(DISCREPANCY, head=PLAIN_HEAD, source="", lines=DISCREPANCY.lines[1:2], listed=1,
                            accepted=0)
DISCREPANCY_LONG = replace(DISCREPANCY, lines=tuple(
    replace(DISCREPANCY.lines[n % 3], code=code(n + 1), reason=REQUESTS[n % 4] * (n % 5 + 1)) for n in range(20)))


def _result_line(n: int) -> ResultLinePaper:
    return ResultLinePaper(
        code=code(n), procedure_name=REQUESTS[n % 4],
        result_name="Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất" if n % 3
        else "Văn bản thông báo không đủ điều kiện giải quyết", result_number=f"CX {n:06d}" if n % 3 else "",
        result_day=date(2026, 11, 19) if n % 3 else None, applicant_name=NAMES[n % 6], address=ADDRESSES[n % 3],
        owes=n % 4 == 1, is_by_post=n % 5 == 2, originals=(DEED,) if n == 3 else (), note="",
    )


RESULTS = ResultHandoverPaper(
    head=HEAD, number=number(PaperKind.RESULTS), agency_name=AGENCY, made_at=at(20, 9, 15), route="Trực tiếp",
    receiver_name=GIVER, giver_name="Võ Văn Nghiệm", lines=tuple(_result_line(n) for n in range(1, 7)),
)
RESULTS_SHORT = replace(RESULTS, head=PLAIN_HEAD, lines=RESULTS.lines[:1], giver_name="", route="Bưu chính",
                        item_code="EB473124829VN", note="Túi niêm phong số 3")
RESULTS_LONG = replace(RESULTS, lines=(replace(_result_line(1), result_name=LONG_NAME),
                                       *(_result_line(n) for n in range(2, 25))))

RETURNED = ResultReceiptPaper(
    head=HEAD, number=number(PaperKind.RESULT_RECEIPT), code=code(4), procedure_code="1.012345",
    procedure_name=REQUESTS[1], agency_name=AGENCY, applicant_name=NAMES[0], received_at=at(18, 8, 20),
    due_at=at(9, 15, 30, 12), returned_at=at(7, 9, 10, 12), results=(
        ReturnedResult("Giấy chứng nhận quyền sử dụng đất", "CX 000004", date(2026, 12, 4),
                       "Thửa đất số 12, tờ bản đồ số 3"),),
    collector_name=NAMES[0], collector_identifier="049090000000", collector_phone="0900 000 000",
    is_delegate=False, clerk_name=GIVER, clerk_phone="0235 0000 000", originals_given_back=(DEED,),
    satisfaction=Satisfaction.VERY,
)
RETURNED_SHORT = replace(RETURNED, head=PLAIN_HEAD, code="H47.15-261118-0004", procedure_name="Tách hộ",
                         procedure_code="", clerk_phone="", due_at=None, satisfaction=None,
                         originals_given_back=())
RETURNED_LONG = replace(
    RETURNED, procedure_name=LONG_NAME, is_delegate=True, collector_name=NAMES[2],
    delegate_paper="giấy ủy quyền số 12/2026, ngày 05/12/2026", results=RETURNED.results * 4,
    originals_given_back=tuple(f"{RED_BOOK[:-1]}{n}" for n in range(4)), originals_taken=(RED_BOOK,),
    fees=(FeeLine("Lệ phí cấp giấy chứng nhận", 100_000), FeeLine("Phí thẩm định", 1_234_567)), fee_note="Đã thu",
    lost_receipt_reason="làm mất khi chuyển nhà; đã đối chiếu căn cước", satisfaction=Satisfaction.NOT,
    note="Người nhận đề nghị sửa số nhà, đã hướng dẫn thủ tục đính chính.",
)
RETURNED_TWO = replace(RETURNED, is_delegate=True, delegate_paper="giấy ủy quyền ngày 05/12/2026",
                       collector_name=NAMES[5], originals_taken=(RED_BOOK,), satisfaction=None,
                       fees=(FeeLine("Lệ phí cấp giấy chứng nhận", 100_000),), fee_note="Đã thu")


def _post_line(n: int) -> PostLine:
    return PostLine(
        item_code=f"EB4731248{n:02d}VN", code=code(n), receiver_name=NAMES[n % 6], phone="0900 000 000",
        address=f"{ADDRESSES[n % 3]}, tỉnh Mẫu", weight=1_250 if n == 2 else 45 + n,
        cod_amount=120_000 if n % 3 == 1 else 0, note="phát tận tay" if n % 4 == 0 else "",
    )


POST = PostManifestPaper(
    head=HEAD, number=number(PaperKind.POST), post_office="Bưu cục phát Mẫu Trung tâm", made_at=at(20, 16, 10),
    giver_name=GIVER, lines=tuple(_post_line(n) for n in range(1, 8)), cutoff_at=at(20, 16, 30),
)
POST_SHORT = replace(POST, head=PLAIN_HEAD, cutoff_at=None, lines=(replace(_post_line(2), weight=None),),
                     receiver_name=RECEIVER, note="Xe chuyến chiều")
POST_LONG = replace(POST, lines=tuple(
    replace(_post_line(n), address=ADDRESSES[2] * (n % 6 + 1)) for n in range(30)))

PICKUP = PickupSlip(
    head=HEAD, number=number(PaperKind.PICKUP), made_at=at(20, 9, 40), citizen_name=NAMES[0],
    citizen_identifier="049090000000", phone="0900 000 000", address=f"{ADDRESSES[0]}, tỉnh Mẫu",
    procedure_code="1.012345", procedure_name=REQUESTS[1], case_name="Cá nhân trực tiếp yêu cầu",
    agency_name=AGENCY, papers=PAPERS_TYPICAL, originals=(RED_BOOK,), collector_name="Võ Văn Nghiệm",
    visit="sáng 20/11/2026", return_place="Qua dịch vụ bưu chính công ích",
    fees=(FeeLine("Cước thu gom", 30_000),),
)
PICKUP_SHORT = replace(PICKUP, head=PLAIN_HEAD, papers=(), originals=(), visit="", return_place="", fees=(),
                       case_name="", procedure_code="", procedure_name="Tách hộ")
PICKUP_LONG = replace(PICKUP, procedure_name=LONG_NAME, papers=PAPERS_TYPICAL * 8,
                      note="Nhà trong hẻm, gọi trước.",
                      originals=tuple(f"{RED_BOOK[:-1]}{n}" for n in range(6)),
                      fees=(FeeLine("Cước thu gom", 30_000), FeeLine("Phí thẩm định", None)))


def _group_line(n: int) -> GroupLine:
    return GroupLine(
        code=code(n), procedure_name=REQUESTS[n % 4], agency_name=AGENCY if n % 2 else "Công an xã Mẫu",
        applicant_name=NAMES[n % 6], received_at=at(20, 8, n % 60), due_at=None if n == 3 else at(9, 15, 30, 12),
        processing_time="13 ngày làm việc" if n != 3 else "Không quy định", sets=1 + (n == 2),
        fee=(50_000, 0, 1_200_000)[n % 3], note="ưu tiên" if n == 2 else "",
    )


GROUP = GroupAnnexPaper(
    head=HEAD, number=number(PaperKind.GROUP), submitter_name=NAMES[5], submitter_identifier="049090000001",
    submitter_phone="0900 000 001", submitter_address=ADDRESSES[0], received_at=at(20, 8, 30),
    lines=tuple(_group_line(n) for n in range(1, 8)), clerk_name=GIVER, fee_note="Đã thu",
    delegate_paper="giấy ủy quyền ngày 15/11/2026",
)
GROUP_SHORT = replace(GROUP, head=PLAIN_HEAD, lines=(replace(_group_line(1), fee=None),), delegate_paper="",
                      fee_note="", submitter_address="")
GROUP_LONG = replace(GROUP, lines=(replace(_group_line(1), procedure_name=LONG_NAME),
                                   *(_group_line(n) for n in range(2, 35))))

SHIFT = ShiftMinutes(
    head=HEAD, number=number(PaperKind.SHIFT), counter_name="Quầy 1", handed_at=at(20, 11, 30), from_clerk=GIVER,
    to_clerk=RECEIVER, sections=(
        MinutesSection(MinutesKind.DRAFTS, (
            MinutesLine("Cấp đổi Giấy chứng nhận, để tạm lúc 10:55", "1 biểu",
                        "chờ người dân lấy bản sao căn cước"),)),
        MinutesSection(MinutesKind.TRAY, (MinutesLine(AGENCY, "6 hồ sơ", "2 bản gốc"),
                                          MinutesLine("Công an xã Mẫu", "2 hồ sơ"))),
        MinutesSection(MinutesKind.UNACKNOWLEDGED, (MinutesLine(HANDOVER.number, "10 hồ sơ", "giao 09:40"),)),
        MinutesSection(MinutesKind.SHELF, (MinutesLine("Kệ A", "14 kết quả"), MinutesLine("Kệ B", "3 kết quả"))),
        MinutesSection(MinutesKind.ORIGINALS, (MinutesLine(RED_BOOK, "1 bản", code(3)),)),
        MinutesSection(MinutesKind.CASH, (MinutesLine("Tiền mặt đã đếm", "1.234.567 đ"),
                                          MinutesLine("Chuyển khoản đã đối chiếu", "650.000 đ"))),
        MinutesSection(MinutesKind.RECEIPT_BOOK, (MinutesLine("Quyển 12, số tiếp theo", "000127"),)),
        MinutesSection(MinutesKind.ITEM_CODES, (MinutesLine("Còn lại", "43 mã"),)),
        MinutesSection(MinutesKind.UNSENT),
        MinutesSection(MinutesKind.STOCK, (MinutesLine("Giấy in nhãn", "1 cuộn", "sắp hết"),)),
    ),
)
SHIFT_SHORT = replace(SHIFT, head=PLAIN_HEAD, sections=tuple(MinutesSection(kind) for kind in MinutesKind),
                      note="Máy quét số 2 đang sửa.")
SHIFT_LONG = replace(SHIFT, sections=(*SHIFT.sections, MinutesSection(MinutesKind.OTHER, tuple(
    MinutesLine(f"Việc {n}: " + REQUESTS[n % 4], f"{n} hồ sơ", REQUESTS[(n + 1) % 4] if n % 3 else "")
    for n in range(45)))))


def _digest_line(n: int) -> DigestLine:
    kind = tuple(DigestKind)[n % 5]
    due_at = None if n % 9 == 4 else at(20 - n % 3, 15, 30)
    return DigestLine(kind, code(n), REQUESTS[n % 4], at(18, 14, 40), due_at,
                      HANDOVER.number if kind is DigestKind.UNACKNOWLEDGED else "",
                      "trễ 2 ngày làm việc" if kind is DigestKind.OVERDUE else "")


DIGEST = AgencyDigest(head=HEAD, agency_name=AGENCY, made_at=at(20, 8), as_of=at(20, 7, 45), clerk_name=GIVER,
                      lines=tuple(_digest_line(n) for n in range(9)))
DIGEST_SHORT = replace(DIGEST, head=PLAIN_HEAD, lines=(), as_of=None)
DIGEST_LONG = replace(DIGEST, lines=tuple(_digest_line(n) for n in range(60)))

OBSTACLES = ObstacleListPaper(
    head=HEAD, first_day=date(2026, 11, 1), last_day=date(2026, 11, 30), made_at=at(30, 16), clerk_name=GIVER,
    lines=(
        ObstacleLine(date(2026, 11, 3), "Cơ quan yêu cầu thêm trích lục bản đồ không có trong danh mục công bố",
                     ObstacleCause.AGENCY, REQUESTS[1], code(3), AGENCY,
                     "Đã thống nhất không yêu cầu từ 10/11/2026", date(2026, 11, 10)),
        ObstacleLine(date(2026, 11, 12), "Không tra cứu được tình trạng trong hai giờ", ObstacleCause.SYSTEM,
                     REQUESTS[0]),
        ObstacleLine(date(2026, 11, 20), "Người dân không có bản chính", ObstacleCause.CITIZEN, REQUESTS[3],
                     code(9), "", "Hướng dẫn xin cấp lại"),
        ObstacleLine(date(2026, 11, 21), "Mức phí đo đạc chưa công bố cho năm 2027", ObstacleCause.RULE),
    ),
)
OBSTACLES_SHORT = replace(OBSTACLES, head=PLAIN_HEAD, lines=())
OBSTACLES_LONG = replace(OBSTACLES, lines=tuple(
    replace(OBSTACLES.lines[n % 4], text=OBSTACLES.lines[n % 4].text + "; " + REQUESTS[n % 4] * (n % 4))
    for n in range(25)))

SHELF = ShelfLabel(code=code(4), shelf="A-03", procedure_name=REQUESTS[1], arrived_on=DAY, owes=True, originals=2)
SHELF_PLAIN = replace(SHELF, code="H47.15-261118-0004", owes=False, originals=0, procedure_name="Tách hộ",
                      shelf="1")
SHELF_LONG = replace(SHELF, procedure_name=LONG_NAME, is_by_post=True, shelf="Tủ B, ngăn 12")
ORIGINAL = OriginalLabel(code=code(4), requirement="2", number=1, count=2, name=RED_BOOK, received_on=DAY)
ORIGINAL_LONG = replace(ORIGINAL, requirement="Giấy tờ về quyền sử dụng đất", name=LONG_NAME, number=12, count=12)
ENVELOPE = PostLabel(
    head=HEAD, item_code="EB473124829VN", code=code(4), receiver_name=NAMES[0], receiver_phone="0900 000 000",
    address="Số 12/4, đường Thử Nghiệm", commune="phường Mẫu Đông", province="tỉnh Mẫu",
)
ENVELOPE_LONG = replace(
    ENVELOPE, receiver_name=NAMES[2], address="Số 12/4/56, ngách 7, đường Thử Nghiệm nối dài, khu dân cư Mẫu Một",
    old_address="khối 5, phường Thử Cũ, quận Mẫu, thành phố Thử", cod_amount=1_234_567,
    note="phát tận tay người nhận",
)
LABELS = LabelSheet((
    *(replace(SHELF, code=code(n), shelf=f"A-{n:02d}", is_by_post=n % 3 == 0) for n in range(1, 11)),
    *(replace(ORIGINAL, number=n, count=9) for n in range(1, 10))), start=4)
ENVELOPES = LabelSheet((
    ENVELOPE, ENVELOPE_LONG, *(replace(ENVELOPE, item_code=f"EB4731248{n}VN") for n in range(30, 38)), SHELF))
