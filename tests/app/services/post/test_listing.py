"""The daily list: what is here and not listed, once; printed again it says what was taken out since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.intake import FeeTiming
from app.domain.item_code import read_item_code
from app.domain.paper_number import PaperKind, read_paper_number
from app.errors import Refusal
from app.services.papers.prints import note_paper_print, open_paper_prints
from app.services.post.rule import PostRule, use_post_rule
from app.store.queries.post import find_list, recent_lists, unlisted_items
from tests.app.services.post.counter import PostDesk, by_post, item


@pytest.fixture(autouse=True)
def codes(desk: PostDesk) -> None:
    desk.range(100, 199)
    with desk.connect() as connection:
        use_post_rule(connection, PostRule("Bưu cục phát Mẫu", "16:00"))


def test_everything_that_waits_goes_on_one_numbered_list_once(desk: PostDesk) -> None:
    sent = [desk.posted() for _ in range(3)]
    listed = desk.list()
    assert listed.codes == tuple(one.item_code for one in sent)
    number = read_paper_number(listed.number)
    assert number is not None and (number.kind, number.n) == (PaperKind.POST, 1)
    with pytest.raises(Refusal, match="nothing_to_list"):
        desk.list()
    more = desk.posted()
    second = desk.list()
    assert second.codes == (more.item_code,)
    assert read_paper_number(second.number).n == 2  # type: ignore[union-attr]  # a number was read before
    with desk.reading() as connection:
        assert {row.number: row.items for row in recent_lists(connection)} == {listed.number: 3, second.number: 1}
        assert unlisted_items(connection, desk.office.application.enrolled.device) == ()


def test_the_same_key_twice_is_one_list(desk: PostDesk) -> None:
    desk.posted()
    assert desk.list(intent="kê") == replace(desk.list(intent="kê"), is_new=True)


def test_chosen_items_alone_are_listed(desk: PostDesk) -> None:
    one, other = desk.posted(), desk.posted()
    assert desk.list(other.item_code).codes == (other.item_code,)
    with pytest.raises(Refusal, match="item_already_listed"):
        desk.list(other.item_code)
    with pytest.raises(Refusal, match="item_code_unknown"):
        desk.list(item(150))
    assert desk.list().codes == (one.item_code,)


def test_what_has_come_to_an_end_is_not_listed(desk: PostDesk) -> None:
    sent = desk.posted()
    desk.call_off(sent.code)
    with pytest.raises(Refusal, match="item_not_here"):
        desk.list(sent.item_code)
    with pytest.raises(Refusal, match="nothing_to_list"):
        desk.list()


def test_the_printed_list_holds_receivers_money_and_the_run(desk: PostDesk) -> None:
    desk.posted()
    desk.posted(replace(by_post("nợ"), fee_timing=FeeTiming.AFTER))
    paper = desk.paper(desk.list().job)
    assert (paper.post_office, paper.giver_name) == ("Bưu cục phát Mẫu", "Trần Thị Thử")
    assert [line.cod_amount for line in paper.lines] == [0, 200_000]
    assert paper.lines[0].address == "Tổ 3, Thôn Giả Định, Phường Mẫu, Tỉnh Mẫu"
    assert f"{paper.cutoff_at:%H:%M %d/%m/%Y}" == "16:00 23/11/2026"


def test_an_item_called_off_after_its_list_was_printed_is_off_it_and_named(desk: PostDesk) -> None:
    stays = desk.posted()
    taken_out = desk.posted(replace(by_post("nợ"), fee_timing=FeeTiming.AFTER))
    listed = desk.list()
    desk.call_off(taken_out.code)
    paper = desk.paper(listed.job)
    assert [(line.item_code, line.cod_amount) for line in paper.lines] == [(stays.item_code, 0)]
    assert paper.note == f"Sau khi lập đã rút lại, không gửi: {read_item_code(taken_out.item_code).shown}"


def test_a_print_that_fails_leaves_the_posting_and_an_open_job(desk: PostDesk) -> None:
    sent = desk.posted()
    with desk.connect() as connection:
        note_paper_print(connection, sent.job, "failed", desk.office.clock.now(), "printer_missing")
        opened = {each.job: each.state for each in open_paper_prints(connection) if each.paper == "post_label"}
    assert opened == {sent.job: "failed"}
    assert desk.list().codes == (sent.item_code,)


def test_a_list_is_found_by_its_number(desk: PostDesk) -> None:
    desk.posted()
    listed = desk.list()
    with desk.reading() as connection:
        found = find_list(connection, listed.number.lower())
        assert found is not None and found.id == listed.op_id
        assert find_list(connection, "BC-261123-XXXX-001-X") is None
