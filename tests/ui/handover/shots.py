"""`python -m tests.ui.handover.shots OUTDIR [NAME …]`: the page in its states as pictures, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING,
    BUILDING_PERMIT,
    MISSING,
    REFUSED,
    answer,
    hand_over,
    undo,
)
from tests.office import Office, make_office, sample_intake, with_kept_original
from tests.ui.dossier.desk import make_desk
from tests.ui.shooting import Shot, Studio, open_wide, put_away, take, window_of
from ui.operations.desk import Desk
from ui.pages.handover.page import HISTORY, WAITING, HandoverPage
from ui.shortcuts import Place

NAMES = (
    "Nguyễn Thị Mẫu Ánh", "Trần Văn Thử", "Lê Thị Ví Dụ", "Phạm Hoàng Giả Định Khánh", "Võ Đức Nghiệm",
    "Đỗ Thị Thanh Thử", "Bùi Công Mẫu", "Hồ Minh Thí Điểm",
)
Scene = Callable[[Office, HandoverPage], None]


def received(office: Office, amount: int, *, procedure: str = "3.000333", keeps: bool = False) -> list[str]:
    found = []
    for number in range(amount):
        turn = len(found) + office.noise.randrange(10**9)
        intake = sample_intake(f"i{turn}-{number}", procedure=procedure, name=NAMES[number % len(NAMES)],
                               personal_id=f"04919{turn % 10**7:07d}")
        office.clock.advance(timedelta(minutes=4))
        found.append(office.receive(with_kept_original(intake) if keeps and number % 2 else intake).dossier.code)
    return found


def nothing(office: Office, page: HandoverPage) -> None:
    page.arrive()


def making(office: Office, page: HandoverPage) -> None:
    codes = received(office, 11, keeps=True)
    received(office, 3, procedure=BUILDING_PERMIT)
    sent = hand_over(office, codes[:1])
    answer(office, sent.number, {codes[0]: REFUSED})
    page.refresh()
    for code in codes[:8]:
        page.take_scan(code)
    page.making.choose_originals()


def wrong_agency(office: Office, page: HandoverPage) -> None:
    making(office, page)
    (foreign,) = received(office, 1, procedure=BUILDING_PERMIT)
    page.take_scan(foreign)


def not_scanned(office: Office, page: HandoverPage) -> None:
    making(office, page)
    page.making.toggle_waiting()


def asking(office: Office, page: HandoverPage) -> None:
    making(office, page)
    page.making.ask()


def asking_late_by_post(office: Office, page: HandoverPage) -> None:
    making(office, page)
    office.clock.advance(timedelta(hours=6))
    page.making.ask()
    page.take_scan("EA473124829VN")


def made(office: Office, page: HandoverPage) -> None:
    making(office, page)
    page.making.ask()
    assert page.making.sheet is not None
    page.making.sheet.confirm()


def several_lists(office: Office, page: HandoverPage) -> list[str]:
    codes, permits = received(office, 24, keeps=True), received(office, 5, procedure=BUILDING_PERMIT)
    old = hand_over(office, codes[:9])
    office.clock.advance(timedelta(days=2, hours=3))
    hand_over(office, permits, agency=BUILDING)
    hand_over(office, codes[9:15])
    gone = hand_over(office, codes[15:18])
    undo(office, gone.number)
    whole = hand_over(office, codes[18:22])
    answer(office, whole.number, {**dict.fromkeys(codes[18:20], ACCEPTED), codes[20]: MISSING, codes[21]: REFUSED})
    page.show_manifest(old.number)
    return codes


def waiting(office: Office, page: HandoverPage) -> None:
    several_lists(office, page)
    page.show_view(WAITING)


def answered(office: Office, page: HandoverPage) -> None:
    codes = several_lists(office, page)
    for code in codes[:6]:
        page.take_scan(code)
    lists = page.waiting
    lists.view.lines.stand_on(6)
    lists.miss()
    assert lists.manifest is not None
    lists._answering.mark(lists.manifest.id, codes[7], REFUSED, "Thiếu chữ ký của người nộp ở trang 2")
    page.take_scan(codes[23])


def storing(office: Office, page: HandoverPage) -> None:
    answered(office, page)
    page.waiting.ask()


def refusing(office: Office, page: HandoverPage) -> None:
    several_lists(office, page)
    page.waiting.ask_refusal()


def reminding(office: Office, page: HandoverPage) -> None:
    several_lists(office, page)
    page.remind()


def digest(office: Office, page: HandoverPage) -> None:
    several_lists(office, page)
    page.show_digest()


def history(office: Office, page: HandoverPage) -> None:
    several_lists(office, page)
    page.show_view(HISTORY)
    page.history.view.lists.stand_on(0)


def taken_back(office: Office, page: HandoverPage) -> None:
    made(office, page)
    page.undo_last()


SCENES: tuple[Scene, ...] = (
    nothing, making, wrong_agency, not_scanned, asking, asking_late_by_post, made, waiting, answered, storing,
    refusing, reminding, digest, history, taken_back,
)


def shoot(folder: Path, shot: Shot[Scene]) -> None:
    office = make_office(folder)
    desk: Desk
    desk, around = make_desk(office)
    desk = replace(desk, language=lambda: shot.words)
    window = window_of(office)
    window.register_place(Place.HANDOVER, lambda: HandoverPage(desk))
    page = window.go(Place.HANDOVER)
    assert isinstance(page, HandoverPage)
    open_wide(window, shot.width, shot.height)
    shot.scene(office, page)
    for tone, words in around.frame.words[-1:]:
        window.say(words, tone)  # type: ignore[arg-type]  # the remembered tone is a plain text
    take(window, shot.file, glances=12)
    put_away(window)
    office.application.close()


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place:
            shoot(Path(place), shot)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
