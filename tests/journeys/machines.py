"""Machines of one office and its province: PCs die, disks are copied and put back, a server is restored.

Windows, couriers, keepers of the second copy and the gateway are the real ones, each in its process; the province
keeps its rows in PostgreSQL.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytest import MonkeyPatch

from app.domain.catalogue_codec import load_catalogue
from app.domain.fee import fees_due
from app.domain.intake import ChargedFee, ChosenProcedure, PaperGiven, PaperStatus
from app.domain.vietnam_time import local
from app.paths import DataFolder, resource
from app.services import courier
from app.services.receive import receive_dossier
from app.services.standing import Stopped, numbers_stopped
from app.store.queries.dossiers import DossierList, page
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.second_copy.disk import MediumDisk
from tests.gateway_process import OperatedHere
from tests.journeys.citizens import card
from tests.journeys.counter import open_counter
from tests.journeys.day import SIZE, Clerk, DayClock, Ears, Office
from tests.office import sample_intake
from ui.changes import Change
from ui.command_line.folder import KEYS, open_folder
from ui.demo_office import office_file
from ui.demo_play import Person, receive_by_keys
from ui.dialogs.enrol_again_sheet import EnrolAgainSheet
from ui.models.dossier_rows import known_now
from ui.operations.desk import Desk
from ui.operations.print_receipt import print_receipt
from ui.pages.sync.page import SyncPage
from ui.paper_printer import SETTING
from ui.theme import Theme
from ui.translations import Language


@dataclass
class Scene:
    """The province as a process, the machines' disks under `root`, and what the windows need."""

    app: QApplication
    theme: Theme
    language: Language
    patch: MonkeyPatch
    root: Path
    province: OperatedHere
    content: dict[str, Any] = field(default_factory=dict)

    def open_office(self, *counters: str) -> None:
        """Tell the province of the office and its counters."""
        catalogue = load_catalogue(resource("catalogue", "starter.json").read_text(encoding="utf-8"))
        self.content = office_file(catalogue) | {"counters": list(counters)}
        self.province.add_office(self.content)
        # The folders of a test stand for disks of their own.
        self.patch.setattr(MediumDisk, "is_same_disk", lambda *_: False)

    def code(self, counter: str) -> str:
        return self.province.mint_code(self.content["id"], counter)

    def disk(self, machine: str) -> Path:
        return self.root / machine

    def folder(self, machine: str) -> DataFolder:
        return DataFolder(self.disk(machine) / "office")

    def use(self, machine: str) -> None:
        """Keys are looked for on that machine's disk from now on."""
        self.patch.setenv(KEYS, str(self.disk(machine) / "keys"))

    def enrol(self, machine: str, counter: str) -> None:
        self.use(machine)
        office = open_folder(self.folder(machine))
        try:
            with GatewayClient(self.province.url) as client:
                enrol_counter(office.database, client, self.province.url, self.code(counter), device_name=machine,
                              clock=office.clock)
        finally:
            office.close()

    def copy_disk(self, machine: str, to: str, *, keys: bool = True) -> None:
        """The disk as it lies there; without `keys`, the data folder alone."""
        for part in ("office", "keys") if keys else ("office",):
            target = self.disk(to) / part
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(self.disk(machine) / part, target)

    def destroy(self, machine: str) -> None:
        shutil.rmtree(self.disk(machine))

    @contextmanager
    def at(self, machine: str) -> Iterator[Clerk]:
        """The window of a machine with its courier; papers come out as files."""
        self.use(machine)
        folder = self.folder(machine)
        with open_counter(self.app, self.theme, self.language, folder) as (counter, hands):
            counter.window.resize(*SIZE)
            ears = Ears()
            self.patch.setattr(counter.sound, "refuse", ears.refuse)
            clerk = Clerk(counter, hands, ears, Office(folder, self.disk(machine) / "keys", DayClock(), machine))
            with desk(clerk).office.database.writing() as connection:
                write_setting(connection, SETTING, {"way": "pdf"})
            yield clerk
            clerk.rest()


def desk(clerk: Clerk) -> Desk:
    assert clerk.counter.desk is not None
    return clerk.counter.desk


def receive(clerk: Clerk, number: int) -> str:
    """One reception by keys, its receipt a file; the code on it."""
    before = clerk.hands.presses
    person = Person(card(number), "ly lich", f"09050003{number:02d}")
    code = receive_by_keys(clerk.counter, clerk.hands, person)
    clerk.hands.presses += before
    return code


def store(clerk: Clerk, number: int) -> str:
    """One reception as the window does it after its keys, to the printed receipt; the code on it."""
    office = desk(clerk).office
    plain = sample_intake(f"form-{clerk.office.device}-{number}")
    chosen = next(each for each in office.catalogue.procedures if each.code == "3.000333")
    agency, case = office.agency(chosen.agency), chosen.cases[0]
    due = fees_due(chosen, case, office.catalogue, local(desk(clerk).clock()).date())
    intake = replace(
        plain,
        procedure=ChosenProcedure(
            chosen.code, chosen.name, chosen.field, agency.id, agency.name, case.code, case.name, case.time,
            office.catalogue.version,
        ),
        papers=tuple(
            PaperGiven(need.code, need.name, PaperStatus.PRESENT, need.is_required, need.originals,
                       need.certified, need.copies)
            for need in case.requirements
        ),
        fees=tuple(ChargedFee(line.name, line.kind.value, line.amount, line.legal_basis) for line in due.lines),
    )
    with office.database.writing() as connection:
        received = receive_dossier(
            connection, office.enrolled, office.enrolled.clerks[0], office.rules, agency, intake,
            now=desk(clerk).clock(), randomness=secrets.token_bytes,
        )
    desk(clerk).changes.publish(Change(dossiers=frozenset({received.dossier.code})))
    assert received.print_job
    print_receipt(desk(clerk), received.print_job)
    clerk.rest()
    return received.dossier.code


def contact(clerk: Clerk) -> dict[str, Any]:
    """G on the Đồng bộ page: the report of a contact that began after it and found the province there."""
    courier_of, sync = clerk.counter.courier, sync_page(clerk)
    assert courier_of is not None
    heard: list[dict[str, Any]] = []
    listening = courier_of.said.connect(heard.append)
    try:
        while True:
            clerk.until(sync.send.isEnabled, "no contact is under way")
            heard.clear()
            clerk.press("G")
            clerk.until(lambda: _is_over(heard), "a contact has begun and ended")
            report: dict[str, Any] = heard[-1]["report"]
            if report["problem"] != "line_down":   # one that had begun while the province was away
                break
    finally:
        courier_of.said.disconnect(listening)
    clerk.rest()
    return report


def _is_over(heard: list[dict[str, Any]]) -> bool:
    told = [each["event"] for each in heard]
    return "contact_started" in told and told[-1] == "contact_ended"


def sync_page(clerk: Clerk) -> SyncPage:
    if not isinstance(clerk.page, SyncPage):
        clerk.press("F7")
    found = clerk.page
    assert isinstance(found, SyncPage)
    return found


def enrol_again(clerk: Clerk, code: str) -> None:
    """From the banner of the Đồng bộ page: X, Enter where it explains first, the code, Enter."""
    page = sync_page(clerk)
    clerk.press("X")
    said = page.deciding.explaining
    if said is not None and said.is_open:
        clerk.look("numbers-stopped")
        clerk.press("Return")
    sheet = page.deciding.enrolling
    assert isinstance(sheet, EnrolAgainSheet) and sheet.is_open
    clerk.hands.type(code)
    clerk.look("enrol-again")
    clerk.press("Return")
    clerk.until(lambda: not sheet.is_open, "this PC stands at its counter again")
    clerk.rest()


def waiting(clerk: Clerk) -> int:
    """Operations that the province has not confirmed."""
    office = desk(clerk).office
    with office.database.reading() as connection:
        return courier.outbox(connection, office.enrolled).unsent


def stopped(clerk: Clerk) -> Stopped | None:
    with desk(clerk).office.database.reading() as connection:
        return numbers_stopped(connection)


def shown(clerk: Clerk) -> set[str]:
    """Codes of all dossiers in this book, own and of neighbours."""
    known = known_now(desk(clerk))
    with desk(clerk).office.database.reading() as connection:
        return {row.code for row in page(connection, DossierList.ALL, known)}


def papers(clerk: Clerk) -> int:
    """Receipts that came out at this machine."""
    return len(list(clerk.office.folder.papers.glob("*-1.pdf")))
