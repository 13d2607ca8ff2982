"""A counter that hands over, in the words of the tests: each act in its own transaction, as the window does it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.life.facts import LineVerdict
from app.domain.life.states import Custody, Source
from app.domain.manifest import LineState, Route
from app.services.handover.acknowledging import Acknowledgement, acknowledge, found_again
from app.services.handover.answering import Answer
from app.services.handover.making import Made, Undone, make_manifest, undo_manifest
from app.services.life.acting import Acted
from app.store import journal as book
from app.store.queries.manifests import ManifestLine, ManifestRow, find_manifest, lines_of
from tests.app.services.neighbour import Feed, Written
from tests.office import Office, Province, SetClock, make_template, reopen, sample_intake, with_kept_original

ACCEPTED, REFUSED, MISSING = LineVerdict.ACCEPTED, LineVerdict.REFUSED, LineVerdict.MISSING
POLICE, BUILDING = "cong-an", "so-xay-dung"
BUILDING_PERMIT = "1.013225"
_turns = itertools.count(1)


def receive(
    office: Office, amount: int, *, procedure: str = "3.000333", keeps_original: bool = False
) -> list[str]:
    """So many dossiers, their codes."""
    codes = []
    for _ in range(amount):
        turn = next(_turns)
        intake = sample_intake(f"nhận-{turn}", procedure=procedure, personal_id=f"04919{turn:07d}")
        codes.append(office.receive(with_kept_original(intake) if keeps_original else intake).dossier.code)
    return codes


def hand_over(
    office: Office, codes: Sequence[str], *, agency: str = POLICE, intent: str = "", route: Route = Route.HAND,
    item_code: str = "", originals: Mapping[str, Sequence[str]] | None = None, has_control_sheets: bool = False,
) -> Made:
    application = office.application
    with application.database.writing() as connection:
        return make_manifest(
            connection, application.enrolled, office.clerk, codes, agency=agency, rules=application.rules,
            intent=intent or f"giao-{next(_turns)}", now=office.clock.now(), randomness=office.noise.randbytes,
            route=route, item_code=item_code, originals=originals, has_control_sheets=has_control_sheets,
        )


def answer(
    office: Office, manifest: str, answers: Mapping[str, LineVerdict], extras: Sequence[str] = (), *,
    reason: str = "hồ sơ thiếu chữ ký", by_name: str = "Võ Thị Nhận", source: Source = Source.COUNTER,
    intent: str = "",
) -> Acknowledgement:
    said = [Answer(code, each, "" if each is not REFUSED else reason) for code, each in answers.items()]
    with office.application.database.writing() as connection:
        return acknowledge(
            connection, office.application.enrolled, office.clerk, manifest, said, extras, by_name=by_name,
            intent=intent or f"nhận-{next(_turns)}", now=office.clock.now(), randomness=office.noise.randbytes,
            source=source,
        )


def undo(office: Office, manifest: str, *, intent: str = "") -> Undone:
    with office.application.database.writing() as connection:
        return undo_manifest(
            connection, office.application.enrolled, office.clerk, manifest, "lập nhầm",
            intent=intent or f"hủy-{next(_turns)}", now=office.clock.now(), randomness=office.noise.randbytes,
        )


def turn_up(office: Office, code: str, where: Custody) -> Acted:
    with office.application.database.writing() as connection:
        return found_again(
            connection, office.application.enrolled, office.clerk, code, where, "lẫn trong túi khác",
            intent=f"thấy-{next(_turns)}", now=office.clock.now(), randomness=office.noise.randbytes,
        )


def row(office: Office, manifest: str) -> ManifestRow:
    with office.application.database.reading() as connection:
        found = find_manifest(connection, manifest)
    assert found is not None
    return found


def lines(office: Office, manifest: str) -> tuple[ManifestLine, ...]:
    with office.application.database.reading() as connection:
        return lines_of(connection, row(office, manifest).id)


def states(office: Office, manifest: str) -> list[LineState]:
    return [line.state for line in lines(office, manifest)]


class TwoCounters:
    """Two counters of one office with their own numbers; what one did comes to the other when it is told."""

    def __init__(self, folder: Path, province: Province, clock: SetClock) -> None:
        make_template(folder / "b", province, device="quay-22", lo=5000, hi=5499)
        self.b = reopen(folder / "b", province, clock, seed=22)
        self._feeds: dict[int, Feed] = {}
        self._told: dict[int, int] = {}

    def tell(self, source: Office, other: Office) -> None:
        """Everything that `source` has done and `other` has not heard."""
        feed = self._feeds.setdefault(id(other), Feed(other))
        counter = source.application.enrolled
        with source.application.database.reading() as connection:
            done = book.after(connection, counter.device, 1, self._told.get(id(source), 0), 10_000)
        fresh = [feed.add_operation(Written(line.payload, line.signature), counter.device) for line in done]
        if done:
            self._told[id(source)] = done[-1].seq
            feed.give(fresh)

    def close(self) -> None:
        self.b.application.close()
