"""`python -m tests.ui.returning.shots OUTDIR [NAME …]`: the page in its states as pictures, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from app.domain.intake import Intake
from app.domain.life.facts import ResultPaper
from app.domain.result_code import result_text
from app.services.courier import note_contact
from app.services.results.taking_in import Arrived
from tests.app.services.results.counter import DELEGATE
from tests.office import sample_intake
from tests.ui.dossier.stories import NAMES
from tests.ui.returning.bench import CARD, OTHER_CARD, Bench, another, bench, owing_with_original
from tests.ui.shooting import Shot, Studio, open_wide, put_away, take, window_of
from ui.pages.returning.page import TAKE, WAIT, ReturnPage
from ui.shortcuts import Place

Scene = Callable[[Bench, ReturnPage], None]


def ready(held: Bench, intake: Intake | None = None) -> str:
    return held.counter.ready(intake)


def person(intent: str, turn: int) -> Intake:
    return sample_intake(intent, name=NAMES[turn], personal_id=f"04919000{turn:04d}")


def empty(held: Bench, page: ReturnPage) -> None:
    page.arrive()


def pair(held: Bench, page: ReturnPage) -> None:
    code = ready(held, owing_with_original("đủ"))
    page.take_scan(code)
    page.take_scan(result_text(code))
    page.take_scan(CARD)


def wrong_pair(held: Bench, page: ReturnPage) -> None:
    one, two = ready(held), ready(held, another("khác"))
    page.take_scan(one)
    page.take_scan(result_text(two))


def delegate(held: Bench, page: ReturnPage) -> None:
    code = ready(held)
    page.take_scan(code)
    page.take_scan(result_text(code))
    page.take_scan(OTHER_CARD)
    page.act()


def lost(held: Bench, page: ReturnPage) -> None:
    code = ready(held)
    page.take_scan(CARD)
    page.lose_receipt()
    page.take_scan(result_text(code))


def returned(held: Bench, page: ReturnPage) -> None:
    code = ready(held)
    held.counter.give(code, collector=DELEGATE)
    page.take_scan(code)


def recalling(held: Bench, page: ReturnPage) -> None:
    returned(held, page)
    page.recall_last()


def taking(held: Bench, page: ReturnPage) -> None:
    page.show_view(TAKE)
    for turn in range(5):
        code = held.counter.receive(person(f"về-{turn}", turn))
        if turn != 3:
            held.counter.hand_over(code)
        page.take_scan(code)
    code = held.counter.receive(owing_with_original("về-gốc"))
    held.counter.hand_over(code, "1#1")
    page.take_scan(code)
    page.take_view.line.number.line.setText("125/PLLTP")
    page.take_view.line.number.line.textEdited.emit("125/PLLTP")


def taken(held: Bench, page: ReturnPage) -> None:
    page.show_view(TAKE)
    for _ in range(3):
        code = held.counter.receive()
        held.counter.hand_over(code)
        page.take_scan(code)
    page.act()


def waiting(held: Bench, page: ReturnPage) -> None:
    for turn, days in enumerate((29, 9, 3, 0, 0)):
        code = held.counter.receive(person(f"chờ-{turn}", turn))
        held.counter.hand_over(code)
        held.counter.take(Arrived(code, ResultPaper("Phiếu lý lịch tư pháp", f"{turn}/PL", date(2026, 11, 20))))
        held.counter.office.clock.advance(timedelta(days=days))
    page.show_view(WAIT)


def notice(held: Bench, page: ReturnPage) -> None:
    waiting(held, page)
    page.show_notice()


def originals(held: Bench, page: ReturnPage) -> None:
    for turn in range(3):
        code = held.counter.receive(owing_with_original(f"gốc-{turn}"))
        if turn:
            held.counter.hand_over(code, "1#1", is_acknowledged=turn == 2)
    page.show_originals()


SCENES: tuple[Scene, ...] = (
    empty, pair, wrong_pair, delegate, lost, returned, recalling, taking, taken, waiting, notice, originals,
)


def shoot(held: Bench, shot: Shot[Scene]) -> None:
    office = held.counter.office
    window = window_of(office)
    with office.application.database.writing() as connection:
        note_contact(connection, office.clock.now(), 0)
    window.register_place(Place.RETURN, lambda: ReturnPage(held.desk))
    open_wide(window, shot.width, shot.height)
    page = window.go(Place.RETURN)
    assert isinstance(page, ReturnPage)
    shot.scene(held, page)
    take(window, shot.file, glances=20)
    put_away(window)


def main(arguments: list[str]) -> int:
    for shot in Studio(arguments).shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place, bench(Path(place)) as held:
            shoot(held, shot)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
