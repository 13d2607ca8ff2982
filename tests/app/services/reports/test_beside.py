"""What reports tell beside dossiers: items of the post, satisfaction, a clerk's own day, hand-overs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.services.reports import beside
from app.services.reports.offered import make_report
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING,
    BUILDING_PERMIT,
    REFUSED,
    answer,
    hand_over,
    receive,
)
from tests.app.services.post.conftest import desk  # noqa: F401
from tests.app.services.post.counter import PostDesk
from tests.app.services.reports.asking import asked


def told(desk: PostDesk, report: str) -> list[dict[str, Any]]:  # noqa: F811
    with desk.reading() as connection:
        table = make_report(connection, asked(desk.office, connection), report)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows]


def test_items_of_the_post_stand_under_the_day_they_were_posted(desk: PostDesk) -> None:  # noqa: F811
    desk.range(1000, 1009)
    sent = [desk.posted() for _ in range(4)]
    desk.list()
    desk.delivered(sent[0].item_code)
    desk.undelivered(sent[1].item_code)
    day, total = told(desk, beside.POST_ITEMS)
    assert [day[key] for key in ("posted", "delivered", "under_way", "undelivered", "otherwise", "rate")] == [
        4, 1, 2, 1, 0, 2500]
    assert day["day"].isoformat() == "2026-11-23" and total == day | {"day": None}


def test_satisfaction_is_shared_among_those_who_answered(desk: PostDesk) -> None:  # noqa: F811
    for level in (1, 2, 2, 3, None):
        desk.give(desk.ready(), satisfaction=level)
    clerk, total = told(desk, beside.SATISFACTION)
    assert [clerk[key] for key in ("returned", "very", "satisfied", "not", "silent", "rate")] == [
        5, 1, 2, 1, 1, 7500]
    assert clerk["name"] == desk.office.clerk.name and total == clerk | {"name": "Tổng cộng"}


def test_a_clerk_sees_what_she_did_herself(desk: PostDesk) -> None:  # noqa: F811
    for _ in range(3):
        desk.ready()
    desk.give(desk.codes[0])
    done = {row["name"]: row["amount"] for row in told(desk, beside.MY_DAY)}
    assert done == {"Tiếp nhận hồ sơ": 3, "Bàn giao cho cơ quan": 3, "Nhận kết quả về": 3, "Trả kết quả": 1}
    with desk.reading() as connection:
        another = replace(asked(desk.office, connection), made_by="Lê Văn Ví Dụ")
        assert make_report(connection, another, beside.MY_DAY).rows == ()


def test_handovers_tell_what_was_acknowledged_and_what_was_not(desk: PostDesk) -> None:  # noqa: F811
    office = desk.office
    first, other = receive(office, 3), receive(office, 1)
    building = receive(office, 1, procedure=BUILDING_PERMIT)
    made = hand_over(office, first)
    answer(office, made.op_id, {first[0]: ACCEPTED, first[1]: REFUSED})
    hand_over(office, other)
    hand_over(office, building, agency=BUILDING)
    police, of_building, total = told(desk, beside.HANDOVERS)
    keys = ("manifests", "lines", "acknowledged", "open", "bad", "rate")
    assert [police[key] for key in keys] == [2, 4, 1, 2, 1, 2500]
    assert [of_building[key] for key in keys] == [1, 1, 0, 1, 0, 0]
    assert [total[key] for key in keys] == [3, 5, 1, 3, 1, 2000]
