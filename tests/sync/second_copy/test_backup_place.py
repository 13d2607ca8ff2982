"""Backups on the medium of the second copy: pulled out, full, swapped in the middle; the one before stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services.backup import scans, take
from app.services.backup.known import MEDIUM, on_medium, troubles
from app.services.backup.names import Why, backups_in
from app.services.backup.restore import examine
from app.services.backup.take import Source
from app.services.second_copy import give_up
from sync.second_copy import backup_place
from sync.second_copy.backup_place import backups_at, has_medium, scans_beside, take_on_medium
from sync.second_copy.medium import make_medium, segments_of
from tests.sync.second_copy.conftest import Trial

Step = Callable[[str, int, int], object]


def back_up(trial: Trial, on_step: Step = lambda what, done, of: None) -> object:
    office = trial.office.application
    trial.office.clock.advance(timedelta(hours=1))
    return take_on_medium(
        Source(office.database, office.book_key), office.blobs, Why.CLOSE, trial.office.clock.now(), on_step
    )


def folder_of(trial: Trial) -> Path:
    return backups_at(trial.place, "quay-1")


def known(trial: Trial) -> tuple[object, tuple[str, ...]]:
    with trial.office.application.database.reading() as connection:
        return on_medium(connection), tuple(each.code for each in troubles(connection) if each.where == MEDIUM)


def scans_there(trial: Trial) -> dict[str, int]:
    """Name and time of writing of each scan on the medium."""
    found = scans_beside(folder_of(trial)).rglob("*")
    return {each.name: each.stat().st_mtime_ns for each in found if each.is_file()}


def put_scans(trial: Trial, *contents: bytes) -> None:
    for content in contents:
        trial.office.application.blobs.put(content, "image/png")


def test_book_and_scans_lie_beside_the_second_copy_and_only_new_scans_are_copied(trial: Trial) -> None:
    trial.receive(2)
    trial.keeper.keep()
    put_scans(trial, b"one", b"two")
    steps: list[tuple[str, int]] = []
    back_up(trial, lambda what, done, of: steps.append((what, of)))
    (kept,) = backups_in(folder_of(trial))
    assert examine(kept, trial.office.application.book_key).dossiers == 2
    there = scans_there(trial)
    assert len(there) == 2 and ("scans", 2) in steps
    for name in there:
        file = next(scans_beside(folder_of(trial)).rglob(name))
        lying = trial.office.application.blobs.path_of(name)
        assert file.read_bytes() == lying.read_bytes(), "as it lies here: encrypted"
    put_scans(trial, b"three")
    back_up(trial)
    now = scans_there(trial)
    assert len(now) == 3 and there.items() <= now.items(), "what was there is not written again"
    assert segments_of(trial.medium, trial.disk), "the second copy is not touched"
    trial.receive()
    assert trial.keeper.keep().written == 1


def pulled(trial: Trial) -> None:
    shutil.move(trial.place, trial.place.with_name("away"))


def swapped(trial: Trial) -> None:
    pulled(trial)
    trial.place.mkdir()
    make_medium(trial.place, "quay-1", trial.office.clock.now(), trial.disk)


@pytest.mark.parametrize(("harm", "code"), [
    (pulled, "second_copy_missing"), (swapped, "second_copy_wrong_medium"),
])
@pytest.mark.parametrize("what", ["before", "book", "scans"])
def test_a_medium_that_goes_in_the_middle_keeps_what_it_had(
    trial: Trial, harm: Callable[[Trial], None], code: str, what: str,
) -> None:
    trial.receive()
    put_scans(trial, b"one")
    back_up(trial)
    (kept,) = backups_in(folder_of(trial))
    content = kept.file.read_bytes()
    put_scans(trial, b"two", b"three")
    trial.receive()
    done: list[str] = []

    def step(at: str, _: int, of: int) -> None:
        if at == what and not done:
            done.append(at)
            harm(trial)

    if what == "before":
        harm(trial)
    with pytest.raises(EnvironmentFault) as raised:
        back_up(trial, step)
    assert raised.value.code == code
    assert known(trial)[1] == (code,)
    away = trial.place.with_name("away")
    assert next(away.rglob(kept.file.name)).read_bytes() == content
    shutil.rmtree(trial.place, ignore_errors=True)
    shutil.move(away, trial.place)
    back_up(trial)
    assert known(trial)[1] == ()
    newest = backups_in(folder_of(trial))[0]
    assert examine(newest, trial.office.application.book_key).dossiers == 2
    assert len(scans_there(trial)) == 3
    assert not list(trial.place.rglob("*.part"))


@pytest.mark.parametrize("where", ["book", "scans"])
def test_a_full_medium_is_said_and_keeps_what_it_had(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, where: str,
) -> None:
    trial.receive()
    back_up(trial)
    before = backups_in(folder_of(trial))
    put_scans(trial, b"one")
    place = backup_place.Place
    with monkeypatch.context() as patch:
        if where == "book":
            full = lambda folder, spare, still: place(folder, spare, still, lambda _: 9)  # noqa: E731  as Place
            patch.setattr(backup_place, "Place", full)
        else:
            patch.setitem(scans.copy_scans.__kwdefaults__, "free", lambda folder: 9)
        with pytest.raises(EnvironmentFault, match="backup_no_room"):
            back_up(trial)
    assert known(trial)[1] == ("backup_no_room",)
    assert backups_in(folder_of(trial))[-1] == before[0]
    back_up(trial)
    assert known(trial)[1] == ()


def test_a_stick_that_forgets_what_it_took_gives_no_backup(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.receive()
    real = take.copy_whole

    def forgets(connection: object, key: bytes, target: Path, on_step: object) -> None:
        real(connection, key, target, on_step)         # type: ignore[arg-type]
        target.write_bytes(target.read_bytes()[:-4096])

    with monkeypatch.context() as patch:
        patch.setattr(take, "copy_whole", forgets)
        with pytest.raises(EnvironmentFault, match="backup_not_whole"):
            back_up(trial)
    assert backups_in(folder_of(trial)) == () and known(trial)[1] == ("backup_not_whole",)


def test_without_a_medium_there_is_nothing_to_do(trial: Trial) -> None:
    office = trial.office.application
    assert has_medium(office.database)
    with office.database.writing() as connection:
        give_up(connection)
    assert back_up(trial) is None and not has_medium(office.database)
