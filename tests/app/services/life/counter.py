"""A counter that acts on dossiers, one transaction an act; and several counters of one office that meet."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.domain.intake import Intake, PaperGiven, PaperStatus
from app.domain.life.facts import AgencyPaper, Facts, Gap
from app.domain.life.life import Life
from app.domain.vietnam_time import VIETNAM
from app.services.days import today_at_counter
from app.services.life import agency_papers, payment, supplement, withdrawal
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import KnownLife, read_life
from app.services.papers.prints import paper_print
from app.store import journal as book
from app.store.queries.dossiers import DossierList, count, page, reach
from tests.app.services.neighbour import Feed, Written
from tests.office import Office

T = TypeVar("T")
LETTER = AgencyPaper("extension", "12/PXL-THU", date(2026, 11, 23), "Lê Mẫu")
GAPS = (Gap("Bản sao căn cước hoặc hộ chiếu", "2", certified=1), Gap("Tờ khai", note="ghi lại mục 7"))
CARD = PaperGiven("2", "Bản sao căn cước hoặc hộ chiếu", PaperStatus.PRESENT, True, certified=1)


def at(text: str) -> datetime:
    """A moment of the counter's clock: at("2026-11-25 10:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


class Desk:
    """Every act has its own intent unless one is given; `office.clock.at` says when it is done."""

    def __init__(self, office: Office, turn: int = 0) -> None:
        self.office = office
        self._turns = itertools.count(turn)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.office.application.database.reading() as connection:
            yield connection

    def do(
        self, service: Callable[..., T], *values: Any, intent: str = "", rules: bool = False, **named: Any
    ) -> T:
        """`service` as the window calls it, in a transaction of its own."""
        application = self.office.application
        given = (application.rules,) if rules else ()
        with application.database.writing() as connection:
            return service(
                connection, application.enrolled, self.office.clerk, *given, *values,
                intent=intent or f"việc-{next(self._turns)}", now=self.office.clock.now(),
                randomness=self.office.noise.randbytes, **named,
            )

    def receive(self, intake: Intake) -> str:
        return self.office.receive(intake).dossier.code

    def ask(self, code: str, gaps: Sequence[Gap] = GAPS, reason: str = "Thiếu giấy tờ", **named: Any
            ) -> supplement.Asked:
        return self.do(supplement.ask_supplement, code, gaps, reason, **named)

    def bring(self, code: str, papers: Sequence[PaperGiven] = (CARD,), **named: Any) -> supplement.Brought:
        return self.do(supplement.receive_supplement, code, papers, rules=True, **named)

    def extend(self, code: str, to: datetime, **named: Any) -> agency_papers.Noted:
        return self.do(agency_papers.note_extension, code, to, "Cần xác minh", named.pop("paper", LETTER), **named)

    def withdraw(self, code: str, **named: Any) -> withdrawal.TakenBack:
        return self.do(withdrawal.withdraw, code, "Đổi ý", "Nguyễn Thị Mẫu Ánh", **named)

    def owe(self, code: str, **named: Any) -> str:
        return self.do(payment.note_payment_asked, code, "Thuế trước bạ", LETTER, **named)

    def pay(self, code: str, proof: str = "GNT-01", **named: Any) -> payment.Paid:
        return self.do(payment.note_paid, code, proof, rules=True, **named)

    def act(self, code: str, facts: Facts, **named: Any) -> Acted:
        return self.do(act, [Line(code, facts)], **named)

    def known(self, code: str) -> KnownLife:
        with self.reading() as connection:
            return read_life(connection, code)

    def life(self, code: str) -> Life:
        return self.known(code).life

    def paper(self, job: str) -> Any:
        with self.reading() as connection:
            return paper_print(connection, self.office.application.enrolled, job).values

    def listed(self, what: DossierList) -> list[str]:
        with self.reading() as connection:
            today = today_at_counter(connection, self.office.clock.now()).isoformat()
            known = reach(connection, self.office.application.enrolled.device, 1, today)
            rows = page(connection, what, known)
            assert count(connection, what, known) == len(rows)
            return [row.code for row in rows]


class Counters:
    """Counters of one office; `meet` brings everything each wrote to all the others, in the order given."""

    def __init__(self, *desks: Desk) -> None:
        self.desks = desks
        self._feeds = [Feed(desk.office) for desk in desks]
        self._told: dict[tuple[int, int], int] = {}

    def meet(self) -> None:
        for source, giver in enumerate(self.desks):
            for target in range(len(self.desks)):
                if source != target:
                    self._tell(source, giver, target)

    def _tell(self, source: int, giver: Desk, target: int) -> None:
        device = giver.office.application.enrolled.device
        with giver.reading() as connection:
            rows = book.after(connection, device, 1, self._told.get((source, target), 0), 1000)
        feed = self._feeds[target]
        lines = [feed.add_operation(Written(row.payload, row.signature), device) for row in rows]
        if lines:
            self._told[source, target] = rows[-1].seq
            feed.give(lines)
