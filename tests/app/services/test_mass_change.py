"""A landslide, whole or in portions, waits for a person; the journal says who let it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.operation import Type
from app.errors import KnownError
from app.services import mass_change
from app.services.feed import Cursor, start_feed
from app.services.mass_change import DayOfChanges, HeldPull
from app.store import journal as book
from app.store.queries.dossiers import Reach
from app.store.queries.outbox import waiting_page
from sync.book import Book
from sync.contract.feed import Entry, FeedPage, Kind
from sync.core.asks import FetchFeed
from sync.core.catching import catch_up
from sync.engine import run
from sync.report import Done
from tests.office import Office, office_in, sample_intake

PROVINCE = "nhà-1"
DONE, IN_PROCESS = "9", "4"


class Feed:
    """What a province says, and a counter that listens."""

    def __init__(self, office: Office, amount: int) -> None:
        self.office, self.entries = office, list[Entry]()
        self.codes = [office.receive(sample_intake(f"i{turn}")).dossier.code for turn in range(amount)]
        with office.application.database.writing() as connection:
            start_feed(connection, Cursor(PROVINCE, 0))

    def say(self, codes: Sequence[str], status: str = DONE) -> None:
        at = self.office.clock.now().isoformat()
        for code in codes:
            self.entries.append(Entry(len(self.entries) + 1, Kind.STATUS, "agency:cong-an", at,
                                      {"number": code, "status": status}))

    def listen(self) -> dict[str, Any]:
        """The problem's values; empty when everything was taken."""
        office = self.office
        book = Book(office.application.database, office.clock, office.noise.randbytes, Done())

        def answer(ask: Any) -> Any:
            if isinstance(ask, FetchFeed):
                found = tuple(self.entries[ask.position:])
                return FeedPage(PROVINCE, len(self.entries), found, False)
            return book.answer(ask)

        try:
            run(catch_up(PROVINCE), answer)
        except KnownError as error:
            assert error.code == "mass_change"
            return dict(error.values)
        return {}

    def held(self) -> HeldPull | None:
        with self.office.application.database.reading() as connection:
            return mass_change.held_pull(connection)

    def accept(self, seen: HeldPull, intent: str = "nhận") -> bool:
        office = self.office
        with office.application.database.writing() as connection:
            return mass_change.accept_mass_change(
                connection, office.application.enrolled, office.clerk, seen, intent=intent,
                now=office.clock.now(), randomness=office.noise.randbytes,
            )


def test_who_accepted_what_stands_in_the_journal_once(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office, 12)
        feed.say(feed.codes[:8])
        assert feed.listen() == {"changed": 8, "open": 12}
        seen = feed.held()
        assert seen is not None
        assert [feed.accept(seen) for _ in range(3)] == [True] * 3
        with office.application.database.reading() as connection:
            made = book.by_intent(connection, "nhận")
            reach = Reach("", office.application.enrolled.device, 1, 0)
            lines = [line for line in waiting_page(connection, reach) if line.type != Type.DOSSIER_RECEIVED]
        assert made is not None
        assert (made.header.type, made.header.staff) == (Type.FEED_MASS_CHANGE_ACCEPTED, office.clerk.id)
        assert made.body == {
            "about": {"incarnation": PROVINCE, "position": 8}, "changed": 8, "earlier": 0, "open": 12,
            "since": seen.since.isoformat(), "clerk_name": office.clerk.name,
        }
        assert [(line.type, line.code, line.clerk_name) for line in lines] == [
            (Type.FEED_MASS_CHANGE_ACCEPTED, "", office.clerk.name)], "it goes to the province like everything"
        assert feed.listen() == {} and feed.held() is None


def test_what_was_not_seen_is_not_accepted(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office, 12)
        feed.say(feed.codes[:6])
        feed.listen()
        seen = feed.held()
        assert seen is not None
        feed.say(feed.codes[6:])
        feed.listen()
        assert not feed.accept(seen)
        with office.application.database.reading() as connection:
            assert book.by_intent(connection, "nhận") is None
        assert feed.listen() == {"changed": 12, "open": 12}


def test_a_landslide_in_small_portions_is_held_at_half_of_the_shelf(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office, 20)
        said = []
        for at in range(0, 20, 2):
            feed.say(feed.codes[at:at + 2])
            said.append(feed.listen())
            office.clock.advance(timedelta(minutes=30))
        assert said[:5] == [{}] * 5
        assert said[5:7] == [{"changed": 12, "open": 20}, {"changed": 14, "open": 20}]
        assert said[7:] == [{"changed": more, "open": 10} for more in (6, 8, 10)], "held as a whole"
        held = feed.held()
        assert held is not None and (held.changed, held.earlier, held.open) == (10, 10, 10)
        assert feed.accept(held) and feed.listen() == {}
        feed.say(feed.codes[:2], IN_PROCESS)
        assert feed.listen() == {}, "a person has looked: the day begins anew"


def test_what_lies_a_day_back_is_another_day(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office, 20)
        for at in range(0, 20, 2):
            feed.say(feed.codes[at:at + 2])
            assert feed.listen() == {}
            office.clock.advance(timedelta(hours=5))


def test_one_dossier_that_changes_often_is_one(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office, 20)
        for turn in range(8):
            feed.say(feed.codes[:2], IN_PROCESS if turn % 2 else "5")
            assert feed.listen() == {}
        with office.application.database.reading() as connection:
            assert mass_change.weigh_day(connection, (), office.clock.now()) == DayOfChanges(2, 20)


@pytest.mark.parametrize("back", [timedelta(days=3), timedelta(days=-3)])
def test_a_clock_that_was_wrong_hides_nothing_for_ever(tmp_path: Path, back: timedelta) -> None:
    """Noted by a clock days ahead they are weighed longer; by one days behind, they are a day old at once."""
    with office_in(tmp_path) as office:
        feed = Feed(office, 20)
        office.clock.at += back
        feed.say(feed.codes[:2])
        feed.listen()
        office.clock.at -= back
        with office.application.database.reading() as connection:
            found = len(mass_change.changed_today(connection, office.clock.now()))
    assert found == (2 if back > timedelta() else 0)
