"""What the official papers after reception say: forms 02 to 07 and the two sheets that explain a dossier.

Each value is complete, as in `app.domain.papers`: printing looks nothing up. Empty text means "not known"; the
form then leaves room to write. Every moment is aware and is shown on the counter's clock. No unit, agency or
province is named but by these values. Sources: Thông tư 01/2018/TT-VPCP and 03/2025/TT-VPCP (forms 02–07).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.papers import OfficeHead, PaperLine


@dataclass(frozen=True, slots=True)
class Subject:
    """The dossier a paper is about, as the upper part of every form names it."""

    code: str                      # "" while there is none: the paper then bears no barcode
    applicant_name: str
    address: str
    phone: str
    email: str
    identifier: str                # personal number, passport or tax code; "" where it is not asked
    procedure_code: str
    procedure_name: str
    case_name: str
    agency_name: str               # who settles
    received_at: datetime | None   # None before reception


@dataclass(frozen=True, slots=True)
class AgencyPaper:
    """A paper that the agency signed and that the counter only passes on; "" or None where it was not given."""

    agency_name: str
    number: str                    # "12/PXL-STP" as written on it
    dated: date | None
    signer_name: str
    signer_title: str


@dataclass(frozen=True, slots=True)
class SupplementRequestPaper:
    """Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: all gaps at once, the reason, and until when.

    Before reception `subject.code` is "" and no time runs. Afterwards `is_clock_stopped` says that the waiting
    does not count, so that the citizen knows why the promised date will move.
    """

    form_set: str                  # "01/2018" or "03/2025", pinned by the dossier's reception date
    head: OfficeHead
    subject: Subject
    number: int | None             # số of the slip; None: room to write it
    asked_at: datetime
    papers: tuple[PaperLine, ...]  # what to bring; `note` says what is wrong with it
    demands: tuple[str, ...]       # what to mend that is no paper: "ghi lại mục 7 của tờ khai"
    reason: str
    legal_basis: tuple[str, ...]
    times: int                     # 1; 2 for the second request, which counts as overdue
    bring_by: date | None
    due_at: datetime | None        # promised so far; None: none, or not received yet
    is_clock_stopped: bool
    asked_by: AgencyPaper | None   # None: the counter asks
    clerk_name: str


@dataclass(frozen=True, slots=True)
class RefusalReason:
    text: str
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class RefusalPaper:
    """Mẫu 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ; at the counter without a code, online with its code."""

    form_set: str
    head: OfficeHead
    subject: Subject
    number: int | None
    refused_at: datetime
    submitted_at: datetime | None  # of an online dossier; None at the counter
    reasons: tuple[RefusalReason, ...]
    advice: str                    # where else, or what to do instead; "" for none
    papers_back: tuple[PaperLine, ...]
    submitter_name: str
    clerk_name: str


@dataclass(frozen=True, slots=True)
class ExtensionNotice:
    """Tells the citizen that the agency's apology (Mẫu 04) sets a new date. It is not that paper: no clerk signs.

    `times` counts the changes of date of this dossier. A notice without `new_due_at` says that no date was given.
    """

    form_set: str
    head: OfficeHead
    subject: Subject
    paper: AgencyPaper
    original_due_at: datetime | None
    due_at: datetime | None        # promised before this paper
    new_due_at: datetime | None
    times: int
    reason: str
    printed_at: datetime
    clerk_name: str                # who printed it


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Tells the citizen that the agency stopped the case (Mẫu 05 of 03/2025). No clerk signs it either."""

    form_set: str
    head: OfficeHead
    subject: Subject
    paper: AgencyPaper
    stopped_on: date | None
    reason: str
    legal_basis: tuple[str, ...]
    papers_back: tuple[PaperLine, ...]     # what lies at the counter to be taken back
    advice: str
    printed_at: datetime
    clerk_name: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One hand-over on the control sheet. A hop is open at its receiving end while `taken_at` is None."""

    from_name: str                 # unit that gives
    to_name: str
    given_at: datetime | None
    taken_at: datetime | None
    giver: str = ""                # persons; "" leaves room to sign
    taker: str = ""
    outcome: str = ""              # "Trước hạn", "Đúng hạn", "Quá hạn"; "" while not known
    note: str = ""                 # item code and time of the postal voucher when it travelled by post


@dataclass(frozen=True, slots=True)
class ControlSheetPaper:
    """Mẫu 05/2018 = 06/2025, Phiếu kiểm soát quá trình giải quyết hồ sơ: known hops filled in, others blank."""

    form_set: str
    head: OfficeHead
    subject: Subject
    due_at: datetime | None
    partners: tuple[str, ...]      # cơ quan phối hợp
    hops: tuple[Hop, ...]
    blank_hops: int                # rows left to write by hand
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One dossier in the register. A number that became no dossier has its line too: `note` says why."""

    number: int                    # running number in book and year
    code: str
    procedure_name: str
    sets: int
    applicant_name: str
    address: str
    phone: str
    agency_name: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    return_way: str                # "Tại quầy", "Qua bưu chính"
    signed: str = ""               # name or mark of who took the result; "" leaves room to sign
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """Mẫu 06/2018 = 07/2025, Sổ theo dõi hồ sơ: one book of one unit and year, or a period of it.

    `lines` is read once, in order, while pages are written: give an iterator over a query for a book of thousands.
    """

    form_set: str
    head: OfficeHead
    book: str                      # quyển số
    year: int
    unit: str                      # whose book it is
    first_day: date
    last_day: date                 # inclusive
    lines: Iterable[RegisterLine]
    printed_at: datetime
    clerk_name: str


@dataclass(frozen=True, slots=True)
class DerivationPart:
    """One stretch of the derivation: reception, a leg of another agency, a pause, an extension."""

    title: str
    sentences: tuple[str, ...]     # `app.domain.derivation_words`


@dataclass(frozen=True, slots=True)
class DueChangeLine:
    """One change of the promised date: when it was made, from what to what, why, by which paper or person."""

    at: datetime
    before: datetime | None
    after: datetime | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class DerivationPaper:
    """Vì sao ngày này? The promised date with every step that led to it, in words a citizen can check."""

    head: OfficeHead
    subject: Subject
    processing_time: str           # "10 ngày làm việc"
    original_due_at: datetime | None
    due_at: datetime | None
    parts: tuple[DerivationPart, ...]
    changes: tuple[DueChangeLine, ...]
    warnings: tuple[str, ...]      # "Lịch nghỉ năm 2027 là ước tính …"
    calendar_version: str
    policy_version: str
    printed_at: datetime
    clerk_name: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event. `source` says how it is known when not from this office's own journal: "Ghi từ giấy" …"""

    at: datetime
    event: str
    actor: str
    place: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPaper:
    """Quá trình xử lý hồ sơ: everything that happened to one dossier, oldest first."""

    head: OfficeHead
    subject: Subject
    state: str                     # in words, at `printed_at`
    due_at: datetime | None
    lines: tuple[HistoryLine, ...]
    known_until: datetime | None   # last news from the province; None: none yet
    printed_at: datetime
    clerk_name: str
