"""Results come from the agency: matched to their dossiers, shelved, labelled; one list of one agency at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.life.facts import ResultIn, ResultPaper
from app.domain.life.life import Life, Original
from app.domain.life.states import Holder
from app.domain.operation import Type
from app.domain.paper_number import PaperKind
from app.domain.result_arrival import Doubt, doubts_of, out_of_house
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act, check_line
from app.services.life.reading import KnownLife
from app.services.papers.prints import ask_print
from app.services.results.known import find_here
from app.services.results.numbering import next_number
from app.services.results.shelves import chosen_shelf, next_shelf
from app.store import journal as book

SHELF_LABEL = "shelf_label"
RESULT_LIST = "result_handover"
RESULT_OF = "Kết quả thủ tục"
"""What a result is called where the catalogue names none."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One result of the list. `originals` are those that came back with it; `shelf` empty: the next free place.

    `is_meant`: the clerk was told of the doubts about it and says that it is right.
    """

    code: str
    result: ResultPaper
    originals: tuple[str, ...] = ()
    shelf: str = ""
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The list as stored: its own number, where each result lies, the prints it asks for."""

    op_id: str
    number: str
    places: tuple[tuple[str, str], ...]            # (dossier code, shelf), in the order of the list
    jobs: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """A dossier that was scanned for the list, with what the clerk should see before it goes in."""

    code: str
    agency: str
    agency_name: str
    applicant_name: str
    procedure_name: str
    kinds: tuple[str, ...]         # names of the procedure's results as papers say them; at least one
    originals: tuple[Original, ...]                # may come back with it
    doubts: tuple[Doubt, ...]
    life: Life


def expect_result(connection: Connection, code: str, result: ResultPaper | None = None) -> Expected:
    """What is known of the dossier whose result came; asked at each scan, before anything is stored.

    Raises `dossier_not_here` and its like, and what the table of moves answers: `result_already_in`,
    `result_not_now` (withdrawn, stopped, refused).
    """
    held = find_here(connection, code)
    check_line(held, ResultIn(result or ResultPaper("?"), "?"))
    procedure, applicant = held.body.intake.procedure, held.body.intake.applicant
    assert procedure is not None and applicant is not None
    return Expected(
        held.code, procedure.agency, procedure.agency_name, applicant.name, procedure.name,
        procedure.results or (f"{RESULT_OF} {procedure.name}",), out_of_house(held.life), doubts_of(held.life),
        held.life,
    )


def take_in(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    agency: str,
    lines: Sequence[Arrived],
    *,
    delivery: str = "",
    giver_name: str = "",
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> TakenIn:
    """All of the list, or nothing. `delivery` is the number of the agency's own list; empty: we print one.

    Raises `result_other_agency`, `result_kind_missing`, `result_not_expected` (code, doubt) until the line is
    meant, `original_elsewhere`, `shelf_full` (no free place: type one), what `expect_result` raises, and
    `nothing_to_do`, `dossier_twice`, `intent_reused`.
    """
    day = today_at_counter(connection, now)
    number = agency_name = ""
    if book.by_intent(connection, intent) is None:
        lines = _placed(connection, agency, lines, day)
        agency_name = _agency_name(connection, lines)
        number = next_number(connection, counter, PaperKind.RESULTS, Type.RESULTS_TAKEN_IN, day)
    acted = act(
        connection, counter, clerk,
        [Line(each.code, ResultIn(each.result, each.shelf, delivery or number, each.originals)) for each in lines],
        intent=intent, now=now, randomness=randomness,
        about={"number": number, "agency": agency, "agency_name": agency_name, "delivery": delivery.strip(),
               "giver_name": giver_name.strip()},
    )
    return _taken(connection, acted, clerk, now)


def _placed(connection: Connection, agency: str, lines: Sequence[Arrived], day: date) -> list[Arrived]:
    """The lines, checked, each with its place."""
    found: list[Arrived] = []
    for each in lines:
        held = find_here(connection, each.code)
        _refuse_line(held, agency, each)
        shelf = each.shelf.strip() or next_shelf(connection, held.code, day, (line.shelf for line in found))
        if not shelf:
            raise Refusal("shelf_full", code=held.code)
        found.append(replace(each, shelf=chosen_shelf(shelf)))
    return found


def _refuse_line(held: KnownLife, agency: str, line: Arrived) -> None:
    procedure = held.body.intake.procedure
    assert procedure is not None
    if procedure.agency != agency:
        raise Refusal("result_other_agency", code=held.code, agency=procedure.agency_name)
    if not line.result.kind.strip():
        raise Refusal("result_kind_missing", code=held.code)
    check_line(held, ResultIn(line.result, "?"))
    doubts = doubts_of(held.life)
    if doubts and not line.is_meant:
        raise Refusal("result_not_expected", code=held.code, doubt=str(doubts[0]))
    for name in line.originals:
        one = held.life.original(name)
        if one is not None and one.holder is Holder.CITIZEN:
            raise Refusal("original_elsewhere", code=held.code)


def _agency_name(connection: Connection, lines: Sequence[Arrived]) -> str:
    if not lines:
        raise Refusal("nothing_to_do")
    procedure = find_here(connection, lines[0].code).body.intake.procedure
    assert procedure is not None
    return procedure.agency_name


def _taken(connection: Connection, acted: Acted, clerk: Clerk, now: datetime) -> TakenIn:
    about = acted.operation.body["about"]
    jobs = [
        ask_print(connection, paper=SHELF_LABEL, op_id=acted.op_id, code=code, clerk_name=clerk.name, now=now)
        for code in acted.codes
    ]
    if not about["delivery"]:
        jobs.append(ask_print(
            connection, paper=RESULT_LIST, op_id=acted.op_id, code=about["number"], clerk_name=clerk.name, now=now,
        ))
    places = tuple((str(line["code"]), str(line["facts"]["shelf"])) for line in acted.operation.body["lines"])
    return TakenIn(acted.op_id, str(about["number"]), places, tuple(jobs), acted.is_new)
