"""A clerk's whole day by dice: every act of a dossier's life by its own service, in a transaction of its own.

What an act has made is returned once it is committed, so that whoever hears it may hold it against the book. The
day goes on with whatever stands in the book, so the next process may take it up where the last one died.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.domain.dossier import State
from app.domain.intake import FeeTiming, Intake, PaperGiven, PaperStatus, ReturnMethod
from app.domain.item_code import ItemCode
from app.domain.life.facts import AgencyPaper, Gap, LineVerdict, MoneyTaken, PostWord, ResultPaper
from app.domain.life.states import Custody, Delivery, Holder, MoneyState
from app.domain.life.work import Work
from app.domain.pickup import PickupState
from app.domain.result_code import result_text
from app.errors import Refusal
from app.services.handover.acknowledging import acknowledge, found_again
from app.services.handover.answering import Answer
from app.services.handover.making import make_manifest, undo_manifest
from app.services.life.agency_papers import note_extension
from app.services.life.payment import note_paid, note_payment_asked
from app.services.life.reading import KnownLife, read_life
from app.services.life.supplement import ask_supplement, receive_supplement
from app.services.life.withdrawal import give_papers_back, withdraw
from app.services.papers.prints import ask_print_again, note_paper_print
from app.services.post.following import Word, call_off, note_word, take_back
from app.services.post.listing import list_items
from app.services.post.pickups import ask_pickup, move_pickup
from app.services.post.pool import next_code, take_range
from app.services.post.posting import post_result
from app.services.receipts import note_print
from app.services.receive import receive_dossier
from app.services.results.putting_right import recall_return, shelve_again
from app.services.results.returning import Handing, return_result
from app.services.results.taking_in import Arrived, take_in
from app.store.queries.manifests import lines_of, open_manifests
from app.store.queries.post import unlisted_items
from app.store.tables import dossiers, item_ranges, paper_prints, pickups, worklist
from tests.app.services.post.counter import PARCEL, sample_call
from tests.app.services.results.counter import OWNER
from tests.office import AGENCIES, MORNING, Office, sample_intake, with_kept_original

LETTER = AgencyPaper("extension", "12/PXL-THU", MORNING.date(), "Lê Mẫu")
MAP = PaperGiven("9", "Bản đồ mẫu", PaperStatus.PRESENT, True, originals=1, keeps_original=True)
MONEY = MoneyTaken(200_000, "cash")
FEW = 60
"""Among how many dossiers of a list the dice choose."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is committed. `receipt` is the print of a reception, `jobs` those of every other paper;
    `printed` names the job that came out of the printer, for an act that is one."""

    act: str
    intent: str
    codes: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    receipt: str = ""
    printed: str = ""


class Day:
    """`name` makes the intents of this clerk's acts different from everybody else's."""

    def __init__(self, office: Office, dice: random.Random, name: str) -> None:
        self.office, self.dice, self.name = office, dice, name
        self.turn = 0
        self.intent = ""

    def next(self) -> Done | None:
        """One more act, or None where the dice chose what the office could not do now."""
        act = self.dice.choices(list(ACTS), weights=list(ACTS.values()))[0]
        return self.do(act)

    def do(self, act: Act, intent: str = "") -> Done | None:
        self.turn += 1
        self.intent = intent or f"{act.__name__.strip('_')}-{self.name}-{self.turn}"
        self.office.clock.advance(timedelta(seconds=2))
        try:
            with self.office.application.database.writing() as connection:
                return act(self, connection)
        except Refusal as refusal:
            if refusal.code in EXPECTED:
                return None
            raise

    # what an act needs

    @property
    def who(self) -> tuple[Any, Any]:
        return self.office.application.enrolled, self.office.clerk

    @property
    def how(self) -> dict[str, Any]:
        return {
            "intent": self.intent, "now": self.office.clock.now(), "randomness": self.office.noise.randbytes,
        }

    @property
    def rules(self) -> Any:
        return self.office.application.rules

    def listed(self, connection: Connection, kind: Work, *conditions: Any) -> list[str]:
        """Codes of a work list, the newest few, in the dice's order."""
        found = connection.execute(
            select(dossiers.c.code).join(worklist, worklist.c.dossier == dossiers.c.id)
            .where(worklist.c.kind == int(kind), *conditions).order_by(dossiers.c.id.desc()).limit(FEW)
        ).scalars().all()
        return self.dice.sample(found, len(found))

    def standing(self, connection: Connection, *conditions: Any) -> list[str]:
        found = connection.execute(
            select(dossiers.c.code).where(*conditions).order_by(dossiers.c.id.desc()).limit(FEW)
        ).scalars().all()
        return self.dice.sample(found, len(found))

    def done(self, codes: Sequence[str], jobs: Sequence[str] = ()) -> Done:
        act = self.intent.split("-", 1)[0]
        return Done(act, self.intent, tuple(codes), tuple(job for job in jobs if job))


Act = Callable[[Day, Connection], Done | None]
EXPECTED = frozenset({"shelf_full", "manifest_answered", "line_disputed", "item_code_in_use"})
"""What the dice may run into; any other refusal of an act they chose to fit is a fault of the run."""


def receive(day: Day, connection: Connection) -> Done:
    dice, office = day.dice, day.office
    intake = _intake(dice, day.intent)
    assert intake.procedure is not None
    application = office.application
    received = receive_dossier(
        connection, application.enrolled, office.clerk, application.rules,
        application.agency(intake.procedure.agency), intake, now=office.clock.now(),
        randomness=office.noise.randbytes,
    )
    return replace(day.done([received.dossier.code]), receipt=received.print_job)


def _intake(dice: random.Random, intent: str) -> Intake:
    intake = sample_intake(intent, procedure=dice.choice(("3.000333", "3.000333", "1.013225")))
    if dice.random() < 0.5:
        intake = with_kept_original(intake)
    if dice.random() < 0.3:
        intake = replace(intake, fee_timing=FeeTiming.AFTER)
    if dice.random() < 0.4:
        intake = replace(intake, return_method=ReturnMethod.POST, return_address=PARCEL.old_text)
    return intake


def hand_over(day: Day, connection: Connection) -> Done | None:
    agency = day.dice.choice(AGENCIES).id
    codes = day.listed(connection, Work.TO_HAND_OVER, dossiers.c.agency == agency)[:day.dice.randint(2, 7)]
    if not codes:
        return None
    made = make_manifest(
        connection, *day.who, codes, agency=agency, rules=day.rules, has_control_sheets=day.dice.random() < 0.5,
        **day.how,
    )
    return day.done(made.codes, made.jobs)


def acknowledge_lines(day: Day, connection: Connection) -> Done | None:
    found = open_manifests(connection, 20)
    if not found:
        return None
    manifest = day.dice.choice(found)
    lines = [line for line in lines_of(connection, manifest.id) if str(line.state) == ""]
    some = day.dice.sample(lines, day.dice.randint(1, len(lines)))
    verdicts = (LineVerdict.ACCEPTED,) * 6 + (LineVerdict.REFUSED, LineVerdict.MISSING)
    answers = [Answer(line.code, day.dice.choice(verdicts), "thiếu chữ ký") for line in some]
    extras = day.listed(connection, Work.TO_HAND_OVER, dossiers.c.agency == manifest.agency)
    extra = extras[:1] if day.dice.random() < 0.2 else []
    said = acknowledge(connection, *day.who, manifest.id, answers, extra, by_name="Bà Mẫu", **day.how)
    return day.done([*(answer.code for answer in answers), *extra], said.jobs)


def undo(day: Day, connection: Connection) -> Done | None:
    found = open_manifests(connection, 20)
    if not found:
        return None
    undone = undo_manifest(connection, *day.who, day.dice.choice(found).id, "in nhầm", **day.how)
    return day.done(undone.codes)


def find(day: Day, connection: Connection) -> Done | None:
    codes = day.standing(connection, dossiers.c.custody == int(Custody.MISSING))
    if not codes:
        return None
    found_again(connection, *day.who, codes[0], day.dice.choice((Custody.COUNTER, Custody.AGENCY)), "", **day.how)
    return day.done(codes[:1])


def supplement(day: Day, connection: Connection) -> Done | None:
    running = dossiers.c.state.in_((int(State.RECEIVED), int(State.IN_PROCESS)))
    codes = day.standing(connection, running)
    if not codes:
        return None
    asked = ask_supplement(
        connection, *day.who, codes[0], [Gap("Bản đồ mẫu", originals=1)], "thiếu bản đồ", is_again_meant=True,
        **day.how,
    )
    return day.done(codes[:1], asked.jobs)


def bring(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.SUPPLEMENT)
    if not codes:
        return None
    brought = receive_supplement(connection, *day.who, day.rules, codes[0], (MAP,), **day.how)
    return day.done(codes[:1], brought.jobs)


def owe(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.AWAITED)
    if not codes:
        return None
    note_payment_asked(connection, *day.who, codes[0], "Thuế trước bạ", LETTER, **day.how)
    return day.done(codes[:1])


def pay(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.PAYMENT)
    if not codes:
        return None
    paid = note_paid(connection, *day.who, day.rules, codes[0], "GNT-01", **day.how)
    return day.done(codes[:1], paid.jobs)


def extend(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.AWAITED)
    if not codes:
        return None
    due = read_life(connection, codes[0]).life.due_at
    assert due is not None
    noted = note_extension(
        connection, *day.who, codes[0], due + timedelta(days=5), "cần xác minh", LETTER, is_again_meant=True,
        **day.how,
    )
    return day.done(codes[:1], noted.jobs)


def take_results(day: Day, connection: Connection) -> Done | None:
    agency = day.dice.choice(AGENCIES).id
    codes = day.listed(connection, Work.AWAITED, dossiers.c.agency == agency)[:day.dice.randint(1, 5)]
    if not codes:
        return None
    lines = [
        Arrived(code, ResultPaper("giấy phép", "12/GP"), _held(read_life(connection, code), Holder.AGENCY),
                is_meant=True)
        for code in codes
    ]
    taken = take_in(connection, *day.who, agency, lines, **day.how)
    return day.done(codes, taken.jobs)


def give_out(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.READY)
    if not codes:
        return None
    held = read_life(connection, codes[0])
    given = return_result(connection, *day.who, codes[0], Handing(
        codes[0], result_text(codes[0]), OWNER, _held(held), originals_left="còn ở cơ quan",
        money=MONEY if held.life.money is MoneyState.DUE else None,
    ), **day.how)
    return day.done(codes[:1], [given.job])


def recall(day: Day, connection: Connection) -> Done | None:
    codes = day.standing(connection, dossiers.c.delivery == int(Delivery.RETURNED))
    if not codes:
        return None
    recall_return(connection, *day.who, codes[0], reason="trả nhầm người", **day.how)
    return day.done(codes[:1])


def shelve(day: Day, connection: Connection) -> Done | None:
    """Fetched back with an original that had gone out with it: two operations, one act."""
    codes = day.listed(connection, Work.UNDELIVERED, dossiers.c.delivery == int(Delivery.RECALLED))
    if not codes:
        return None
    originals = _held(read_life(connection, codes[0]), Holder.CITIZEN)
    job = shelve_again(connection, *day.who, codes[0], shelf="B2", note="lấy lại", originals=originals, **day.how)
    return day.done(codes[:1], [job])


def post(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.TO_POST)
    if not codes:
        return None
    if next_code(connection, day.who[0]) is None:
        _new_range(day, connection)
    sent = post_result(connection, *day.who, codes[0], PARCEL, **day.how)
    return day.done(codes[:1], [sent.job])


def _new_range(day: Day, connection: Connection) -> None:
    held = len(connection.execute(select(item_ranges.c.id)).all())
    first = 10_000_000 + 40 * held
    take_range(
        connection, *day.who, ItemCode("EA", first).text, ItemCode("EA", first + 39).text,
        **{**day.how, "intent": f"{day.intent}:range"},
    )


def list_post(day: Day, connection: Connection) -> Done | None:
    if not unlisted_items(connection, day.who[0].device):
        return None
    listed = list_items(connection, *day.who, **day.how)
    return day.done([], [listed.job])


def hear_post(day: Day, connection: Connection) -> Done | None:
    codes = day.listed(connection, Work.POSTED)
    if not codes:
        return None
    word = day.dice.choice((PostWord.ACCEPTED, PostWord.DELIVERED, PostWord.DELIVERED, PostWord.UNDELIVERED))
    said = Word(word, day.office.clock.now(), "Người nhà", "không có người nhận")
    note_word(connection, *day.who, read_life(connection, codes[0]).life.item_code, said, code=codes[0], **day.how)
    return day.done(codes[:1])


def back_from_post(day: Day, connection: Connection) -> Done | None:
    """The post's word and the place on the shelf: two operations, one act."""
    codes = day.listed(connection, Work.POSTED)
    if not codes:
        return None
    back = take_back(connection, *day.who, codes[0], shelf="B3", reason="không có người nhận", **day.how)
    return day.done(codes[:1], [back.job])


def call_off_post(day: Day, connection: Connection) -> Done | None:
    """The word, the void code and the place on the shelf: three operations, one act."""
    codes = day.listed(connection, Work.POSTED)
    codes = [code for code in codes if read_life(connection, code).life.post is None]
    if not codes:
        return None
    back = call_off(connection, *day.who, codes[0], "dán nhầm nhãn", shelf="B4", **day.how)
    return day.done(codes[:1], [back.job])


def take_back_dossier(day: Day, connection: Connection) -> Done | None:
    codes = day.standing(connection, dossiers.c.state == int(State.RECEIVED))
    if not codes:
        return None
    originals = _held(read_life(connection, codes[0]))
    withdraw(connection, *day.who, codes[0], "đổi ý", OWNER.name, originals=originals, **day.how)
    return day.done(codes[:1])


def give_back(day: Day, connection: Connection) -> Done | None:
    codes = day.standing(
        connection, dossiers.c.state == int(State.WITHDRAWN),
        dossiers.c.custody.in_((int(Custody.COUNTER), int(Custody.AGENCY))),
    )
    if not codes:
        return None
    originals = _held(read_life(connection, codes[0]))
    give_papers_back(connection, *day.who, codes[0], OWNER.name, originals, **day.how)
    return day.done(codes[:1])


def fetch_at_home(day: Day, connection: Connection) -> Done | None:
    asked = ask_pickup(connection, *day.who, sample_call(), **day.how)
    return day.done([], [asked.job])


def fetched(day: Day, connection: Connection) -> Done | None:
    waiting = connection.execute(
        select(pickups.c.id).where(pickups.c.state == str(PickupState.ASKED)).limit(FEW)
    ).scalars().all()
    if not waiting:
        return None
    moved = move_pickup(connection, *day.who, day.dice.choice(waiting), PickupState.COLLECTED, **day.how)
    return day.done([], [moved.job])


def print_paper(day: Day, connection: Connection) -> Done | None:
    """What the printer said of a paper that was asked for: mostly that it came out."""
    waiting = connection.execute(
        select(paper_prints.c.job).where(paper_prints.c.state.in_(("waiting", "failed")))
        .order_by(paper_prints.c.asked_at.desc()).limit(FEW)
    ).scalars().all()
    if not waiting:
        return None
    job, is_out = day.dice.choice(waiting), day.dice.random() < 0.8
    note_paper_print(connection, job, "printed" if is_out else "failed", day.office.clock.now())
    return replace(day.done([]), intent="", printed=job if is_out else "")


def print_again(day: Day, connection: Connection) -> Done | None:
    printed = connection.execute(
        select(paper_prints.c.job).where(paper_prints.c.state == "printed", paper_prints.c.copy_number == 0)
        .order_by(paper_prints.c.asked_at.desc()).limit(FEW)
    ).scalars().all()
    if not printed:
        return None
    return day.done([], [ask_print_again(connection, *day.who, day.dice.choice(printed), **day.how)])


def print_receipt(day: Day, connection: Connection, job: str) -> None:
    note_print(connection, job, "printed", day.office.clock.now())


def _held(held: KnownLife, holder: Holder = Holder.COUNTER) -> tuple[str, ...]:
    return tuple(one.id for one in held.life.originals if one.holder is holder)


ACTS: dict[Act, int] = {
    receive: 14, hand_over: 7, acknowledge_lines: 9, undo: 1, find: 2, supplement: 3, bring: 3, owe: 2, pay: 2,
    extend: 1, take_results: 6, give_out: 7, recall: 1, shelve: 2, post: 5, list_post: 2, hear_post: 4,
    back_from_post: 2, call_off_post: 1, take_back_dossier: 1, give_back: 1, fetch_at_home: 1, fetched: 1,
    print_paper: 12, print_again: 1,
}
"""How often a clerk comes to each."""
