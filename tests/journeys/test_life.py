"""The dossier's whole life at one counter, by keys and scans alone: twelve come in, ten travel, six results come
back, four are given out, two are posted; every paper comes out, and what is scanned is read from it.

A test that runs alone plays all that came before; the window is closed and opened again between the chapters.
"""

from __future__ import annotations

from collections import Counter as Amounts
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.dossier import State
from app.domain.item_code import ItemCode
from app.domain.life.states import Custody, Delivery, Holder
from app.domain.vietnam_time import local
from app.store.queries.dossiers import DossierList
from tests.journeys.citizens import NAMES
from tests.journeys.day import new_office, read_codes, words_of
from tests.journeys.story import Chapter, Story, play
from tests.journeys.way_back import give_four_out, post_two, take_six_results_in
from tests.journeys.way_there import (
    answer_the_police,
    ask_for_supplements,
    bring_a_supplement,
    hand_over_ten,
    hear_the_alarm,
    receive_for_the_land_registry,
    receive_for_the_police,
    withdraw_one,
)
from ui.theme import Theme
from ui.translations import Language

CHAPTERS: tuple[Chapter, ...] = (
    receive_for_the_police, receive_for_the_land_registry, hand_over_ten, answer_the_police, hear_the_alarm,
    ask_for_supplements, bring_a_supplement, withdraw_one, take_six_results_in, give_four_out, post_two,
)


@dataclass
class Week:
    """Plays the chapters, each in a window of its own: what the next one needs is in the book and on paper."""

    app: QApplication
    theme: Theme
    language: Language
    story: Story
    played: int = 0

    def until(self, last: Chapter) -> Story:
        """The story as it stands after that chapter. A test that runs alone plays all that came before."""
        assert self.played <= CHAPTERS.index(last) + 1, "tests of this file run in its order"
        while self.played <= CHAPTERS.index(last):
            play(self.app, self.theme, self.language, self.story, CHAPTERS[self.played])
            self.played += 1
        return self.story


@pytest.fixture(scope="module")
def week(
    qapp: QApplication, dressed: Theme, spoken: Language, tmp_path_factory: pytest.TempPathFactory
) -> Week:
    return Week(qapp, dressed, spoken, Story(new_office(tmp_path_factory.mktemp("week"))))


def test_eight_are_received_for_the_police(week: Week) -> None:
    story = week.until(receive_for_the_police)
    assert len(set(story.codes)) == 8
    assert [story.receipt(code) for code in story.codes] == story.codes


def test_four_are_received_that_leave_their_red_books(week: Week) -> None:
    story = week.until(receive_for_the_land_registry)
    assert len(set(story.codes)) == 12
    assert story.lists[DossierList.TO_HAND_OVER] == set(story.codes)
    assert [story.book_of(code) for code in story.land] == [Holder.COUNTER] * 4


def test_ten_are_handed_over_on_two_lists(week: Week) -> None:
    story = week.until(hand_over_ten)
    gone = {*story.police[:7], *story.land[:3]}
    assert story.lists[DossierList.UNACKNOWLEDGED] == gone
    assert story.lists[DossierList.TO_HAND_OVER] == {story.police[7], story.land[3]}
    assert [story.book_of(code) for code in story.land] == [Holder.ON_THE_WAY] * 3 + [Holder.COUNTER]
    police, land = story.manifests
    assert story.names(story.police[:7], "handover_list", police)
    assert story.names(story.land[:3], "handover_list", land)
    assert not any(story.names([code], "handover_list", police) for code in story.land), "not the red books"
    assert all(copy in story.words("handover_list", police) for copy in ("Liên 1", "Liên 2"))


def test_a_refused_line_comes_back_with_its_reason_on_a_slip(week: Week) -> None:
    story = week.until(answer_the_police)
    refused = story.police[6]
    assert story.lives[refused].custody is Custody.COUNTER
    assert story.lists[DossierList.SENT_BACK] == {refused}
    assert story.names([refused, story.manifests[0]], "discrepancy_slip")
    assert "thiếu chữ ký ở trang 2" in story.words("discrepancy_slip")


def test_a_list_nobody_acknowledges_is_red_and_first_and_its_message_is_one_key_away(week: Week) -> None:
    story = week.until(hear_the_alarm)
    said, tone = story.alarm
    assert said.startswith("1 ") and tone == "bad"
    assert story.manifests[1] in story.reminder and "Văn phòng đăng ký đất đai" in story.reminder
    arrived = {code for code in story.codes if story.lives[code].custody is Custody.AGENCY}
    assert arrived == {*story.police[:6], *story.land[:3]}, "nine are acknowledged"
    assert story.lists[DossierList.UNACKNOWLEDGED] == set()
    assert [story.book_of(code) for code in story.land[:3]] == [Holder.AGENCY] * 3


def test_two_supplements_stop_the_clock(week: Week) -> None:
    story = week.until(ask_for_supplements)
    asked = (story.police[6], story.land[2])
    assert story.lists[DossierList.SUPPLEMENT] == set(asked)
    assert {story.lives[code].business for code in asked} == {State.SUPPLEMENT_ASKED}
    assert all(story.lives[code].pauses[-1].until is None for code in asked)
    own, agencys = (story.words("supplement_request", code) for code in asked)
    assert "chưa ký ở trang 2" in own and "Tờ khai chưa có chữ ký" in own
    assert "Ranh giới thửa đất chưa rõ" in agencys and "bản đồ địa chính" in agencys


def test_a_supplement_that_came_gives_a_new_date_on_paper(week: Week) -> None:
    story = week.until(bring_a_supplement)
    life = story.lives[story.police[6]]
    assert life.business is State.RECEIVED and life.due_at is not None
    assert life.due_changes[-1].before is not None and life.due_at > life.due_changes[-1].before
    assert f"{local(life.due_at):%d/%m/%Y}" in story.words("derivation", story.police[6])
    assert story.lists[DossierList.SUPPLEMENT] == {story.land[2]}


def test_a_withdrawn_dossier_takes_its_red_book_along(week: Week) -> None:
    story = week.until(withdraw_one)
    taken = story.land[3]
    assert story.lives[taken].business is State.WITHDRAWN
    assert story.book_of(taken) is Holder.CITIZEN
    assert story.lists[DossierList.TO_HAND_OVER] == {story.police[6], story.police[7]}


def test_six_results_come_in_and_are_labelled(week: Week) -> None:
    story = week.until(take_six_results_in)
    came = {*story.police[:4], *story.land[:2]}
    assert set(story.labels) == came
    assert story.lists[DossierList.READY] == came - {story.police[3]}
    assert story.lists[DossierList.TO_POST] == {story.police[3]}
    assert [story.book_of(code) for code in story.land[:2]] == [Holder.COUNTER] * 2
    assert story.names(story.land[:2], "result_handover"), "the land registry brought no list: we print it"
    assert len({story.lives[code].shelf for code in came}) == 6


def test_four_are_given_out_and_a_wrong_pair_is_refused_with_a_sound(week: Week) -> None:
    story = week.until(give_four_out)
    assert story.wrong_pair == (1, 0, 0), "one refusal heard; nothing stored by the scan, nothing by F12"
    given = (*story.police[:3], story.land[0])
    assert all(story.lives[code].business is State.RETURNED for code in given)
    assert all(story.lives[code].delivery is Delivery.RETURNED for code in given)
    assert story.lists[DossierList.READY] == {story.land[1]}
    assert story.book_of(story.land[0]) is Holder.CITIZEN
    owners, delegates, lost = (
        story.words("result_receipt", code) for code in (story.police[0], story.land[0], story.police[1])
    )
    assert NAMES[0] in owners
    assert "Phan Văn Thử Ủy Quyền" in delegates and "GUQ 45" in delegates and "Giấy chứng nhận" in delegates
    assert "Người dân báo mất giấy hẹn" in lost


def test_two_results_go_by_post_with_codes_of_the_pool(week: Week) -> None:
    story = week.until(post_two)
    posted = (story.police[3], story.land[1])
    assert story.lists[DossierList.POSTED] == set(posted)
    items = [story.lives[code].item_code for code in posted]
    assert items == [ItemCode("EA", serial, "VN").text for serial in (47_312_480, 47_312_481)]
    for code, item in zip(posted, items, strict=True):
        assert item in read_codes(story.paper("post_label", code))
    assert all(ItemCode("EA", serial).shown in story.words("post_manifest") for serial in (47_312_480, 47_312_481))
    assert story.book_of(story.land[1]) is Holder.POST
    assert story.lists[DossierList.READY] == story.lists[DossierList.TO_POST] == set()


def test_every_paper_of_the_week_can_be_scanned_and_has_no_gap(week: Week) -> None:
    story = week.until(post_two)
    kinds = Amounts(stem.rpartition("-")[2] for stem in story.papers)
    assert kinds == {
        "1": 12, "collection_slip": 8, "handover_list": 2, "discrepancy_slip": 1, "supplement_request": 2,
        "derivation": 1,
        "original_label": 4,
        "shelf_label": 6, "result_handover": 1, "result_receipt": 4, "post_label": 2, "post_manifest": 1,
    }
    for stem, file in story.papers.items():
        name, _, kind = stem.rpartition("-")
        wanted = name
        if kind == "shelf_label":
            wanted = story.labels[name]
        elif kind == "post_label":
            wanted = story.lives[name].item_code
        elif kind == "result_receipt":
            wanted = "TK-"             # it bears a number of its own
        elif kind == "original_label":
            wanted = "BG1"
        codes = read_codes(file)
        assert [code for code in codes if code.startswith(wanted)], f"{stem} says {codes}"
        words = words_of(file)
        assert not [gap for gap in ("{", "}", "None", "\ufffd") if gap in words], stem
