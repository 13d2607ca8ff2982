"""The counter next door: its own device, leases and chain; what it did comes to us as entries of the feed."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from app.domain.operation import parse
from app.services import correct, receipts, reveal
from app.services.feed import Cursor, FeedLine, take_page
from app.services.reuse import reusable
from app.store import journal as book
from tests.app.services.scans import check, reuse, scan_and_file
from tests.office import MORNING, Office, Province, make_template, office_in, reopen, sample_intake

DEVICE = "quay-22"
NAMES = ("Phạm Văn Thử Nghiệm", "Đỗ Thị Ví Dụ", "Hồ Minh Mẫu", "Ngô Giả Định", "Nguyễn Thị Mẫu Ánh")


@dataclass(frozen=True, slots=True)
class Written:
    """One signed operation of the neighbour."""

    payload: str
    signature: bytes

    @property
    def code(self) -> str:
        operation = parse(self.payload, b"")
        return operation.header.number or str(operation.body["code"])


@lru_cache(maxsize=1)
def neighbours_work() -> tuple[Written, ...]:
    """Five receptions, two corrections, a reprint, a look at a number and digitised papers (one twice, one
    checked, one reused), in the order they were made."""
    with tempfile.TemporaryDirectory(prefix="qmc-neighbour-") as name:
        folder = Path(name)
        with office_in(folder / "template") as ours:
            province = ours.province
        return _work(folder / "neighbour", province)


def _work(folder: Path, province: Province) -> tuple[Written, ...]:
    from tests.office import SetClock

    make_template(folder, province, device=DEVICE, lo=5000, hi=5499)
    office = reopen(folder, province, SetClock(), seed=22)
    try:
        codes = [
            office.receive(sample_intake(f"bên-{turn}", name=name, personal_id=f"04909000{turn:04d}")).dossier.code
            for turn, name in enumerate(NAMES)
        ]
        for code, name in ((codes[1], "Đỗ Thị Sửa Tên"), (codes[3], "Ngô Đã Đổi")):
            _rename(office, code, name)
        with office.application.database.writing() as connection:
            receipts.ask_reprint(
                connection, office.application.enrolled, office.clerk, codes[0], MORNING, office.noise.randbytes,
                intent="bên-in-lại",
            )
            reveal.reveal_person(
                connection, office.application.enrolled, office.clerk, codes[0], "identifier", intent="bên-xem",
                now=MORNING, randomness=office.noise.randbytes,
            )
        _digitise(office, codes)
        with office.application.database.reading() as connection:
            return tuple(
                Written(row.payload, row.signature) for row in book.after(connection, DEVICE, 1, 0, 1000)
            )
    finally:
        office.application.close()


def _digitise(office: Office, codes: list[str]) -> None:
    """The same person's second dossier takes a paper of the first over."""
    again = office.receive(sample_intake("bên-lại", name=NAMES[2], personal_id="049090000002")).dossier.code
    for turn, (intent, code, requirement) in enumerate(
        (("bên-0", codes[0], "1"), ("bên-2", codes[2], "2"), ("bên-0", codes[0], "1"))
    ):
        scan_and_file(office, sample_intake(intent), code, requirement, seed=900 + turn)
    check(office, codes[2], "2", 1, intent="bên-kiểm")
    with office.application.database.reading() as connection:
        (found,) = reusable(connection, again, "2", MORNING.date())
    reuse(office, again, "2", found, intent="bên-dùng-lại")


def _rename(office: Office, code: str, name: str) -> None:
    from app.services.stored_dossier import read_dossier

    application = office.application
    with application.database.writing() as connection:
        intake = read_dossier(connection, code).body.intake
        assert intake.applicant is not None and intake.applicant.person is not None
        renamed = replace(intake.applicant, person=replace(intake.applicant.person, full_name=name))
        correct.correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, code,
            replace(intake, applicant=renamed), "gõ nhầm tên", base_version=1, intent=f"sửa-{code}", now=MORNING,
            randomness=office.noise.randbytes,
        )


class Feed:
    """The province's row of entries for one counter; `give` hands over what was added since the last page."""

    def __init__(self, office: Office, incarnation: str = "nhà-1") -> None:
        self.office = office
        self.incarnation = incarnation
        self.entries: list[FeedLine] = []
        self._positions = itertools.count(1)

    def add(self, kind: str, *, actor: str = "province", payload: str = "", signature: bytes = b"",
            **body: object) -> FeedLine:
        line = FeedLine(
            self.incarnation, next(self._positions), kind, actor, "2026-11-23T02:30:00.000+00:00", body, payload,
            signature,
        )
        self.entries.append(line)
        return line

    def add_operation(self, written: Written, device: str = DEVICE) -> FeedLine:
        return self.add("operation", actor=f"device:{device}", payload=written.payload,
                        signature=written.signature)

    def give(self, lines: Sequence[FeedLine] | None = None) -> int:
        """Take the lines (all of them when none are named) as one page; returns how many were new."""
        with self.office.application.database.writing() as connection:
            return self.take(connection, self.entries if lines is None else lines)

    def take(self, connection: Connection, lines: Sequence[FeedLine]) -> int:
        cursor = Cursor(self.incarnation, lines[-1].position)
        return take_page(
            connection, lines, cursor, self.office.clock.now(), device=self.office.application.enrolled.device
        )
