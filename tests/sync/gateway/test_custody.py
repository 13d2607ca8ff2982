"""An operation is stored once, whatever happens on the way, and one bad one never holds up the others."""

from __future__ import annotations

import gzip
import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from sync.contract.messages import b64
from sync.contract.operation_text import digest
from sync.contract.push import PlainItem, line_of, pack
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, SaidNo, outcomes, sealed

DAY = date(2026, 9, 21)


def held(gateway: InProcess) -> int:
    with gateway.opened.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM operations")).scalar_one())


def verdicts(counter: FakeCounter) -> list[dict[str, object]]:
    return [dict(entry.body) for entry in counter.whole_feed() if entry.kind == "verdict"]


def test_the_same_push_five_times_is_stored_once(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = [counter.write(number=counter.number(n, day=DAY)) for n in range(1, 41)]
    first = counter.push(batch)
    assert set(outcomes(first)) == {"taken"}
    for _ in range(4):
        assert set(outcomes(counter.push(batch))) == {"already"}
    assert held(gateway) == 40
    assert first.have[1].seq == 40 and first.have[1].hash == counter.prev


def test_reordered_and_doubled_operations_find_their_place(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = [counter.write() for _ in range(20)]
    shuffled = [*batch, batch[3], batch[7]]
    random.Random(7).shuffle(shuffled)
    answer = counter.push(shuffled)
    assert sorted(outcomes(answer)) == ["already"] * 2 + ["taken"] * 20
    assert [item.seq for item in answer.items] == [json.loads(op.payload)["seq"] for op in shuffled]
    assert held(gateway) == 20


def test_a_gap_names_what_is_needed_and_takes_what_comes_before_it(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = [counter.write() for _ in range(6)]
    answer = counter.push([*batch[:2], *batch[3:]])
    assert outcomes(answer) == ["taken", "taken", "gap", "gap", "gap"]
    assert {item.need for item in answer.items[2:]} == {3}
    assert outcomes(counter.push(batch)) == ["already", "already", *["taken"] * 4]


def test_two_histories_of_one_seq_are_a_fork_and_both_are_kept(gateway: InProcess) -> None:
    counter = gateway.counter()
    counter.push([counter.write(), counter.write()])
    twin = FakeCounter(gateway.line, key=counter.key, answer=counter.answer, token=counter.token,
                       device=counter.device, epoch=1)
    other = [twin.write(body={"khác": n}) for n in range(2)]
    answer = counter.push(other)
    assert [(item.outcome, item.reason) for item in answer.items] == [("fork", "hash_differs")] * 2
    later = counter.push([counter.write(prev="f" * 64)])
    assert [(item.outcome, item.reason) for item in later.items] == [("fork", "prev_differs")]
    counter.push(other)
    with gateway.opened.database.reading() as connection:
        kept = connection.execute(text("SELECT seq, payload FROM branches ORDER BY seq")).all()
    assert [(row.seq, bytes(row.payload).decode()) for row in kept[:2]] == [(1, other[0].payload),
                                                                           (2, other[1].payload)]
    assert len(kept) == 3 and held(gateway) == 2


def test_no_altered_byte_is_ever_taken(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = [counter.write() for _ in range(100)]
    for at in (0, 50, 99):
        items = [op.item for op in batch]
        for altered in (PlainItem(items[at].payload.replace("nv1", "nv2"), items[at].signature),
                        PlainItem(items[at].payload, bytes(64)), PlainItem(items[at].payload, b"")):
            items[at] = altered
            answer = counter.push(items)
            assert answer.items[at].reason == "signature"
            assert set(outcomes(answer)[:at]) <= {"taken", "already"} and answer.have[1].seq == at
    assert set(outcomes(counter.push(batch))) <= {"taken", "already"} and held(gateway) == 100


def test_another_counters_key_signs_nothing_here(gateway: InProcess) -> None:
    ours, theirs = gateway.counter(), gateway.counter()
    op = ours.write()
    forged = PlainItem(op.payload, theirs.key.sign(op.payload.encode()))
    assert ours.push([forged]).items[0].reason == "signature"
    assert theirs.push([op.item]).items[0].reason == "other_device"


BAD_CONTENT: list[tuple[dict[str, Any], str]] = [
    ({"type": "dossier.teleported"}, "type_unknown"),
    ({"schema": 9}, "schema_unknown"),
    ({"op_id": None}, "header_incomplete"),
    ({"office": "bc-khac"}, "office_differs"),
    ({"number": "không phải mã"}, "number_unreadable"),
    ({"number": "H47.15-260921-9999"}, "number_outside_lease"),
    ({"number": "H99.15-260921-0001"}, "number_unreadable"),
    ({"number": {"a": [1]}}, "number_unreadable"),
    ({"body": "văn bản"}, "header_incomplete"),
    ({"op_id": "x" * 100_000}, "header_incomplete"),
    ({"type": ["a"]}, "type_unknown"),
    ({"business_date": "2026-02-31", "schema": True}, "schema_unknown"),
]


def test_bad_content_is_taken_and_judged_and_stops_nobody(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = []
    for changes, _ in BAD_CONTENT:
        batch += [*(counter.write() for _ in range(5)), counter.write(**changes)]
    batch.append(counter.write())
    assert set(outcomes(counter.push(batch))) == {"taken"}
    said = verdicts(counter)
    assert [each["verdict"] == "accepted" for each in said] == [True, False] * len(BAD_CONTENT) + [True]
    for n, (changes, reason) in enumerate(BAD_CONTENT):
        bad, seq = said[2 * n + 1], 6 * (n + 1)
        assert (bad["reason"], bad["seq_from"], bad["seq_to"]) == (reason, seq, seq), changes
        assert (said[2 * n]["seq_from"], said[2 * n]["seq_to"]) == (seq - 5, seq - 1)


def test_a_sealed_operation_is_chained_only_where_it_follows(gateway: InProcess) -> None:
    counter = gateway.counter()
    first, second, third = (counter.write() for _ in range(3))
    assert outcomes(counter.push([first])) == ["taken"]
    follows = digest(first.payload.encode())
    behind_a_fork = counter.push([sealed(second, 1, 2, "f" * 64)])
    assert [(item.outcome, item.reason) for item in behind_a_fork.items] == [("fork", "prev_differs")]
    assert behind_a_fork.have[1].seq == 1
    assert outcomes(counter.push([sealed(second, 1, 2, follows), sealed(third, 1, 3)])) == ["taken", "taken"]


def test_a_text_that_is_no_operation_travels_sealed_and_the_rest_follows(gateway: InProcess) -> None:
    counter = gateway.counter()
    before = [counter.write() for _ in range(3)]
    counter.seq += 1
    poison = counter.sign("{không phải JSON \x00")
    after = [counter.write() for _ in range(3)]
    answer = counter.push([*before, poison, *after])
    assert outcomes(answer) == ["taken"] * 3 + ["refused"] + ["gap"] * 3
    assert answer.items[3].reason == "malformed" and answer.items[4].need == 4
    again = counter.push([sealed(poison, 1, 4), *after])
    assert outcomes(again) == ["taken"] * 4
    assert [each["reason"] for each in verdicts(counter) if each["verdict"] != "accepted"] == ["unread"]
    neighbour = gateway.counter()
    bodies = [entry.body for entry in neighbour.whole_feed() if entry.kind == "operation"]
    assert bodies[3]["b"] == b64(poison.payload.encode()) and bodies[4]["p"] == after[0].payload


NO_ITEMS = [
    b"null", b"[]", b'{"p": 1, "s": ""}', b'{"p": "{}"}', b'{"p": "{}", "s": "***"}', b"\xff\xfe\xfa", b"",
    b"{" * 5000,
    b'{"p": "\\ud800", "s": ""}', b'{"b": "AAAA", "s": "AAAA", "epoch": true, "seq": 1}',
    b'{"b": "AAAA", "s": "AAAA", "epoch": 1, "seq": 99999999999999999999}',
    b'{"p": "{\\"device\\":\\"x\\",\\"epoch\\":1,\\"seq\\":1,\\"prev\\":\\"\\"}", "s": ""}',
]


def test_a_line_that_is_no_item_is_refused_alone(gateway: InProcess) -> None:
    counter = gateway.counter()
    good = [line_of(counter.write().item) for _ in range(3)]
    answer = counter.push_lines([*good[:2], *NO_ITEMS, good[2]])
    assert outcomes(answer) == ["taken", "taken", *["refused"] * len(NO_ITEMS), "taken"]
    assert {(item.seq, item.reason) for item in answer.items[2:-1]} == {(None, "malformed")}


def test_nul_and_half_letters_in_a_payload_are_kept_as_they_are(gateway: InProcess) -> None:
    counter = gateway.counter()
    batch = [counter.write(body={"ghi_chú": "a\x00b"}), counter.write(staff="nv\x00", body={"đ": "\x00"}),
             counter.sign(counter.write().payload.replace("thử", "\\ud800"))]
    assert outcomes(counter.push(batch)) == ["taken"] * 3
    with gateway.opened.database.reading() as connection:
        rows = connection.execute(text("SELECT payload FROM operations ORDER BY seq")).scalars()
        assert [bytes(row).decode() for row in rows] == [op.payload for op in batch]
    assert [each["reason"] for each in verdicts(counter)[:2]] == ["bad_text", "bad_text"]


def test_a_foolishly_long_note_finds_custody(gateway: InProcess) -> None:
    counter = gateway.counter()
    long = counter.write(body={"ghi_chú": "ồ" * 4_000_000})
    assert outcomes(counter.push([long])) == ["taken"]
    assert gateway.counter().feed().entries[0].body["p"] == long.payload


def test_unknown_fields_survive_to_the_neighbour_letter_for_letter(gateway: InProcess) -> None:
    counter = gateway.counter()
    op = counter.write(body={"mới": {"sâu": [1, None, "đ"]}}, future_header={"a": 1})
    assert outcomes(counter.push([op])) == ["taken"]
    entries = gateway.counter().whole_feed()
    assert entries[0].body["p"] == op.payload
    assert entries[1].body["verdict"] == "accepted"


def test_a_number_belongs_to_the_first_and_the_second_is_kept_apart(gateway: InProcess) -> None:
    first, second = gateway.counter(), gateway.counter()
    number = first.number(1, day=DAY)
    first.push([first.write(number=number)])
    long_form = "000.00.15.H47-260921-0001"
    answer = second.push([second.write(number=number), second.write(number=long_form), second.write()])
    assert outcomes(answer) == ["taken"] * 3
    said = [each for each in verdicts(first) if each["verdict"] != "accepted"]
    assert [(each["reason"], each["number"], each["device"]) for each in said] == [
        ("number_taken", number, second.device), ("number_taken", long_form, second.device)]
    with gateway.opened.database.reading() as connection:
        rows = connection.execute(text("SELECT device FROM operations WHERE number_key IS NOT NULL")).scalars()
        assert list(rows) == [first.device]
    assert held(gateway) == 4


def test_an_op_id_is_taken_once(gateway: InProcess) -> None:
    counter = gateway.counter()
    op = counter.write()
    again = counter.write(op_id=json.loads(op.payload)["op_id"])
    assert outcomes(counter.push([op, again])) == ["taken", "taken"]
    assert verdicts(counter)[1]["reason"] == "op_id_taken"


def test_eight_threads_with_one_batch_store_it_once(gateway: InProcess) -> None:
    counter = gateway.counter()
    body = pack(counter.head(60), [counter.write(number=counter.number(n, day=DAY)).item for n in range(1, 61)])
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: counter.push_body(body), range(8)))
    said = [outcome for answer in answers for outcome in outcomes(answer)]
    assert said.count("taken") == 60 and said.count("already") == 420
    assert held(gateway) == 60
    positions = [entry.position for entry in counter.whole_feed()]
    assert positions == list(range(1, len(positions) + 1))


def test_rows_in_custody_can_be_neither_changed_nor_deleted(gateway: InProcess) -> None:
    counter = gateway.counter()
    counter.push([counter.write(), counter.write(prev="0" * 64)])
    for table in ("operations", "branches", "feed_entries", "leases", "leased_days"):
        column = "kept_at" if table == "branches" else "device" if table != "feed_entries" else "kind"
        for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), gateway.opened.database.writing() as connection:
                connection.execute(text(statement))
    assert held(gateway) == 1


def test_a_bomb_and_a_body_too_large_are_refused_unread(gateway: InProcess) -> None:
    counter = gateway.counter()
    bomb = gzip.compress(b" " * (200 * 1024 * 1024), 9)
    for body, encoding in ((bomb, "gzip"), (b"x" * (9 * 1024 * 1024), "identity")):
        with pytest.raises(SaidNo) as said:
            counter.push_body(body, encoding)
        assert (said.value.problem.status, said.value.code) == (413, "too_large")
    with pytest.raises(SaidNo) as said:
        counter.push_lines(["{}"] * 2001)
    assert said.value.code == "too_large"


def test_a_body_cut_anywhere_is_never_half_taken(gateway: InProcess) -> None:
    counter = gateway.counter()
    ops = [counter.write() for _ in range(5)]
    body = pack(counter.head(5), [op.item for op in ops])
    for end in range(0, len(body), max(1, len(body) // 25)):
        with pytest.raises(SaidNo) as said:
            counter.push_body(body[:end])
        assert said.value.code == "malformed"
    with pytest.raises(SaidNo) as said:
        counter.push_lines([line_of(op.item) for op in ops], count=6)
    assert said.value.problem.values["what"] == "cut_short"
    assert held(gateway) == 0


def test_a_neighbour_gives_back_what_a_restored_province_lost(gateway: InProcess) -> None:
    author, neighbour = gateway.counter(), gateway.counter()
    ops = [author.write(number=author.number(n, day=DAY)) for n in (1, 2, 3)]
    author.push(ops[:1])
    answer = neighbour.push(ops, author=author.device)
    assert outcomes(answer) == ["already", "taken", "taken"] and answer.have[1].seq == 3
    gateway.add_office(id="bc-khac", name="Bưu cục khác")
    stranger = gateway.counter("Quầy 1", "bc-khac")
    with pytest.raises(SaidNo) as said:
        stranger.push(ops, author=author.device)
    assert said.value.code == "wrong_office"
    with pytest.raises(SaidNo) as said:
        stranger.push(ops, author="c0")
    assert said.value.code == "unknown_device"
