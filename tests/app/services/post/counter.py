"""A counter that posts results and fetches papers, by the services themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.intake import Intake, PaperGiven, PaperStatus, ReturnMethod
from app.domain.item_code import ItemCode, ItemRange
from app.domain.life.facts import PostWord
from app.domain.new_intake import choose_procedure
from app.domain.pickup import PickupCall, PickupState
from app.domain.postal_address import PostalAddress
from app.services.post.following import Back, Noted, Word, call_off, note_word, take_back
from app.services.post.listing import Listed, list_items
from app.services.post.pickups import PickupStored, ask_pickup, move_pickup
from app.services.post.pool import PoolState, pool_state, take_range, void_code
from app.services.post.posting import Parcel, Sent, post_result
from tests.app.services.results.counter import Desk, build_paper
from tests.office import sample_catalogue, sample_intake

OLD = "Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam"
PARCEL = Parcel("Nguyễn Thị Mẫu Ánh", "0905 000 123", "Tổ 3, Thôn Giả Định", "Phường Mẫu", "Tỉnh Mẫu", OLD)


def item(serial: int, service: str = "EA") -> str:
    """A whole item code with its check digit."""
    return ItemCode(service, serial).text


def by_post(intent: str) -> Intake:
    """The citizen asked for the result by post."""
    return replace(sample_intake(intent), return_method=ReturnMethod.POST, return_address=OLD)


@dataclass(slots=True)
class PostDesk(Desk):
    """The post's services with this office's clock and chance filled in."""

    def range(self, first: int, last: int, *, intent: str = "") -> ItemRange:
        with self.connect() as connection:
            return take_range(connection, *self.who(), item(first), item(last), **self.how(intent))

    def void(self, code: str, reason: str = "Nhãn rách", *, intent: str = "") -> ItemCode:
        with self.connect() as connection:
            return void_code(connection, *self.who(), code, reason, **self.how(intent))

    def pool(self) -> PoolState:
        with self.reading() as connection:
            return pool_state(connection, self.office.application.enrolled)

    def shelved(self, intake: Intake | None = None) -> str:
        """A result on the shelf, asked for by post."""
        self.turn += 1
        return self.ready(intake or by_post(f"bưu-chính-{self.turn}"))

    def post(self, code: str, parcel: Parcel = PARCEL, *, intent: str = "", **changes: Any) -> Sent:
        with self.connect() as connection:
            return post_result(connection, *self.who(), code, replace(parcel, **changes), **self.how(intent))

    def posted(self, intake: Intake | None = None) -> Sent:
        return self.post(self.shelved(intake))

    def list(self, *items: str, intent: str = "", **more: Any) -> Listed:
        with self.connect() as connection:
            return list_items(connection, *self.who(), items or None, **more, **self.how(intent))

    def say(self, code: str, word: PostWord, as_of: datetime | None = None, *, receiver: str = "", note: str = "",
            intent: str = "", of: str = "") -> Noted:
        said = Word(word, as_of or self.office.clock.now(), receiver, note)
        with self.connect() as connection:
            return note_word(connection, *self.who(), code, said, code=of, **self.how(intent))

    def delivered(self, code: str, receiver: str = "Nguyễn Thị Mẫu Ánh", **more: Any) -> Noted:
        return self.say(code, PostWord.DELIVERED, receiver=receiver, **more)

    def undelivered(self, code: str, note: str = "Người nhận đã chuyển đi nơi khác.", **more: Any) -> Noted:
        return self.say(code, PostWord.UNDELIVERED, note=note, **more)

    def back(self, code: str, *, intent: str = "", **more: Any) -> Back:
        with self.connect() as connection:
            return take_back(connection, *self.who(), code, **more, **self.how(intent))

    def call_off(self, code: str, reason: str = "Dán nhầm nhãn", *, intent: str = "") -> Back:
        with self.connect() as connection:
            return call_off(connection, *self.who(), code, reason, **self.how(intent))

    def call(self, call: PickupCall | None = None, *, intent: str = "") -> PickupStored:
        with self.connect() as connection:
            return ask_pickup(connection, *self.who(), call or sample_call(), **self.how(intent))

    def move(self, pickup: str, to: PickupState, *, intent: str = "", **more: Any) -> PickupStored:
        with self.connect() as connection:
            return move_pickup(connection, *self.who(), pickup, to, **more, **self.how(intent))

    def paper(self, job: str) -> Any:
        with self.reading() as connection:
            return build_paper(connection, self, job)

    def later(self, **step: float) -> datetime:
        self.office.clock.advance(timedelta(**step))
        return self.office.clock.now()


def sample_call(**changes: Any) -> PickupCall:
    """A call for papers of the first sample procedure, two of its three papers to be had ready."""
    catalogue = sample_catalogue()
    procedure = catalogue.procedures[0]
    case = procedure.cases[0]
    agency = next(each for each in catalogue.agencies if each.id == procedure.agency)
    call = PickupCall(
        name="Phan Văn Thử", phone="0905 000 456", identifier="049085001234",
        address=PostalAddress("Tổ 9, Thôn Giả Định", "Phường Mẫu", "Tỉnh Mẫu", OLD),
        procedure=choose_procedure(catalogue, agency, procedure, case),
        papers=tuple(
            PaperGiven(need.code, need.name, PaperStatus.PRESENT, need.is_required, need.originals, need.certified,
                       need.copies)
            for need in case.requirements
        ),
        visit="Sáng 24/11/2026", collector_name="Bưu tá Mẫu",
    )
    return replace(call, **changes)
