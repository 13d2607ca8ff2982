"""The province's server is put back from last night's backup: the counters give everything back, theirs and what
they hold of each other, also a counter that the backup has never heard of."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from sync.gateway.tables import leases
from tests.journeys.machines import Scene, contact, enrol_again, receive, shown, stopped, store, waiting
from tests.postgres import PostgresServer


# By windows here; tests/sync/client and tests/sync/gateway say the same of restored provinces without one.
@pytest.mark.slow
def test_two_counters_give_back_what_last_nights_backup_lacks(
    scene: Scene, postgres: PostgresServer, empty_database: str,
) -> None:
    scene.enrol("one", "Quầy 1")
    with scene.at("one") as clerk:
        codes = [store(clerk, 0)]
        contact(clerk)
        backup = back_up(postgres, empty_database)
        codes.append(store(clerk, 1))
        contact(clerk)
    scene.enrol("two", "Quầy 2")                   # the backup will know nothing of this counter
    with scene.at("two") as clerk:
        contact(clerk)                             # and so it holds what counter 1 made since
        codes.append(store(clerk, 2))
        contact(clerk)
        scene.province.kill9()
        restore(postgres, empty_database, backup)
        scene.province.operate("restored")
        assert held(scene) == codes[:1]
        scene.province.start()

        # Counter 1 is switched off. Counter 2 is unknown, and a person gives it a code.
        assert contact(clerk)["problem"] == "not_enrolled"
        assert set(codes[1:]) <= shown(clerk), "nothing goes from here because the province forgot it"
        enrol_again(clerk, scene.code("Quầy 2"))
        contact(clerk)
        assert held(scene) == sorted(codes), "its own, and its neighbour's"
        assert (waiting(clerk), stopped(clerk)) == (0, None)
        assert shown(clerk) == set(codes)
    with scene.at("one") as clerk:
        contact(clerk)
        assert (waiting(clerk), shown(clerk)) == (0, set(codes))
        codes.append(store(clerk, 3))
        contact(clerk)
    scene.province.operate("settle-leases")        # every counter has called
    with scene.at("two") as clerk:
        contact(clerk)
        codes.append(receive(clerk, 4))
        contact(clerk)
    assert held(scene) == sorted(set(codes)) and len(set(codes)) == 5
    assert scene.province.report()["branches"] == 0
    assert doubled_numbers(empty_database) == []


def _name(url: str) -> str:
    return url.rsplit("/", 1)[1]


def back_up(postgres: PostgresServer, url: str) -> Path:
    """Last night's, of one database."""
    file = postgres.folder / "last-night.dump"
    postgres.run("pg_dump", "-Fc", "-f", file, _name(url))
    return file


def restore(postgres: PostgresServer, url: str, backup: Path) -> None:
    postgres.drop_database(url)
    postgres.run("createdb", _name(url))
    postgres.run("pg_restore", "--exit-on-error", "-d", _name(url), backup)


def held(scene: Scene) -> list[str]:
    return sorted(scene.province.report()["codes"])


def doubled_numbers(url: str) -> list[tuple[str, str]]:
    """Pairs of leases by which two counters have the same slot of an agency on the same day."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(leases)).all()
    finally:
        engine.dispose()
    return [
        (one.lease_id, other.lease_id) for one, other in itertools.combinations(rows, 2)
        if (one.agency, one.slot) == (other.agency, other.slot)
        and one.device != other.device and one.date_from <= other.date_to and other.date_from <= one.date_to
    ]
