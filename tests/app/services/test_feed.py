from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.dossier import State
from app.errors import Refusal
from app.services.feed import Cursor, new_notices, read_cursor, start_feed
from app.services.rebuild import rebuild
from app.services.stored_dossier import read_dossier
from app.store.queries.dossiers import Reach, search_names
from app.store.tables import dossier_versions, dossiers, feed_entries, journal, verdicts
from tests.app.services.neighbour import DEVICE, Feed, Written, neighbours_work
from tests.office import Office, office_in, sample_intake

ANYWHERE = Reach("2026-11-23", "quay-1", 1, 0)


def codes(office: Office) -> list[str]:
    with office.application.database.reading() as connection:
        return list(connection.execute(select(dossiers.c.code).order_by(dossiers.c.id)).scalars())


def found_by_name(office: Office, words: str) -> list[str]:
    with office.application.database.reading() as connection:
        return [row.code for row in search_names(connection, words, ANYWHERE)]


def test_a_colleagues_dossier_appears_under_the_colleagues_name(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        feed.add_operation(neighbours_work()[0])
        assert feed.give() == 1
        with office.application.database.reading() as connection:
            stored = read_dossier(connection, neighbours_work()[0].code)
            lines = connection.execute(select(func.count()).select_from(journal)).scalar_one()
            notices = new_notices(connection)
    assert (stored.is_own, stored.device, stored.body.clerk_name) == (False, DEVICE, "Trần Thị Thử")
    assert lines == 0, "nothing of the neighbour's stands in our journal"
    assert notices == (), "a colleague's dossier is seen in the lists, not announced"


def test_a_colleagues_correction_is_found_by_the_new_name_only(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        for written in neighbours_work():
            feed.add_operation(written)
        feed.give()
        assert len(found_by_name(office, "do thi sua")) == 1
        assert found_by_name(office, "do thi vi du") == []


def test_a_hole_is_refused_and_nothing_of_the_page_is_kept(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        lines = [feed.add_operation(written) for written in neighbours_work()[:4]]
        feed.give(lines[:1])
        with pytest.raises(Refusal, match="feed_hole"):
            feed.give([*lines[1:2], *lines[3:]])
        assert len(codes(office)) == 1
        with office.application.database.reading() as connection:
            assert read_cursor(connection) == Cursor("nhà-1", 1)


def test_the_first_page_of_a_feed_begins_at_its_first_entry(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        lines = [feed.add_operation(written) for written in neighbours_work()[:2]]
        with pytest.raises(Refusal, match="feed_hole"):
            feed.give(lines[1:])
        assert codes(office) == []


def test_a_feed_begins_where_enrolment_says(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        lines = [feed.add_operation(written) for written in neighbours_work()[:3]]
        with office.application.database.writing() as connection:
            start_feed(connection, Cursor("nhà-1", 2))
        assert feed.give(lines[2:]) == 1
        assert len(codes(office)) == 1


def test_a_page_seen_twice_changes_nothing(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        for written in neighbours_work():
            feed.add_operation(written)
        feed.give()
        before = codes(office)
        assert feed.give() == 0
        assert codes(office) == before


def test_a_late_page_never_takes_the_cursor_back(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        lines = [feed.add_operation(written) for written in neighbours_work()[:4]]
        feed.give(lines[:2])
        feed.give(lines[2:])
        assert feed.give(lines[:2]) == 0, "the slower of two processes brings a page that is here"
        with office.application.database.reading() as connection:
            assert read_cursor(connection) == Cursor("nhà-1", 4)
        assert len(codes(office)) == 4


def test_status_and_alias_change_the_dossier_and_carry_their_own_author(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        feed = Feed(office)
        feed.add("status", actor="agency:cong-an", number=code, status="4", at="2026-11-23T02:30:00Z")
        feed.add("alias", number=code, alias="000.15.01.H47-261123-9001")
        feed.give()
        with office.application.database.reading() as connection:
            stored = read_dossier(connection, "000.15.01.H47-261123-9001")
            notices = new_notices(connection)
    assert (stored.body.code, stored.state) == (code, State.IN_PROCESS)
    assert stored.aliases == ("000.15.01.H47-261123-9001",)
    assert {(each.kind, each.origin) for each in notices} == {("status", "agency:cong-an"), ("alias", "province")}


def test_our_own_operation_comes_back_without_text_and_only_moves_the_cursor(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        feed = Feed(office)
        feed.add("operation", actor="device:quay-1", device="quay-1", epoch=1, seq=1, hash="0" * 64, own=True)
        assert feed.give() == 1
        with office.application.database.reading() as connection:
            assert new_notices(connection) == ()
            assert read_cursor(connection) == Cursor("nhà-1", 1)
        assert codes(office) == [code]


def test_our_own_operation_with_its_text_is_not_applied_a_second_time(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        with office.application.database.reading() as connection:
            row = connection.execute(select(journal.c.payload, journal.c.signature)).one()
        feed = Feed(office)
        feed.add_operation(Written(row.payload, row.signature), "quay-1")
        feed.give()
        assert codes(office) == [code]


def test_an_earlier_machine_of_this_counter_brings_its_dossiers_back_confirmed(tmp_path: Path) -> None:
    with office_in(tmp_path / "old") as old:
        code = old.receive(sample_intake("a")).dossier.code
        with old.application.database.reading() as connection:
            row = connection.execute(select(journal.c.payload, journal.c.signature)).one()
    with office_in(tmp_path / "new") as office:      # the same device without the old journal: a replaced PC
        feed = Feed(office)
        feed.add_operation(Written(row.payload, row.signature), "quay-1")
        feed.give()
        with office.application.database.reading() as connection:
            stored = read_dossier(connection, code)
    assert stored.is_own
    assert stored.confirmed_at is not None, "the province itself sent it: it is in custody"


def test_kinds_of_a_newer_province_are_kept_and_announced(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        feed.add("khảo-sát", number="H47.15-261123-0001", câu="mới")
        assert feed.give() == 1
        with office.application.database.reading() as connection:
            kept = connection.execute(select(feed_entries)).one()
            (notice,) = new_notices(connection)
    assert (kept.kind, json.loads(kept.payload)["body"]["câu"]) == ("khảo-sát", "mới")
    assert (notice.kind, notice.values["câu"]) == ("khảo-sát", "mới")


def test_a_new_incarnation_starts_from_the_beginning_and_doubles_nothing(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        before = Feed(office)
        for written in neighbours_work():
            before.add_operation(written)
        before.give()
        held = codes(office)
        after = Feed(office, "nhà-2")                 # restored from a backup: other positions, the same work
        after.add("notice", title="khôi phục", text="x", notice="n1")
        for written in neighbours_work():
            after.add_operation(written)
        assert after.give() == len(neighbours_work()) + 1
        with office.application.database.writing() as connection:
            versions = connection.execute(select(dossier_versions)).all()
            assert codes(office) == held
            rebuild(connection)
            assert connection.execute(select(dossier_versions)).all() == versions
        assert codes(office) == held


def damaged(written: Written, change: str) -> Written:
    """The same operation with something in it that does not fit a table."""
    fields = json.loads(written.payload)
    dossier = fields["body"]["dossier"]
    match change:
        case "no procedure":
            dossier["intake"]["procedure"] = None
        case "no clerk name":
            del fields["body"]["clerk_name"]
        case "a name that is no text":
            dossier["intake"]["applicant"]["person"]["full_name"] = {"họ": "x"}
        case "a number beyond all columns":
            dossier["book_number"] = 10**30
        case "a moment without a zone":
            dossier["received_at"] = "2026-11-23T09:00:00"
        case "a code that is none":
            dossier["code"] = "không phải mã"
        case "a list instead of a dossier":
            fields["body"]["dossier"] = []
        case "half a letter":
            dossier["intake"]["procedure"]["name"] = "\ud800"
        case "our own number":
            dossier["code"] = fields["number"] = "H47.15-261123-0001"
    return Written(json.dumps(fields), b"")


DAMAGES = (
    "no procedure", "no clerk name", "a name that is no text", "a number beyond all columns",
    "a moment without a zone", "a code that is none", "a list instead of a dossier", "half a letter",
    "our own number",
)


@pytest.mark.parametrize("change", DAMAGES)
def test_an_operation_that_cannot_be_applied_is_announced_and_holds_up_no_other(
    tmp_path: Path, change: str,
) -> None:
    with office_in(tmp_path) as office:
        own = office.receive(sample_intake("a")).dossier.code
        assert own == "H47.15-261123-0001"
        feed = Feed(office)
        feed.add_operation(damaged(neighbours_work()[0], change))
        feed.add_operation(neighbours_work()[1])
        assert feed.give() == 2
        assert codes(office) == [own, neighbours_work()[1].code], "no half of it stands in the lists"
        with office.application.database.writing() as connection:
            assert [each.kind for each in new_notices(connection)] == ["operation"]
            versions = connection.execute(select(dossier_versions)).all()
            rebuild(connection)
            assert connection.execute(select(dossier_versions)).all() == versions


def test_half_a_letter_in_a_notice_is_stored_as_a_question_mark(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        feed.add("notice", title="nửa \ud800 chữ", number="\udfff", text="\x00")
        feed.add_operation(neighbours_work()[0])
        assert feed.give() == 2
        with office.application.database.reading() as connection:
            (notice,) = new_notices(connection)
    assert (notice.values["title"], notice.code) == ("nửa ? chữ", "?")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "refused"},
        {"verdict": "refused", "device": "quay-1", "epoch": "một", "seq_from": 1, "seq_to": 1},
        {"verdict": "refused", "device": "quay-1", "epoch": 1, "seq_from": 10**30, "seq_to": 10**30},
        {"verdict": "chờ-họp", "device": "quay-1", "epoch": 1, "seq_from": 1, "seq_to": 1},
    ],
)
def test_a_verdict_of_a_newer_province_is_announced_and_stops_nothing(
    tmp_path: Path, body: dict[str, object],
) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        feed = Feed(office)
        feed.add("verdict", **body)
        feed.add_operation(neighbours_work()[0])
        assert feed.give() == 2
        with office.application.database.reading() as connection:
            assert [each.kind for each in new_notices(connection)] == ["verdict"]
            assert connection.execute(select(verdicts)).all() == []


def test_only_an_acceptance_takes_a_refusal_back(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        feed = Feed(office)

        def judged(verdict: str) -> list[int]:
            line = feed.add("verdict", verdict=verdict, device="quay-1", epoch=1, seq_from=1, seq_to=1,
                            field="fees", reason="thử")
            feed.give([line])
            with office.application.database.reading() as connection:
                return list(connection.execute(select(verdicts.c.is_closed)).scalars())

        seen = [judged(each) for each in ("needs_fix", "chờ-họp", "accepted", "refused")]
    assert seen == [[0], [0], [1], [0]]


def test_the_cursor_never_passes_what_was_applied(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        line = feed.add_operation(neighbours_work()[0])
        with office.application.database.writing() as connection:
            feed.take(connection, [line, replace(line, position=2, kind="notice", payload="")][:1])
            assert read_cursor(connection) == Cursor("nhà-1", 1)
