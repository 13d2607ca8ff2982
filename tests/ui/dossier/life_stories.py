"""Lives of dossiers for pictures and tests: pauses, an extension, papers under way, two counters that disagree."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.domain.dossier import State
from app.domain.intake import PaperStatus
from app.domain.life.facts import Acknowledged, AgencyPaper, Gap, HandedOver, LineVerdict
from tests.app.services.life.counter import CARD, LETTER, Counters, Desk, at
from tests.office import Office, SetClock, make_template, reopen, sample_intake, with_kept_original
from tests.ui.dossier.stories import confirm, printed

PAUSED, MOVED, STOPPED, DISPUTED = (f"H47.{unit}-261123-{number:04d}" for unit, number in (
    ("07", 1), ("07", 2), ("15", 1), ("15", 2)))
LONG = Gap("Văn bản thỏa thuận của chủ sở hữu công trình liền kề về việc bảo đảm an toàn khi thi công", "1",
           originals=1, note="chưa có chữ ký của hộ bên phải")


def receive(desk: Desk, intent: str, name: str, procedure: str) -> str:
    intake = with_kept_original(sample_intake(intent, name=name, procedure=procedure))
    if procedure == "3.000333":
        missing = replace(intake.papers[1], status=PaperStatus.MISSING, certified=0, missing_reason="nộp sau")
        intake = replace(intake, papers=(intake.papers[0], missing, *intake.papers[2:]))
    made = desk.office.receive(intake)
    printed(desk.office, made.print_job)
    return made.dossier.code


def lived(office: Office) -> None:
    """PAUSED waits for papers; MOVED had a pause, an extension and is with the agency; STOPPED was stopped;
    DISPUTED was withdrawn here while the neighbour handed it over."""
    desk = Desk(office)
    with neighbour(office) as counters:
        there = counters.desks[1]
        paused = receive(desk, "chờ", "Huỳnh Gia Thử", "1.013225")
        moved = receive(desk, "dời", "Trần Thị Mẫu Một", "1.013225")
        stopped = receive(desk, "dừng", "Lê Thị Ví Dụ", "3.000333")
        disputed = receive(desk, "tranh", "Phạm Quốc Mẫu", "3.000333")
        assert (paused, moved, stopped, disputed) == (PAUSED, MOVED, STOPPED, DISPUTED)
        counters.meet()
        confirm(office, 4)
        _move(desk, moved)
        office.clock.at = at("2026-11-30 09:20")
        desk.ask(paused, (LONG, Gap("Tờ khai", note="ghi lại mục 7")), "Giấy tờ chưa đủ để giải quyết",
                 paper=AgencyPaper("supplement", "41/SXD-QLXD", LETTER.day, "Võ Minh Mẫu"))
        _stop(desk, stopped)
        office.clock.advance(timedelta(minutes=4))
        desk.withdraw(disputed, originals=("1#1",), papers_given_back=True)
        there.office.clock.at = office.clock.at + timedelta(minutes=7)
        there.act(disputed, HandedOver("túi-9", ("1#1",)))
        counters.meet()
    office.clock.at = at("2026-12-01 10:05")


@contextmanager
def neighbour(office: Office) -> Iterator[Counters]:
    """Our counter and the one next door, which ends with the block; what it told us stays."""
    with tempfile.TemporaryDirectory(prefix="qmc-next-door-") as name:
        make_template(Path(name), office.province, device="quay-22", lo=5000, hi=5099)
        there = reopen(Path(name), office.province, SetClock(), seed=2)
        try:
            yield Counters(Desk(office), Desk(there, turn=1000))
        finally:
            there.application.close()


def _move(desk: Desk, code: str) -> None:
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.ask(code, (Gap("Tờ khai yêu cầu (Mẫu thử)", "1", originals=1, note="thiếu chữ ký"),), "Tờ khai chưa ký")
    desk.office.clock.at = at("2026-11-26 15:10")
    desk.bring(code, (replace(CARD, requirement="1", name="Tờ khai yêu cầu (Mẫu thử)", certified=0, originals=1),))
    desk.office.clock.advance(timedelta(minutes=20))
    desk.act(code, HandedOver("túi-1", ("1#1",)))
    desk.office.clock.advance(timedelta(minutes=70))
    desk.act(code, Acknowledged("túi-1", LineVerdict.ACCEPTED, by_name="Võ Minh Mẫu"))
    desk.office.clock.at = at("2026-11-28 08:15")
    desk.extend(code, at("2026-12-16 17:00"), paper=replace(LETTER, number="77/SXD-XL", day=LETTER.day))


def _stop(desk: Desk, code: str) -> None:
    from app.services.life.agency_papers import note_stop

    desk.do(note_stop, code, "Quá thời hạn mà công dân không bổ sung", replace(LETTER, kind="stop"))
    assert desk.life(code).business is State.STOPPED
