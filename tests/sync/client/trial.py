"""Counters of a trial province: real encrypted books, enrolled through a real gateway process on PostgreSQL.

Each place has agencies of its own, so that tests share one gateway and no number. What operators do is done in
the gateway's database directly, as their commands do, without paying for a process each time.
"""

from __future__ import annotations

import itertools
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.bootstrap import open_application
from app.domain.catalogue_codec import dump_catalogue
from app.domain.fee import fees_due
from app.domain.intake import ChargedFee, ChosenProcedure, Intake
from app.domain.procedure import Catalogue
from app.paths import DataFolder
from app.services import courier
from app.services.courier import Outbox
from app.services.packages import install_package
from sync.client import GatewayClient
from sync.contract.limits import LEASE_DAYS
from sync.engine import run_once
from sync.enrol import enrol_counter
from sync.gateway.codes import mint_code
from sync.gateway.offices import keep_office
from sync.gateway.opening import Opened, open_gateway
from sync.gateway.packages import keep_package
from sync.gateway.posts import post_alias, post_receipt, post_status
from sync.gateway.process import GatewayProcess
from sync.gateway.province import mark_restored, settle_leases
from sync.gateway.report import report
from sync.gateway.tables import epochs
from sync.gateway.times import stamp
from sync.report import CycleReport
from tests.gateway_process import ReadyGateway
from tests.gateway_process import office as office_file
from tests.office import Office, Province, SetClock, sample_catalogue, sample_intake


@dataclass
class Trial:
    """A province: its gateway as a process, and its operators' hands on the database."""

    process: GatewayProcess
    opened: Opened
    _places: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def url(self) -> str:
        return self.process.url

    def place(self, *, counters: int = 1, slots: int = 20) -> Place:
        """A new office with agencies that no other has."""
        number = next(self._places)
        found = Place(self, f"bc-{number}", number)
        with self.opened.database.writing() as connection:
            keep_office(connection, office_file(
                id=found.office,
                agencies=[
                    {"id": agency.id, "name": agency.name, "code": agency.identifiers[0], "slots": slots}
                    for agency in found.catalogue.agencies
                ],
                counters=[f"Quầy {n}" for n in range(1, counters + 1)],
            ))
        return found

    def code(self, office: str, counter: str) -> str:
        with self.opened.database.writing() as connection:
            return mint_code(connection, self.opened.seal, office, counter, datetime.now(UTC), random.choice)

    def post_status(self, code: str, status: str) -> None:
        with self.opened.database.writing() as connection:
            post_status(connection, code, status, stamp(datetime.now(UTC)))

    def post_alias(self, code: str, alias: str) -> None:
        with self.opened.database.writing() as connection:
            post_alias(connection, code, alias, stamp(datetime.now(UTC)))

    def post_receipt(self, slip: str, form: str, symbol: str, number: str, lookup: str) -> int:
        with self.opened.database.writing() as connection:
            return post_receipt(connection, slip, form, symbol, number, lookup, stamp(datetime.now(UTC)))

    def keep_package(self, kind: str, version: str, valid_from: date, text: str) -> None:
        with self.opened.database.writing() as connection:
            keep_package(connection, self.opened.seal, kind, version, valid_from, text.encode(),
                         stamp(datetime.now(UTC)))

    def restore(self, incarnation: str) -> None:
        """As of so long ago that its window is over: other tests enrol counters at this province."""
        with self.opened.database.writing() as connection:
            mark_restored(connection, incarnation, stamp(datetime.now(UTC) - timedelta(days=2 * LEASE_DAYS)))
            settle_leases(connection)

    def report(self, office: str) -> dict[str, Any]:
        with self.opened.database.reading() as connection:
            return report(connection, office)

    def held(self, counter: Counter) -> int:
        """Newest operation of this counter's epoch in custody."""
        with self.opened.database.reading() as connection:
            enrolled = counter.office.application.enrolled
            return int(connection.execute(
                select(epochs.c.head_seq)
                .where(epochs.c.device == enrolled.device, epochs.c.epoch == enrolled.epoch)
            ).scalar_one())


@dataclass(frozen=True)
class Place:
    """An office of the trial province."""

    trial: Trial
    office: str
    number: int

    @property
    def catalogue(self) -> Catalogue:
        """The sample catalogue with this place's own agencies."""
        plain = sample_catalogue()
        new_id = {agency.id: f"{agency.id}-{self.number}" for agency in plain.agencies}
        return replace(
            plain,
            agencies=tuple(
                replace(agency, id=new_id[agency.id], identifiers=(f"H{10 + at}.{self.number}",))
                for at, agency in enumerate(plain.agencies)
            ),
            procedures=tuple(replace(each, agency=new_id[each.agency]) for each in plain.procedures),
        )

    def enrol(self, folder: Path, counter: str = "Quầy 1", *, url: str | None = None,
              clock: SetClock | None = None) -> Counter:
        """A new machine at a counter of this office. The caller closes it."""
        office = fresh_office(folder, clock or SetClock(datetime.now(UTC)))
        with office.application.database.writing() as connection:
            install_package(connection, "catalogue", "thử-1", "2026-01-01", dump_catalogue(self.catalogue),
                            office.clock.now())
        with GatewayClient(self.trial.url) as client:
            enrol_counter(
                office.application.database, client, self.trial.url, self.trial.code(self.office, counter),
                device_name="PC thử", clock=office.clock,
            )
        office.application = office.application.reread()
        found = Counter(self, office)
        if url is not None:
            found.move(url)
        return found


@dataclass
class Counter:
    """An enrolled counter: receive, sync, look."""

    place: Place
    office: Office
    _forms: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def epoch(self) -> int:
        """Not 1 for the first where another test has restored the province meanwhile."""
        return self.office.application.enrolled.epoch

    def intake(self, name: str = "", procedure: str = "3.000333") -> Intake:
        """A complete form of this place's catalogue."""
        catalogue = self.place.catalogue
        chosen = next(each for each in catalogue.procedures if each.code == procedure)
        case = chosen.cases[0]
        agency = next(each for each in catalogue.agencies if each.id == chosen.agency)
        fees = fees_due(chosen, case, catalogue, self.office.clock.now().date())
        return replace(
            sample_intake(name or f"form-{next(self._forms)}", procedure=procedure),
            procedure=ChosenProcedure(
                chosen.code, chosen.name, chosen.field, chosen.agency, agency.name, case.code, case.name,
                case.time, catalogue.version,
            ),
            fees=tuple(
                ChargedFee(line.name, line.kind.value, line.amount, line.legal_basis) for line in fees.lines
            ),
        )

    def receive(self, amount: int = 1, *, change: Callable[[Intake], Intake] = lambda intake: intake) -> list[str]:
        """Codes of so many new dossiers."""
        return [self.office.receive(change(self.intake())).dossier.code for _ in range(amount)]

    def sync(self, **more: Any) -> CycleReport:
        application = self.office.application
        return run_once(
            application.database, self.office.clock, randomness=self.office.noise.randbytes,
            make_client=lambda url, token: GatewayClient(url, token), blobs=application.blobs, **more,
        )

    def sync_until_quiet(self, tries: int = 60) -> int:
        """Contacts until nothing waits; the number of them. Counts are checked after each."""
        for turn in range(1, tries + 1):
            said = self.sync()
            self.check_counts(said)
            if said.is_good and said.waiting == 0:
                return turn
        raise AssertionError(f"not quiet after {tries} contacts: {said}")

    def check_counts(self, said: CycleReport) -> None:
        """What the screens say never claims custody that the province does not have."""
        box = self.outbox()
        written = self.written()
        assert box.unsent == said.waiting
        assert written - box.unsent <= self.place.trial.held(self), "confirmed beyond what the province holds"

    def outbox(self) -> Outbox:
        application = self.office.application
        with application.database.reading() as connection:
            return courier.outbox(connection, application.enrolled)

    def written(self) -> int:
        application = self.office.application
        with application.database.reading() as connection:
            return sum(
                each.head_seq for each in courier.contact_state(connection, application.enrolled).epochs
            )

    def enrol_again(self) -> None:
        """A new code for this machine: it goes on under a new epoch."""
        place, application = self.place, self.office.application
        with GatewayClient(place.trial.url) as client:
            enrol_counter(
                application.database, client, place.trial.url,
                place.trial.code(place.office, application.enrolled.name), device_name="PC thử",
                clock=self.office.clock,
            )
        self.reread()

    def reread(self) -> None:
        """As the window does when a contact has changed the counter."""
        self.office.application.reread()

    def move(self, url: str) -> None:
        """Reach the province through another address: the fault proxy's."""
        with self.office.application.database.writing() as connection:
            courier.move_gateway(connection, url)

    def close(self) -> None:
        self.office.application.close()


@contextmanager
def trial_province(data: Path, database_url: str | None) -> Iterator[Trial]:
    process = ReadyGateway(data, database_url)
    process.start()
    opened = open_gateway(data, database_url, datetime.now(UTC))
    try:
        yield Trial(process, opened)
    finally:
        opened.database.close()
        process.stop()


def fresh_office(folder: Path, clock: SetClock) -> Office:
    """A book that is not enrolled yet; a copy, so that a test pays no migration."""
    shutil.copytree(_empty_book(), folder, dirs_exist_ok=True)
    noise = random.Random(str(folder))
    application = open_application(
        DataFolder(folder / "office"), clock=clock, key_folder=folder / "keys", randomness=noise.randbytes
    )
    nobody = Province(Ed25519PrivateKey.generate())    # leases come from the gateway; no other may sign them
    return Office(application, clock, nobody, noise)


@lru_cache(maxsize=1)
def _empty_book() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="qmc-empty-"))
    open_application(
        DataFolder(folder / "office"), clock=SetClock(), key_folder=folder / "keys",
        randomness=random.Random(0).randbytes,
    ).close()
    return folder

