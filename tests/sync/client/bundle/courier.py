"""Somebody who carries a stick between a counter and the trial province."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.services.bundles import BundleState, bundle_state
from app.store.tables import dossiers
from sync.bundle.make import Made, make_bundle
from sync.bundle.take import Taken, take_acknowledgement
from sync.gateway.bundle_answer import write_answer
from sync.gateway.bundles import Desk, TakenBundle, take_bundle
from tests.sync.client.trial import Counter, Trial


def make(counter: Counter, stick: Path, **more: int) -> Made:
    application = counter.office.application
    return make_bundle(
        application.database, application.blobs, application.clock, counter.office.noise.randbytes, stick, **more
    )


def at_province(
    trial: Trial, file: Path, answers: Path | None = None, *, now: datetime | None = None
) -> tuple[TakenBundle, Path]:
    """The operator takes it; the acknowledgement lies beside it."""
    opened = trial.opened
    desk = Desk(opened.database, opened.seal, opened.files, now or datetime.now(UTC))
    found = take_bundle(desk, file)
    return found, write_answer(desk, found, answers or file.parent)


def take(counter: Counter, place: Path) -> Taken:
    application = counter.office.application
    taken = take_acknowledgement(
        application.database, application.clock, counter.office.noise.randbytes, place
    )
    counter.reread()
    return taken


def there_and_back(trial: Trial, counter: Counter, stick: Path, *, now: datetime | None = None) -> Taken:
    made = make(counter, stick)
    return take(counter, at_province(trial, made.file, now=now)[1])


def state(counter: Counter) -> BundleState:
    application = counter.office.application
    with application.database.reading() as connection:
        return bundle_state(connection, application.enrolled)


def codes(counter: Counter) -> set[str]:
    with counter.office.application.database.reading() as connection:
        return set(connection.execute(select(dossiers.c.code)).scalars())
