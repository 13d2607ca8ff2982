"""Two counters of one office and one province: what one received the other hands over and gives out; what both
gave out while the line was down is put before a person, who decides by keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.dossier import State
from app.domain.life.life import Life
from app.domain.life.states import Custody, Delivery
from app.domain.result_code import read_result
from app.paths import DataFolder
from app.services import courier
from app.services.life.reading import read_life
from app.store.queries.dossiers import DossierList, count, page
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.gateway.process import GatewayProcess
from tests.gateway_process import ReadyGateway
from tests.journeys.citizens import DELEGATE, card
from tests.journeys.counter import open_counter
from tests.journeys.day import SIZE, Clerk, DayClock, Ears, Office, read_codes
from ui.command_line.folder import KEYS, open_folder
from ui.demo_office import office_file
from ui.demo_play import Person, receive_by_keys
from ui.models.dossier_rows import known_now
from ui.pages.dossier.page import DossierPage
from ui.pages.handover.page import HandoverPage
from ui.pages.home.page import HomePage
from ui.pages.home.tiles import Work
from ui.pages.returning.page import ReturnPage
from ui.paper_printer import SETTING
from ui.theme import Theme
from ui.translations import Language
from ui.widgets.count_tile import CountTile


@dataclass
class Place:
    """The office: its two counters' folders, and the province that is there or not."""

    app: QApplication
    theme: Theme
    language: Language
    patch: pytest.MonkeyPatch
    root: Path
    province: GatewayProcess

    def enrol(self) -> None:
        """Counters A and B, both printing to files."""
        for name in ("A", "B"):
            self.patch.setenv(KEYS, str(self.root / name / "keys"))
            office = open_folder(self.folder(name))
            try:
                file = office_file(office.catalogue) | {"counters": ["Quầy A", "Quầy B"]}
                self.province.add_office(file)
                code = self.province.mint_code(file["id"], f"Quầy {name}")
                with GatewayClient(self.province.url) as client:
                    enrol_counter(office.database, client, self.province.url, code, device_name=name,
                                  clock=office.clock)
                with office.database.writing() as connection:
                    write_setting(connection, SETTING, {"way": "pdf"})
            finally:
                office.close()

    def folder(self, name: str) -> DataFolder:
        return DataFolder(self.root / name / "office")

    @contextmanager
    def at(self, name: str) -> Iterator[Clerk]:
        """The window of one counter, with its courier."""
        self.patch.setenv(KEYS, str(self.root / name / "keys"))
        with open_counter(self.app, self.theme, self.language, self.folder(name)) as (counter, hands):
            counter.window.resize(*SIZE)
            ears = Ears()
            self.patch.setattr(counter.sound, "refuse", ears.refuse)
            office = Office(self.folder(name), self.root / name / "keys", DayClock(), name)
            clerk = Clerk(counter, hands, ears, office)
            clerk.new_papers()
            yield clerk
            clerk.rest()


@pytest.fixture
def place(
    qapp: QApplication, look: Theme, language: Language, tmp_path: Path, empty_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    with ReadyGateway(tmp_path / "province", empty_database) as province:
        found = Place(qapp, look, language, monkeypatch, tmp_path, province)
        found.enrol()
        yield found


# Several sessions of the window on two machines each, while the same by services and dice is quick
# (tests/faults/test_two_counters).
@pytest.mark.slow
def test_what_one_counter_received_the_other_hands_over_and_gives_out(place: Place) -> None:
    with place.at("B") as clerk:
        sync(clerk)
    with place.at("A") as clerk:
        code = receive(clerk, 0)
        sync(clerk)
    place.province.stop()
    with place.at("B") as clerk:
        says_that_it_does_not_know(clerk, code)
        place.province.start()
        sync(clerk)
        hand_over(clerk, code)
        give_out(clerk, code, take_in(clerk, code), card(0))
        sync(clerk)
    with place.at("A") as clerk:
        sync(clerk)
        known = life(clerk, code)
        assert (known.business, known.delivery) == (State.RETURNED, Delivery.RETURNED), "A knows what B did"


# As above.
@pytest.mark.slow
def test_a_result_that_both_gave_out_is_put_before_a_person_and_settled_by_keys(place: Place) -> None:
    with place.at("A") as clerk:
        code = receive(clerk, 1)
        hand_over(clerk, code)
        label = take_in(clerk, code)
        sync(clerk)
    with place.at("B") as clerk:
        sync(clerk)
        place.province.stop()
        give_out(clerk, code, label, DELEGATE, authority="GUQ 7, ngày 20/11/2026, UBND xã Mẫu")
    with place.at("A") as clerk:
        give_out(clerk, code, label, card(1))
        place.province.start()
        sync(clerk)
    with place.at("B") as clerk:
        sync(clerk)
        assert conflicts(clerk) == {code}
    with place.at("A") as clerk:
        sync(clerk)
        assert conflicts(clerk) == {code}, "both counters show it"
        settle(clerk)
        assert conflicts(clerk) == set()
        sync(clerk)
    with place.at("B") as clerk:
        sync(clerk)
        assert conflicts(clerk) == set(), "what was decided at A holds at B"
        assert life(clerk, code).delivery is Delivery.RETURNED


def sync(clerk: Clerk) -> None:
    """Until everything is sent and everything new has come."""
    counter = clerk.counter
    assert counter.desk is not None
    counter.send_now()
    clerk.hands.until(lambda: counter.is_line_up and _unsent(clerk) == 0, "the province has everything", 90)
    clerk.rest()


def _unsent(clerk: Clerk) -> int:
    assert clerk.counter.desk is not None
    office = clerk.counter.desk.office
    with office.database.reading() as connection:
        return courier.outbox(connection, office.enrolled).unsent


def receive(clerk: Clerk, number: int) -> str:
    return receive_by_keys(clerk.counter, clerk.hands, Person(card(number), "ly lich", f"09050002{number:02d}"))


def says_that_it_does_not_know(clerk: Clerk, code: str) -> None:
    """At F5 and F4 alike: not "no such dossier", but how old its news are."""
    heard = clerk.ears.refused
    clerk.press("F5")
    clerk.hands.scan(code)
    returning = clerk.page
    assert isinstance(returning, ReturnPage)
    clerk.look("two-1-not-known-at-return")
    assert code in returning.give_view.trouble.title()
    assert "lần cuối" in returning.give_view.trouble.accessibleName()
    clerk.press("F4")
    clerk.hands.scan(code)
    handing = clerk.page
    assert isinstance(handing, HandoverPage)
    clerk.look("two-1-not-known-at-handover")
    assert handing.bar.isVisible() and code in handing.bar.title()
    assert "lần cuối" in handing.bar.accessibleName()
    assert clerk.ears.refused == heard + 2


def hand_over(clerk: Clerk, code: str) -> None:
    """The list, and its answer by scanning back."""
    clerk.press("F4")
    clerk.hands.scan(code)
    clerk.press("F12", "Return")
    clerk.rest()
    clerk.press("Alt+2")
    clerk.hands.scan(code)
    clerk.press("F12")
    clerk.hands.type("Võ Văn Nhận")
    clerk.press("Return")
    clerk.rest()
    assert life(clerk, code).custody is Custody.AGENCY


def take_in(clerk: Clerk, code: str) -> str:
    """What the label of the result holds."""
    clerk.new_papers()
    clerk.press("F5", "Alt+2")
    clerk.hands.scan(code)
    clerk.press("F12")
    (label,) = {
        text for paper in clerk.new_papers().values() for text in read_codes(paper) if read_result(text) == code
    }
    return label


def give_out(clerk: Clerk, code: str, label: str, identity: str, *, authority: str = "") -> None:
    clerk.press("F5", "Alt+1")
    clerk.hands.scan(code)
    clerk.hands.scan(label)
    clerk.hands.scan(identity)
    if authority:
        clerk.tab_to("Giấy ủy quyền")
        clerk.hands.type(authority)
    clerk.press("F12")
    clerk.hands.until(lambda: life(clerk, code).delivery is Delivery.RETURNED, "the result is given out")
    clerk.rest()


def settle(clerk: Clerk) -> None:
    """From the start screen's red tile to the decision, by keys alone."""
    clerk.press("Home")
    home = clerk.page
    assert isinstance(home, HomePage)
    tile = home.tiles.tiles[Work.CONFLICT]
    assert isinstance(tile, CountTile) and (tile.count(), tile.property("tone")) == (1, "bad")
    clerk.look("two-3-conflict-at-home")
    clerk.press("4")
    clerk.look("two-3-conflict-list")
    clerk.press("Return")
    clerk.until(lambda: isinstance(clerk.page, DossierPage), "the dossier is open")
    clerk.look("two-3-conflict-dossier")
    clerk.press("M")
    clerk.look("two-3-conflict-sheet")
    clerk.tab_to("Đã hỏi ai")
    clerk.hands.type("Đã gọi bà Hai: kết quả trả cho bà ở quầy A; quầy B ghi nhầm")
    clerk.look("two-3-conflict-filled")
    clerk.press("Return")
    clerk.rest()
    clerk.look("two-3-settled")


def conflicts(clerk: Clerk) -> set[str]:
    assert clerk.counter.desk is not None
    desk = clerk.counter.desk
    known = known_now(desk)
    with desk.office.database.reading() as connection:
        rows = page(connection, DossierList.CONFLICT, known)
        assert count(connection, DossierList.CONFLICT, known) == len(rows)
    return {row.code for row in rows}


def life(clerk: Clerk, code: str) -> Life:
    assert clerk.counter.desk is not None
    with clerk.counter.desk.office.database.reading() as connection:
        return read_life(connection, code).life
