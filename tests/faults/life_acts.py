"""What a clerk might do with a dossier next: mostly sensible, one in five times anything at all."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from app.domain.dossier import DossierBody, State
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    Collector,
    CollectorRole,
    Extended,
    Facts,
    FeeTaken,
    Found,
    Gap,
    HandedOver,
    HandoverUndone,
    LineVerdict,
    MoneyTaken,
    NewDue,
    OriginalMoved,
    PapersReturned,
    PaymentDone,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    Receiver,
    ResultIn,
    ResultPaper,
    Returned,
    Settled,
    Shelved,
    StageBegun,
    SupplementAsked,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.life import Life
from app.domain.life.states import Custody, Delivery, Holder, MoneyState
from app.domain.remaining import resumed_due
from app.services.life.reading import KnownLife
from app.services.rules import Rules

ANYTHING = 0.2
PAPER = AgencyPaper("extension", "7/XL", None, "Ông Mẫu", "Sở Mẫu")
OWNER = Collector(CollectorRole.OWNER, "Nguyễn Thị Mẫu", "049190004217")
HOME = Receiver("Nguyễn Thị Mẫu", "0905000123", "1 đường Thử", "phường Mẫu", "tỉnh Mẫu")

Maker = Callable[["Chance"], Facts]


class Chance:
    """A dossier as one counter sees it, the moment, and the dice."""

    def __init__(self, known: KnownLife, now: datetime, rules: Rules, dice: random.Random) -> None:
        self.life: Life = known.life
        self.body: DossierBody = known.body
        self.now, self.rules, self.dice = now, rules, dice

    def next(self) -> Facts:
        makers = ALL if self.dice.random() < ANYTHING else [
            maker for maker in ALL for _ in range(_weight(self.life, maker))
        ]
        return self.dice.choice(makers or ALL)(self)

    def here(self, holder: Holder = Holder.COUNTER) -> tuple[str, ...]:
        return tuple(one.id for one in self.life.originals if one.holder is holder)

    def resumed(self) -> NewDue | None:
        """As the services work it out; from a pause that is not there, nothing."""
        paused = self.life.paused_since
        if paused is None or paused > self.now:
            return None
        assert self.body.intake.procedure is not None
        found = resumed_due(
            self.life.due_at, paused, self.now, self.body.intake.procedure.time, self.rules.policy,
            self.rules.calendar,
        )
        return NewDue(found.due)


def _supplement(at: Chance) -> Facts:
    return SupplementAsked(at.life.requests + 1, (Gap("Bản đồ mẫu", originals=1),), "thiếu bản đồ")


def _brought(at: Chance) -> Facts:
    paper = PaperGiven("9", "Bản đồ mẫu", PaperStatus.PRESENT, True, originals=1, keeps_original=True)
    papers = (paper,) if at.dice.random() < 0.5 else ()
    return SupplementReceived(at.life.requests, papers, at.resumed())


def _paid(at: Chance) -> Facts:
    return PaymentDone("giấy nộp tiền mẫu", at.resumed())


def _withdrawn(at: Chance) -> Facts:
    return Withdrawn("đổi ý", "Nguyễn Thị Mẫu", at.here(), papers_given_back=at.dice.random() < 0.5)


def _said(at: Chance) -> Facts:
    states = (State.IN_PROCESS, State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED, State.STOPPED, State.DONE)
    state = at.dice.choice(states)
    return AgencySaid(state, "theo giấy của cơ quan", PAPER)


def _extended(at: Chance) -> Facts:
    return Extended(NewDue(at.now), "chờ xác minh", PAPER)


def _handed(at: Chance) -> Facts:
    return HandedOver(f"m{at.dice.randrange(10**9)}", at.here())


def _trip(at: Chance) -> str:
    return at.life.handovers[-1].manifest if at.life.handovers else "không có"


def _undone(at: Chance) -> Facts:
    return HandoverUndone(_trip(at), "in nhầm")


def _answered(at: Chance) -> Facts:
    verdicts = (*((LineVerdict.ACCEPTED,) * 5), *LineVerdict)
    return Acknowledged(_trip(at), at.dice.choice(verdicts), "sai nơi nhận", "Bà Mẫu")


def _found(at: Chance) -> Facts:
    return Found(at.dice.choice((Custody.COUNTER, Custody.AGENCY)), "thấy lại")


def _result(at: Chance) -> Facts:
    return ResultIn(ResultPaper("giấy phép", "12/GP"), "A1", originals=at.here(Holder.AGENCY))


def _shelved(at: Chance) -> Facts:
    return Shelved("B2")


def _posted(at: Chance) -> Facts:
    return Posted("EA123456785VN", HOME, at.here())


def _post_said(at: Chance) -> Facts:
    return PostSaid(at.life.item_code or "EA123456785VN", at.dice.choice(list(PostWord)), at.now)


def _returned(at: Chance) -> Facts:
    money = MoneyTaken(200_000, "cash") if at.life.money is MoneyState.DUE else None
    return Returned(OWNER, at.here(), "" if at.here() else "không giữ bản gốc", money=money)


def _recalled(at: Chance) -> Facts:
    return Recalled(at.life.out or "không có", "trả nhầm người")


def _papers(at: Chance) -> Facts:
    return PapersReturned("Nguyễn Thị Mẫu", at.here())


def _moved(at: Chance) -> Facts:
    names = [one.id for one in at.life.originals] or ["không có"]
    return OriginalMoved(at.dice.choice(names), at.dice.choice(list(Holder)), "kiểm lại kệ")


def _fee(at: Chance) -> Facts:
    return FeeTaken(MoneyTaken(200_000, "cash"))


def _stage(at: Chance) -> Facts:
    return StageBegun((), NewDue(at.now))


def _settled(at: Chance) -> Facts:
    return Settled(tuple(conflict.event for conflict in at.life.conflicts) or ("không có",), "đã hỏi hai quầy")


ALL: tuple[Maker, ...] = (
    _supplement, _brought, _paid, _withdrawn, _said, _extended, _handed, _undone, _answered, _found, _result,
    _shelved, _posted, _post_said, _returned, _recalled, _papers, _moved, _fee, _stage, _settled,
)


def _weight(life: Life, maker: Maker) -> int:
    """How likely a sensible clerk comes to this now; 0 for what makes no sense here."""
    at_counter = life.custody is Custody.COUNTER
    running = life.business in (State.RECEIVED, State.IN_PROCESS)
    on_shelf = life.delivery in (Delivery.SHELF, Delivery.UNDELIVERED)
    weights: dict[Maker, int] = {
        _supplement: 2 * running, _brought: 6 * (life.business is State.SUPPLEMENT_ASKED),
        _paid: 6 * (life.business is State.PAYMENT_ASKED), _withdrawn: int(running and life.delivery == 0),
        _said: 2 * (life.custody is Custody.AGENCY), _extended: int(running),
        _handed: 8 * (at_counter and running), _undone: int(life.custody is Custody.ON_THE_WAY),
        _answered: 6 * (life.custody is Custody.ON_THE_WAY), _found: 4 * (life.custody is Custody.MISSING),
        _result: 4 * (running and life.custody is Custody.AGENCY), _shelved: int(on_shelf),
        _posted: 2 * on_shelf, _post_said: 6 * (life.delivery is Delivery.POSTED), _returned: 6 * on_shelf,
        _recalled: int(life.business is State.RETURNED), _stage: int(life.business is State.RETURNED),
        _papers: 2 * (life.business in (State.WITHDRAWN, State.STOPPED)), _moved: int(bool(life.originals)),
        _fee: int(life.money is MoneyState.DUE), _settled: 3 * bool(life.conflicts),
    }
    return weights.get(maker, 0)
