"""An enrolled office on a real encrypted book, without a gateway: the province is a key that signs leases.

`make_office(folder)` copies a template made once per run (migration done, leases stored), so that a test
pays a file copy, not a migration.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bootstrap import Application, open_application
from app.domain.applicant import Applicant, Person
from app.domain.catalogue_codec import dump_catalogue
from app.domain.fee import fees_due
from app.domain.intake import ChargedFee, ChosenProcedure, Intake, PaperGiven, PaperStatus
from app.domain.lease import Lease
from app.domain.procedure import (
    Agency,
    Catalogue,
    FeeKind,
    FeeRule,
    Procedure,
    ProcedureCase,
    ProcessingTime,
    Requirement,
    TimeUnit,
)
from app.paths import DataFolder
from app.services.counter import Clerk, Enrolment, enrol
from app.services.numbers import store_lease
from app.services.packages import install_package
from app.services.receive import Received, receive_dossier

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)          # Monday 09:00 at the counter
AGENCIES = (
    Agency("cong-an", "Công an tỉnh Mẫu", "tỉnh", ("H47.15", "000.00.15.H47")),
    Agency("so-xay-dung", "Sở Xây dựng tỉnh Mẫu", "tỉnh", ("H47.07", "000.00.07.H47")),
)


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.at = now
        self.ticks = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.ticks

    def advance(self, step: timedelta) -> None:
        self.at += step
        self.ticks += step.total_seconds()


@dataclass(frozen=True, slots=True)
class Province:
    """The signing side of the province, enough to hand out leases."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def lease(
        self, agency: str, lo: int, hi: int, *, device: str = "quay-1", epoch: int = 1,
        first: date = date(2026, 11, 20), days: int = 45, name: str = "",
    ) -> tuple[str, bytes]:
        payload = Lease(
            name or f"{agency}:{device}:{epoch}:{first}:{lo}", agency, device, epoch, first,
            first + timedelta(days=days), lo, hi,
        ).to_payload()
        return payload, self.key.sign(payload.encode())


@dataclass(slots=True)
class Office:
    """What a test holds: the application, its clock, the province and a seeded source of randomness."""

    application: Application
    clock: SetClock
    province: Province
    noise: random.Random

    @property
    def clerk(self) -> Clerk:
        return self.application.enrolled.clerks[0]

    def receive(self, intake: Intake) -> Received:
        """One whole reception in its own transaction, as the window does it."""
        assert intake.procedure is not None
        office = self.application
        with office.database.writing() as connection:
            return receive_dossier(
                connection, office.enrolled, self.clerk, office.rules, office.agency(intake.procedure.agency),
                intake, now=self.clock.now(), randomness=self.noise.randbytes,
            )


def sample_catalogue() -> Catalogue:
    """Three invented procedures: one with fee and delegate paper, one counted in days, one without a time."""
    form = Requirement("1", "Tờ khai yêu cầu (Mẫu thử)", originals=1, form="Mẫu 01/THỬ")
    card = Requirement("2", "Bản sao căn cước hoặc hộ chiếu", certified=1)
    photo = Requirement("3", "Ảnh 4×6", copies=2)
    fee = FeeRule("Phí cấp phiếu", FeeKind.FEE, 200_000, legal_basis="Thông tư mẫu")
    ten_days = ProcessingTime(10, TimeUnit.DAY)
    five = ProcessingTime(5, TimeUnit.WORKING_DAY)
    none = ProcessingTime(None, TimeUnit.NONE)
    return Catalogue(
        version="thử-1",
        published=date(2026, 1, 1),
        valid_from=date(2026, 1, 1),
        source="invented for tests",
        agencies=AGENCIES,
        procedures=(
            Procedure("3.000333", "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam", "Lý lịch tư pháp", "cong-an",
                      ("tỉnh",), (ProcedureCase("1", "Cá nhân", ten_days, (form, card, photo), (fee,)),),
                      keywords=("lý lịch",)),
            Procedure("1.013225", "Cấp giấy phép xây dựng mới", "Xây dựng", "so-xay-dung", ("tỉnh", "xã"),
                      (ProcedureCase("1", "Nhà ở riêng lẻ", five, (form,)),)),
            Procedure("1.000001", "Thủ tục không quy định thời hạn", "Thử", "cong-an", ("tỉnh",),
                      (ProcedureCase("1", "Chung", none, (form,)),)),
        ),
    )


def sample_intake(intent: str, *, procedure: str = "3.000333", name: str = "Nguyễn Thị Mẫu Ánh",
                  personal_id: str = "049190004217") -> Intake:
    """A complete form: all required papers as the catalogue counts them."""
    catalogue = sample_catalogue()
    chosen = next(each for each in catalogue.procedures if each.code == procedure)
    case = chosen.cases[0]
    agency = next(each for each in catalogue.agencies if each.id == chosen.agency)
    fees = fees_due(chosen, case, catalogue, MORNING.date())
    return Intake(
        intent=intent,
        procedure=ChosenProcedure(
            chosen.code, chosen.name, chosen.field, chosen.agency, agency.name, case.code, case.name, case.time,
            catalogue.version,
        ),
        applicant=Applicant(
            Person(name, personal_id, date(1990, 3, 7), "Nữ", "Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam",
                   phone="0905000123")
        ),
        papers=tuple(
            PaperGiven(need.code, need.name, PaperStatus.PRESENT, need.is_required, need.originals,
                       need.certified, need.copies)
            for need in case.requirements
        ),
        fees=tuple(ChargedFee(line.name, line.kind.value, line.amount, line.legal_basis) for line in fees.lines),
    )


def make_office(folder: Path, *, clock: SetClock | None = None, seed: int = 1) -> Office:
    """An office in `folder` with leases 1–499 for each agency; the caller closes `application`."""
    template, province = _template()
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return reopen(folder, province, clock or SetClock(), seed)


def reopen(folder: Path, province: Province, clock: SetClock, seed: int = 1) -> Office:
    """Open what lies in `folder` again, as after a restart."""
    noise = random.Random(seed)
    application = open_application(
        DataFolder(folder / "office"), clock=clock, key_folder=folder / "keys", randomness=noise.randbytes
    )
    return Office(application, clock, province, noise)


@contextmanager
def office_in(folder: Path, *, clock: SetClock | None = None, seed: int = 1) -> Iterator[Office]:
    office = make_office(folder, clock=clock, seed=seed)
    try:
        yield office
    finally:
        office.application.close()


@lru_cache(maxsize=1)
def _template() -> tuple[Path, Province]:
    folder = Path(tempfile.mkdtemp(prefix="qmc-office-"))
    province = Province(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    make_template(folder, province, device="quay-1", lo=1, hi=499)
    return folder, province


def make_template(folder: Path, province: Province, *, device: str, lo: int, hi: int) -> None:
    """An enrolled office in `folder` as device `device` with numbers `lo`..`hi` of every agency and day."""
    application = open_application(
        DataFolder(folder / "office"), clock=SetClock(), key_folder=folder / "keys",
        randomness=random.Random(0).randbytes,
    )
    with application.database.writing() as connection:
        key = Ed25519PrivateKey.from_private_bytes(bytes([len(device)] * 32))
        enrol(connection, key, sample_enrolment(device, province))
        install_package(
            connection, "catalogue", "thử-1", "2026-01-01", dump_catalogue(sample_catalogue()), MORNING
        )
    application = application.reread()
    with application.database.writing() as connection:
        for agency in AGENCIES:
            store_lease(
                connection, application.enrolled, *province.lease(agency.id, lo, hi, device=device)
            )
    application.close()


def sample_enrolment(device: str, province: Province) -> Enrolment:
    return Enrolment(
        device=device,
        epoch=1,
        token="thẻ-thử",
        office={
            "id": "buu-cuc-mau", "name": "Điểm tiếp nhận Mẫu 02", "superior": "UBND TỈNH MẪU",
            "unit": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU", "place": "Mẫu", "number_suffix": "TTPVHCC",
            "phone": "0235 000 000", "lookup": "https://mau.example/tra-cuu", "contact": "",
            "sign_in": False,
        },
        counter_name="Quầy 3",
        clerks=({"id": "nv-1", "name": "Trần Thị Thử", "accounts": {"cong-an": "ca.thu", "so-xay-dung": "xd.thu"}},
                {"id": "nv-2", "name": "Lê Văn Ví Dụ", "accounts": {}}),
        province_key=province.public,
        gateway_url="http://127.0.0.1:9",
    )


def with_intent(intake: Intake, intent: str) -> Intake:
    return replace(intake, intent=intent)


def with_kept_original(intake: Intake) -> Intake:
    """The same form, whose first paper is an original that stays until the result is returned."""
    first, *rest = intake.papers
    return replace(intake, papers=(replace(first, originals=1, keeps_original=True), *rest))
