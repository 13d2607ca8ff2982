"""Fees that are paid after reception, on their own or with the result: in the cash book and in the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.life.facts import FeeTaken, MoneyTaken
from app.domain.life.states import MoneyState
from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import MoneyLine, Taking
from app.services.counter import Clerk, Counter
from app.services.life.acting import Line, act
from app.services.papers.prints import prints_of
from app.services.results.known import find_here
from app.services.till.collecting import Collected, collect
from app.services.till.dues import dues_of
from app.services.till.taking import taking_of
from app.store import journal as book


@dataclass(frozen=True, slots=True)
class CollectedBesides:
    """Money taken by another act: the collection, the prints of its receipts, whether it came by transfer."""

    collection: str
    jobs: tuple[str, ...]
    is_transfer: bool


def collect_dues(
    connection: Connection, counter: Counter, clerk: Clerk, taking: Taking, *, code: str, intent: str,
    now: datetime, randomness: Randomness,
) -> Collected:
    """`taking` for dossier `code` ("" for none) is in the cash book; once nothing is owed, the dossier says it.

    Otherwise the citizen would be asked for a later fee (thu sau) again with the result. Raises what `collect` and
    `find_here` raise.
    """
    known_as = find_here(connection, code).code if code else ""
    done = collect(connection, counter, clerk, taking, code=known_as, intent=intent, now=now,
                   randomness=randomness)
    if not code or not done.is_new:
        return done
    held = find_here(connection, code)
    is_paid = held.fees.net > 0 and not any(left is None or left for left in held.fees_left)
    # Owed again after a void: the events have said already that it was taken, the cash book says the rest.
    if held.life.money is MoneyState.DUE and is_paid and not held.is_owed_again:
        names = ", ".join(each.name for each in done.collection.receipts if each.stream is Stream.STATE)
        facts = FeeTaken(MoneyTaken(held.fees.net, taking.means.value, names))
        act(connection, counter, clerk, [Line(held.code, facts)], intent=f"{intent}:fee", now=now,
            randomness=randomness)
    return done


def taking_at_return(connection: Connection, code: str, money: MoneyTaken | None) -> Taking | None:
    """How money taken with the result goes into the cash book; None for what another till took (online), and for
    what the book holds already.

    An amount the catalogue did not know stands under the name of its fee. Raises `bank_account_missing` and what
    `find_here` raises.
    """
    if money is None or money.means not in (Means.CASH, Means.TRANSFER):
        return None
    held = find_here(connection, code)
    intake = held.body.intake
    if held.life.money is not MoneyState.DUE or intake.procedure is None:
        return None
    lines = list(dues_of(connection, held.code))
    rest = money.amount - sum(line.amount for line in lines)
    unknown = [fee for fee, left in zip(intake.fees, held.fees_left, strict=True) if left is None]
    if unknown and rest > 0:
        chosen = intake.procedure
        lines.append(MoneyLine(
            Stream.STATE, chosen.agency, chosen.agency_name, unknown[0].kind,
            ", ".join(fee.name for fee in unknown), rest,
        ))
    if not lines or sum(line.amount for line in lines) != money.amount:
        return None
    return taking_of(connection, intake, lines, Means(money.means))


def collected_with(connection: Connection, intent: str) -> CollectedBesides | None:
    """What the act `intent` put into the cash book besides; None when it took nothing."""
    known = book.by_intent(connection, f"{intent}:money")
    if known is None:
        return None
    op_id = known.header.op_id
    jobs = tuple(each.job for each in prints_of(connection, op_id) if each.copy_number == 0)
    return CollectedBesides(op_id, jobs, known.body["collection"]["taking"]["means"] == Means.TRANSFER)
