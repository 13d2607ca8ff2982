"""What is printed while a dossier travels: to the agency, back, to the citizen, by post, to the next clerk.

As in `app.domain.papers`: each paper's values are complete, printing looks nothing up, times are aware. `number`
comes from `app.domain.paper_number` and is the text of the paper's own barcodes; `head` is the issuing unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.papers import FeeLine, OfficeHead, PaperLine


@dataclass(frozen=True, slots=True)
class HandoverLinePaper:
    """One dossier of a hand-over list; `originals` travel with it and are named below it."""

    code: str
    procedure_name: str
    sets: int
    applicant_name: str
    address: str
    phone: str
    received_at: datetime
    due_at: datetime | None        # None: no date promised
    originals: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandoverListPaper:
    """Danh sách bàn giao hồ sơ: counter to agency, one list per agency and run."""

    head: OfficeHead
    number: str
    agency_name: str
    made_at: datetime
    route: str                     # "Trực tiếp", "Bưu chính"
    giver_name: str
    lines: tuple[HandoverLinePaper, ...]
    receiver_name: str = ""        # "": whoever signs writes the name
    cutoff_at: datetime | None = None   # of the run this list goes with
    item_code: str = ""            # of the bag, when it travels by post
    note: str = ""


class DiscrepancyKind(StrEnum):
    """What the receiving side found against the list."""

    REFUSED = "refused"            # there, and not accepted
    MISSING = "missing"            # on the list, not in the bag
    EXTRA = "extra"                # in the bag, not on the list


@dataclass(frozen=True, slots=True)
class DiscrepancyLine:
    code: str
    procedure_name: str
    applicant_name: str
    kind: DiscrepancyKind
    reason: str = ""
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscrepancySlip:
    """Phiếu chênh lệch bàn giao: what the acknowledgement of a list did not accept."""

    head: OfficeHead
    number: str
    manifest_number: str           # of the list it answers
    agency_name: str
    handed_over_at: datetime
    acknowledged_at: datetime
    listed: int                    # dossiers on the list
    accepted: int
    lines: tuple[DiscrepancyLine, ...]
    giver_name: str
    receiver_name: str
    source: str = ""               # "Quét lại", "Theo danh sách giấy đã ký"


@dataclass(frozen=True, slots=True)
class ResultLinePaper:
    """One result of a result hand-over list; `originals` are the citizen's own papers that come back with it."""

    code: str
    procedure_name: str
    result_name: str               # "Giấy chứng nhận …", "Văn bản từ chối …"
    result_number: str
    result_day: date | None
    applicant_name: str
    address: str
    owes: bool                     # money is due before the return
    is_by_post: bool
    originals: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResultHandoverPaper:
    """Phiếu bàn giao kết quả giải quyết thủ tục hành chính: agency to counter."""

    head: OfficeHead
    number: str
    agency_name: str
    made_at: datetime
    route: str
    receiver_name: str             # the clerk
    lines: tuple[ResultLinePaper, ...]
    giver_name: str = ""
    item_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedResult:
    kind: str                      # "Giấy chứng nhận quyền sử dụng đất"
    number: str
    day: date | None
    about: str = ""                # trích yếu
    copies: int = 1


class Satisfaction(StrEnum):
    """The three levels in use at counters; the citizen may also say nothing."""

    VERY = "very"
    SATISFIED = "satisfied"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class ResultReceiptPaper:
    """Giấy biên nhận trả kết quả: counter to citizen. `collector_name` is who stands there, not the applicant."""

    head: OfficeHead
    number: str
    code: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    applicant_name: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime
    results: tuple[ReturnedResult, ...]
    collector_name: str
    collector_identifier: str
    collector_phone: str
    is_delegate: bool
    clerk_name: str
    clerk_phone: str = ""
    delegate_paper: str = ""
    originals_given_back: tuple[str, ...] = ()    # to the citizen
    originals_taken: tuple[str, ...] = ()         # from the citizen, where law says so (thu lại bản gốc)
    fees: tuple[FeeLine, ...] = ()                # taken at the return
    fee_note: str = ""
    lost_receipt_reason: str = ""                 # "": the receipt was there
    satisfaction: Satisfaction | None = None      # None: the boxes are left to tick
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShelfLabel:
    """On the cover of a result that waits; `app.domain.result_code` is its text. It bears no citizen's name."""

    code: str
    shelf: str                     # "A-03"
    procedure_name: str
    arrived_on: date
    owes: bool = False             # money is due before the return
    is_by_post: bool = False
    originals: int = 0             # papers of the citizen that lie with it


@dataclass(frozen=True, slots=True)
class OriginalLabel:
    """On the sleeve of one original; `app.domain.original_code` is its text. It bears no citizen's name."""

    code: str
    requirement: str               # code of the requirement, as in the dossier
    number: int                    # 1 for the first original of that requirement
    count: int                     # originals of that requirement in all
    name: str                      # of the original, as on the receipt
    received_on: date


@dataclass(frozen=True, slots=True)
class PostLabel:
    """On the envelope: S10 item code, sender, receiver. `cod_amount` is what the postman takes, đồng."""

    head: OfficeHead
    item_code: str                 # thirteen signs without blanks
    code: str                      # of the dossier
    receiver_name: str
    receiver_phone: str
    address: str                   # house, street, hamlet
    commune: str                   # since 2025
    province: str
    old_address: str = ""          # three-level address as the citizen wrote it, "" when there is none
    cod_amount: int = 0
    note: str = ""                 # "Phát tận tay người nhận"


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Several labels on A4 sheets, from place `start` (1 is the first) of a sheet already begun."""

    labels: tuple[ShelfLabel | OriginalLabel | PostLabel, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class PostLine:
    item_code: str
    code: str
    receiver_name: str
    phone: str
    address: str                   # whole, on one line
    weight: int | None = None      # grams
    cod_amount: int = 0            # đồng
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostManifestPaper:
    """Bảng kê bưu gửi of a day: counter to the delivery post office."""

    head: OfficeHead
    number: str
    post_office: str               # that takes the items over
    made_at: datetime
    giver_name: str
    lines: tuple[PostLine, ...]
    receiver_name: str = ""
    cutoff_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PickupSlip:
    """Phiếu thu gom hồ sơ tại nhà: a temporary number, no reception; the deadline does not start with it."""

    head: OfficeHead
    number: str
    made_at: datetime
    citizen_name: str
    citizen_identifier: str
    phone: str
    address: str                   # where it is picked up, whole
    procedure_code: str
    procedure_name: str
    case_name: str
    agency_name: str
    papers: tuple[PaperLine, ...]
    originals: tuple[str, ...]
    collector_name: str            # the postman
    visit: str = ""                # "Sáng 23/11/2026"
    return_place: str = ""
    fees: tuple[FeeLine, ...] = ()
    note: str = ""
    is_planned: bool = False       # made before the visit: `papers` are those to have ready, none is taken yet


@dataclass(frozen=True, slots=True)
class GroupLine:
    code: str
    procedure_name: str
    agency_name: str
    applicant_name: str
    received_at: datetime
    due_at: datetime | None
    processing_time: str
    sets: int = 1
    fee: int | None = 0            # đồng; None: by regulation, not known here
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupAnnexPaper:
    """Biên bản giao nhận hồ sơ: one submitter, many dossiers, each with its own receipt."""

    head: OfficeHead
    number: str
    submitter_name: str
    submitter_identifier: str
    submitter_phone: str
    submitter_address: str
    received_at: datetime
    lines: tuple[GroupLine, ...]
    clerk_name: str
    fee_note: str = ""
    delegate_paper: str = ""


class MinutesKind(StrEnum):
    """Sections of a shift's minutes; the words are the form's."""

    DRAFTS = "drafts"              # biểu chưa xong
    TRAY = "tray"                  # hồ sơ chờ bàn giao
    UNACKNOWLEDGED = "unacknowledged"
    SHELF = "shelf"
    ORIGINALS = "originals"
    CASH = "cash"
    RECEIPT_BOOK = "receipt_book"
    ITEM_CODES = "item_codes"
    UNSENT = "unsent"              # chưa gửi về tỉnh
    STOCK = "stock"                # máy in, giấy, thiết bị
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MinutesLine:
    name: str
    value: str = ""                # "12 hồ sơ", "1.234.567 đ"
    note: str = ""


@dataclass(frozen=True, slots=True)
class MinutesSection:
    """An empty section is printed as "không có": that nothing was left open is said too."""

    kind: MinutesKind
    lines: tuple[MinutesLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftMinutes:
    """Biên bản bàn giao ca: one clerk to the next at one counter."""

    head: OfficeHead
    number: str
    counter_name: str
    handed_at: datetime
    from_clerk: str
    to_clerk: str
    sections: tuple[MinutesSection, ...]
    note: str = ""


class DigestKind(StrEnum):
    """Why a dossier is in an agency's digest, in the order of printing."""

    UNACKNOWLEDGED = "unacknowledged"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class DigestLine:
    kind: DigestKind
    code: str
    procedure_name: str
    since: datetime | None         # of that kind: handed over at, asked for at …
    due_at: datetime | None
    manifest_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgencyDigest:
    """Bảng tổng hợp trong ngày for one agency: what waits for it; to print or to send."""

    head: OfficeHead
    agency_name: str
    made_at: datetime
    lines: tuple[DigestLine, ...]
    clerk_name: str
    as_of: datetime | None = None  # last word of the province; None: never


class ObstacleCause(StrEnum):
    """With whom an obstacle lies."""

    AGENCY = "agency"
    CITIZEN = "citizen"
    COUNTER = "counter"
    SYSTEM = "system"
    RULE = "rule"                  # quy định


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    noted_on: date
    text: str
    cause: ObstacleCause
    procedure_name: str = ""
    code: str = ""                 # "": of a procedure, not of one dossier
    agency_name: str = ""
    answer: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ObstacleListPaper:
    """Danh sách vướng mắc of a period, for the meeting."""

    head: OfficeHead
    first_day: date
    last_day: date
    made_at: datetime
    lines: tuple[ObstacleLine, ...]
    clerk_name: str
