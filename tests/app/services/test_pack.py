"""A day's pack: whole as written, readable, and any changed byte of it has a name."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import verifier
from app.errors import Refusal
from app.services.pack import Files, Program, pack_day, write_pack, zipped
from app.services.till.ranges import spoil_receipt, take_receipt_range
from tests.app.services.till.desk import CashDesk, cash, fee, transfer
from tests.faults.pack_edits import edited, misnamed
from tests.office import MORNING, SetClock, office_in, sample_intake

DAY = date(2026, 11, 24)
PROGRAM = Program("0.1.0", "# Điều bản này chưa làm được\n")


def busy_desk(desk: CashDesk) -> None:
    """A day before, and the day: sessions, receptions, money in, back and by transfer."""
    desk.office.receive(sample_intake("hôm qua"))
    desk.open({50_000: 4})
    desk.collect()
    desk.office.clock.advance(timedelta(days=1))
    desk.collect(cash(fee(), fee(15_000, kind="charge")))
    desk.office.receive(sample_intake("hôm nay"))
    desk.close({50_000: 12, 10_000: 1}, carried=100_000)
    desk.open({50_000: 2})
    paid = desk.collect(cash(fee(30_000)))
    desk.void(paid.op_id)
    desk.collect(transfer())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    with office_in(tmp_path_factory.mktemp("pack"), clock=SetClock(MORNING)) as office:
        busy_desk(CashDesk(office))
        return packed(CashDesk(office))


def packed(desk: CashDesk, day: date = DAY, **more: str) -> Files:
    found: Files = desk.read(lambda connection: pack_day(
        connection, desk.office.application.enrolled, day, made_by="Mẫu", program=PROGRAM,
        now=desk.office.clock.now(), **more))
    return found


def read_lines(files: Files, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in files[name].decode().splitlines()]


def test_a_whole_pack_is_found_whole_by_the_bare_script(files: Files, tmp_path: Path) -> None:
    script = tmp_path / "alone" / "verifier.py"
    script.parent.mkdir()
    script.write_bytes(Path(verifier.__file__).read_bytes())
    for target in (tmp_path / "ca.zip", tmp_path / "ca"):
        write_pack(files, target)
        done = subprocess.run([sys.executable, "-I", str(script), str(target)], capture_output=True, check=False)
        said = json.loads(done.stdout)
        assert (done.returncode, said["ok"], said["breaks"]) == (0, True, [])
        assert said["day"] == DAY.isoformat() and said["files"] == sorted(set(files) - {"pack.json"})
        assert said["journal"]["operations"] == len(read_lines(files, "journal.jsonl")) - 1


def test_an_extract_begins_inside_the_chain_and_says_where(files: Files) -> None:
    head, first, *_ = read_lines(files, "journal.jsonl")
    found = verifier.verify_lines(files["journal.jsonl"].decode().splitlines())
    opening = json.loads(str(first["payload"]))
    assert opening["type"] == "cash.opened", "back to where the session began that was closed today"
    assert found.starts == {1: (opening["seq"] - 1, opening["prev"])} and not found.breaks
    assert head["starts"] == [{"epoch": 1, "seq": 1, "head": opening["prev"]}] and found.earlier == []
    assert found.sums["receipts"] == 200_000 + 215_000 + 200_000


def test_the_lists_tell_the_day(files: Files) -> None:
    assert {line["day"] for line in read_lines(files, "about.jsonl")} == {DAY.isoformat()}
    assert [line["state"] for line in read_lines(files, "receipts.jsonl")] == ["used", "used", "void", "used"]
    kinds = [line["kind"] for line in read_lines(files, "entries.jsonl")]
    assert sorted(map(str, kinds)) == ["closed", "collected", "collected", "collected", "opened", "voided"]
    assert "dossier.received" in {line["type"] for line in read_lines(files, "acts.jsonl")}
    assert files["known-problems.md"].decode() == PROGRAM.known_problems


def test_lists_of_one_clerk_hold_her_acts_and_the_chain_stays_whole(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        desk = CashDesk(office)
        one, other = office.application.enrolled.clerks[:2]
        desk.collect()
        desk.collect(clerk=other)
        found = packed(desk, date(2026, 11, 23), clerk=other.id)
        assert [line["clerk_name"] for line in read_lines(found, "entries.jsonl")] == [other.name]
        assert len(read_lines(found, "receipts.jsonl")) == 1 and one.id != other.id
        assert verifier.verify_pack(found).breaks == []
        with pytest.raises(Refusal, match="clerk_unknown"):
            packed(desk, clerk="nobody")
        with pytest.raises(Refusal, match="pack_empty"):
            packed(desk, date(2026, 1, 1))


@pytest.mark.parametrize("seed", range(60))
def test_any_changed_byte_has_a_file_a_line_and_a_name(files: Files, seed: int, tmp_path: Path) -> None:
    assert misnamed(zipped(files), files, edited(zipped(files), seed), tmp_path / "ca.zip") == ""


def test_a_file_added_taken_away_or_swapped_is_named(files: Files) -> None:
    def broken(changed: Files, key: str = "") -> set[tuple[str, str]]:
        return {(name, what) for name, _, what in verifier.verify_pack(changed, key).breaks}

    assert broken({**files, "more.txt": b""}) == {("more.txt", "file_unknown")}
    without = {name: content for name, content in files.items() if name != "clock.jsonl"}
    assert broken(without) == {("clock.jsonl", "file_missing")}
    assert broken(files, key="ab" * 32) == {("pack.json", "other_key")}
    assert broken({}) >= {("pack.json", "file_missing")}


def test_a_pack_is_not_written_over_an_older_one(files: Files, tmp_path: Path) -> None:
    write_pack(files, tmp_path / "ca")
    with pytest.raises(Refusal, match="file_unwritable"):
        write_pack(files, tmp_path / "ca")
    with pytest.raises(Refusal, match="file_unwritable"):
        write_pack(files, tmp_path / "no" / "where" / "ca.zip")


@pytest.fixture
def clock() -> Iterator[SetClock]:
    yield SetClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


def test_a_clock_set_back_stands_in_the_pack(clock: SetClock, tmp_path: Path) -> None:
    with office_in(tmp_path, clock=clock) as office:
        desk = CashDesk(office)
        desk.collect()
        clock.at -= timedelta(hours=1)
        desk.collect()
        told = read_lines(packed(desk, date(2026, 11, 23)), "clock.jsonl")
    assert [line["what"] for line in told] == ["offset", "stepped_back"]


# whoever has the counter's own key signs an edited pack anew: the journal's lines still say what was

LISTS = ("acts.jsonl", "receipts.jsonl", "entries.jsonl", "sessions.jsonl")


def signed_anew(files: Files, key: Ed25519PrivateKey, name: str, rows: list[dict[str, object]]) -> Files:
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    listed = json.loads(json.loads(files["pack.json"])["payload"])
    listed["files"][name] = [hashlib.sha256(line).hexdigest() for line in content.split(b"\n")]
    payload = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    manifest = json.dumps({"payload": payload, "signature": key.sign(payload.encode()).hex()}, ensure_ascii=False)
    return {**files, "pack.json": (manifest + "\n").encode(), name: content}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Ed25519PrivateKey]:
    with office_in(tmp_path_factory.mktemp("own"), clock=SetClock(MORNING)) as office:
        desk = CashDesk(office)
        busy_desk(desk)
        desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "0000001", "0000009")
        desk.refund(desk.collect().op_id, {0: 1_000})
        desk.act(spoil_receipt, "28AA-17T", "0000004", reason="rách giấy", second="nv-2")
        return packed(desk), office.application.enrolled.key


def other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else "2020-01-01T00:00:00+00:00" if value is None else f"{value}x"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_edited_and_signed_anew_is_named_by_the_journal(
    own: tuple[Files, Ed25519PrivateKey], name: str
) -> None:
    files, key = own
    rows = read_lines(files, name)
    assert rows and verifier.verify_pack(signed_anew(files, key, name, rows)).breaks == []
    tried = 0
    for at, row in enumerate(rows):
        for field in row.keys() - {"electronic", "codes"}:
            changed = [*rows[:at], row | {field: other(row[field])}, *rows[at + 1:]]
            found = set(verifier._against(signed_anew(files, key, name, changed)[name], wanted(files)[name]))
            assert found & {(at + 1, "journal_says_otherwise"), (at + 1, "not_in_journal")}, (field, row[field])
            tried += 1
    assert tried >= 7
    first = {**rows[0], "note": "thêm"}
    for changed, what in (
        (rows[1:], "left_out_of_list"), ([*rows, rows[0]], "not_in_journal"),
        ([first, *rows[1:]], "journal_says_otherwise"),
    ):
        said = verifier.verify_pack(signed_anew(files, key, name, changed)).breaks
        assert {(file, told) for file, _, told in said} == {(name, what)}


def wanted(files: Files) -> dict[str, dict[str, dict[str, object]]]:
    told = verifier._Told(DAY.isoformat(), "")
    told.read_all(files["journal.jsonl"].decode().split("\n")[1:])
    return told.lists()


def test_what_happened_on_a_later_day_leaves_the_pack_of_a_day_whole(tmp_path: Path) -> None:
    """A void, a late close and a session that takes money in: their own day's pack tells them."""
    with office_in(tmp_path, clock=SetClock(MORNING)) as office:
        desk = CashDesk(office)
        outside = desk.collect()
        desk.office.clock.advance(timedelta(days=1))
        desk.open({})
        desk.void(outside.op_id)
        inside = desk.collect()
        desk.office.clock.advance(timedelta(days=1))
        desk.refund(inside.op_id, {0: 5})
        desk.close({})
        for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)):
            assert verifier.verify_pack(packed(desk, day)).breaks == [], day
        (entry,) = read_lines(packed(desk, DAY - timedelta(days=1)), "entries.jsonl")
        assert (entry["session"], entry["undone"], entry["is_void"]) == ("", 0, False)
        (session,) = read_lines(packed(desk), "sessions.jsonl")
        assert session["closed_at"] is None
