"""What each kind of event says. These shapes stand in journals: fields are added with defaults, never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.body import from_body
from app.domain.dossier import LegDue, State
from app.domain.intake import PaperGiven
from app.domain.life.states import Custody, Delivery, Holder


class Kind(StrEnum):
    """Kinds of events; also the types of the operations that bring them (`app.domain.operation.Type`)."""

    SUPPLEMENT_ASKED = "supplement.asked"
    SUPPLEMENT_RECEIVED = "supplement.received"
    PAYMENT_DONE = "payment.done"
    WITHDRAWN = "dossier.withdrawn"
    AGENCY_SAID = "agency.said"
    EXTENDED = "due.extended"
    HANDED_OVER = "handover.made"
    HANDOVER_UNDONE = "handover.undone"
    ACKNOWLEDGED = "handover.acknowledged"
    FOUND = "dossier.found"
    RESULT_IN = "results.taken_in"
    SHELVED = "result.shelved"
    POSTED = "result.posted"
    POST_SAID = "post.said"
    RETURNED = "result.returned"
    RECALLED = "return.recalled"
    PAPERS_RETURNED = "papers.returned"
    ORIGINAL_MOVED = "original.moved"
    FEE_TAKEN = "fee.taken"
    STAGE_BEGUN = "stage.begun"
    SETTLED = "conflict.settled"


@dataclass(frozen=True, slots=True)
class AgencyPaper:
    """A paper of the agency that the counter holds or has seen; who signed it is never the clerk."""

    kind: str = ""                 # "extension", "supplement", "payment", "stop", "result", "acceptance"
    number: str = ""
    day: date | None = None
    signer: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class NewDue:
    """A new promised date with its derivation, worked out when it was made and never again.

    `legs` are the single agencies' dates as they stand then; () leaves those before. `before` and
    `paused_since` are what it was worked out from: where another counter had changed that, a person decides.
    """

    at: datetime | None
    steps: tuple[Any, ...] = ()
    warnings: tuple[str, ...] = ()
    calendar_version: str = ""
    policy_version: str = ""
    legs: tuple[LegDue, ...] = ()
    before: datetime | None = None
    paused_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or wrong; `requirement` empty for a paper the checklist does not know."""

    name: str
    requirement: str = ""
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """Phiếu yêu cầu bổ sung: all gaps at once. The clock stands from here on."""

    request: int                   # 1; a second one counts as overdue in the national indicators
    gaps: tuple[Gap, ...]
    reason: str
    basis: str = ""
    is_again_meant: bool = False   # the clerk was warned that it is not the first request
    paper: AgencyPaper | None = None   # set when the agency asked


@dataclass(frozen=True, slots=True)
class SupplementReceived:
    """The citizen brought what was asked for; the clock goes on. `originals` are kept from now on."""

    request: int
    papers: tuple[PaperGiven, ...]
    due: NewDue | None
    is_whole: bool = True          # False: something is still missing, and the reason stands in the note
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """The citizen fulfilled the financial obligation; the clock goes on."""

    proof: str
    due: NewDue | None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Rút hồ sơ: asked for by the applicant. `originals` went back into the citizen's hands."""

    reason: str
    by_name: str
    originals: tuple[str, ...] = ()
    papers_given_back: bool = False


@dataclass(frozen=True, slots=True)
class AgencySaid:
    """The agency's word on the business state, by the province's feed or by a paper a clerk wrote down."""

    state: State
    reason: str = ""
    paper: AgencyPaper | None = None
    due: NewDue | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """Xin lỗi và gia hạn: the settling agency moved the date; the counter records and shows it."""

    due: NewDue
    reason: str
    paper: AgencyPaper


@dataclass(frozen=True, slots=True)
class HandedOver:
    """On the manifest `manifest` (its operation id); the originals named travel along."""

    manifest: str
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoverUndone:
    manifest: str
    reason: str = ""


class LineVerdict(StrEnum):
    """What the receiving side says of one line."""

    ACCEPTED = "accepted"
    REFUSED = "refused"            # came back with the messenger, with a reason
    MISSING = "missing"            # on the list, not in the bag
    EXTRA = "extra"                # in the bag, not on the list


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One line of an acknowledgement, scanned back or read from the signed paper."""

    manifest: str
    verdict: LineVerdict
    reason: str = ""
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A missing dossier turned up: at the counter or with the agency."""

    where: Custody
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """What came from the agency: kind, number, date and what it says."""

    kind: str
    number: str = ""
    day: date | None = None
    summary: str = ""
    is_negative: bool = False      # the agency settled with a refusal


@dataclass(frozen=True, slots=True)
class ResultIn:
    """The result is at the counter. `originals` are those that came back with it."""

    result: ResultPaper
    shelf: str
    delivery: str = ""             # number of the result hand-over list
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelved:
    shelf: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom the post brings it. `old_text` is the address as the citizen wrote or the card shows it."""

    name: str
    phone: str
    line: str
    commune: str = ""
    province: str = ""
    old_text: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    item_code: str
    receiver: Receiver
    originals: tuple[str, ...] = ()
    cod: int | None = None         # đồng to be collected at the door
    manifest: str = ""


class PostWord(StrEnum):
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class PostSaid:
    """The post's last word on an item, with the moment it was true; the screen shows how old it is."""

    item_code: str
    word: PostWord
    as_of: datetime
    receiver: str = ""
    note: str = ""


class CollectorRole(StrEnum):
    OWNER = "owner"
    DELEGATE = "delegate"          # with a written authorisation
    SUBMITTER = "submitter"        # who handed the dossier in and is named on the receipt


@dataclass(frozen=True, slots=True)
class Collector:
    """Who took the result, checked by an identity paper. `authority`: number and date of the authorisation."""

    role: CollectorRole
    name: str
    identifier: str
    phone: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class MoneyTaken:
    amount: int                    # đồng
    means: str                     # "cash" | "transfer" | "online"
    receipt: str = ""              # number of the fee receipt, where one was written


@dataclass(frozen=True, slots=True)
class Returned:
    """Trả kết quả at the counter. `lost_receipt` holds the reason when the receipt was not shown."""

    collector: Collector
    originals: tuple[str, ...] = ()
    originals_left: str = ""       # why some stay
    lost_receipt: str = ""
    money: MoneyTaken | None = None
    satisfaction: int | None = None    # 1 rất hài lòng, 2 hài lòng, 3 không hài lòng; None: not asked
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """Thu hồi: the result went to the wrong person. `of` is the event that gave it out."""

    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class PapersReturned:
    """Papers and originals of an ended dossier (withdrawn, stopped, refused) are back with the citizen."""

    to_name: str
    originals: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class OriginalMoved:
    original: str
    holder: Holder
    reason: str


@dataclass(frozen=True, slots=True)
class FeeTaken:
    money: MoneyTaken


@dataclass(frozen=True, slots=True)
class StageBegun:
    """Giai đoạn 2 of a two-stage procedure: the citizen has the first result and brings what the second needs."""

    papers: tuple[PaperGiven, ...]
    due: NewDue | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A person decided about conflicts: what holds now. None leaves a state as it is."""

    conflicts: tuple[str, ...]     # ids of the events that could not stand
    note: str
    business: State | None = None
    custody: Custody | None = None
    delivery: Delivery | None = None


Facts = (
    SupplementAsked | SupplementReceived | PaymentDone | Withdrawn | AgencySaid | Extended | HandedOver
    | HandoverUndone | Acknowledged | Found | ResultIn | Shelved | Posted | PostSaid | Returned | Recalled
    | PapersReturned | OriginalMoved | FeeTaken | StageBegun | Settled
)

SHAPES: Mapping[Kind, type[Any]] = {
    Kind.SUPPLEMENT_ASKED: SupplementAsked,
    Kind.SUPPLEMENT_RECEIVED: SupplementReceived,
    Kind.PAYMENT_DONE: PaymentDone,
    Kind.WITHDRAWN: Withdrawn,
    Kind.AGENCY_SAID: AgencySaid,
    Kind.EXTENDED: Extended,
    Kind.HANDED_OVER: HandedOver,
    Kind.HANDOVER_UNDONE: HandoverUndone,
    Kind.ACKNOWLEDGED: Acknowledged,
    Kind.FOUND: Found,
    Kind.RESULT_IN: ResultIn,
    Kind.SHELVED: Shelved,
    Kind.POSTED: Posted,
    Kind.POST_SAID: PostSaid,
    Kind.RETURNED: Returned,
    Kind.RECALLED: Recalled,
    Kind.PAPERS_RETURNED: PapersReturned,
    Kind.ORIGINAL_MOVED: OriginalMoved,
    Kind.FEE_TAKEN: FeeTaken,
    Kind.STAGE_BEGUN: StageBegun,
    Kind.SETTLED: Settled,
}


def kind_of(facts: Facts) -> Kind:
    return next(kind for kind, shape in SHAPES.items() if shape is type(facts))


def read_facts(kind: Kind, body: Any) -> Facts:
    """Raises ValueError when `body` is not what this kind says."""
    found: Facts = from_body(SHAPES[kind], body)
    return found
