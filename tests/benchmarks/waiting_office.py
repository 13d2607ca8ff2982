"""A counter enrolled with a real gateway, whose journal is given as many signed operations as one likes."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from app.bootstrap import Application, open_application
from app.clock import SystemClock
from app.domain.catalogue_codec import dump_catalogue
from app.domain.identifiers import uuid7
from app.domain.operation import JsonBody, Type
from app.domain.vietnam_time import local
from app.paths import DataFolder
from app.services.courier import gateway_of
from app.services.feed import read_cursor
from app.services.packages import install_package
from app.services.receive import receive_dossier
from app.store import journal, projection
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.gateway.process import GatewayProcess
from sync.signing import signer_of
from tests.gateway_process import OFFICE
from tests.office import sample_catalogue, sample_intake

NUMBERS_A_DAY = 400                    # fewer than a lease has


@dataclass
class WaitingOffice:
    """`write` adds operations to the journal; nothing is sent here."""

    application: Application
    sample: JsonBody                   # body of one real reception
    incarnation: str
    url: str
    token: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def write(self, amount: int) -> None:
        """Signed receptions like the sample, each with its own name, number and day, in one transaction."""
        office = self.application
        author = office.enrolled.author(office.enrolled.clerks[0], "cong-an")
        noise = random.Random(7)
        now = office.clock.now()
        with office.database.writing() as connection:
            for number in itertools.islice(self._numbers, amount):
                days, nth = divmod(number, NUMBERS_A_DAY)
                day = local(now).date() + timedelta(days=days)
                code = f"H47.15-{day:%y%m%d}-{nth + 1:04d}"
                person = {**self.sample["dossier"]["intake"]["applicant"]["person"],
                          "full_name": f"Nguyễn Thị Thử {noise.randrange(10**6)}",
                          "personal_id": f"{noise.randrange(10**11):012d}"}
                intake = {**self.sample["dossier"]["intake"], "applicant": {"person": person}}
                dossier = {**self.sample["dossier"], "code": code, "intake": intake,
                           "business_date": day.isoformat(), "book_number": number + 1}
                body = {**self.sample, "lease_number": nth + 1, "dossier": dossier}
                operation = journal.append(connection, author, journal.Event(
                    op_id=uuid7(now, noise.randbytes), type=Type.DOSSIER_RECEIVED, intent=f"b{number}", body=body,
                    now=now, business_date=day, number=code,
                ))
                # In the lists too: else the daily comparison asks the province for every day, dossier by dossier.
                projection.apply(connection, operation, is_own=True)

    def client(self, url: str | None = None) -> GatewayClient:
        here = self.application
        return GatewayClient(url or self.url, self.token, signer=signer_of(here.enrolled, here.clock.now()))


@contextmanager
def waiting_office(folder: Path, gateway: GatewayProcess, counter: str = "Quầy 1") -> Iterator[WaitingOffice]:
    """An office in `folder` (its keys in `folder/keys`), enrolled and with nothing waiting but one reception."""
    clock = SystemClock()
    application = open_application(DataFolder(folder / "office"), clock=clock, key_folder=folder / "keys")
    try:
        code = gateway.mint_code(OFFICE["id"], counter)
        with GatewayClient(gateway.url) as client:
            enrol_counter(application.database, client, gateway.url, code, device_name="đo", clock=clock)
        with application.database.writing() as connection:
            install_package(connection, "catalogue", "thử-1", "2026-01-01", dump_catalogue(sample_catalogue()),
                            clock.now())
        application.reread()
        counter_ = application.enrolled
        with application.database.writing() as connection:
            receive_dossier(
                connection, counter_, counter_.clerks[0], application.rules, application.agency("cong-an"),
                sample_intake("first"), now=clock.now(), randomness=random.Random(1).randbytes,
            )
            first = journal.by_intent(connection, "first")
            cursor = read_cursor(connection)
            line = gateway_of(connection)
        assert first is not None and cursor is not None and line is not None
        yield WaitingOffice(application, first.body, cursor.incarnation, gateway.url, line.token)
    finally:
        application.close()
