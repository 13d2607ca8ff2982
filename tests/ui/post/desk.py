"""The post's page on a real book, and the services to play what happened before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from app.domain.intake import FeeTiming
from app.domain.life.facts import PostWord
from app.domain.pickup import PickupState
from tests.app.services.post.counter import PARCEL, PostDesk, by_post, sample_call
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import Around, at_desk
from ui.operations.desk import Desk

NAMES = ("Nguyễn Thị Mẫu Ánh", "Trần Văn Thử", "Lê Hoàng Ví Dụ", "Phạm Thị Giả Định", "Đỗ Minh Mẫu")


@dataclass
class Bench:
    office: Office
    desk: Desk
    around: Around
    play: PostDesk


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    with at_desk(folder) as (office, desk, around):
        yield Bench(office, desk, around, PostDesk(office))


def named(play: PostDesk, turn: int, **changes: object) -> str:
    """A result on the shelf for the turn-th of the invented people."""
    name = NAMES[turn % len(NAMES)]
    intake = replace(by_post(f"người-{turn}"), applicant=sample_intake("x", name=name).applicant)
    return play.shelved(replace(intake, **changes))


def busy_day(play: PostDesk) -> None:
    """Some of everything: to send, under way with words of all ages, come back, pick-ups in each state."""
    play.range(100, 149)
    play.void(play.pool().next_code)
    old = [play.post(named(play, turn), replace(PARCEL, name=NAMES[turn])) for turn in range(3)]
    play.list()
    play.later(days=4)
    play.say(old[1].item_code, PostWord.IN_TRANSIT, play.office.clock.now() - timedelta(hours=80))
    play.later(days=4)
    play.undelivered(old[2].item_code, "Người nhận đi vắng, đã phát 2 lần.")
    play.post(named(play, 3), replace(PARCEL, name=NAMES[3]))
    for turn in (4, 5):
        named(play, turn)
    named(play, 6, fee_timing=FeeTiming.AFTER)
    calls = [play.call(sample_call(name=name, visit="Sáng 02/12/2026")) for name in NAMES[:3]]
    play.move(calls[1].id, PickupState.COLLECTING)
    play.move(calls[2].id, PickupState.COLLECTED)
