"""`python -m app receive`: one dossier stored as the window would, its receipt as a PDF beside the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.devices.paper_tray import ready_tray
from app.domain.applicant import Applicant, Person
from app.domain.citizen_card import CardReading, read_card
from app.domain.identifiers import uuid7
from app.domain.new_intake import find_procedure, full_intake
from app.domain.people.roles import Act
from app.domain.phone import read_phone
from app.domain.procedure import Procedure, ProcedureCase
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault, Refusal
from app.printing.receipt import render_checked_receipt
from app.services import receipts
from app.services.receive import Received, receive_dossier
from app.services.second_copy import chosen
from app.whole_file import put_whole
from sync.second_copy.in_time import keep_in_time
from sync.second_copy.keeper import Keeper
from ui.command_line.acting import acting_clerk
from ui.command_line.answer import Said, text_of
from ui.command_line.folder import data_folder
from ui.demo_office import open_or_make_office
from ui.paper_printer import tells_of_nobody


def receive(said: Said) -> Mapping[str, Any]:
    """Store one dossier exactly as the window would and write its receipt PDF beside the book."""
    with open_or_make_office(data_folder(said)) as office:
        now = office.clock.now()
        reading = read_card(text_of(said.card), local(now).date())
        applicant = Applicant(_person(reading, said.name, said.phone))
        procedure = find_procedure(office.catalogue, said.procedure, local(now).date())
        intake = full_intake(
            office.catalogue, office.agency(procedure.agency), procedure, _case(procedure, said.case),
            intent=said.intent or uuid7(now, office.randomness), applicant=applicant, submitter=None,
            day=local(now).date(),
        )
        clerk = acting_clerk(office, said.clerk, Act.RECEIVE)
        keep_second_copy(office)                   # the medium may know that this book is not the newest
        jump = office.look_at_clock()
        with office.database.writing() as connection:
            received = receive_dossier(
                connection, office.enrolled, clerk, office.rules, office.agency(procedure.agency), intake,
                now=now, randomness=office.randomness,
            )
        keep_second_copy(office)
        file = print_to_file(office, received.print_job, said.size)
        return _received(received, file, [*reading.warnings, *([jump.code] if jump is not None else [])])


def keep_second_copy(office: Application) -> None:
    """Before a number, and before the paper; nothing happens where no second copy is set up."""
    with office.database.reading() as connection:
        if chosen(connection) is None:
            return
    keep_in_time(Keeper(office.database, office.book_key, office.clock), office.database, office.clock)


def print_to_file(office: Application, job: str, size: str) -> Path:
    """Write the receipt of a print job as PDF, its codes read back, and note that it came out."""
    with office.database.reading() as connection:
        paper = receipts.print_job(connection, office.enrolled, job)
    try:
        pdf = render_checked_receipt(paper.paper, size=size, mark=paper.mark)
        if tells_of_nobody(office):
            office.folder.papers.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            ready_tray(office.folder.papers)
        file = office.folder.papers / f"{paper.code}-{paper.version}.pdf"
        put_whole(file, pdf, mode=0o600)
    except (OSError, EnvironmentFault) as error:
        code = error.code if isinstance(error, EnvironmentFault) else "disk_error"
        with office.database.writing() as connection:
            receipts.note_print(connection, job, "failed", office.clock.now(), code)
        raise EnvironmentFault(code) from error
    with office.database.writing() as connection:
        receipts.note_print(connection, job, "printed", office.clock.now())
    return file


def _received(received: Received, file: Path, warnings: list[str]) -> dict[str, Any]:
    dossier = received.dossier
    due = dossier.due.at
    return {
        "ok": True,
        "code": dossier.code,
        "is_new": received.is_new,
        "received_at": local(dossier.received_at.astimezone(UTC)).isoformat(timespec="seconds"),
        "due": due.isoformat() if due else None,
        "receipt": str(file),
        "warnings": warnings,
    }


def _person(reading: CardReading, name: str, phone: str) -> Person:
    person = reading.person
    if reading.is_number_only and name:
        person = replace(person, full_name=name)
    return replace(person, phone=read_phone(phone).e164.replace("+84", "0", 1)) if phone else person


def _case(procedure: Procedure, code: str) -> ProcedureCase:
    if not code:
        return procedure.cases[0]
    for case in procedure.cases:
        if case.code == code:
            return case
    raise Refusal("case_unknown", procedure=procedure.code, case=code)
