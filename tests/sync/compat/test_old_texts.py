"""The operations that every kept release wrote: read at both ends, each type of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.operation import GENESIS, SCHEMA, Operation, Type, canonical, parse
from app.services.feed import Cursor, FeedLine, entries_in_order, start_feed, take_page
from app.store.tables import dossiers
from sync.contract import operation_text
from sync.contract.lease_text import LeaseText
from sync.contract.messages import unb64
from tests.office import make_office
from tests.sync.compat.golden_set import OPERATIONS, load, sets
from tests.sync.compat.texts import TEXT_KEY

pytestmark = pytest.mark.parametrize("golden", sets(), ids=lambda each: each.name)


def kept(golden: Path) -> list[Operation]:
    lines = (golden / OPERATIONS).read_text(encoding="utf-8").splitlines()
    return [parse(each["p"], unb64(each["s"])) for each in map(json.loads, lines)]


def test_every_type_of_a_release_is_kept_and_known_to_both_ends(golden: Path) -> None:
    types = {each.header.type for each in kept(golden)}
    assert len(types) >= 41, "0.1.0 had so many that its tests wrote"
    assert types <= {value for name, value in vars(Type).items() if name.isupper()}
    assert types <= operation_text.TYPES


def test_signature_hash_and_place_are_read_as_they_were_written(golden: Path) -> None:
    for each in kept(golden):
        TEXT_KEY.public_key().verify(each.signature, each.payload.encode())
        place = operation_text.read(each.payload)
        assert (place.device, place.epoch, place.seq, place.prev) == (
            each.header.device, each.header.epoch, each.header.seq, each.header.prev
        )
        assert operation_text.digest(each.payload.encode()) == each.hash
        assert set(place.fields) - {"body"} == operation_text.HEADER
        assert each.header.schema <= SCHEMA


def test_the_same_values_still_give_the_same_text(golden: Path) -> None:
    assert [canonical(each.header, each.body) for each in kept(golden)] == [each.payload for each in kept(golden)]


def test_a_neighbour_of_that_release_is_followed_through_all_its_types(golden: Path, tmp_path: Path) -> None:
    """Without what stood before it, an operation may not fit; it is kept all the same, and receptions do fit."""
    found = kept(golden)
    office = make_office(tmp_path / "office")
    try:
        with office.application.database.writing() as connection:
            start_feed(connection, Cursor("tỉnh-thử", 0))
            fresh = take_page(connection, [_line(at, each) for at, each in enumerate(found, start=1)],
                              Cursor("tỉnh-thử", len(found)), office.clock.now(), device="quay-1")
            held = {line.payload for line in entries_in_order(connection)}
            codes = set(connection.execute(select(dossiers.c.code)).scalars())
    finally:
        office.application.close()
    assert (fresh, held) == (len(found), {each.payload for each in found})
    assert {each.header.number for each in found if each.header.type == Type.DOSSIER_RECEIVED} <= codes


def _line(position: int, operation: Operation) -> FeedLine:
    return FeedLine("tỉnh-thử", position, "operation", "device:quay-9", "2026-11-23T02:00:00Z",
                    {"device": "quay-9", "epoch": 1, "seq": position, "hash": operation.hash}, operation.payload,
                    operation.signature)


def test_every_lease_that_was_signed_is_still_one(golden: Path) -> None:
    answers = [each.values for each in load(golden).exchanges if each.status == 200 and each.answer.body]
    signed = [lease["payload"] for answer in answers if isinstance(answer, dict)
              for lease in answer.get("leases", ())]
    assert signed
    assert [LeaseText.from_payload(each).to_payload() for each in signed] == signed


def test_chains_begin_and_go_on_as_they_did(golden: Path) -> None:
    """Of the first machine of the story, as its province gave it back."""
    story = load(golden)
    page = next(each for each in story.of("restored") if "operations" in each.path).values
    prev = GENESIS
    for item in page["items"]:
        if "p" in item:
            assert operation_text.read(item["p"]).prev == prev
        prev = item["hash"]
    assert len(page["items"]) == page["items"][-1]["seq"] >= 5
