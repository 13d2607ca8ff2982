"""What another counter digitised comes through the feed: applied like our own, never half, never ours to send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.domain.digitised import DigitisedStatus
from app.services.digitise import Completeness, completeness, papers_of, versions_of
from app.services.feed import new_notices
from app.services.rebuild import rebuild
from app.services.reuse import reusable
from app.store.queries.papers import files_waiting
from app.store.tables import paper_documents, paper_states
from tests.app.services.neighbour import Feed, Written, neighbours_work
from tests.app.services.scans import reuse, scan_and_file
from tests.office import MORNING, Office, sample_intake
from tests.scan_lists import to_scan

Body = dict[str, Any]


def digitised() -> list[Written]:
    return [each for each in neighbours_work() if json.loads(each.payload)["type"] == "paper.digitised"]


def states(connection: Connection) -> list[Any]:
    return [*connection.execute(select(paper_states)), *connection.execute(select(paper_documents))]


def test_a_colleagues_papers_are_seen_and_their_files_are_not_ours_to_send(office: Office) -> None:
    feed = Feed(office)
    for written in neighbours_work():
        feed.add_operation(written)
    feed.give()
    first = digitised()[0]
    with office.application.database.writing() as connection:
        paper = papers_of(connection, first.code)[0]
        assert (paper.status, paper.version, paper.clerk_name) == (DigitisedStatus.DIGITISED, 2, "Trần Thị Thử")
        assert [line.version for line in versions_of(connection, first.code, "1")] == [2, 1]
        checked = papers_of(connection, digitised()[1].code)[1]
        assert checked.checks.is_compared and checked.checked_by == "Trần Thị Thử"
        reused = papers_of(connection, digitised()[3].code)[1]
        assert reused.status is DigitisedStatus.REUSED_PAPER and reused.reused_from is not None
        assert reused.reused_from.code == digitised()[1].code
        assert files_waiting(connection) == () and to_scan(connection) == ()
        assert paper.is_uploaded and completeness(connection, first.code) == Completeness(0, 0, 0, 0)
        before = states(connection)
        rebuild(connection)
        assert states(connection) == before


def test_a_colleagues_paper_of_the_same_person_is_reused_here(office: Office) -> None:
    feed = Feed(office)
    for written in neighbours_work():
        feed.add_operation(written)
    feed.give()
    person = json.loads(neighbours_work()[2].payload)["body"]["dossier"]["intake"]["applicant"]["person"]
    code = office.receive(sample_intake("đây", personal_id=person["personal_id"])).dossier.code
    with office.application.database.reading() as connection:
        (found,) = reusable(connection, code, "2", MORNING.date())
    reuse(office, code, "2", found, intent="r")
    with office.application.database.reading() as connection:
        assert completeness(connection, code) == Completeness(3, 1, 0, 0)
        assert files_waiting(connection) == (), "the colleague's counter sends it"


def without(*path: str) -> Callable[[Body], None]:
    def take_out(body: Body) -> None:
        for name in path[:-1]:
            body = body[name]
        del body[path[-1]]

    return take_out


def put(value: Any, *path: str) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        for name in path[:-1]:
            body = body[name] if isinstance(body, dict) else body[int(name)]
        body[path[-1]] = value

    return change


@pytest.mark.parametrize("damage", [
    without("requirement"), without("documents"), without("about"), without("checks"), without("version"),
    without("status"), put("", "requirement"), put(9, "status"), put(0, "status"), put("x", "version"),
    put([], "documents"), put("no hash", "documents", "0", "sha256"), put("ab" * 31, "documents", "0", "sha256"),
    put("many", "documents", "0", "pages"), put({"issued_on": "yesterday"}, "about"),
    put({"is_complete": "yes"}, "checks"), put({"code": 1}, "reused"), put(1 << 80, "version"),
])
def test_an_unfit_paper_changes_no_table_and_is_announced(office: Office, damage: Callable[[Body], None]) -> None:
    feed = Feed(office)
    feed.add_operation(neighbours_work()[0])
    operation = json.loads(digitised()[0].payload)
    damage(operation["body"])
    feed.add_operation(Written(json.dumps(operation), b""), "quay-9")
    feed.add_operation(digitised()[2])
    feed.give()
    with office.application.database.reading() as connection:
        assert len(connection.execute(select(paper_states)).all()) == 1, "the next one was applied"
        (document,) = connection.execute(select(paper_documents)).all()
        assert [notice.kind for notice in new_notices(connection)] == ["operation"]
        (paper, *_) = papers_of(connection, digitised()[0].code)
    assert document.version == paper.version == 2


def test_two_counters_that_digitise_one_paper_keep_both_versions(office: Office) -> None:
    code = office.receive(sample_intake("đây")).dossier.code
    scan_and_file(office, sample_intake("đây"), code, "1", seed=5)
    operation = json.loads(digitised()[0].payload)
    operation["body"]["code"] = code
    feed = Feed(office)
    feed.add_operation(Written(json.dumps(operation), b""))
    feed.give()
    with office.application.database.writing() as connection:
        lines = versions_of(connection, code, "1")
        assert [line.version for line in lines] == [2, 1]
        assert lines[0].documents != lines[1].documents
        before = states(connection)
        rebuild(connection)
        assert states(connection) == before
    assert scan_and_file(office, sample_intake("đây"), code, "1", seed=6).version == 3
