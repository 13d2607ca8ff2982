"""Clerks with secrets of their own on the office of `tests.people`, at a cost that a test can pay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import Refusal
from app.services.people.sign_in import SignIns
from app.services.people.verifier import Cost
from app.store import journal as book
from app.store.tries import TryFile
from tests.office import Office, Province, SetClock, office_in, reopen
from tests.people import CODE, grant

SECRET, LEADS = "mưa to 5g", "sông Hàn 7"
CHEAP = Cost(8, 1, 1)
ROLES = {"nv-1": ["intake", "cashier"], "nv-2": ["shift_lead"]}


def sign_ins(office: Office, cost: Cost = CHEAP) -> SignIns:
    """As a program that has just been started makes them."""
    application = office.application
    return SignIns(application.database, TryFile(beside_keys(office), application.book_key), application.book_key,
                   office.clock, office.noise.randbytes, cost)


def beside_keys(office: Office) -> Path:
    return office.application.witness.file.with_suffix(".tries")


@contextmanager
def begun(folder: Path) -> Iterator[tuple[Office, SignIns]]:
    """Both clerks have a secret of their own."""
    with office_in(folder) as office:
        grant(office, ROLES)
        known = sign_ins(office)
        known.take_up(office.application.enrolled, "nv-2", CODE, LEADS)
        known.take_up(office.application.enrolled, "nv-1", CODE, SECRET)
        yield office, known


@contextmanager
def reopened(folder: Path, province: Province, clock: SetClock) -> Iterator[Office]:
    office = reopen(folder, province, clock)
    try:
        yield office
    finally:
        office.application.close()


def refusal(work: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as said:
        work()
    return said.value.code, said.value.values


def wrong(office: Office, known: SignIns, times: int) -> None:
    """So many wrong tries, each after its wait."""
    for _ in range(times):
        office.clock.ticks += 600
        code, _ = refusal(lambda: known.sign_in(office.application.enrolled, "nv-1", "sai rồi"))
        assert code in ("secret_wrong", "sign_in_locked")
    office.clock.at += timedelta(minutes=1)


def noted(office: Office) -> list[tuple[str, str, str]]:
    """What was journalled: what, about whom, by whom."""
    with office.application.database.reading() as connection:
        return [(each.body["what"], each.body["clerk"], each.header.staff)
                for _, each in book.operations(connection) if each.header.type == "sign_in.noted"]
