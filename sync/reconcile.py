"""The daily comparison at the end of a contact: the last days of the office, here and at the province.

One request tells whether anything differs; only the days that do are asked for dossier by dossier. Both answers
must stand where our feed stands, or they speak of another moment and nothing is compared. Nothing is mended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app.clock import Clock
from app.domain.day_comparison import (
    DAYS_BACK,
    Difference,
    There,
    differences_of,
    is_due,
    money_not_there,
    span,
    sums_left,
    unequal,
)
from app.domain.turn import Turn
from app.errors import KnownError
from app.services import reconcile as kept
from app.services.counter import Counter
from app.services.day_holdings import chains_that_differ, numbers_without_fate
from app.services.days import today_at_counter
from app.services.feed import Cursor, read_cursor
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.number_text import read_number
from sync.contract.reconcile import DayList
from sync.day_count import count_days, counts_money, figures_there, held_there
from sync.errors import TryLater

_LOG = logging.getLogger(__name__)

FAILED = "comparison_failed"
"""Code: the comparison broke on something nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared; `differences` of these days alone."""

    first: date
    last: date
    differences: tuple[Difference, ...]


def compare_when_due(
    database: Database, client: Callable[[], GatewayClient], counter: Counter, clock: Clock, *,
    has_sent: bool = False,
) -> Comparison | None:
    """Compare if it is time; None when it is not, or when it could not be made, which is noted in the book.

    Raises nothing: what was sent and taken before stays, whatever becomes of the comparison.
    """
    try:
        return _compare_when_due(database, client, counter, clock, has_sent=has_sent)
    except KnownError as error:
        code = error.code
    except Exception:                              # a contact never fails for what was only to be looked at
        _LOG.exception("comparison failed")
        code = FAILED
    with suppress(KnownError), database.writing() as connection:
        now = clock.now()
        kept.note_no_comparison(connection, code, now, today_at_counter(connection, now))
    return None


def _compare_when_due(
    database: Database, client: Callable[[], GatewayClient], counter: Counter, clock: Clock, *, has_sent: bool
) -> Comparison | None:
    now = clock.now()
    with database.reading() as connection:
        today = today_at_counter(connection, now)
        back = kept.asked_back(connection)
        standing = kept.standing_differences(connection)
        if not is_due(
            now, today, kept.last_comparison(connection), is_asked=back is not None,
            differences=len(standing), may_be_gone=has_sent and any(
                each.difference.turn is Turn.COUNTER for each in standing),
        ):
            return None
    first, last = span(
        today, back if back is not None else DAYS_BACK, (each.difference.day for each in standing),
        with_today=back is not None,
    )
    return compare(database, client(), counter, clock, first, last)


def compare(
    database: Database, client: GatewayClient, counter: Counter, clock: Clock, first: date, last: date
) -> Comparison:
    """Compare these days and keep what was found. Raises what `sync.errors` names, `comparison_moved` among it."""
    answer = client.reconcile(first, last)
    at = Cursor(answer.incarnation, answer.position)
    theirs = figures_there(answer)
    with database.reading() as connection:
        _agree(at, read_cursor(connection))
        counted = count_days(connection, counter, first, last, with_money=counts_money(answer))
        numbers = tuple(numbers_without_fate(connection, counter, first, last))
        differ = chains_that_differ(connection, counter, {
            device: {epoch: (head.seq, head.hash) for epoch, head in heads.items()}
            for device, heads in answer.have.items()
        })
    here, ours = counted.here, counted.figures
    # Equal sums may hide other operations: where a chain differs, or something of ours is not there, look closer.
    doubted = {each.held.day for each in here if differ or each.unsent}
    days = sorted(doubted | {day for day, _, _ in unequal(ours, theirs)})
    there = [each for day in days for each in _day(client, day, at)]
    found = list(differences_of([each for each in here if each.held.day in days], there, counter.device))
    helds = [*(each.held for each in here), *(each.held for each in there)]
    places = {each.code: (each.day, each.agency, each.device) for each in helds}
    found += money_not_there(ours, theirs, counted.entries)
    found += [*sums_left(ours, theirs, found, places), *numbers]
    now = clock.now()
    compared = [date.fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal() + 1)]
    with database.writing() as connection:
        _agree(at, read_cursor(connection))
        kept.note_comparison(connection, compared, ours, theirs, found, now, today_at_counter(connection, now),
                             with_money=counts_money(answer))
    return Comparison(first, last, tuple(found))


def _day(client: GatewayClient, day: str, at: Cursor) -> list[There]:
    """The province's dossiers of one day, page by page, all of one moment."""
    found: list[There] = []
    after, more = 0, True
    while more:
        page: DayList = client.day_list(day, after)
        _agree(at, Cursor(page.incarnation, page.position))
        for line in page.dossiers:
            parts = read_number(line.number)
            key = parts.key if parts is not None else line.number
            found.append(There(held_there(page.day, key, line), line.files_missing, line.verdict))
            if line.position <= after:
                raise TryLater("answer_unreadable", where="position", what="no_progress")
            after = line.position
        more = page.more and bool(page.dossiers)
    return found


def _agree(at: Cursor, held: Cursor | None) -> None:
    if held != at:
        raise TryLater("comparison_moved")           # `day_comparison.MOVED`
