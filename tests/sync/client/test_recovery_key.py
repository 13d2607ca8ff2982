"""The key of a real book on its way to a real province and back: proved, lost, given back, and the book opens."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.self_check import State
from app.errors import EnvironmentFault
from app.services.recovery_state import NOT_THERE, TRY_AGAIN_AFTER, WRONG, Recovery, recovery_state
from app.services.support.facts import book_facts
from app.services.support.parts import check_recovery
from app.store.keys import put_back_key
from sync.client import GatewayClient
from sync.contract.key_letters import read_key_letters
from sync.contract.recovery import RecoveryKey, RecoveryProof
from sync.engine import run_once
from sync.errors import ItemRefused, TryLater
from sync.gateway.recovery import give_back
from tests.office import reopen
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]
OTHER_KEY = bytes(range(7, 39))
"""All books of tests are copies of one, so under one key; a real neighbour's is another."""


class Counting(GatewayClient):
    """The real line, which counts, or a province that answers otherwise."""

    asked = 0
    answer: RecoveryProof | Exception | None = None

    def recovery_key(self, key: RecoveryKey) -> RecoveryProof:
        type(self).asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer or super().recovery_key(key)


def line(answer: RecoveryProof | Exception | None = None) -> type[Counting]:
    return type("Line", (Counting,), {"asked": 0, "answer": answer})


def contact(counter: Counter, client: type[Counting], key: bytes | None = None) -> None:
    application = counter.office.application
    report = run_once(application.database, counter.office.clock, make_client=client,
                      book_key=key or application.book_key, randomness=counter.office.noise.randbytes)
    assert report.problem == ""


def state(counter: Counter, key: bytes | None = None) -> Recovery:
    application = counter.office.application
    with application.database.reading() as connection:
        return recovery_state(connection, application.enrolled, key or application.book_key)


def looked_at(counter: Counter) -> State:
    """What the self-check page says of it."""
    application = counter.office.application
    with application.database.reading() as connection:
        return check_recovery(connection, application.enrolled, application.book_key).state


def given_to_support(counter: Counter) -> str | None:
    """What a support bundle says of it."""
    application = counter.office.application
    facts, _ = book_facts(
        application.database, application.enrolled, application.book_key, counter.office.clock.now())
    proved: str | None = facts["settings"]["recovery_proved_at"]
    return proved


def letters(trial: Trial, counter: Counter) -> str:
    with trial.opened.database.writing() as connection:
        device = counter.office.application.enrolled.device
        given = give_back(connection, trial.opened.seal, device, ("Mẫu", "Thử"), counter.office.clock.now())
    return "-".join(given.groups)


def test_a_lost_key_comes_back_from_the_province_and_opens_the_book_again(
    trial: Trial, enrol: Enrol, tmp_path: Path,
) -> None:
    counter, other = enrol(), enrol()
    (code,) = counter.receive()
    contact(counter, line())
    contact(other, line(), OTHER_KEY)
    assert state(counter).proved_at == counter.office.clock.now()
    assert state(other, OTHER_KEY).proved_at is not None and state(other).proved_at is None
    assert [looked_at(counter), looked_at(other)] == [State.GOOD, State.WARN], "not proved for this key"
    told = [given_to_support(each) for each in (counter, other)]
    assert told == [counter.office.clock.now().isoformat(), None]
    office = counter.office
    folder, key = office.application.folder, office.application.book_key
    office.application.close()
    home = folder.root.parent
    shutil.rmtree(home / "keys")
    with pytest.raises(EnvironmentFault, match="database_key_lost"):
        reopen(home, office.province, office.clock)
    before = folder.database.read_bytes()
    with pytest.raises(EnvironmentFault, match="recovery_key_of_other_book"):
        put_back_key(folder.database, read_key_letters(letters(trial, other)), None, home / "keys")
    assert folder.database.read_bytes() == before and not (home / "keys").exists()
    folder.database.with_suffix(".id").unlink()            # and the name under which it was kept
    put_back_key(folder.database, read_key_letters(letters(trial, counter)), None, home / "keys")
    again = reopen(home, office.province, office.clock)
    assert again.application.book_key == key
    with again.application.database.reading() as connection:
        held = connection.exec_driver_sql("SELECT code FROM dossiers").scalars().all()
    assert held == [code]
    counter.office = again                                 # closed with the test


def test_a_key_file_that_cannot_be_read_is_replaced(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    contact(counter, line())
    office = counter.office
    folder = office.application.folder
    home = folder.root.parent
    office.application.close()
    (held,) = (home / "keys").glob("*.key")
    held.write_text("mất")
    put_back_key(folder.database, read_key_letters(letters(trial, counter)), None, home / "keys")
    counter.office = reopen(home, office.province, office.clock)
    assert counter.office.application.key_place == "file"


def test_it_is_proved_once_and_again_for_another_epoch_key_or_province(enrol: Enrol) -> None:
    counter, client = enrol(), line()
    counter.receive()
    contact(counter, client)
    contact(counter, client)
    assert client.asked == 1
    assert state(counter, bytes(32)) == Recovery(None), "of this key and no other"
    counter.enrol_again()
    assert state(counter) == Recovery(None)
    contact(counter, client)
    contact(counter, client)
    assert client.asked == 2 and state(counter).proved_at is not None
    counter.place.trial.restore("sau-khi-khoi-phuc")       # what was brought since its backup may be gone
    contact(counter, client)
    assert client.asked == 3 and state(counter).proved_at is not None


@pytest.mark.parametrize(("answer", "why"), [
    (ItemRefused("unknown_path"), NOT_THERE), (ItemRefused("malformed"), WRONG),
    (RecoveryProof("00" * 32), WRONG),
])
def test_a_province_that_proves_nothing_is_asked_again_hours_later(
    answer: RecoveryProof | Exception, why: str, enrol: Enrol,
) -> None:
    counter, client = enrol(), line(answer)
    contact(counter, client)
    contact(counter, client)
    assert client.asked == 1 and state(counter) == Recovery(None, why)
    counter.office.clock.advance(TRY_AGAIN_AFTER + timedelta(seconds=1))
    better = line()
    contact(counter, better)
    assert state(counter).proved_at is not None


def test_a_line_that_breaks_is_tried_again_at_the_next_contact(enrol: Enrol) -> None:
    counter, client = enrol(), line(TryLater("line_down"))
    contact(counter, client)
    contact(counter, client)
    assert client.asked == 2 and state(counter) == Recovery(None)
