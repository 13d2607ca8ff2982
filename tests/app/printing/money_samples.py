"""Invented papers of the cash desk for the tests of this room: everyday, short, longer than any real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.domain.amount_words import amount_words
from app.domain.paper_number import PaperKind, paper_number
from app.domain.papers import OfficeHead
from app.domain.till.electronic import ElectronicReceipt
from app.domain.till.papers import (
    AmountLine,
    CashMinutesPaper,
    MoneyReceiptPaper,
    RemittanceListPaper,
    RemittanceRow,
    TransferSlipPaper,
)
from app.domain.transfer_token import transfer_purpose, transfer_token
from app.domain.vietnam_time import VIETNAM as LOCAL
from app.domain.vietqr import payload
from tests.app.printing.samples import HEAD, LONG_NAME

DAY = date(2026, 11, 20)
AGENCY = "Chi nhánh Văn phòng Đăng ký đất đai huyện Thử"
LONG_PERSON = "Công Tằng Tôn Nữ Thử Nghiệm Khánh Huyền Thị Mẫu Ánh Nguyệt"
LONG_UNIT = ("Công ty trách nhiệm hữu hạn một thành viên Tư vấn, Thiết kế, Thi công và Dịch vụ thương mại "
             "tổng hợp Thử nghiệm Mẫu miền Trung")
LONG_ADDRESS = ("Số 123/45/6, đường Thử Nghiệm kéo dài, tổ dân phố số 12, khối phố Mẫu Đông, phường Thử Nghiệm, "
                "thành phố Mẫu, tỉnh Mẫu")
PLAIN_HEAD = OfficeHead("", "Bưu cục Thử", "Mẫu", "BCT")
LONG_HEAD = replace(HEAD, unit="Trung tâm Phục vụ hành chính công, Kiểm soát thủ tục hành chính và Chuyển đổi số "
                    "tỉnh Mẫu", superior="Tổng công ty Bưu điện Thử nghiệm – Bưu điện tỉnh Mẫu")
CODE = "000.00.15.H47-261120-0001"


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the day on the counter's clock."""
    return datetime(2026, 11, 20, hour, minute, tzinfo=LOCAL)


def number(kind: PaperKind, n: int = 1) -> str:
    return paper_number(kind, DAY, "quay-1", n)


def said(amount: int) -> str:
    return amount_words(amount) if amount >= 0 else f"Âm {amount_words(-amount).lower()}"


def receipt_lines(count: int) -> tuple[tuple[str, int], ...]:
    texts = ("Phí thẩm định hồ sơ cấp giấy chứng nhận quyền sử dụng đất",
             "Phí khai thác và sử dụng tài liệu đất đai", "Phí cung cấp thông tin lý lịch tư pháp")
    return tuple((texts[n % 3] if n < 3 else f"{texts[n % 3]}, khoản {n + 1}", 10_000 + 1_234 * n)
                 for n in range(count))


def _with_lines(paper: MoneyReceiptPaper, lines: tuple[tuple[str, int], ...]) -> MoneyReceiptPaper:
    amount = sum(each for _, each in lines)
    return replace(paper, lines=lines, amount=amount, said=said(amount))


RECEIPT = MoneyReceiptPaper(
    head=HEAD, tax_code="4000123457", form="01BLP2-001", symbol="28AA-17T", number="0000123", slip="", kind="fee",
    owner_name=AGENCY, payer="Nguyễn Thị Thử Nghiệm", address="Khối phố Mẫu, phường Thử, thành phố Mẫu", code=CODE,
    lines=(("Phí cung cấp thông tin lý lịch tư pháp", 200_000),), amount=200_000, said=said(200_000),
    means="Tiền mặt", clerk_name="Trần Văn Mẫu", taken_at=at(9, 5),
)
RECEIPT_SHORT = _with_lines(replace(RECEIPT, head=PLAIN_HEAD, tax_code="", payer="Lê A", address="", code="",
                                    owner_name="", kind="charge"), (("Lệ phí", 1_000),))
RECEIPT_LONG = _with_lines(
    replace(RECEIPT, head=LONG_HEAD, payer=LONG_UNIT, address=LONG_ADDRESS, means="Chuyển khoản",
            owner_name=AGENCY + ", khu vực liên xã Mẫu Một – Mẫu Hai", clerk_name=LONG_PERSON),
    ((LONG_NAME[:480], 9_999_999_999), *receipt_lines(5)))
RECEIPT_FORTY = _with_lines(RECEIPT, receipt_lines(40))
SLIP = replace(RECEIPT, form="", symbol="", number="", slip=number(PaperKind.SLIP))
SLIP_SHORT = replace(RECEIPT_SHORT, form="", symbol="", number="", slip=number(PaperKind.SLIP, 2), kind="postage",
                     lines=(("Cước chuyển trả kết quả", 1_000),))
SLIP_LONG = replace(RECEIPT_LONG, form="", symbol="", number="", slip=number(PaperKind.SLIP, 3))
SLIP_BOUND = replace(SLIP, electronic=ElectronicReceipt("01BLP0-001", "28AA-26E", "0000123", "K7TQ-2026-99-MAU"))


def pieces(*pairs: tuple[int, int]) -> int:
    return sum(kind * each for kind, each in pairs)


COUNT = ((200_000, 3), (100_000, 2), (50_000, 1), (20_000, 4), (10_000, 3), (2_000, 1))
MINUTES = CashMinutesPaper(
    head=HEAD, number=number(PaperKind.CASH), counter_name="Quầy 1", clerk_name="Trần Văn Mẫu",
    opened_at=at(7, 30), closed_at=at(11, 30),
    drawer=(AmountLine("Tiền đầu ca", 500_000), AmountLine("Thu tiền mặt", 530_000),
            AmountLine("Hoàn trả bằng tiền mặt", -50_000), AmountLine("Lấy ra khỏi ngăn", -20_000, "đổi tiền lẻ"),
            AmountLine("Phải có trong ngăn", 960_000, is_sum=True)),
    collected=(AmountLine(AGENCY, 480_000, "phí"), AmountLine("Bưu điện", 25_000, "cước bưu chính"),
               AmountLine("Cộng", 505_000, is_sum=True)),
    transfers=(AmountLine("Công an tỉnh Mẫu", 200_000, "phí"),),
    taken_back=(AmountLine(f"Hoàn trả {CODE}", -50_000, "rút hồ sơ; người thứ hai: Lê Thị Thử"),),
    pieces=COUNT, counted=pieces(*COUNT), counted_words=said(pieces(*COUNT)), expected=960_000,
    difference=pieces(*COUNT) - 960_000, difference_words=said(abs(pieces(*COUNT) - 960_000)), carried=500_000,
    taker_name="Lê Thị Thử", reason="thối nhầm cho khách", seq=1234, head_hash="a1b2c3d4e5f60718" * 4,
)
MINUTES_SHORT = replace(MINUTES, head=PLAIN_HEAD, drawer=(AmountLine("Phải có trong ngăn", 0, is_sum=True),),
                        collected=(), transfers=(), taken_back=(), pieces=(), counted=0, counted_words=said(0),
                        expected=0, difference=0, difference_words=said(0), carried=0, taker_name="", reason="")
_MANY = tuple((kind, 1_000) for kind in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000,
                                         500, 200))
MINUTES_LONG = replace(
    MINUTES, counted=pieces(*_MANY), counted_words=said(pieces(*_MANY)), expected=pieces(*_MANY) + 2_000,
    difference=-2_000, pieces=_MANY, head=LONG_HEAD,
    counter_name="Quầy số 12 – lĩnh vực đất đai, tài nguyên và môi trường",
    clerk_name=LONG_PERSON, taker_name=LONG_PERSON,
    collected=(*(AmountLine(f"{AGENCY} số {n}", 1_234_567 * n, ("lệ phí", "phí")[n % 2]) for n in range(1, 25)),
               AmountLine("Cộng", 370_370_100, is_sum=True)),
    taken_back=tuple(
        AmountLine(f"Hủy {CODE}", -10_000 * n, f"thu nhầm thủ tục lần {n}; người thứ hai: {LONG_PERSON}")
        for n in range(1, 16)),
    reason="Máy đếm báo lỗi hai lần; đã đếm tay cùng người thứ hai, chênh lệch giữ nguyên chờ kiểm tra. " * 3,
)


def row(n: int, amount: int | None = None) -> RemittanceRow:
    paid = 200_000 + 1_000 * n if amount is None else amount
    is_fee = n % 2 == 0
    return RemittanceRow(
        code=f"000.00.15.H47-261120-{n:04d}", procedure=("Tách hộ", "Cấp bản sao trích lục hộ tịch",
                                                         "Đăng ký biến động quyền sử dụng đất")[n % 3],
        owner=("Nguyễn Thị Thử Nghiệm", "Lê A", LONG_PERSON)[n % 3], address="Thôn 3, xã Mẫu",
        payer=("Nguyễn Thị Thử Nghiệm", "Lê A", LONG_PERSON)[n % 3], text="Phí cấp phiếu" if is_fee else "Lệ phí",
        taken_at=at(8, n % 60), charge=0 if is_fee else paid, fee=paid if is_fee else 0)


def _list(
    paper: RemittanceListPaper, rows: tuple[RemittanceRow, ...], transferred: int = 0
) -> RemittanceListPaper:
    total = sum(each.charge + each.fee + each.other for each in rows)
    return replace(paper, rows=rows, cash=total - transferred, transferred=transferred, said=said(total))


_LIST = RemittanceListPaper(HEAD, number(PaperKind.REMITTANCE), "Công an tỉnh Mẫu", at(16, 45), (), 0, 0, "",
                            "Trần Văn Mẫu")
REMITTANCE = _list(_LIST, tuple(map(row, range(1, 6))), 204_000)
REMITTANCE_SHORT = _list(replace(_LIST, head=PLAIN_HEAD), (replace(row(2), procedure="", owner="", address="",
                                                                   code=""),))
REMITTANCE_LONG = _list(
    replace(_LIST, head=LONG_HEAD, owner_name=AGENCY, clerk_name=LONG_PERSON),
    (replace(row(1), procedure=LONG_NAME[:400], address=LONG_ADDRESS, payer=LONG_UNIT, owner=LONG_UNIT,
             fee=9_999_999_999, charge=0), *map(row, range(2, 41))))
REMITTANCE_NEGATIVE = _list(_LIST, (row(2, 30_000), row(4, -230_000)))
REMITTANCE_OTHER = _list(replace(_LIST, owner_name="Kho bạc Nhà nước khu vực Mẫu"), (
    replace(row(1), fee=0, charge=0, other=1_500_000, text="Tiền phạt vi phạm hành chính"),
    replace(row(2), fee=0, charge=0, other=750_000, text="Tiền phạt vi phạm hành chính")))


def slip_for(called: str, amount: int, account: str = "0123456789") -> TransferSlipPaper:
    purpose = transfer_purpose(called, "khoản-1")
    return TransferSlipPaper(
        head=HEAD, called=called, payer="Nguyễn Thị Thử Nghiệm", amount=amount, said=said(amount),
        bank_name="Ngân hàng TMCP Thử Nghiệm (TNB)", account=account, holder="CONG AN TINH MAU", purpose=purpose,
        token=transfer_token(called, "khoản-1"),
        payload=payload("970436", account, amount=amount, purpose=purpose),
        made_at=at(9, 5))


TRANSFER = slip_for(CODE, 200_000)
TRANSFER_SHORT = replace(slip_for("28AA-17T 0000123", 1_000), head=PLAIN_HEAD, payer="Lê A", bank_name="",
                         holder="A")
TRANSFER_LONG = replace(
    slip_for("H57.132.9999.1-261120-00001", 9_999_999_999, "0123456789012345678"), head=LONG_HEAD, payer=LONG_UNIT,
    holder="VAN PHONG DANG KY DAT DAI TINH MAU - CHI NHANH HUYEN THU NGHIEM KHU VUC LIEN XA",
    bank_name="Ngân hàng Nông nghiệp và Phát triển nông thôn Thử nghiệm – Chi nhánh tỉnh Mẫu, "
              "Phòng giao dịch số 12")
