"""From the agency back to the citizen: results come in, go out to whoever may have them, or go home by post."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.item_code import ItemCode
from app.domain.result_code import read_result
from app.services.courier import contact_state
from tests.journeys.citizens import DELEGATE, card
from tests.journeys.day import Clerk, read_codes
from tests.journeys.story import Story
from ui.pages.post.page import PostPage

NEXT_MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
NEXT_TUESDAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def take_six_results_in(clerk: Clerk, story: Story) -> None:
    """Next Monday: four of the police on their own list, two of the land registry with their red books."""
    clerk.clock.set(NEXT_MONDAY)
    clerk.press("F5", "Alt+2")
    clerk.look("8-take-in")
    for code in story.police[:4]:
        clerk.hands.scan(story.receipt(code))
    clerk.look("8-police-scanned")
    clerk.tab_to("Số phiếu bàn giao của cơ quan")
    clerk.hands.type("PL-77/CA")
    store_results(clerk, story, "8-police")
    clerk.press("Alt+N")
    clerk.look("8-notice")
    clerk.press("Escape")
    for code in story.land[:2]:
        clerk.hands.scan(story.receipt(code))
        clerk.press("Alt+A")
    assert clerk.sees_all()
    clerk.look("8-land-scanned")
    store_results(clerk, story, "8-land")
    clerk.press("Alt+3")
    clerk.look("8-waiting")


def store_results(clerk: Clerk, story: Story, name: str) -> None:
    clerk.press("F12")
    fresh = story.take(clerk)
    clerk.look(f"{name}-stored")
    for paper in fresh.values():
        story.labels |= {code: text for text in read_codes(paper) if (code := read_result(text))}


def give_four_out(clerk: Clerk, story: Story) -> None:
    """Next Tuesday. First the wrong result from the shelf: it sounds, it is said, and nothing happens."""
    clerk.clock.set(NEXT_TUESDAY)
    one, two, three = story.police[:3]
    clerk.press("F5")
    clerk.hands.scan(story.receipt(one))
    clerk.look("9-receipt-scanned")
    heard, length = clerk.ears.refused, journal_length(clerk)
    clerk.hands.scan(story.labels[two])
    story.wrong_pair = (clerk.ears.refused - heard, journal_length(clerk) - length)
    assert clerk.sees_all()
    clerk.look("9-wrong-pair")
    clerk.press("F12")
    clerk.rest()
    story.wrong_pair += (journal_length(clerk) - length,)
    clerk.look("9-wrong-pair-pressed")

    clerk.hands.scan(story.labels[one])
    clerk.hands.scan(card(0))
    clerk.look("9-owner")
    give_out(clerk, story, "9-owner-given")

    book = story.land[0]                   # somebody with a power of attorney takes the land dossier
    clerk.hands.scan(story.receipt(book))
    clerk.hands.scan(story.labels[book])
    clerk.hands.scan(DELEGATE)
    clerk.look("9-delegate")
    clerk.press("F12")
    clerk.rest()
    clerk.look("9-delegate-without-authority")
    clerk.hands.type("GUQ 45, ngày 30/11/2026, UBND xã Mẫu chứng thực")
    clerk.press("Alt+A")
    clerk.look("9-delegate-filled")
    give_out(clerk, story, "9-delegate-given")

    clerk.press("Alt+M")                   # the receipt was lost
    clerk.hands.type("Người dân báo mất giấy hẹn")
    clerk.hands.scan(story.labels[two])
    clerk.hands.scan(card(1))
    clerk.look("9-lost")
    give_out(clerk, story, "9-lost-given")

    clerk.hands.scan(card(2))              # the card first: it says what lies here for her
    clerk.look("9-card-first")
    clerk.hands.scan(story.labels[three])
    clerk.hands.scan(story.receipt(three))
    clerk.tab_to("Mức độ hài lòng: Không hỏi")
    clerk.press("Right")
    clerk.look("9-satisfied")
    give_out(clerk, story, "9-satisfied-given")


def post_two(clerk: Clerk, story: Story) -> None:
    """A roll of labels comes in; one result goes as it was asked for, one because the citizen called."""
    clerk.press("F5", "Alt+4")
    clerk.until(lambda: isinstance(clerk.page, PostPage), "the post's page is in front")
    clerk.look("10-post")
    clerk.press("Alt+T")
    for number in (0, 49):
        clerk.hands.scan(ItemCode("EA", 47_312_480 + number, "VN").text)
    clerk.look("10-range")
    clerk.press("Return")
    clerk.rest()
    clerk.press("Alt+1", "Return")
    clerk.look("10-send")
    heard = clerk.ears.refused
    clerk.hands.scan(story.labels[story.land[1]])
    assert clerk.ears.refused == heard + 1 and isinstance(clerk.page, PostPage), "one thing after the other"
    address(clerk, "10-send-filled")
    story.take(clerk)
    clerk.look("10-sent")
    clerk.hands.scan(story.labels[story.land[1]])
    clerk.look("10-send-book")
    address(clerk, "10-send-book-filled")
    story.take(clerk)
    clerk.press("F12")
    story.take(clerk)
    clerk.look("10-listed")
    clerk.press("Alt+2")
    clerk.look("10-on-the-way")


def address(clerk: Clerk, name: str) -> None:
    """The two levels of 2025, which no card bears yet."""
    for part, words in (
        ("Số nhà, đường", "Tổ 4, thôn Giả Định"), ("Xã, phường, đặc khu", "xã Điện Bàn Tây"),
        ("Tỉnh, thành phố", "thành phố Đà Nẵng"),
    ):
        clerk.tab_to(part)
        clerk.hands.type(words)
    clerk.look(name)
    clerk.press("Return")


def give_out(clerk: Clerk, story: Story, name: str) -> None:
    clerk.press("F12")
    fresh = story.take(clerk)
    clerk.look(name)
    assert [stem for stem in fresh if "result_receipt" in stem], f"no paper for both to sign, but {list(fresh)}"


def journal_length(clerk: Clerk) -> int:
    assert clerk.counter.desk is not None
    office = clerk.counter.desk.office
    with office.database.reading() as connection:
        return contact_state(connection, office.enrolled).epochs[-1].head_seq
