"""Phiếu yêu cầu bổ sung: asked once for all that is missing; while the citizen fetches it the clock stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.gaps import is_paper
from app.domain.identifiers import Randomness
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import AgencyPaper, Gap, NewDue, SupplementAsked, SupplementReceived
from app.domain.life.fold import check
from app.domain.life.life import originals_of
from app.domain.life.states import Source
from app.domain.reason_library import finished_reason
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import time_at_counter, today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.agency_word import checked_paper
from app.services.life.past import facts_in, standing
from app.services.life.promises import resumed
from app.services.life.reading import KnownLife, read_life
from app.services.life.true_time import true_pause_start
from app.services.papers.prints import ask_print
from app.services.results.original_ledger import ask_labels_when_taken
from app.services.rules import Rules
from app.store import journal as book


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was made; `jobs` are the prints of its slip."""

    op_id: str
    code: str
    request: int
    jobs: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What the citizen brought, and the promise that follows from it; `due` None where there is none."""

    op_id: str
    code: str
    due: NewDue | None
    originals: int                 # kept from now on
    jobs: tuple[str, ...]
    is_new: bool


def ask_supplement(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, gaps: Sequence[Gap], reason: str,
    *, intent: str, now: datetime, randomness: Randomness, basis: str = "", bring_by: date | None = None,
    is_again_meant: bool = False, paper: AgencyPaper | None = None,
) -> Asked:
    """Ask the citizen for everything that is missing; the clock stands from now on, and the slip is printed.

    `paper` when the settling agency asked: then its paper speaks, and the clerk passes it on. The clock stands
    from the moment the counter knows, never from an earlier day: nobody can gain time by writing it down late.
    Raises `supplement_asked_before` (times) for a second request until `is_again_meant`, `gap_without_name`,
    `gap_says_nothing` (name), `bring_by_past`, `reason_empty`, `reason_unfinished`, what `checked_paper` and
    the table of moves refuse.
    """
    held = read_life(connection, code)
    said = finished_reason(reason)
    asked = SupplementAsked(
        held.life.requests + 1, tuple(map(_named, gaps)), said, " ".join(nfc(basis).split()), is_again_meant,
        paper,
    )
    if book.by_intent(connection, intent) is None:
        check(held.life, asked)
        if held.life.requests and not is_again_meant:
            raise Refusal("supplement_asked_before", code=held.code, times=held.life.requests + 1)
        today = today_at_counter(connection, now)
        if bring_by is not None and bring_by < today:
            raise Refusal("bring_by_past", day=bring_by.isoformat())
        if paper is not None:
            checked_paper(paper, today)
    about = standing(held) | {"bring_by": bring_by.isoformat() if bring_by else ""}
    acted = act(
        connection, counter, clerk, [Line(held.code, asked)], intent=intent, now=now, randomness=randomness,
        source=Source.PAPER if paper is not None else Source.COUNTER, about=about,
    )
    job = ask_print(
        connection, paper="supplement_request", op_id=acted.op_id, code=held.code, clerk_name=clerk.name, now=now
    )
    return Asked(
        acted.op_id, held.code, facts_in(acted.operation, held.code, SupplementAsked).request, (job,), acted.is_new
    )


def receive_supplement(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, code: str,
    papers: Sequence[PaperGiven], *, intent: str, now: datetime, randomness: Randomness, is_whole: bool = True,
    note: str = "",
) -> Brought:
    """The citizen is back: papers join the checklist, originals are kept, the clock runs on, the date is new.

    Any counter of the office may take it. A sheet with the new date and how it was found is printed, and a label
    for each original that stays. Not whole: something is still missing and `note` says what; the clock runs all
    the same, because only a new request could stop it. Raises `supplement_nothing_brought` (no paper and no
    note), `supplement_note_missing`, `supplement_paper_empty` (name), and what the table of moves refuses.
    """
    held = read_life(connection, code)
    said = " ".join(nfc(note).split())
    if book.by_intent(connection, intent) is None:
        _refuse_unfit(papers, said, is_whole=is_whole)
        due = _resumed(connection, held, rules, now)
    else:
        due = None                         # what was worked out then stands in the journal
    facts = SupplementReceived(held.life.requests, tuple(papers), due, is_whole, said)
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about=standing(held),
    )
    stated = facts_in(acted.operation, held.code, SupplementReceived)
    jobs, originals = resumption_sheet(connection, held, acted, clerk, now), count_originals(stated.papers)
    if originals:
        jobs += ask_labels_when_taken(connection, clerk, held.code, now, act=acted.op_id)
    return Brought(acted.op_id, held.code, stated.due, originals, jobs, acted.is_new)


def count_originals(papers: Sequence[PaperGiven]) -> int:
    """How many originals these lines leave with the office."""
    return sum(len(originals_of(to_body(paper))) for paper in papers)


def resumption_sheet(
    connection: Connection, held: KnownLife, acted: Acted, clerk: Clerk, now: datetime
) -> tuple[str, ...]:
    """The print that tells the citizen the new date; none where no date was ever promised."""
    if held.body.due.at is None and held.life.due_at is None:
        return ()
    return (ask_print(
        connection, paper="derivation", op_id=acted.op_id, code=held.code, clerk_name=clerk.name, now=now
    ),)


def _resumed(connection: Connection, held: KnownLife, rules: Rules, now: datetime) -> NewDue | None:
    since = true_pause_start(connection, held)
    if since is None:                      # the table says so in its own words
        return None
    return resumed(
        held.body, held.life, held.events, rules, paused_at=since, now=time_at_counter(connection, now)
    )


def _named(gap: Gap) -> Gap:
    name, note = " ".join(nfc(gap.name).split()), " ".join(nfc(gap.note).split())
    if not name:
        raise Refusal("gap_without_name")
    if not is_paper(gap) and not note:
        raise Refusal("gap_says_nothing", name=name)
    return Gap(name, gap.requirement, gap.originals, gap.certified, gap.copies, note)


def _refuse_unfit(papers: Sequence[PaperGiven], note: str, *, is_whole: bool) -> None:
    if not papers and not note:
        raise Refusal("supplement_nothing_brought")
    if not is_whole and not note:
        raise Refusal("supplement_note_missing")
    for paper in papers:
        if paper.status is not PaperStatus.PRESENT or paper.originals + paper.certified + paper.copies == 0:
            raise Refusal("supplement_paper_empty", name=paper.name)
