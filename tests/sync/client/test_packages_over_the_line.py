"""Catalogue and calendar over the line: the newest in force, checked, and never an older one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.catalogue_codec import dump_catalogue
from app.paths import resource
from app.services.packages import active_package, packages
from sync.contract import paths
from sync.contract.messages import PackageNote
from sync.packages import newest_in_force
from tests.sync.client.fault_proxy import PASS, Asked, FaultProxy, Rule, page
from tests.sync.client.trial import Counter, Place, Trial, trial_province

Enrol = Callable[..., Counter]


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """A gateway of this test's own: what it publishes is offered to all counters."""
    with trial_province(tmp_path / "gateway", None) as found:
        yield found


LONG_AGO = date(2026, 1, 1)


def publish(trial: Trial, place: Place, version: str, valid_from: date) -> str:
    text = dump_catalogue(replace(place.catalogue, version=version))
    trial.keep_package("catalogue", version, valid_from, text)
    return text


def active(counter: Counter) -> str:
    application = counter.office.application
    with application.database.reading() as connection:
        text = active_package(connection, "catalogue")
    assert text is not None
    return str(json.loads(text)["version"])


def held(counter: Counter) -> set[str]:
    application = counter.office.application
    with application.database.reading() as connection:
        return {line.version for line in packages(connection) if line.kind == "catalogue"}


def test_packages_from_first_to_last(trial: Trial, enrol: Enrol) -> None:
    """One story, because a gateway offers its packages to all: new, unchanged, coming, damaged, restored."""
    place = trial.place()
    counter = enrol(place)
    assert active(counter) == "thử-1"

    for day, version in ((1, "thử-2"), (2, "thử-3"), (3, "thử-4")):
        publish(trial, place, version, date(2026, 2, day))
    assert counter.sync().packages == 1, "of three offered only the newest is fetched"
    assert (active(counter), held(counter)) == ("thử-4", {"thử-1", "thử-4"})
    assert counter.sync().packages == 0

    publish(trial, place, "thử-5", datetime.now(UTC).date() + timedelta(days=30))
    assert counter.sync().packages == 0, "not yet in force"
    assert active(counter) == "thử-4"

    text = publish(trial, place, "thử-6", date(2026, 3, 1))
    damages = {
        "cut short": text[:-100], "another price": text.replace("200000", "900000"), "no json": "<html>",
        "nothing": "",
    }
    for damage in damages.values():
        body = damage.encode()
        assert damage != text
        with FaultProxy(trial.url, answering_packages(body)) as line:
            counter.move(line.url)
            counter.receive()
            said = counter.sync()
        assert (said.problem, said.waiting, said.packages) == ("package_damaged", 0, 0)
        assert active(counter) == "thử-4", "what is in use stays in use, and the work went out all the same"

    counter.move(trial.url)
    assert counter.sync().packages == 1
    assert active(counter) == "thử-6"

    publish(trial, place, "thử-1b", LONG_AGO)          # a province back from a backup offers an old one as newest
    said = counter.sync()
    assert (said.problem, said.packages, active(counter)) == ("", 0, "thử-6")

    calendar = resource("calendar", "vn.json").read_text(encoding="utf-8")
    trial.keep_package("catalogue", "thử-7", date(2026, 4, 1), '{"version": "of a newer program"}')
    trial.keep_package("calendar", "lịch-2", LONG_AGO, calendar)
    said = counter.sync()
    assert said.problem.startswith("catalogue_")
    assert (said.packages, active(counter)) == (1, "thử-6"), "the calendar came although the catalogue is refused"


def answering_packages(body: bytes) -> Callable[[Asked], Rule]:
    answer = page("200 OK", body, "application/json")
    return lambda asked: answer if asked.path.startswith(paths.PACKAGES.split("{")[0]) else PASS


def note(kind: str, version: str, valid_from: str) -> PackageNote:
    return PackageNote(kind, version, "0" * 64, valid_from, 1, "")


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], []),
        ([("a", "2", "2026-01-01"), ("a", "1", "2025-01-01")], ["2"]),
        ([("a", "3", "2027-01-01"), ("a", "2", "2026-01-01")], ["2"]),
        ([("a", "3", "2026-11-23")], ["3"]),
        ([("a", "3", "2026-11-24")], []),
        ([("a", "1", "2026-01-01"), ("b", "9", "2026-01-01")], ["1", "9"]),
    ],
)
def test_of_each_kind_the_newest_in_force_is_chosen(
    offered: list[tuple[str, str, str]], chosen: list[str],
) -> None:
    found = newest_in_force([note(*each) for each in offered], "2026-11-23")
    assert [each.version for each in found] == chosen
