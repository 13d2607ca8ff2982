"""Random shifts at a cash desk: whatever two clerks do, every đồng is where an auditor says it must be.

Collections of fees, charges, postage and fines, in cash and by transfer; voids, refunds, cash in and out, sessions
that begin late and end with too little or too much, statements that confirm, money handed on. After each shift the
auditor (`tests.faults.till_audit`) works out every account from what people did and compares it with the book:
receipts = drawer + transfers + differences = what was handed on and what is still owed. At the end each book is
made anew from its journal and must say the same.

    python -m tests.faults.shifts [--shifts 10000] [--seed 1] [--lose-a-dong]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MoneyLine, Taking
from app.domain.till.denominations import KINDS
from app.errors import Refusal
from app.services.counter import Clerk
from app.services.till import collecting
from app.services.till.collecting import collect
from app.services.till.ranges import take_receipt_range
from app.services.till.reading import balances, entry, open_session_of
from app.services.till.remitting import remit, waiting_remittances
from app.services.till.session import close_session, move_cash, open_session
from app.services.till.statements import confirm_by_word
from app.services.till.undoing import refund, void_collection
from app.store import journal as book
from tests.app.services.till.desk import CashDesk
from tests.faults.command import command
from tests.faults.till_audit import Auditor
from tests.office import office_in

LINES = (
    (Stream.STATE, "cong-an", "fee", "Phí cấp phiếu"), (Stream.STATE, "cong-an", "charge", "Lệ phí đăng ký"),
    (Stream.STATE, "so-xay-dung", "fee", "Phí thẩm định"), (Stream.POSTAGE, "", "postage", "Cước chuyển trả"),
    (Stream.OTHER, "csgt", "other", "Tiền phạt"),
)
EXPECTED = ("collection_undone", "collection_remitted", "transfer_confirmed", "transfer_not_confirmed",
            "refund_too_much", "refund_means", "session_open", "no_session", "transfer_not_waiting")
"""Refusals that dice run into; any other is a fault."""

A_BOOK = 250
"""Shifts on one book."""


@dataclass(slots=True)
class Figures:
    shifts: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    receipts: int = 0
    differences: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class Shift:
    """Acts by dice at one desk."""

    desk: CashDesk
    dice: random.Random
    figures: Figures
    tell: Callable[[str], None] = str.strip        # what is told is done, whatever happens next
    taken: list[str] = field(default_factory=list)
    series: int = 0

    def live(self) -> None:
        """One shift: perhaps begun late, ended by a count that may be wrong."""
        clerk = self.dice.choice(self.clerks)
        for _ in range(self.dice.randrange(3)):
            self.act(clerk, self.collect)
        self.act(clerk, self.open)
        for _ in range(self.dice.randrange(2, 14)):
            self.act(clerk, self.dice.choices(
                (self.collect, self.void, self.refund, self.move, self.confirm, self.hand_on, self.take_numbers),
                (12, 2, 2, 1, 2, 1, 1))[0])
        self.act(clerk, self.close)
        self.desk.office.clock.advance(timedelta(hours=self.dice.choice((1, 4, 16))))

    @property
    def clerks(self) -> tuple[Clerk, ...]:
        return self.desk.office.application.enrolled.clerks

    def act(self, clerk: Clerk, verb: Any) -> None:
        self.desk.office.clock.advance(timedelta(seconds=self.dice.randrange(90)))
        self.desk.last_intent = ""
        try:
            verb(clerk)
        except Refusal as error:
            self.figures.refused[error.code] += 1
            if error.code not in EXPECTED:
                self.figures.faults.append(f"{verb.__name__}: {error}")
        else:
            self.figures.acts[verb.__name__] += 1
            if self.desk.last_intent:              # else there was nothing to do
                self.tell(self.desk.last_intent)

    # acts

    def collect(self, clerk: Clerk) -> None:
        lines = tuple(
            MoneyLine(stream, owner, owner, kind, name, self.dice.randrange(1, 400) * 1_000)
            for stream, owner, kind, name in self.dice.sample(LINES, self.dice.choice((1, 1, 1, 2, 3)))
        )
        way = Means.TRANSFER if self.dice.random() < 0.25 else Means.CASH
        account = "0123456789" if way is Means.TRANSFER else ""
        intent = f"thu-{self.dice.getrandbits(64):x}"
        taking = Taking(way, lines, "Người nộp Mẫu", bank_account=account)
        for _ in range(self.dice.choice((1, 1, 10))):              # ten Enters are one
            done = self.desk.act(collect, taking, clerk=clerk, intent=intent)
        self.taken.append(done.op_id)
        del self.taken[:-40]

    def void(self, clerk: Clerk) -> None:
        if self.taken:
            self.desk.act(void_collection, self.dice.choice(self.taken), clerk=clerk, reason="thu nhầm",
                          second=self.other(clerk))

    def refund(self, clerk: Clerk) -> None:
        if not self.taken:
            return
        of = self.dice.choice(self.taken)
        found = self.desk.read(entry, of)
        way = Means.TRANSFER if found.means is Means.TRANSFER and self.dice.random() < 0.5 else Means.CASH
        self.desk.act(refund, of, {0: self.dice.randrange(1, 100) * 1_000}, clerk=clerk, means=way,
                      reason="rút hồ sơ", second=self.other(clerk))

    def move(self, clerk: Clerk) -> None:
        self.desk.act(move_cash, self.dice.choice((-1, 1)) * self.dice.randrange(1, 50) * 10_000, "đổi tiền",
                      clerk=clerk)

    def confirm(self, clerk: Clerk) -> None:
        waiting = [of for of in self.taken if self.desk.read(entry, of).means is Means.TRANSFER]
        if waiting:
            self.desk.act(confirm_by_word, self.dice.choice(waiting), clerk=clerk, reason="theo sao kê giấy",
                          second=self.other(clerk))

    def hand_on(self, clerk: Clerk) -> None:
        for each in self.desk.read(waiting_remittances):
            self.desk.act(remit, each.stream, each.owner, clerk=clerk)

    def take_numbers(self, clerk: Clerk) -> None:
        self.series += 1
        symbol = f"{self.series % 100:02d}AA-{self.series // 100:02d}T"
        self.desk.act(take_receipt_range, "01BLP2-001", symbol, "1", str(self.dice.randrange(1, 6)),
                      kind=self.dice.choice(("", "fee")), clerk=clerk)

    def open(self, clerk: Clerk) -> None:
        self.desk.act(open_session, self.count(), clerk=clerk)

    def close(self, clerk: Clerk) -> None:
        here = self.desk.read(open_session_of, self.desk.office.application.enrolled.device)
        should = self.desk.balance(f"drawer:{here.id}") if here else 0
        counted = max(should + self.dice.choice((0, 0, 0, -2_000, 5_000)), 0)
        pieces = {1_000: counted // 1_000, 200: counted % 1_000 // 200}
        rest = sum(kind * number for kind, number in pieces.items())
        self.desk.act(close_session, pieces, clerk=clerk, carried=rest if self.dice.random() < 0.3 else 0,
                      taker=self.other(clerk))

    def count(self) -> dict[int, int]:
        return {kind: self.dice.randrange(4) for kind in self.dice.sample(KINDS, 3)}

    def other(self, clerk: Clerk) -> str:
        return next(each.id for each in self.clerks if each.id != clerk.id)


def run(shifts: int, seed: int, folder: Path) -> Figures:
    """Live `shifts`, with the auditor behind the desk after each."""
    figures = Figures()
    for number, first in enumerate(range(0, shifts, A_BOOK)):
        _one_book(min(A_BOOK, shifts - first), seed * 1_000 + number, folder / f"office-{number}", figures)
    return figures


def _one_book(shifts: int, seed: int, folder: Path, figures: Figures) -> None:
    auditor, last = Auditor(), 0
    with office_in(folder, seed=seed) as office:
        shift = Shift(CashDesk(office), random.Random(seed), figures)
        for turn in range(shifts):
            shift.live()
            figures.shifts += 1
            last = audit(shift.desk, auditor, last, f"book {seed}, shift {turn}", figures)
            if len(figures.faults) > 20:
                return
        before = shift.desk.balances()
        if shift.desk.rebuilt() != before:
            figures.faults.append(f"book {seed}: made anew it says something else")
    figures.receipts += auditor.receipts
    figures.differences += auditor.differences


def audit(desk: CashDesk, auditor: Auditor, last: int, when: str, figures: Figures) -> int:
    """The auditor reads what is new and compares; the last line she has read."""
    here = desk.office.application.enrolled
    with desk.office.application.database.reading() as connection:
        while rows := book.after(connection, here.device, here.epoch, last, 500):
            for row in rows:
                auditor.read(book.parse(row.payload, row.signature))
                last = row.seq
        told = balances(connection)
    should = auditor.standing()
    if told != should:
        wrong = {name: (should.get(name, 0), told.get(name, 0)) for name in should | told
                 if should.get(name, 0) != told.get(name, 0)}
        figures.faults.append(f"{when}: (auditor, book) {wrong}")
    lies = sum(amount for name, amount in told.items() if name.startswith(("drawer:", "bank:", "safe")))
    short = sum(amount for name, amount in told.items() if name.startswith("difference:"))
    if auditor.receipts != lies + short + sum(auditor.handed.values()):
        figures.faults.append(f"{when}: receipts {auditor.receipts} are not what lies, lacks and was handed on")
    figures.faults += [f"{when}: {wrong}" for wrong in auditor.wrong]
    auditor.wrong.clear()
    return last


@contextmanager
def lost_dong() -> Iterator[None]:
    """The mutant: a collection of three lines forgets a đồng on its way into the drawer and off what is owed."""
    right = collecting.collection_movements

    def wrong(taking: Taking, session: str, device: str) -> Any:
        first, *rest = right(taking, session, device)
        if len(rest) < 3:
            return first, *rest
        return (type(first)(first.account, first.amount - 1), *rest[:-1],
                type(first)(rest[-1].account, rest[-1].amount + 1))

    collecting.collection_movements = wrong
    try:
        yield
    finally:
        collecting.collection_movements = right


if __name__ == "__main__":
    tempfile.tempdir = "/dev/shm" if Path("/dev/shm").is_dir() else None
    sys.exit(command(__doc__ or "", run, ("shifts", 10_000), ("lose-a-dong", lost_dong)))
