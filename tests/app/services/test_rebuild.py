"""The tables are a projection of journal and feed: any history replayed gives the same tables, row for row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.domain.applicant import Applicant, Person
from app.domain.digitised import RESULT, DigitisingRule, Wanted
from app.domain.intake import PaperStatus
from app.errors import Refusal
from app.services import receipts
from app.services.correct import correct_dossier
from app.services.days import today_at_counter
from app.services.numbers import close_days
from app.services.rebuild import rebuild
from app.services.reuse import reusable
from app.services.reveal import reveal_person
from app.services.stored_dossier import read_dossier
from app.store.queries.dossiers import DAY, MONTH, Reach, search_names
from app.store.queries.papers import confirm_file, files_waiting
from app.store.tables import (
    aliases,
    dossier_scans,
    dossier_versions,
    dossiers,
    files,
    journal,
    number_fates,
    paper_documents,
    paper_states,
    rollup_due,
    rollup_late,
    rollup_received,
    rollup_reports,
    rollup_scans,
)
from tests.app.services.neighbour import Feed, Written, neighbours_work
from tests.app.services.scans import check, reuse, rule, scan_and_file
from tests.app.services.test_feed import DAMAGES, damaged
from tests.office import Office, office_in, sample_intake
from tests.scan_lists import to_scan

PROJECTION = (
    dossiers, dossier_versions, aliases, number_fates, rollup_due, rollup_late, rollup_received, rollup_reports,
    paper_states, paper_documents, dossier_scans, rollup_scans, files,
)
RULES = (DigitisingRule(), DigitisingRule(Wanted.REQUIRED), DigitisingRule(Wanted.NONE),
         DigitisingRule(Wanted.LISTED, {"3.000333": frozenset({"2"})}))
NAMES = ("Nguyễn Thị Mẫu Ánh", "Trần Văn Đứng", "Lê Hoà Bình", "Phạm Quỳnh Như")
WORDS = ("nguyen", "tran van dung", "le hoa", "pham", "do thi", "ngo", "sua", "x")
PROCEDURES = ("3.000333", "1.013225", "1.000001")
ANYWHERE = Reach("2026-11-23", "quay-1", 1, 0)


@dataclass
class Day:
    """A counter on which anything may happen next; each act takes a number that picks what and whom."""

    office: Office
    feed: Feed
    turn: int = 0
    codes: list[str] = field(default_factory=list)

    def act(self, name: str, pick: int) -> None:
        self.turn += 1
        getattr(self, name)(pick)

    def receive(self, pick: int) -> None:
        intake = sample_intake(
            f"nhận-{self.turn}", procedure=PROCEDURES[pick % 3], name=NAMES[pick % len(NAMES)],
            personal_id=f"0{pick:011d}",
        )
        try:
            self.codes.append(self.office.receive(intake).dossier.code)
        except Refusal as refused:                    # the clock wandered beyond the leases
            assert refused.code in ("lease_missing", "lease_exhausted")

    def correct(self, pick: int) -> None:
        self._on_own(pick, self._correct)

    def _correct(self, connection: Connection, code: str, pick: int) -> None:
        before = read_dossier(connection, code).body
        assert before.intake.procedure is not None
        name = f"{NAMES[(pick + self.turn) % len(NAMES)]} sửa {self.turn}"
        after = replace(
            before.intake, applicant=Applicant(Person(name, "049090000001", phone=f"09{pick:08d}")),
            procedure=replace(before.intake.procedure, field=f"Lĩnh vực {pick % 3}"),
            papers=tuple(                          # a paper comes and goes
                paper if turn != pick % 4 else replace(
                    paper, status=PaperStatus.MISSING, missing_reason="bổ sung sau", originals=0, certified=0,
                    copies=0,
                ) for turn, paper in enumerate(before.intake.papers)
            )[: 1 + pick % 3],
        )
        office = self.office.application
        correct_dossier(
            connection, office.enrolled, self.office.clerk, office.rules, code, after, "thử",
            base_version=before.version, intent=f"sửa-{self.turn}", now=self.office.clock.now(),
            randomness=self.office.noise.randbytes,
        )

    def digitise(self, pick: int) -> None:
        if self.codes:
            code = self.codes[pick % len(self.codes)]
            with self.office.application.database.reading() as connection:
                intake = read_dossier(connection, code).body.intake
            places = (*(paper.requirement for paper in intake.papers), RESULT)
            requirement = places[pick % len(places)]
            # Sometimes the same pages again: one content in several documents.
            scan_and_file(self.office, intake, code, requirement, seed=self.turn if pick % 3 else -self.turn)

    def check(self, pick: int) -> None:
        with self.office.application.database.reading() as connection:
            rows = connection.execute(
                select(dossiers.c.code, paper_states.c.requirement, paper_states.c.version)
                .join(dossiers, dossiers.c.id == paper_states.c.dossier).where(dossiers.c.is_own)
            ).all()
        if rows:
            chosen = rows[pick % len(rows)]
            check(self.office, *chosen, intent=f"xem-{self.turn}")

    def reuse(self, pick: int) -> None:
        with self.office.application.database.reading() as connection:
            found = [
                (code, requirement, offer) for code in self.codes for requirement in "123"
                for offer in reusable(connection, code, requirement, self.office.clock.now().date())
            ]
        if found:
            code, requirement, offer = found[pick % len(found)]
            reuse(self.office, code, requirement, offer, intent=f"lại-{self.turn}")

    def confirm(self, pick: int) -> None:
        with self.office.application.database.writing() as connection:
            for each in files_waiting(connection, limit=1):
                confirm_file(connection, each.sha256, self.office.clock.now())

    def other_rule(self, pick: int) -> None:
        rule(self.office, RULES[pick % len(RULES)])

    def reprint(self, pick: int) -> None:
        self._on_own(pick, lambda connection, code, _: receipts.ask_reprint(
            connection, self.office.application.enrolled, self.office.clerk, code, self.office.clock.now(),
            self.office.noise.randbytes, intent=f"in-{self.turn}",
        ))

    def reveal(self, pick: int) -> None:
        self._on_own(pick, lambda connection, code, _: reveal_person(
            connection, self.office.application.enrolled, self.office.clerk, code, "phone",
            intent=f"xem-{self.turn}", now=self.office.clock.now(), randomness=self.office.noise.randbytes,
        ))

    def close_day(self, pick: int) -> None:
        self.office.clock.advance(timedelta(days=1 + pick % 3))
        now = self.office.clock.now()
        with self.office.application.database.writing() as connection:
            today = today_at_counter(connection, now)
            close_days(connection, self.office.application.enrolled, today, now, self.office.noise.randbytes)

    def clock_moves(self, pick: int) -> None:
        self.office.clock.advance(timedelta(minutes=pick - 500))

    def colleague(self, pick: int) -> None:
        done = sum(1 for entry in self.feed.entries if entry.actor == "device:quay-22")
        work = neighbours_work()
        self._give(self.feed.add_operation(work[done % len(work)]))

    def colleague_out_of_order(self, pick: int) -> None:
        self._give(self.feed.add_operation(neighbours_work()[pick % len(neighbours_work())]))

    def unfit(self, pick: int) -> None:
        self._give(self.feed.add_operation(
            damaged(neighbours_work()[pick % 3], DAMAGES[pick % len(DAMAGES)]), "quay-9"
        ))

    def own_comes_back(self, pick: int) -> None:
        self._give(self.feed.add("operation", device="quay-1", epoch=1, seq=1, hash="0" * 64, own=True))

    def own_comes_back_whole(self, pick: int) -> None:
        with self.office.application.database.reading() as connection:
            rows = connection.execute(select(journal.c.payload, journal.c.signature)).all()
        if rows:
            chosen = rows[pick % len(rows)]
            self._give(self.feed.add_operation(Written(chosen.payload, chosen.signature), "quay-1"))

    def status(self, pick: int) -> None:
        self._give(self.feed.add("status", number=self._any_code(pick), status=str(pick % 12)))

    def alias(self, pick: int) -> None:
        self._give(self.feed.add("alias", number=self._any_code(pick), alias=f"000.09.H47-261123-{pick:04d}"))

    def verdict(self, pick: int) -> None:
        self._give(self.feed.add(
            "verdict", verdict=("accepted", "refused", "held")[pick % 3], device="quay-1", epoch=1, seq_from=1,
            seq_to=1 + pick % 4,
        ))

    def province_restored(self, pick: int) -> None:
        """Another incarnation tells the whole of the old one again, at other positions."""
        told = self.feed.entries
        self.feed = Feed(self.office, f"{self.feed.incarnation}+")
        self.feed.add("notice", title="khôi phục")
        for entry in told:
            self.feed.add(entry.kind, actor=entry.actor, payload=entry.payload, signature=entry.signature,
                          **entry.body)
        self.feed.give()

    def _give(self, line: Any) -> None:
        self.feed.give([line])

    def _any_code(self, pick: int) -> str:
        known = [*self.codes, *(each.code for each in neighbours_work())]
        return known[pick % len(known)]

    def _on_own(self, pick: int, act: Callable[[Connection, str, int], object]) -> None:
        if self.codes:
            with self.office.application.database.writing() as connection:
                act(connection, self.codes[pick % len(self.codes)], pick)


ACTS = ("receive", "correct", "reprint", "reveal", "close_day", "clock_moves", "colleague",
        "colleague_out_of_order", "unfit", "own_comes_back", "own_comes_back_whole", "status", "alias", "verdict",
        "province_restored", "digitise", "check", "reuse", "confirm", "other_rule")
Step = tuple[str, int]


def tables(connection: Connection) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {
        table.name: list(connection.execute(select(table).order_by(*table.primary_key.columns)))
        for table in PROJECTION
    }
    for words in WORDS:
        found[f"search {words}"] = [row.code for row in search_names(connection, words, ANYWHERE)]
    return found


def counted(rows: list[Any], column: str) -> dict[Any, int]:
    amounts: dict[Any, int] = {}
    for row in rows:
        key = getattr(row, column)
        amounts[key] = amounts.get(key, 0) + 1
    return amounts


HISTORIES = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 999)), min_size=1, max_size=30)


@settings(max_examples=12, deadline=None)
@given(steps=HISTORIES)
@example(steps=[("colleague", 0), ("province_restored", 0)])
@example(steps=[("colleague", 0), ("clock_moves", 0), ("status", 0), ("clock_moves", 0), ("status", 4)])
@example(steps=[("receive", 0), ("correct", 1), ("alias", 0), ("status", 9), ("close_day", 0), ("unfit", 8)])
@example(steps=[("receive", 0), ("digitise", 0), ("receive", 12), ("correct", 3), ("digitise", 1), ("reuse", 0),
                ("check", 1), ("confirm", 0), ("status", 0), ("other_rule", 3), ("colleague", 0), ("digitise", 3)])
@example(steps=[*[("colleague", 0)] * 14, ("own_comes_back_whole", 0), ("province_restored", 0)])
def test_any_history_replayed_gives_the_same_tables(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step],
) -> None:
    live_and_replay(tmp_path_factory.mktemp("history"), steps)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(steps=HISTORIES)
def test_a_hundred_histories_replayed_give_the_same_tables(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step],
) -> None:
    live_and_replay(tmp_path_factory.mktemp("history"), steps)


def live_and_replay(folder: Path, steps: list[Step]) -> None:
    with office_in(folder) as office:
        day = Day(office, Feed(office))
        for name, pick in steps:
            day.act(name, pick)
        with office.application.database.writing() as connection:
            lived = tables(connection)
            rebuild(connection)
            assert tables(connection) == lived
            rebuild(connection)
            assert tables(connection) == lived, "a second rebuild changes nothing either"
        # The counts of the start page are the tables' own.
        for span in (DAY, MONTH):
            due: Counter[int] = Counter()
            for row in lived["rollup_due"]:
                due[row.state] += row.amount * (row.span == span)
            assert +due == counted(lived["dossiers"], "state")
            received = sum(row.amount for row in lived["rollup_received"] if row.span == span)
            assert received == len(lived["dossiers"])
        (waiting,) = lived["rollup_scans"]
        assert waiting.amount == sum(1 for row in lived["dossier_scans"] if row.is_open and row.missing)
        with office.application.database.reading() as connection:
            assert len(to_scan(connection)) == waiting.amount
        versions = counted(lived["dossier_versions"], "dossier")
        assert set(versions) == {row.id for row in lived["dossiers"]}
