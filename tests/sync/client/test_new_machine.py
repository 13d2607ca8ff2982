"""A machine dies before it could send: its stick brings everything to the province, and so to the new machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.services import second_copy as known
from app.store.tables import dossiers
from sync.errors import TryLater
from sync.second_copy.disk import MediumDisk
from sync.second_copy.forward import Forwarded, forward_to_province
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import make_medium, segments_of
from sync.second_copy.restore import restore_from_medium
from tests.sync.client.trial import Counter, Trial


def choose(counter: Counter, stick: Path) -> None:
    application = counter.office.application
    medium = make_medium(stick, application.enrolled.device, counter.office.clock.now(), MediumDisk())
    with application.database.writing() as connection:
        known.choose(connection, stick, medium.id)


def keep(counter: Counter) -> None:
    application = counter.office.application
    Keeper(application.database, application.book_key, application.clock).keep()


def at_risk(counter: Counter) -> int:
    with counter.office.application.database.reading() as connection:
        return known.at_risk(connection, counter.office.application.enrolled).dossiers


def codes(counter: Counter) -> set[str]:
    with counter.office.application.database.reading() as connection:
        return set(connection.execute(select(dossiers.c.code)).scalars())


def forward(counter: Counter, stick: Path) -> Forwarded:
    application = counter.office.application
    return forward_to_province(application.database, application.clock, stick)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def dead(enrol: Callable[..., Counter], stick: Path) -> tuple[Counter, list[str]]:
    """A counter that sent two dossiers and kept three more on its stick, and the numbers on its papers."""
    counter = enrol()
    papers = counter.receive(2)
    assert counter.sync().is_good
    choose(counter, stick)
    papers += counter.receive(3)
    assert at_risk(counter) == 3
    keep(counter)
    assert at_risk(counter) == 0, "the contact brought the province's key"
    counter.close()
    return counter, papers


def test_everything_is_back_on_the_new_machine_and_no_number_is_given_twice(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    old, papers = dead
    new = enrol(old.place)
    found = forward(new, stick)
    assert (found.taken, found.refused.total()) == (3, 0)
    assert new.sync().is_good
    assert codes(new) == set(papers)
    assert set(new.receive(4)).isdisjoint(papers)
    assert new.sync().is_good


def test_handing_over_twice_changes_nothing(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    new = enrol(dead[0].place)
    forward(new, stick)
    again = forward(new, stick)
    assert (again.taken, again.already, again.refused.total()) == (0, 1, 0), "the first record tells how far it is"


def test_the_new_machine_itself_opens_nothing(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    application = enrol(dead[0].place).office.application
    restored = restore_from_medium(application.database, b"the key of another machine".ljust(32), stick)
    assert (restored.brought, restored.unopened) == (0, 5)


def test_the_same_machine_with_an_empty_book_opens_its_own_stick(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    old, papers = dead
    new = enrol(old.place)                         # every book of these tests has the same key
    application = new.office.application
    restored = restore_from_medium(application.database, application.book_key, stick)
    assert (restored.brought, restored.unopened) == (5, 0)
    assert codes(new) == set(papers)
    papers += new.receive()
    assert new.sync().is_good and new.sync().waiting == 0
    assert codes(new) == set(papers)


def test_a_damaged_record_holds_up_what_stands_behind_it_and_is_said(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    (folder,) = stick.iterdir()
    (segment,) = folder.glob("*.qmc")
    content = bytearray(segment.read_bytes())
    content[int(len(content) * 0.7)] ^= 1          # the fourth of five
    segment.write_bytes(content)
    new = enrol(dead[0].place)
    found = forward(new, stick)
    assert (found.taken, dict(found.refused)) == (1, {"gap": 1})


def test_a_line_that_is_down_leaves_everything_on_the_stick(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path, trial: Trial
) -> None:
    new = enrol(dead[0].place)
    new.move("http://127.0.0.1:9")
    with pytest.raises(TryLater):
        forward(new, stick)
    new.move(trial.url)
    assert forward(new, stick).taken == 3
    (folder,) = stick.iterdir()
    device = new.office.application.enrolled.device
    assert segments_of(make_medium(stick, device, new.office.clock.now(), MediumDisk()), MediumDisk())
    assert folder.name.endswith(device)


def test_a_counter_of_another_office_hands_over_nothing(
    dead: tuple[Counter, list[str]], enrol: Callable[..., Counter], stick: Path
) -> None:
    stranger = enrol()
    assert forward(stranger, stick).refused.total() >= 1
    assert forward(stranger, stick).taken == 0
