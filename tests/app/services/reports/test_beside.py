"""What reports tell beside dossiers: items of the post, satisfaction, a clerk's own day, hand-overs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.reports.table import ColumnKind
from app.errors import Refusal
from app.services.reports import beside, my_day
from app.services.reports.offered import make_report, things_behind
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING,
    BUILDING_PERMIT,
    REFUSED,
    answer,
    hand_over,
    receive,
    undo,
)
from tests.app.services.post.conftest import desk  # noqa: F401
from tests.app.services.post.counter import PostDesk
from tests.app.services.reports.asking import all_things, asked, check_lists


def told(desk: PostDesk, report: str) -> list[dict[str, Any]]:  # noqa: F811
    """The rows, once each of their figures has opened as many things as it says."""
    with desk.reading() as connection:
        said = asked(desk.office, connection)
        table = make_report(connection, said, report)
        figures = sum(column.kind is ColumnKind.COUNT for column in table.columns)
        assert check_lists(desk.office, connection, table, said) == figures * len(table.rows) > 0
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
    with desk.reading() as connection:
        (one,) = all_things(connection, asked(desk.office, connection), "post-items:=2026-11-23:delivered")
    assert (one.number, one.code, one.words) == (sent[0].item_code, desk.codes[0], "Đã phát")


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
    done = {row["name"]: row["amount"] for row in told(desk, my_day.ID)}
    assert done == {"Tiếp nhận hồ sơ": 3, "Bàn giao cho cơ quan": 3, "Nhận kết quả về": 3, "Trả kết quả": 1}
    with desk.reading() as connection:
        said = asked(desk.office, connection)
        for act in ("dossier.received", "handover.made"):
            things = all_things(connection, said, f"my-day:={act}:amount")
            assert {each.code for each in things} == set(desk.codes) and {each.words for each in things} == {
                my_day.ACTS[act]}
        another = replace(said, made_by="Lê Văn Ví Dụ")
        assert make_report(connection, another, my_day.ID).rows == ()


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
    with desk.reading() as connection:
        (refused,) = all_things(connection, asked(office, connection), "handovers:all:bad")
    assert (refused.code, refused.words, refused.clerk_name) == (first[1], "Không nhận", office.clerk.name)


def test_a_line_taken_off_its_list_was_not_handed_over(desk: PostDesk) -> None:  # noqa: F811
    office = desk.office
    made = hand_over(office, receive(office, 2))
    undo(office, made.op_id)
    hand_over(office, receive(office, 1))
    *_, total = told(desk, beside.HANDOVERS)
    assert (total["manifests"], total["lines"]) == (1, 1)


@pytest.mark.parametrize("key", ["handovers:all:rate", "post-items:all:day", "satisfaction:all:rate",
                                 "durations:=x:x", "my-day"])
def test_a_figure_without_things_says_so(desk: PostDesk, key: str) -> None:  # noqa: F811
    with desk.reading() as connection, pytest.raises(Refusal, match="report_without_list"):
        things_behind(asked(desk.office, connection), key)
