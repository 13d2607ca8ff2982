"""What the receiving side said of a manifest, line by line; the rest stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.life.facts import Acknowledged, Found, LineVerdict
from app.domain.life.states import Custody, Source
from app.domain.manifest import LineState
from app.domain.operation import Operation, Type
from app.domain.paper_number import PaperKind
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.handover.answering import Answer, Extra, ExtraKind, look_at_extra, sort_answers
from app.services.handover.reading import the_manifest
from app.services.life.acting import Acted, Line, act
from app.services.papers.prints import ask_print
from app.services.results.numbering import next_number
from app.store import journal as book
from app.store.queries.manifests import ManifestRow, lines_of


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """`slip` is the number of the discrepancy slip, "" when nothing was amiss; `jobs` prints it."""

    op_id: str
    manifest: str                  # id
    number: str
    accepted: int
    refused: int
    missing: int
    extras: tuple[Extra, ...]
    already: tuple[str, ...]       # had been answered so before, by this counter or another
    open_lines: int                # still without an answer
    slip: str
    jobs: tuple[str, ...]
    is_new: bool


def acknowledge(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    manifest: str,
    answers: Sequence[Answer],
    extras: Sequence[str] = (),
    *,
    by_name: str,
    intent: str,
    now: datetime,
    randomness: Randomness,
    source: Source = Source.COUNTER,
) -> Acknowledgement:
    """Write down the answers to a manifest (id or number), all or none; lines not named stay open.

    `extras` are codes found in the bag that the list does not name: those of this agency that were at the
    counter are with it from now on, any other stands on the slip only. `by_name` is who answers there; `source`
    PAPER when a clerk reads the signed list. Raises `receiver_name_missing`, `manifest_unknown`,
    `manifest_undone`, `all_answered` (everything had been answered so before), `extras_alone` (dossiers that go
    back with the messenger, and no line answered), `nothing_to_do`, and what `sort_answers` and `look_at_extra`
    raise.
    """
    known = book.by_intent(connection, intent)
    found = the_manifest(connection, manifest)
    if known is not None:
        if known.body.get("about", {}).get("manifest") != found.id:
            raise Refusal("intent_reused", code=found.number)
        return _result(connection, known, found, now, is_new=False)
    if not by_name.strip():
        raise Refusal("receiver_name_missing")
    if found.is_undone:
        raise Refusal("manifest_undone", manifest=found.number)
    lines = lines_of(connection, found.id)
    fresh, already = sort_answers(found, lines, answers)
    looked_at = [look_at_extra(connection, found, lines, code) for code in extras]
    seen_extras = {extra.code: extra for extra in looked_at}
    said = [Line(each.code, Acknowledged(found.id, each.verdict, each.reason, by_name.strip())) for each in fresh]
    said += [
        Line(extra.code, Acknowledged(found.id, LineVerdict.EXTRA, "", by_name.strip()))
        for extra in seen_extras.values() if extra.kind is ExtraKind.KEPT
    ]
    if not said:
        _say_why_nothing(found, already, looked_at)
    is_amiss = bool(seen_extras) or any(each.verdict is not LineVerdict.ACCEPTED for each in fresh)
    about: dict[str, Any] = {
        "manifest": found.id, "number": found.number, "by_name": by_name.strip(), "already": already,
        "slip": "",
        "listed": sum(line.state is not LineState.EXTRA for line in lines),
        "accepted": sum(line.state is LineState.ACCEPTED for line in lines)
        + sum(each.verdict is LineVerdict.ACCEPTED for each in fresh),
        "extras": [
            {"code": extra.code, "kind": str(extra.kind), "about": extra.about} for extra in seen_extras.values()
        ],
    }
    if is_amiss:
        day = today_at_counter(connection, now)
        about["slip"] = next_number(
            connection, counter, PaperKind.DISCREPANCY, Type.HANDOVER_ACKNOWLEDGED, day, field="slip"
        )
    acted = act(
        connection, counter, clerk, said, intent=intent, now=now, randomness=randomness, source=source,
        about=about,
    )
    return _result(connection, acted.operation, the_manifest(connection, found.id), now, is_new=True)


def found_again(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, where: Custody, note: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> Acted:
    """A dossier that was missing turned up, `where` COUNTER or AGENCY. Raises `not_missing`, `found_where`."""
    return act(
        connection, counter, clerk, [Line(code, Found(where, note.strip()))], intent=intent, now=now,
        randomness=randomness,
    )


def _say_why_nothing(manifest: ManifestRow, already: Sequence[str], extras: Sequence[Extra]) -> None:
    if extras:
        raise Refusal("extras_alone", manifest=manifest.number, code=extras[0].code)
    if already:
        raise Refusal("all_answered", manifest=manifest.number)


def _result(
    connection: Connection, operation: Operation, manifest: ManifestRow, now: datetime, *, is_new: bool
) -> Acknowledgement:
    about = operation.body["about"]
    verdicts = [str(line["facts"]["verdict"]) for line in operation.body["lines"]]
    op_id, slip = operation.header.op_id, str(about["slip"])
    jobs: tuple[str, ...] = ()
    if slip:
        jobs = (ask_print(
            connection, paper="discrepancy_slip", op_id=op_id, code=slip,
            clerk_name=str(operation.body["clerk_name"]), now=now,
        ),)
    return Acknowledgement(
        op_id, manifest.id, manifest.number, verdicts.count(LineVerdict.ACCEPTED),
        verdicts.count(LineVerdict.REFUSED), verdicts.count(LineVerdict.MISSING),
        tuple(Extra(one["code"], ExtraKind(one["kind"]), one["about"]) for one in about["extras"]),
        tuple(about["already"]), manifest.open_lines, slip, jobs, is_new,
    )
