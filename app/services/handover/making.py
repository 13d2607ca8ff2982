"""A manifest is made of the dossiers of one agency, and may be taken back until somebody there has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from app.domain.identifiers import Randomness
from app.domain.item_code import read_item_code
from app.domain.life.facts import Facts, HandedOver, HandoverUndone
from app.domain.manifest import SAID, LineState, Route
from app.domain.operation import Operation
from app.domain.paper_number import PaperKind, paper_number
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.handover.reading import next_run, the_dossiers, the_manifest
from app.services.life.acting import Line, act
from app.services.papers.prints import ask_print
from app.services.results.numbering import number_after
from app.services.rules import Rules
from app.store import journal as book
from app.store.queries.manifests import ManifestLine, ManifestRow, Waiting, lines_of
from app.store.tables import manifests, paper_prints


@dataclass(frozen=True, slots=True)
class Made:
    """A manifest. `jobs` are its papers to print, the list itself first; `op_id` is the manifest's id."""

    op_id: str
    number: str
    agency_name: str
    route: Route
    codes: tuple[str, ...]
    originals: int                 # that travel along
    cutoff_at: datetime | None     # of the run it goes with
    is_next_run: bool              # not today's: the cut-off has passed
    expected_at: datetime
    jobs: tuple[str, ...]
    is_new: bool                   # False: this intent had been carried out before


@dataclass(frozen=True, slots=True)
class Undone:
    """`has_paper`: its paper may be in somebody's hands and is worth nothing now."""

    op_id: str
    number: str
    codes: tuple[str, ...]
    has_paper: bool


def make_manifest(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    codes: Sequence[str],
    *,
    agency: str,
    rules: Rules,
    intent: str,
    now: datetime,
    randomness: Randomness,
    route: Route = Route.HAND,
    item_code: str = "",
    originals: Mapping[str, Sequence[str]] | None = None,
    has_control_sheets: bool = False,
    note: str = "",
) -> Made:
    """These dossiers leave for `agency` (its id), all of them or none; the same intent makes one manifest.

    `originals`: code → the ids of those that travel, for dossiers with which not all that are here do. Raises
    `other_agency` (code, agency, wanted), `item_code_needed` or the item code's refusal, `dossier_unknown`,
    `dossier_twice`, and what `act` and `app.domain.life.moves` answer, with the `code` of the line.
    """
    known = book.by_intent(connection, intent)
    if known is None:
        item_code = _item_code(route, item_code)
        leaving = the_dossiers(connection, codes)
        _check_agency(leaving, agency)
        day = today_at_counter(connection, now)
        run = next_run(connection, rules, now)
        chosen = originals or {}
        lines = [
            Line(one.code, HandedOver("", tuple(chosen.get(code, [name for name, _ in one.originals]))))
            for code, one in zip(codes, leaving, strict=True)
        ]
        about = {
            "number": _next_number(connection, counter, day), "agency": agency,
            "agency_name": leaving[0].agency_name if leaving else "", "route": str(route), "item_code": item_code,
            "expected_at": run.expected_at.isoformat(), "is_next_run": run.is_next,
            "cutoff_at": run.cutoff_at.isoformat() if run.cutoff_at else None,
            "versions": [one.version for one in leaving], "has_control_sheets": has_control_sheets, "note": note,
        }
        acted = act(
            connection, counter, clerk, lines, intent=intent, now=now, randomness=randomness, about=about,
            facts_by_id=_on_manifest,
        )
        return _made(connection, acted.operation, now, is_new=True)
    if "number" not in known.body.get("about", {}):
        raise Refusal("intent_reused", code=codes[0] if codes else "")
    return _made(connection, known, now, is_new=False)


def undo_manifest(
    connection: Connection, counter: Counter, clerk: Clerk, manifest: str, reason: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> Undone:
    """Take the whole manifest (id or number) back: its dossiers are at the counter again, its number is spent.

    Raises `manifest_unknown`, `manifest_undone`, `manifest_answered` (manifest, code) once the receiving side has
    said something of any line, `nothing_to_do` when no line is open.
    """
    found, known = the_manifest(connection, manifest), book.by_intent(connection, intent)
    if known is not None:
        codes = [str(line["code"]) for line in known.body.get("lines", ())]
    else:
        lines = lines_of(connection, found.id)
        _check_undoable(found, lines)
        codes = [line.code for line in lines if line.state is LineState.OPEN]
    acted = act(
        connection, counter, clerk, [Line(code, HandoverUndone(found.id, reason)) for code in codes],
        intent=intent, now=now, randomness=randomness, about={"manifest": found.id, "number": found.number},
    )
    has_paper = found.device != counter.device or _is_printed(connection, found.id)
    # What has not been printed shall not come out of the printer any more.
    connection.execute(delete(paper_prints).where(
        paper_prints.c.op_id == found.id, paper_prints.c.state.in_(("waiting", "failed"))
    ))
    return Undone(acted.op_id, found.number, acted.codes, has_paper)


def _on_manifest(op_id: str, facts: Facts) -> Facts:
    assert isinstance(facts, HandedOver)
    return replace(facts, manifest=op_id)


def _item_code(route: Route, text: str) -> str:
    if route is Route.HAND:
        return ""
    if not text.strip():
        raise Refusal("item_code_needed")
    return read_item_code(text).text


def _check_agency(leaving: Sequence[Waiting], agency: str) -> None:
    wanted = next((one.agency_name for one in leaving if one.agency == agency), agency)
    for one in leaving:
        if one.agency != agency:
            raise Refusal("other_agency", code=one.code, agency=one.agency_name, wanted=wanted)


def _next_number(connection: Connection, counter: Counter, day: date) -> str:
    """The next of this counter and day, counted from the manifests in the book; an undone one keeps its number."""
    first = paper_number(PaperKind.HANDOVER, day, counter.paper_device, 1)
    start = first[:first.rindex("-001-") + 1]
    taken = connection.execute(
        select(manifests.c.number).where(
            manifests.c.number >= start, manifests.c.number < start + "~", manifests.c.device == counter.device
        )
    ).scalars()
    return number_after(taken, counter, PaperKind.HANDOVER, day)


def _check_undoable(manifest: ManifestRow, lines: Sequence[ManifestLine]) -> None:
    if manifest.is_undone:
        raise Refusal("manifest_undone", manifest=manifest.number)
    answered = next((line for line in lines if line.state in SAID), None)
    if answered is not None:
        raise Refusal("manifest_answered", manifest=manifest.number, code=answered.code)


def _is_printed(connection: Connection, op_id: str) -> bool:
    return connection.execute(
        select(paper_prints.c.job).where(
            paper_prints.c.op_id == op_id, paper_prints.c.state.in_(("sent", "printed"))
        ).limit(1)
    ).first() is not None


def _made(connection: Connection, operation: Operation, now: datetime, *, is_new: bool) -> Made:
    about, lines = operation.body["about"], operation.body["lines"]
    op_id, number = operation.header.op_id, str(about["number"])
    codes = tuple(str(line["code"]) for line in lines)
    papers = [("handover_list", number)]
    if about["has_control_sheets"]:
        papers += [("control_sheet", code) for code in codes]
    clerk_name = str(operation.body["clerk_name"])
    jobs = tuple(
        ask_print(connection, paper=paper, op_id=op_id, code=code, clerk_name=clerk_name, now=now)
        for paper, code in papers
    )
    cutoff = about["cutoff_at"]
    return Made(
        op_id, number, str(about["agency_name"]), Route(about["route"]), codes,
        sum(len(line["facts"]["originals"]) for line in lines),
        datetime.fromisoformat(cutoff) if cutoff else None, bool(about["is_next_run"]),
        datetime.fromisoformat(about["expected_at"]), jobs, is_new,
    )
