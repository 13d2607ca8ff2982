"""What a counter would give back to a province that lost it: chains, its own forked one too, and no branch."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select, text, update

from app.domain.operation import digest
from app.services import courier
from app.store.tables import dossiers
from sync.book import Book
from sync.contract.messages import Head
from sync.contract.operation_text import GENESIS
from sync.core.asks import ReadOffer
from sync.gateway.adoption import adopt_branch
from sync.gateway.mentions import mentions
from sync.gateway.tables import branches, devices, epochs, feed_entries, offices, operation_keys, operations
from sync.gateway.times import stamp
from sync.report import Done
from tests.office import reopen
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def offered(
    counter: Counter, held: Mapping[int, Head], author: str, incarnation: str = "",
) -> list[tuple[int, str]]:
    """(seq, text) of what this counter gives back first, to a province that holds that much of `author`."""
    office = counter.office
    book = Book(office.application.database, office.clock, office.noise.randbytes, Done())
    found = book.answer(ReadOffer({author: held}, 100, incarnation=incarnation))
    return [(each.seq, each.payload) for each in found.batch] if found is not None else []


def written(counter: Counter, epoch: int, after: int) -> list[tuple[int, str]]:
    application = counter.office.application
    with application.database.reading() as connection:
        found = courier.waiting(connection, application.enrolled, epoch=epoch, after=after, limit=100)
    return [(each.seq, each.payload) for each in found]


def epoch_of(counter: Counter) -> int:
    return counter.office.application.enrolled.epoch


def put_back(counter: Counter, folder: Path, to: Path) -> Counter:
    """A copy of this counter's disk as it stands, whose next forms are other forms."""
    counter.close()
    shutil.copytree(folder, to)
    office = counter.office
    counter.office.application = reopen(folder, office.province, office.clock, seed=5).application
    return Counter(counter.place, reopen(to, office.province, office.clock, seed=6), itertools.count(1000))


def test_a_disk_that_forked_holds_the_chain_from_the_feed_and_gives_it_back(
    trial: Trial, enrol: Enrol, tmp_path: Path,
) -> None:
    counter = enrol()
    epoch = epoch_of(counter)
    counter.receive(2)
    counter.sync()
    older = put_back(counter, tmp_path / "counter-0", tmp_path / "older")
    counter.receive(3)
    counter.sync()
    older.receive(1)                               # its third is another than the chain's
    assert older.sync().problem == ""              # forked, and on under a new epoch at once
    device = older.office.application.enrolled.device
    assert offered(older, {epoch: Head(2, "")}, device) == written(counter, epoch, 2)
    assert len(written(counter, epoch, 2)) == 3
    older.close()


def test_what_is_our_own_chain_is_sent_and_not_offered(trial: Trial, enrol: Enrol, tmp_path: Path) -> None:
    counter = enrol()
    epoch = epoch_of(counter)
    counter.receive(2)
    counter.sync()
    older = put_back(counter, tmp_path / "counter-0", tmp_path / "older")
    counter.receive(3)
    counter.sync()
    assert older.sync().recovered == 3
    assert offered(older, {epoch: Head(2, "")}, older.office.application.enrolled.device) == []
    older.close()


def test_an_adopted_branch_is_not_held_as_a_continuation_of_the_chain(
    trial: Trial, enrol: Enrol, tmp_path: Path,
) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place), enrol(place, "Quầy 2")
    epoch = epoch_of(counter)
    counter.receive(2)
    counter.sync()
    older = put_back(counter, tmp_path / "counter-0", tmp_path / "older")
    counter.receive(1)
    counter.sync()
    older.receive(2)
    older.sync()                                   # two of its own beside the chain's third
    device = older.office.application.enrolled.device
    with trial.opened.database.writing() as connection:
        assert adopt_branch(connection, device, epoch, stamp(datetime.now(UTC))) == 2
    neighbour.sync()
    second = Head(2, digest(written(counter, epoch, 1)[0][1]))
    assert offered(neighbour, {epoch: second}, device) == written(counter, epoch, 2)
    _loses_all(trial, place.office, device, epoch)
    trial.restore("mất-cả-nhánh-riêng")
    neighbour.sync()                               # both are given back as they lay
    assert _chained(trial, device) == written(counter, epoch, 0)
    assert _kept_beside(trial, device) == written(older, epoch, 2)
    older.close()


def test_a_neighbour_gives_back_a_counter_that_the_province_has_forgotten_altogether(
    trial: Trial, enrol: Enrol,
) -> None:
    place = trial.place(counters=2)
    neighbour, gone = enrol(place, "Quầy 2"), enrol(place)
    epoch, codes = epoch_of(gone), gone.receive(3)
    gone.sync()
    neighbour.sync()
    device = gone.office.application.enrolled.device
    with trial.opened.database.writing() as connection:        # the backup is from before that machine was there
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in (operations, operation_keys, mentions, feed_entries):
            connection.execute(delete(table).where(table.c.office == place.office))
        connection.execute(delete(epochs).where(epochs.c.device == device))
        connection.execute(delete(devices).where(devices.c.id == device))
        connection.execute(update(offices).where(offices.c.id == place.office).values(feed_head=0))
    trial.restore("không-còn-quầy-1")
    said = neighbour.sync()
    assert (said.problem, trial.report(place.office)["codes"]) == ("", sorted(codes))
    assert offered(neighbour, {}, device) == written(gone, epoch, 0), "and would do so again"
    # Its machine is mended and comes back: nothing is sent twice, nothing refused.
    codes += gone.receive(1)
    assert gone.sync().problem == "not_enrolled"
    gone.enrol_again()
    assert (gone.sync().problem, gone.outbox().unsent) == ("", 0)
    assert trial.report(place.office)["codes"] == sorted(codes)


def test_what_an_older_disk_wrote_over_is_given_once_to_each_province_that_came_back(
    trial: Trial, enrol: Enrol, tmp_path: Path,
) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place), enrol(place, "Quầy 2")
    epoch, device = epoch_of(counter), counter.office.application.enrolled.device
    counter.receive(1)
    counter.sync()
    older = put_back(counter, tmp_path / "counter-0", tmp_path / "older")
    counter.receive(3)
    counter.sync()
    neighbour.sync()                               # holds all four
    lost = written(counter, epoch, 1)
    _loses_all(trial, place.office, device, epoch)
    trial.restore("mất-ba-hồ-sơ")
    older.receive(1)
    assert older.sync().problem == ""              # its second is in the chain before anybody brings the other
    assert neighbour.sync().problem == ""
    assert sorted(_kept_beside(trial, device)) == lost
    heads = {epoch: Head(2, digest(written(older, epoch, 1)[0][1]))}
    assert offered(neighbour, heads, device, "mất-ba-hồ-sơ") == [], "once"
    # That is lost as well, with both that wrote there. The neighbour holds both, what it saw first as the chain.
    over = written(older, epoch, 1)
    _loses_all(trial, place.office, device, epoch)
    trial.restore("mất-cả-hai")
    assert neighbour.sync().problem == ""
    assert _chained(trial, device) == written(counter, epoch, 0)
    assert _kept_beside(trial, device) == over
    older.close()


def _chained(trial: Trial, device: str) -> list[tuple[int, str]]:
    with trial.opened.database.reading() as connection:
        rows = connection.execute(
            select(operations.c.seq, operations.c.payload).where(operations.c.device == device)
            .order_by(operations.c.seq))
        return [(row.seq, bytes(row.payload).decode()) for row in rows]


def _kept_beside(trial: Trial, device: str) -> list[tuple[int, str]]:
    with trial.opened.database.reading() as connection:
        rows = connection.execute(
            select(branches.c.seq, branches.c.payload).where(branches.c.device == device).order_by(branches.c.seq))
        return [(row.seq, bytes(row.payload).decode()) for row in rows]


def _loses_all(trial: Trial, office: str, device: str, epoch: int) -> None:
    """The backup is from when this counter had just been enrolled."""
    with trial.opened.database.writing() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in (operations, operation_keys, mentions, feed_entries):
            connection.execute(delete(table).where(table.c.office == office))
        connection.execute(delete(branches).where(branches.c.device == device))
        connection.execute(update(epochs).where(epochs.c.device == device).values(head_seq=0, head_hash=GENESIS))
        connection.execute(update(offices).where(offices.c.id == office).values(feed_head=0))


def test_what_went_sealed_is_held_and_shown_as_any_other(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    counter, neighbour = enrol(place), enrol(place, "Quầy 2")
    epoch = epoch_of(counter)
    codes = counter.receive(2)
    counter.sync()
    with trial.opened.database.writing() as connection:        # as if the province had broken on it
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(update(operations).where(operations.c.office == place.office).values(sealed=True))
    assert neighbour.sync().problem == ""
    device = counter.office.application.enrolled.device
    assert offered(neighbour, {epoch: Head(0, "")}, device) == written(counter, epoch, 0)
    with neighbour.office.application.database.reading() as connection:
        assert sorted(connection.execute(select(dossiers.c.code)).scalars()) == sorted(codes)
