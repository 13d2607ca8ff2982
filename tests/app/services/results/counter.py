"""A counter with dossiers on their way, handed over and back by the services themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.intake import FeeTiming, Intake
from app.domain.life.facts import (
    Acknowledged,
    Collector,
    CollectorRole,
    Facts,
    HandedOver,
    LineVerdict,
    MoneyTaken,
    ResultPaper,
)
from app.domain.life.life import Life
from app.domain.result_code import result_text
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import KnownLife, read_life
from app.services.papers.prints import paper_print
from app.services.results.returning import GivenOut, Handing, return_result
from app.services.results.taking_in import Arrived, TakenIn, take_in
from app.store.queries.dossiers import DossierList, count, page, reach
from app.store.tables import journal
from tests.office import Office, sample_intake, with_kept_original

CARD = ResultPaper("Phiếu lý lịch tư pháp số 1", "123/PLLTP", None, "Không có án tích")
OWNER_ID = "049190004217"
OWNER_NAME = "Nguyễn Thị Mẫu Ánh"
OWNER = Collector(CollectorRole.OWNER, OWNER_NAME, OWNER_ID, "0905 000 123")
DELEGATE = Collector(CollectorRole.DELEGATE, "Phan Văn Thử", "049085001234", "", "GUQ 01, 20/11/2026")


@dataclass(slots=True)
class Desk:
    """The services with this office's clock and chance filled in."""

    office: Office
    turn: int = 0
    codes: list[str] = field(default_factory=list)

    def connect(self) -> Any:
        return self.office.application.database.writing()

    def how(self, intent: str = "") -> dict[str, Any]:
        self.turn += 1
        return {
            "intent": intent or f"việc-{self.turn}", "now": self.office.clock.now(),
            "randomness": self.office.noise.randbytes,
        }

    def who(self) -> tuple[Any, Any]:
        return self.office.application.enrolled, self.office.clerk

    # acts

    def receive(self, intake: Intake | None = None) -> str:
        self.turn += 1
        code = self.office.receive(intake or sample_intake(f"hồ-sơ-{self.turn}")).dossier.code
        self.codes.append(code)
        return code

    def do(self, facts: Facts, *codes: str, intent: str = "") -> Acted:
        with self.connect() as connection:
            return act(connection, *self.who(), [Line(code, facts) for code in codes], **self.how(intent))

    def hand_over(self, code: str, *originals: str, is_acknowledged: bool = True) -> None:
        self.turn += 1
        name = f"danh-sách-{self.turn}"
        self.do(HandedOver(name, originals), code)
        if is_acknowledged:
            self.do(Acknowledged(name, LineVerdict.ACCEPTED), code)

    def take(self, *lines: Arrived | str, agency: str = "cong-an", intent: str = "", **more: Any) -> TakenIn:
        arrived = [Arrived(line, CARD) if isinstance(line, str) else line for line in lines]
        with self.connect() as connection:
            return take_in(connection, *self.who(), agency, arrived, **more, **self.how(intent))

    def ready(self, intake: Intake | None = None) -> str:
        """A dossier whose result lies on the shelf."""
        code = self.receive(intake)
        self.hand_over(code)
        self.take(code)
        return code

    def give(self, code: str, *, intent: str = "", **changes: Any) -> GivenOut:
        """Receipt and result of `code`, its owner, nothing else; `changes` of the `Handing`."""
        handing = replace(Handing(code, result_text(code), OWNER), **changes)
        with self.connect() as connection:
            return return_result(connection, *self.who(), code, handing, **self.how(intent))

    # what stands in the book

    def held(self, code: str) -> KnownLife:
        with self.office.application.database.reading() as connection:
            return read_life(connection, code)

    def life(self, code: str) -> Life:
        return self.held(code).life

    def listed(self, what: DossierList) -> list[str]:
        with self.office.application.database.reading() as connection:
            today = today_at_counter(connection, self.office.clock.now()).isoformat()
            known = reach(connection, self.office.application.enrolled.device, 1, today)
            rows = page(connection, what, known)
            assert count(connection, what, known) == len(rows)
            return [row.code for row in rows]

    def lines(self) -> int:
        """How many operations the journal holds."""
        with self.office.application.database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(journal)).scalar_one())

    def reading(self) -> Any:
        return self.office.application.database.reading()


def owing(intent: str) -> Intake:
    """The fee is taken when the result is given out."""
    return replace(sample_intake(intent), fee_timing=FeeTiming.AFTER)


def with_original(intent: str) -> Intake:
    return with_kept_original(sample_intake(intent))


def paid(amount: int = 200_000, means: str = "cash", receipt: str = "0000123") -> MoneyTaken:
    return MoneyTaken(amount, means, receipt)


def build_paper(connection: Connection, desk: Desk, job: str) -> Any:
    return paper_print(connection, desk.office.application.enrolled, job).values
