"""This program against the gateways of every kept release: their recorded answers, the real engine and book."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.services.epochs import OwnOperation, import_own
from app.services.recovery_state import NOT_THERE, Recovery, recovery_state
from app.store.tables import aliases, dossiers, files, money_receipts, notices
from sync.contract import files as tus
from sync.contract import paths
from sync.contract.push import PlainItem, unpack
from sync.contract.recovery import RECOVERY_KEY
from tests.sync.client.fault_proxy import Asked
from tests.sync.client.trial import Counter
from tests.sync.compat.enrolling import enrolled_as
from tests.sync.compat.golden_set import Story, load, sets
from tests.sync.compat.speaking import OldGateway

pytestmark = pytest.mark.parametrize("golden", sets(), ids=lambda each: each.name)


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
    found = enrolled_as("one", story, gateway, tmp_path / "counter")
    yield found
    found.close()


def test_enrolment_brings_device_clerks_leases_and_catalogue(counter: Counter, story: Story) -> None:
    answer, machine = story.of("enrol")[0].values, story.machines["one"]
    enrolled = counter.office.application.enrolled
    assert (enrolled.device, enrolled.epoch, enrolled.name) == (machine.device, machine.epoch, machine.counter)
    assert [clerk.id for clerk in enrolled.clerks] == [clerk["id"] for clerk in answer["clerks"]]
    assert counter.office.application.catalogue.version == "thử-2"
    lows = {lease["lo"] for lease in map(json.loads, (each["payload"] for each in answer["leases"]))}
    assert int(counter.receive()[0][-4:]) in lows


def test_waiting_operations_go_out_in_the_old_bytes_and_the_old_answers_settle_them(
    counter: Counter, gateway: OldGateway, story: Story,
) -> None:
    pushed = next(each.asked.body for each in story.of("first") if each.path == paths.PUSH)
    _write_again(counter, pushed)
    scan = counter.office.application.blobs.put(base64.b64decode(story.scan), "application/pdf")
    gateway.turn_to(story.of("first"))
    key = counter.office.application.book_key
    said = counter.sync(book_key=key)
    assert (said.problem, said.waiting, said.files_waiting) == ("", 0, 0)
    with counter.office.application.database.reading() as connection:
        found = recovery_state(connection, counter.office.application.enrolled, key)
    has_seal_key = bool(story.of("enrol")[0].values.get("seal_key"))
    assert (RECOVERY_KEY in {each.path for each in gateway.asked}) is has_seal_key, "for whom would it be sealed?"
    assert found == Recovery(None, NOT_THERE if has_seal_key else ""), "it keeps no keys, and that hinders nothing"
    assert _plain(gateway.asked, paths.PUSH) == _plain_body(pushed)
    assert gateway.bodies(tus.FILE.format(sha256=scan.sha256)) == [base64.b64decode(story.scan)]
    assert _column(counter, files.c.confirmed_at) != [None]
    gateway.turn_to(story.of("second"))
    said = counter.sync()
    assert (said.problem, said.waiting) == ("", 0)
    (first, status), (second, alias), *_ = (each.words for each in story.posted)
    assert int(status) in _column(counter, dossiers.c.state)
    assert alias in _column(counter, aliases.c.code)
    assert "tb-1" in str(_column(counter, notices.c["values"]))
    bound = [each.words for each in story.posted if each.what == "post_receipt"]
    assert _column(counter, money_receipts.c.name) == [slip for slip, *_ in bound], "the first said nothing of it"
    assert _column(counter, money_receipts.c.electronic) == [
        f"{symbol} {number} {form} {lookup}" for _, form, symbol, number, lookup in bound]
    theirs = json.loads(_items(next(each.asked.body for each in story.of("neighbour")
                                    if each.path == paths.PUSH))[0].payload)["number"]
    assert {first, second, theirs} <= set(_column(counter, dossiers.c.code))


def test_a_book_that_lost_everything_gets_it_back_and_goes_on_under_a_new_epoch(
    counter: Counter, gateway: OldGateway, story: Story,
) -> None:
    gateway.turn_to(each for each in story.of("restored", "new epoch") if each.status == 200)
    said = counter.sync()
    assert (said.problem, said.waiting) == ("", 0)
    counter.reread()
    assert counter.office.application.enrolled.epoch == 2
    held = next(each for each in story.of("restored") if each.path.startswith(paths.OPERATIONS)).values["items"]
    old = {json.loads(each["p"])["number"] for each in held if "p" in each} - {None}
    assert old and old <= set(_column(counter, dossiers.c.code))
    assert counter.written() == len(held)
    anew = counter.office.receive(counter.intake("sau khi trở lại")).dossier.code
    leased = [json.loads(each["payload"])["lo"] for each in next(
        each for each in story.of("restored") if each.path == paths.EPOCH).values["leases"]]
    assert anew not in old and int(anew[-4:]) in leased


def _write_again(counter: Counter, pushed: bytes) -> None:
    """The old program's own signed operations, not sent yet."""
    application = counter.office.application
    with application.database.writing() as connection:
        import_own(connection, application.enrolled, 1,
                   [OwnOperation(each.payload, each.signature) for each in _items(pushed)])


def _items(pushed: bytes) -> list[PlainItem]:
    return [each for each in unpack(_plain_body(pushed))[1] if isinstance(each, PlainItem)]


def _plain_body(pushed: bytes) -> bytes:
    return Asked(1, "POST", paths.PUSH, b"", pushed).plain


def _plain(asked: list[Asked], path: str) -> bytes:
    (found,) = (each.plain for each in asked if each.path == path)
    return found


def _column(counter: Counter, column: Any) -> list[Any]:
    with counter.office.application.database.reading() as connection:
        return list(connection.execute(select(column)).scalars())
