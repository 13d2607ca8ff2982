"""The state of one dossier after all its events, as values; made by `fold`, shown by the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.dossier import State
from app.domain.intake import FeeTiming, PaperStatus
from app.domain.life.facts import AgencyPaper, Gap, LineVerdict, PostSaid, ResultPaper
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, Parcel, PauseCause, Source
from app.domain.operation import JsonBody


@dataclass(frozen=True, slots=True)
class Original:
    """One original kept until the result is returned (bản gốc được giữ lại) and who holds it now."""

    id: str                        # "<requirement>#<n>", inside its dossier
    requirement: str
    name: str
    holder: Holder = Holder.COUNTER
    since: datetime | None = None  # None: since reception
    event: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood from `since` to `until` (None: it stands now)."""

    cause: PauseCause
    since: datetime
    until: datetime | None
    resumes: State                 # the business state that goes on afterwards


@dataclass(frozen=True, slots=True)
class DueChange:
    """One change of the promised date, with whose word it was."""

    at: datetime
    before: datetime | None
    after: datetime | None
    reason: str
    by_name: str
    source: Source
    event: str
    paper: AgencyPaper | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """One trip on a manifest; `verdict` None until the receiving side has said something."""

    manifest: str
    at: datetime
    verdict: LineVerdict | None = None
    reason: str = ""
    acknowledged_at: datetime | None = None
    event: str = ""                # of the verdict


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that could not follow what stands before it. `against` made it impossible, where one event did."""

    event: str
    code: str
    against: str


@dataclass(frozen=True, slots=True)
class Start:
    """What reception gave: the ground on which events are folded."""

    received_at: datetime
    due_at: datetime | None
    money: MoneyState
    originals: tuple[Original, ...]
    is_posted_back: bool           # the citizen asked for the result by post


@dataclass(frozen=True, slots=True)
class Life:
    """All of it. `tail` is what the next event of this counter builds on."""

    business: State
    money: MoneyState
    custody: Custody
    delivery: Delivery
    due_at: datetime | None
    original_due_at: datetime | None
    business_since: datetime
    custody_since: datetime
    delivery_since: datetime | None
    originals: tuple[Original, ...]
    is_posted_back: bool
    parcel: Parcel = Parcel.WHOLE
    due_changes: tuple[DueChange, ...] = ()
    pauses: tuple[Pause, ...] = ()
    stage: int = 1                 # 2: the second stage of a two-stage procedure has begun
    requests: int = 0              # supplement requests; more than one counts as overdue
    gaps: tuple[Gap, ...] = ()     # of the request that is open
    handovers: tuple[Handover, ...] = ()
    sent_back: str = ""            # reason of the line that came back and is at the counter
    result: ResultPaper | None = None
    shelf: str = ""
    item_code: str = ""
    post: PostSaid | None = None
    out: str = ""                  # event that gave the result out
    ended_at: datetime | None = None   # when the agency had done, or else the dossier ended; None while it is open
    conflicts: tuple[Conflict, ...] = ()
    last: tuple[tuple[str, str], ...] = ()     # (aspect, event that changed it last)
    tail: str = ""

    @property
    def paused_since(self) -> datetime | None:
        return self.pauses[-1].since if self.pauses and self.pauses[-1].until is None else None

    @property
    def counts_as_late(self) -> bool:
        """More than one supplement request counts as overdue whatever the date (QĐ 766/QĐ-TTg, 2.1)."""
        return self.requests > 1

    def original(self, name: str) -> Original | None:
        return next((one for one in self.originals if one.id == name), None)


def start_of(dossier: JsonBody) -> Start:
    """From the newest version of the dossier's text as it stands in the journal, whatever version wrote it."""
    intake = dossier["intake"]
    due = dossier["due"]["at"]
    return Start(
        received_at=datetime.fromisoformat(dossier["received_at"]),
        due_at=datetime.fromisoformat(due) if due else None,
        money=money_at_reception(intake),
        originals=tuple(_originals(intake)),
        is_posted_back=intake.get("return_method") == "post",
    )


def money_at_reception(intake: JsonBody) -> MoneyState:
    """What the citizen owes once received: nothing, or the fee that is taken later (thu sau)."""
    timing = intake.get("fee_timing", FeeTiming.BEFORE)
    if timing == FeeTiming.EXEMPT:
        return MoneyState.EXEMPT
    if all(fee.get("amount") == 0 for fee in intake.get("fees", ())):
        return MoneyState.NONE
    return MoneyState.DUE if timing == FeeTiming.AFTER else MoneyState.TAKEN


def originals_of(paper: JsonBody) -> tuple[Original, ...]:
    """The originals that stay with the office, one by one, of one line of a checklist."""
    if paper.get("status") != PaperStatus.PRESENT or not paper.get("keeps_original"):
        return ()
    amount = max(int(paper.get("originals", 0)), 1)
    requirement, name = str(paper["requirement"]), str(paper["name"])
    return tuple(Original(f"{requirement}#{n}", requirement, name) for n in range(1, amount + 1))


def _originals(intake: JsonBody) -> list[Original]:
    return [one for paper in intake.get("papers", ()) for one in originals_of(paper)]
