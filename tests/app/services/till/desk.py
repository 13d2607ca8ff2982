"""A counter's cash desk on a real encrypted book: each act in its own transaction, as the window does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MoneyLine, Taking
from app.services.counter import Clerk
from app.services.rebuild import rebuild
from app.services.till.collecting import Collected, collect
from app.services.till.reading import CashSession, balance, balances, open_session_of
from app.services.till.session import Closed, close_session, move_cash, open_session
from app.services.till.undoing import Undone, refund, void_collection
from app.store.tables import journal
from tests.office import Office

BANK = "0123456789"


def fee(amount: int = 200_000, *, kind: str = "fee", agency: str = "cong-an", name: str = "") -> MoneyLine:
    names = {"fee": "Phí cấp phiếu", "charge": "Lệ phí đăng ký"}
    return MoneyLine(Stream.STATE, agency, "Công an tỉnh Mẫu", kind, name or names[kind], amount, "thử-1")


def postage(amount: int = 25_000) -> MoneyLine:
    return MoneyLine(Stream.POSTAGE, "", "", "postage", "Cước chuyển trả kết quả", amount)


def cash(*lines: MoneyLine) -> Taking:
    return Taking(Means.CASH, lines or (fee(),), "Nguyễn Thị Mẫu Ánh", "Thôn Giả Định")


def transfer(*lines: MoneyLine) -> Taking:
    return Taking(Means.TRANSFER, lines or (fee(),), "Nguyễn Thị Mẫu Ánh", bank_account=BANK, token="Q23456X")


@dataclass(slots=True)
class CashDesk:
    """`second` is the clerk who stands by what takes money back."""

    office: Office
    intents: Iterator[int] = field(default_factory=count)
    last_intent: str = ""

    @property
    def clerk(self) -> Clerk:
        return self.office.clerk

    def act(self, verb: Callable[..., Any], *args: Any, intent: str = "", clerk: Clerk | None = None,
            **more: Any) -> Any:
        office = self.office.application
        self.last_intent = intent or f"việc-{next(self.intents)}"
        with office.database.writing() as connection:
            return verb(connection, office.enrolled, clerk or self.clerk, *args,
                        intent=self.last_intent, now=self.office.clock.now(),
                        randomness=self.office.noise.randbytes, **more)

    def open(self, counted: Mapping[int, int], **more: Any) -> CashSession:
        found: CashSession = self.act(open_session, counted, **more)
        return found

    def move(self, amount: int, reason: str = "đổi tiền lẻ", **more: Any) -> str:
        found: str = self.act(move_cash, amount, reason, **more)
        return found

    def collect(self, taking: Taking | None = None, **more: Any) -> Collected:
        found: Collected = self.act(collect, taking or cash(), **more)
        return found

    def void(self, of: str, **more: Any) -> Undone:
        found: Undone = self.act(void_collection, of, **{"reason": "thu nhầm thủ tục", "second": "nv-2", **more})
        return found

    def refund(self, of: str, amounts: Mapping[int, int], **more: Any) -> Undone:
        more = {"means": Means.CASH, "reason": "rút hồ sơ", "second": "nv-2", **more}
        found: Undone = self.act(refund, of, amounts, **more)
        return found

    def close(self, counted: Mapping[int, int], **more: Any) -> Closed:
        found: Closed = self.act(close_session, counted, **more)
        return found

    def read(self, verb: Callable[..., Any], *args: Any) -> Any:
        with self.office.application.database.reading() as connection:
            return verb(connection, *args)

    def balance(self, account: str) -> int:
        return int(self.read(balance, account))

    def balances(self, prefix: str = "") -> dict[str, int]:
        found: dict[str, int] = self.read(balances, prefix)
        return found

    def session(self) -> CashSession | None:
        found: CashSession | None = self.read(open_session_of, self.office.application.enrolled.device)
        return found

    def lines(self) -> int:
        with self.office.application.database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(journal)).scalar_one())

    def rebuilt(self) -> dict[str, int]:
        """Balances after the cash book was made anew from the journal."""
        with self.office.application.database.writing() as connection:
            rebuild(connection)
        return self.balances()
