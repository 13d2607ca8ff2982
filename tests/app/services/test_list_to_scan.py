"""The list of dossiers to scan: what is wanted of each, what is missing, and whose choice that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from app.domain.digitised import DigitisingRule, Wanted
from app.domain.dossier import State
from app.domain.intake import PaperStatus
from app.errors import Refusal
from app.store import projection
from app.store.settings import write_setting
from tests.app.services.scans import (
    correct_papers,
    file_stacks,
    page_bytes,
    rule,
    scan,
    scan_and_file,
    stack_of,
)
from tests.office import MORNING, Office, sample_intake
from tests.scan_lists import to_scan, to_scan_count


@pytest.fixture
def code(office: Office) -> str:
    return office.receive(sample_intake("một")).dossier.code


def queue(office: Office) -> list[tuple[str, int, int]]:
    with office.application.database.reading() as connection:
        rows = to_scan(connection)
        assert to_scan_count(connection) == len(rows), "the count is the list's own"
        return [(row.code, row.wanted, row.missing) for row in rows]


def say(connection: Connection, code: str, state: State, event: str) -> None:
    """The agency's word, as the feed brings it."""
    projection.apply_word(connection, code, {"state": int(state)}, event=event, at=MORNING, name="agency:cong-an")


def test_the_list_to_scan_follows_receiving_filing_correcting_and_the_states(office: Office, code: str) -> None:
    other = office.receive(sample_intake("hai", procedure="1.013225")).dossier.code
    assert queue(office) == [(other, 1, 1), (code, 3, 3)]
    scan_and_file(office, sample_intake("một"), code, "1", seed=1)
    assert queue(office) == [(other, 1, 1), (code, 3, 2)]
    scan_and_file(office, sample_intake("hai", procedure="1.013225"), other, "1", seed=2)
    assert queue(office) == [(code, 3, 2)]
    correct_papers(office, code, lambda lines: (
        lines[0],
        replace(lines[1], status=PaperStatus.MISSING, missing_reason="bổ sung sau", certified=0),
        lines[2]))
    assert queue(office) == [(code, 2, 1)]
    with office.application.database.writing() as connection:
        say(connection, code, State.STOPPED, "feed:nhà-1:000000000001")
    assert queue(office) == []
    with office.application.database.writing() as connection:
        say(connection, code, State.IN_PROCESS, "feed:nhà-1:000000000002")
    assert queue(office) == [(code, 2, 1)]


def test_the_list_to_scan_comes_in_pages_by_key(office: Office) -> None:
    for turn in range(5):
        office.receive(sample_intake(f"n{turn}"))
    with office.application.database.reading() as connection:
        whole = to_scan(connection)
        first = to_scan(connection, limit=2)
        assert first + to_scan(connection, before=first[-1].id) == whole
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT dossier FROM dossier_scans "
            "WHERE (dossier_scans.is_open AND dossier_scans.missing > 0) ORDER BY dossier DESC LIMIT 9"
        ).all()
    assert "dossier_scans_waiting" in str(plan)


def test_what_is_to_be_digitised_is_the_offices_choice(office: Office, code: str) -> None:
    scan_and_file(office, sample_intake("một"), code, "1", seed=1)
    for chosen, expected in (
        (DigitisingRule(Wanted.LISTED, {"3.000333": frozenset({"1", "2"}), "": frozenset({"1"})}), [(code, 2, 1)]),
        (DigitisingRule(Wanted.LISTED, {"": frozenset({"1"})}), []),
        (DigitisingRule(Wanted.NONE), []),
        (DigitisingRule(Wanted.REQUIRED), [(code, 3, 2)]),
        (DigitisingRule(), [(code, 3, 2)]),
    ):
        rule(office, chosen)
        assert queue(office) == expected, chosen
    rule(office, DigitisingRule(Wanted.LISTED, {"1.013225": frozenset({"1"})}))
    later = office.receive(sample_intake("hai", procedure="1.013225")).dossier.code
    assert queue(office) == [(later, 1, 1)]


def test_a_rule_that_cannot_be_read_stops_no_reception(office: Office, code: str) -> None:
    with office.application.database.writing() as connection:
        write_setting(connection, "digitising", {"wanted": "everything on earth"})
    later = office.receive(sample_intake("hai")).dossier.code
    assert queue(office) == [(later, 3, 3), (code, 3, 3)]
    page = scan(office, "hai", page_bytes(1))
    with pytest.raises(Refusal, match="digitising_rule_damaged"):
        file_stacks(office, later, "1", stack_of(office, page), intent="f")
