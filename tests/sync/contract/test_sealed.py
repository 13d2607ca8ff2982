"""A record of the second copy opens for its readers alone, and damage to one is none to those behind it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.limits import MAX_OPERATION
from sync.contract.operation_text import GENESIS, digest
from sync.contract.sealed import (
    BODY_BYTES,
    MAX_RECORDS,
    SealedRecord,
    Unreadable,
    bodies,
    read_records,
    scan,
    seal_operation,
)
from sync.contract.sealing import BrokenSeal, NotForUs, seal

PROVINCE = X25519PrivateKey.from_private_bytes(b"p" * 32)
DEVICE = X25519PrivateKey.from_private_bytes(b"d" * 32)
READERS = [each.public_key().public_bytes_raw() for each in (PROVINCE, DEVICE)]
SIGNATURE = b"s" * 64


def record(seq: int, payload: bytes = b"", device: str = "thiet-bi-mau", epoch: int = 2) -> SealedRecord:
    return seal_operation(device, epoch, seq, GENESIS, payload or b'{"seq":%d}' % seq, SIGNATURE, READERS)


CHAIN = [record(seq) for seq in range(1, 6)]
MEDIUM = b"".join(each.to_bytes() for each in CHAIN)
STARTS = [len(b"".join(each.to_bytes() for each in CHAIN[:n])) for n in range(len(CHAIN) + 1)]


@pytest.mark.parametrize("key", [PROVINCE, DEVICE])
@pytest.mark.parametrize("payload", [b"{}", "Nguyễn Văn Mẫu ".encode() * 400, random.Random(5).randbytes(300)])
def test_every_reader_gets_the_exact_bytes_back(key: X25519PrivateKey, payload: bytes) -> None:
    assert record(7, payload).open(key) == (payload, SIGNATURE)


def test_a_stranger_opens_nothing() -> None:
    with pytest.raises(NotForUs):
        CHAIN[0].open(X25519PrivateKey.generate())


@pytest.mark.parametrize("changes", [
    {"device": "thiet-bi-khac"}, {"epoch": 3}, {"seq": 2}, {"prev": "1" * 64}, {"hash": "1" * 64},
])
def test_a_record_under_another_clear_part_does_not_open(changes: dict[str, object]) -> None:
    with pytest.raises(BrokenSeal):
        replace(CHAIN[0], **changes).open(PROVINCE)  # type: ignore[arg-type]


def test_a_sealed_body_that_is_not_the_operation_it_claims_does_not_open() -> None:
    honest = CHAIN[0]
    other = seal(b"\x00\x40" + SIGNATURE + b"another text", READERS, honest.bound)
    with pytest.raises(BrokenSeal, match="hash"):
        replace(honest, envelope=other).open(PROVINCE)


def test_a_body_that_unfolds_beyond_any_operation_does_not_open() -> None:
    with pytest.raises(BrokenSeal):
        record(1, b"\x00" * (MAX_OPERATION + 1)).open(PROVINCE)


def test_records_stand_on_the_medium_one_behind_the_other() -> None:
    assert list(scan(MEDIUM)) == list(zip(STARTS, CHAIN, strict=False))
    assert list(scan(MEDIUM, STARTS[3])) == list(zip(STARTS[3:], CHAIN[3:], strict=False))


def test_the_end_of_a_write_that_was_cut_off_is_named_at_every_byte() -> None:
    for cut in range(STARTS[4] + 1, len(MEDIUM)):
        *whole, (at, last) = scan(MEDIUM[:cut])
        assert [each for _, each in whole] == CHAIN[:4]
        assert (at, last) == (STARTS[4], Unreadable(STARTS[4], cut, is_torn=True))


def test_what_was_written_behind_a_half_record_is_found() -> None:
    for cut in range(STARTS[1] + 1, STARTS[2]):
        found = [each for _, each in scan(MEDIUM[:cut] + MEDIUM[STARTS[2]:])]
        assert found == [CHAIN[0], Unreadable(STARTS[1], cut, is_torn=False), *CHAIN[2:]]


def test_a_changed_byte_costs_its_own_record_and_no_other() -> None:
    for place in range(STARTS[2], STARTS[3]):
        changed = bytearray(MEDIUM)
        changed[place] ^= 0x20
        found = [each for _, each in scan(bytes(changed))]
        assert found == [*CHAIN[:2], Unreadable(STARTS[2], STARTS[3], is_torn=False), *CHAIN[3:]]


def test_a_last_record_of_full_length_that_is_wrong_is_damage_and_no_cut() -> None:
    assert [each for _, each in scan(MEDIUM[:-1] + bytes([MEDIUM[-1] ^ 1]))][-1] == Unreadable(
        STARTS[4], len(MEDIUM), is_torn=False)


@given(st.binary(max_size=400), st.integers(0, len(MEDIUM)))
def test_whatever_lies_between_is_passed_over_and_every_byte_is_accounted_for(noise: bytes, at: int) -> None:
    content = MEDIUM[:at] + noise + MEDIUM[at:]
    reached = 0
    for start, found in scan(content):
        assert start == reached
        reached = found.end if isinstance(found, Unreadable) else start + len(found.to_bytes())
    assert reached == len(content)


@pytest.mark.parametrize(("body", "said"), [
    (MEDIUM[:-1], "torn"), (b"x" + MEDIUM, "damaged"), (CHAIN[0].to_bytes() * (MAX_RECORDS + 1), "too_many"),
])
def test_a_post_holds_whole_records_or_is_refused_as_a_whole(body: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_records(body)


def test_posts_are_cut_between_records() -> None:
    many = [CHAIN[0]] * (MAX_RECORDS + 3)
    assert [len(read_records(each)) for each in bodies(many)] == [MAX_RECORDS, 3]
    large = record(9, random.Random(9).randbytes(BODY_BYTES))
    assert [read_records(each) for each in bodies([CHAIN[0], large, CHAIN[1]])] == [
        [CHAIN[0]], [large], [CHAIN[1]]]


@pytest.mark.parametrize("changes", [{"seq": 0}, {"epoch": 2**31}, {"device": ""}, {"device": "x" * 65}])
def test_a_clear_part_that_names_no_place_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no place"):
        replace(CHAIN[0], **changes)  # type: ignore[arg-type]


def test_the_hash_of_the_clear_part_is_that_of_the_operation() -> None:
    assert CHAIN[2].hash == digest(b'{"seq":3}')
