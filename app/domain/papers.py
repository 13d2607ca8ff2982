"""What is printed: the values of each official paper, complete, so that printing looks nothing up.

A paper is printed from one stored row. Two papers about one fact therefore cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """Who issues the paper, from configuration; no unit name stands in program code."""

    superior: str                  # cơ quan chủ quản, line 1
    unit: str                      # the receiving unit: TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG …
    place: str                     # địa danh of "…, ngày … tháng … năm …"
    number_suffix: str             # "TTPVHCC" of "Số: …/TTPVHCC"
    phone: str = ""
    lookup: str = ""               # how the citizen looks the dossier up
    contact: str = ""              # address or other line


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One row of the papers table: name and how many of each kind were handed in."""

    name: str
    originals: int
    certified: int
    copies: int
    note: str = ""                 # "giữ bản gốc", reason for a missing paper …


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee on a paper. `rate` stands instead of the amount where nothing was counted yet: "2.000 đ/trang"."""

    name: str
    amount: int | None             # đồng
    note: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True)
class LegLine:
    """One agency's part of an inter-agency procedure, with its own date where it is known."""

    agency_name: str
    processing_time: str           # "3 ngày làm việc"
    due_at: datetime | None
    is_own: bool = False           # the agency that settles the procedure (cơ quan chủ trì)


@dataclass(frozen=True, slots=True)
class StageLine:
    """The form's giai đoạn 2: both moments None until the citizen has brought what the first result asks."""

    processing_time: str
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Thông tư 03/2025/TT-VPCP; 01/2018 before 15/09/2025)."""

    form_set: str                  # "01/2018" or "03/2025", pinned by the reception date
    head: OfficeHead
    code: str
    book: str                      # quyển số
    book_number: int               # số thứ tự in the register
    version: int                   # 1; 2 after a correction …
    received_at: datetime          # local time, Asia/Ho_Chi_Minh, naive values refused
    applicant_name: str
    submitter_name: str
    is_delegate: bool
    address: str
    phone: str
    email: str
    identifier: str                # personal number, passport or tax code
    procedure_code: str
    procedure_name: str
    case_name: str
    agency_name: str
    papers: tuple[PaperLine, ...]
    originals_kept: tuple[str, ...]
    sets: int                      # số lượng hồ sơ, bộ
    processing_time: str           # "10 ngày làm việc", "Không quy định"
    due_at: datetime | None        # None: "Không có ngày hẹn trả cụ thể theo quy định"
    due_note: str                  # e.g. estimated calendar
    return_place: str              # đăng ký nhận kết quả tại
    fees: tuple[FeeLine, ...]
    fee_note: str                  # "Thu trước", "Đã thu" …
    clerk_name: str
    channel: str                   # "Trực tiếp"
    lookup_secret: str = ""        # four characters for the public lookup
    correction: str = ""           # reason printed from version 2 on
    delegate_paper: str = ""
    legs: tuple[LegLine, ...] = ()  # `due_at` is then the date of all of them together
    second_stage: StageLine | None = None
    national_code: str = ""        # under which the dossier was filed on the national portal


@dataclass(frozen=True, slots=True)
class CopyMark:
    """A reprint says so: BẢN SAO, how many, when, who. `number` 0 means the first print."""

    number: int
    printed_at: datetime
    clerk_name: str


@dataclass(frozen=True, slots=True)
class GuidanceSlip:
    """Phiếu hướng dẫn: what to bring, where, how much, how long; no dossier is opened for it."""

    head: OfficeHead
    procedure_code: str
    procedure_name: str
    case_name: str
    agency_name: str
    papers: tuple[PaperLine, ...]
    missing: tuple[str, ...]
    processing_time: str
    fees: tuple[FeeLine, ...]
    guidance: str
    legal_basis: tuple[str, ...]
    printed_at: datetime
    clerk_name: str


@dataclass(frozen=True, slots=True)
class CoverLabel:
    """Label for the dossier cover: name of the procedure, code, barcode, due date; no citizen's name."""

    code: str
    procedure_name: str
    agency_name: str
    received_on: date
    due_at: datetime | None
    papers_total: int
