"""A bag of dossiers that travels by post takes its code from the same roll as the covers of results."""

from __future__ import annotations

import pytest

from app.domain.manifest import Route
from app.errors import Refusal
from app.services.handover.making import make_manifest
from tests.app.services.post.counter import PostDesk, item
from tests.office import sample_intake


def test_the_code_of_a_bag_is_used_and_never_offered_for_a_cover(desk: PostDesk) -> None:
    desk.range(100, 109)
    code = desk.receive(sample_intake("bàn-giao"))
    with desk.connect() as connection:
        made = make_manifest(
            connection, *desk.who(), [code], agency="cong-an", rules=desk.office.application.rules,
            route=Route.POST, item_code=item(100), **desk.how(),
        )
    assert made.number
    assert (desk.pool().total.used, desk.pool().next_code) == (1, item(101))
    with pytest.raises(Refusal, match="item_code_used"):
        desk.post(desk.shelved(), item_code=item(100))
    with pytest.raises(Refusal, match="item_code_used"):
        desk.void(item(100))
