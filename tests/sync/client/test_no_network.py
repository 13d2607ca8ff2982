"""Capture works whatever the network does: with sockets that raise, a whole morning at the counter passes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from app.services import drafts, receipts, reveal
from app.services.correct import correct_dossier
from app.services.rebuild import rebuild
from app.services.stored_dossier import read_dossier
from sync.engine import run_once
from tests.office import office_in, sample_intake


class NetworkTouched(AssertionError):
    """Something below the window opened a socket."""


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise NetworkTouched

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    yield


@pytest.mark.usefixtures("no_sockets")
def test_receiving_correcting_printing_and_parking_open_no_socket(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        application, now = office.application, office.clock.now()
        received = office.receive(sample_intake("a"))
        code = received.dossier.code
        with application.database.writing() as connection:
            receipts.note_print(connection, received.print_job, "printed", now)
            receipts.print_job(connection, application.enrolled, received.print_job)
            receipts.ask_reprint(connection, application.enrolled, office.clerk, code, now, office.noise.randbytes,
                                 intent="in-1")
            reveal.reveal_person(connection, application.enrolled, office.clerk, code, "phone", intent="xem-1",
                                 now=now, randomness=office.noise.randbytes)
            drafts.save_draft(connection, intent="f", label="x", clerk="nv-1", form={}, now=now, is_parked=True)
            intake = read_dossier(connection, code).body.intake
            correct_dossier(
                connection, application.enrolled, office.clerk, application.rules, code,
                replace(intake, note="sửa"), "thử", base_version=1, intent="sửa-1", now=now,
                randomness=office.noise.randbytes,
            )
            rebuild(connection)
        application.reread()


def test_a_contact_without_a_network_is_a_plain_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: Any, **__: Any) -> NoReturn:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    with office_in(tmp_path) as office:
        office.receive(sample_intake("a"))
        said = run_once(office.application.database, office.clock)
        assert (said.is_good, said.needs_person, said.waiting) == (False, False, 1)
        assert said.problem.startswith("line_")
        assert office.receive(sample_intake("b")).is_new
