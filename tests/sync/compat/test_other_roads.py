"""Bundles and second copies that a release left on a stick: read by this program at both ends of the road."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.domain.operation import Type, parse
from app.services import bundles
from app.services.epochs import import_own
from app.store.tables import files
from sync.bundle.make import ANSWER as ANSWER_PURPOSE
from sync.bundle.take import take_acknowledgement
from sync.contract import paths
from sync.contract.bundle import BundleReader
from sync.contract.bundle_content import Acknowledged, PartKind
from sync.contract.codec import loads
from sync.contract.sealed import read_records
from sync.contract.sealing import derived_key
from sync.gateway.opening import open_gateway
from sync.gateway.report import report
from sync.second_copy.restore import Restored, restore_from_medium
from tests.sync.client.trial import Counter
from tests.sync.compat.enrolling import enrolled_as
from tests.sync.compat.golden_set import Story, build_province, load
from tests.sync.compat.other_roads import (
    ANSWER,
    BUNDLE,
    MEDIUM,
    hand_in,
    operations_in,
    parts_of,
    sets_with_roads,
    take_at,
)
from tests.sync.compat.speaking import OldGateway
from tests.sync.compat.test_old_clients import lacking

pytestmark = pytest.mark.parametrize("golden", sets_with_roads(), ids=lambda each: each.name)

MACHINE = "three"


@pytest.fixture
def story(golden: Path) -> Story:
    return load(golden)


@pytest.fixture
def gateway(story: Story) -> Iterator[OldGateway]:
    unknown = next(each for each in story.of("answers") if each.path == "/v1/nothing")
    with OldGateway(unknown) as found:
        yield found


@pytest.fixture
def counter(story: Story, gateway: OldGateway, tmp_path: Path) -> Iterator[Counter]:
    """The machine that had no line, with a new book."""
    found = enrolled_as(MACHINE, story, gateway, tmp_path / "counter")
    yield found
    found.close()


def test_an_old_bundle_is_taken_whole_and_answered_in_words_its_program_knows(
    golden: Path, story: Story, tmp_path: Path
) -> None:
    province = tmp_path / "province"
    build_province(province, golden, story)
    written = [parse(each.payload, each.signature) for each in operations_in(golden, story)]
    found, answer = take_at(province, golden / BUNDLE, tmp_path)
    assert (found.taken, found.already, found.left, found.files_left) == (len(written), 0, [], {})
    assert len(found.files) == 1
    again, _ = take_at(province, golden / BUNDLE, tmp_path)
    assert (again.taken, again.already, again.left) == (0, len(written), [])
    opened = open_gateway(province, None, datetime.now(UTC))
    with opened.database.reading() as connection:
        held = set(report(connection, story.office)["codes"])
    opened.files.close()
    opened.database.close()
    assert held == {each.header.number for each in written if each.header.type == Type.DOSSIER_RECEIVED}
    key = derived_key(bytes.fromhex(story.machines[MACHINE].key), ANSWER_PURPOSE)
    then, now = (parts_of(file, key) for file in (golden / ANSWER, answer))
    assert [part.kind for part in now] == [part.kind for part in then]
    assert PartKind.FEED in {part.kind for part in now}
    for old, new in zip(then, now, strict=True):
        assert list(lacking(json.loads(old.body), json.loads(new.body), "")) == []


def test_an_old_answer_settles_what_waits(
    golden: Path, story: Story, counter: Counter, tmp_path: Path
) -> None:
    application = counter.office.application
    blob = application.blobs.put(base64.b64decode(story.scan), "application/pdf")
    with (golden / BUNDLE).open("rb") as file:
        head = BundleReader(file).head
    with application.database.writing() as connection:
        written = operations_in(golden, story)
        import_own(connection, application.enrolled, 1, written)
        number = bundles.begin_bundle(connection, application.clock.now())
        bundles.note_made(connection, number, head.sha256, operations=len(written), reached={1: len(written)},
                          carried=(blob.sha256,), size=head.size, place="")
    assert counter.outbox().unsent == len(written) == 3
    shutil.copy(golden / ANSWER, tmp_path)
    taken = take_acknowledgement(application.database, application.clock, counter.office.noise.randbytes,
                                 tmp_path / ANSWER)
    assert (taken.report.problem, taken.report.waiting, taken.left) == ("", 0, ())
    assert taken.report.files_waiting == 0
    counter.reread()
    with counter.office.application.database.reading() as connection:
        assert connection.execute(select(files.c.confirmed_at)).scalars().all() != [None]
        assert not bundles.bundle_state(connection, counter.office.application.enrolled).open_lines
    assert counter.receive(1)


def test_an_old_answer_says_what_this_program_reads(golden: Path, story: Story) -> None:
    key = derived_key(bytes.fromhex(story.machines[MACHINE].key), ANSWER_PURPOSE)
    first = parts_of(golden / ANSWER, key)[0]
    said = loads(Acknowledged, first.body)
    assert said.hello is not None and said.hello.have[1].seq == 3 and len(said.files) == 1
    with (golden / ANSWER).open("rb") as file:
        reader = BundleReader(file)
        province = Ed25519PrivateKey.from_private_bytes(base64.b64decode(story.province_key))
        reader.check(province.public_key().public_bytes_raw())


def test_an_old_medium_is_handed_in_over_the_line_in_its_own_bytes(
    golden: Path, story: Story, gateway: OldGateway, tmp_path: Path
) -> None:
    """By a counter of this program to a province of that release."""
    counter = enrolled_as("one", story, gateway, tmp_path / "one")
    told = story.of("second copy")
    gateway.turn_to(told)
    found = hand_in(counter, golden / MEDIUM)
    counter.close()
    assert (found.taken, found.already, found.refused.total()) == (3, 0, 0)
    assert gateway.bodies(paths.SEALED) == [each.asked.body for each in told]
    assert [record.seq for each in told for record in read_records(each.asked.body)] == [1, 2, 3]


def test_an_old_medium_gives_its_own_machine_everything_back(
    golden: Path, story: Story, counter: Counter, tmp_path: Path
) -> None:
    database, machine = counter.office.application.database, story.machines[MACHINE]
    assert restore_from_medium(database, bytes.fromhex(machine.book_key), golden / MEDIUM) == Restored(3, 0)
    assert counter.written() == 3 and restore_from_medium(
        database, bytes.fromhex(machine.book_key), golden / MEDIUM) == Restored(0, 0)
