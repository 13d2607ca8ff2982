"""Reading the life of a dossier back: where it stands, what happened, and who holds what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from app.domain.body import from_body
from app.domain.dossier import DossierBody
from app.domain.dossier_code import parse_code
from app.domain.life.event import Event, in_order
from app.domain.life.fold import fold
from app.domain.life.life import Life, start_of
from app.domain.life.states import Holder, MoneyState
from app.domain.till.owed import EMPTY, FeeBook, fees_left, money_by_book
from app.errors import Refusal
from app.store import projection, projection_life
from app.store.fee_book import key_of, read_fee_book
from app.store.prepared import first_of
from app.store.tables import dossiers, originals


@dataclass(frozen=True, slots=True)
class KnownLife:
    """A dossier of this office with its life; `events` in the order all counters agree on.

    The life's money is what the cash book (`fees`) leaves of it; `is_owed_again`: the events say that the fee was
    taken, and its collection was made void since.
    """

    id: int
    body: DossierBody
    is_own: bool
    life: Life
    events: tuple[Event, ...]
    fees: FeeBook = EMPTY
    is_owed_again: bool = False

    @property
    def fees_left(self) -> tuple[int | None, ...]:
        """Of each fee what has not been collected; None: its amount is not known, and nothing was."""
        return fees_left(self.body.intake.fees, self.fees)

    @property
    def code(self) -> str:
        return self.body.code

    def event(self, name: str) -> Event | None:
        return next((event for event in self.events if event.id == name), None)


@dataclass(frozen=True, slots=True)
class HeldOriginal:
    """One original that is not with the citizen: "who holds this red book?"."""

    code: str
    applicant_name: str
    id: str
    name: str
    holder: Holder
    since: datetime


# A manifest of hundreds asks it of each of its dossiers.
_ROW_OF = first_of(select(dossiers.c.op_id, dossiers.c.is_own).where(dossiers.c.id == bindparam("of")))


def read_life(connection: Connection, code: str) -> KnownLife:
    """The dossier that bears `code`, in either form or as an alias.

    Raises `dossier_unknown` or the code's refusal.
    """
    row_id = projection.find_dossier(connection, code)
    if row_id is None:
        raise Refusal("dossier_unknown", code=parse_code(code).text)
    row = _ROW_OF.first(connection, {"of": row_id})
    assert row is not None
    op_id, is_own = row
    text = projection_life.read_dossier_text(connection, op_id)
    events = in_order(projection_life.read_events(connection, row_id))
    life, body = fold(start_of(text), events), from_body(DossierBody, text)
    book = read_fee_book(connection, key_of(connection, row_id))
    money = money_by_book(life, events, body.intake.fees, book)
    is_owed_again = money is MoneyState.DUE and life.money is MoneyState.TAKEN
    return KnownLife(row_id, body, bool(is_own), replace(life, money=money), events, book, is_owed_again)


def held_originals(connection: Connection, code: str = "", limit: int = 200) -> tuple[HeldOriginal, ...]:
    """Originals that are not with their citizens, the longest first: of one dossier, or of all."""
    query = (
        select(
            dossiers.c.code, dossiers.c.applicant_name, originals.c.id, originals.c.name, originals.c.holder,
            originals.c.since,
        )
        .select_from(originals).join(dossiers, dossiers.c.id == originals.c.dossier)
        .where(originals.c.holder != int(Holder.CITIZEN))
        .order_by(originals.c.since, originals.c.dossier, originals.c.id)
        .limit(limit)
    )
    if code:
        query = query.where(dossiers.c.code_key == parse_code(code).key)
    return tuple(
        HeldOriginal(row.code, row.applicant_name, row.id, row.name, Holder(row.holder), row.since)
        for row in connection.execute(query)
    )
