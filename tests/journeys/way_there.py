"""From the citizen to the agency: received, handed over, answered or forgotten, lacking something, taken back."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from tests.journeys.citizens import card
from tests.journeys.day import Clerk, read_codes
from tests.journeys.story import Story
from ui.demo_play import newest_code
from ui.pages.dossier.page import DossierPage
from ui.pages.handover.page import HandoverPage
from ui.pages.home.page import HomePage
from ui.pages.intake.page import IntakePage
from ui.widgets.count_tile import CountTile

TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)          # 09:00
WEDNESDAY = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
MAP = "Mảnh trích đo bản đồ địa chính thửa đất (khi đo đạc xác định lại kích thước, diện tích)"


def receive_for_the_police(clerk: Clerk, story: Story) -> None:
    """Monday morning: eight criminal records; one citizen wants hers by post."""
    for number in range(8):
        receive(clerk, story, number, is_posted=number == 3)


def receive_for_the_land_registry(clerk: Clerk, story: Story) -> None:
    """Four renewals, each leaves its red book."""
    for number in range(8, 12):
        receive(clerk, story, number, is_land=True)


def receive(clerk: Clerk, story: Story, number: int, *, is_land: bool = False, is_posted: bool = False) -> None:
    before = newest(clerk)
    clerk.press("F2")
    clerk.hands.type("cap doi giay" if is_land else "ly lich")
    clerk.press("Return")
    intake = clerk.page
    assert isinstance(intake, IntakePage)
    if intake.form().procedure is None:
        clerk.press("Return")
    clerk.hands.scan(card(number))
    clerk.until(lambda: bool(intake.form().owner.full_name), "the card is on the form")
    clerk.press("Return")
    clerk.hands.type(f"09050001{number:02d}")
    clerk.press("Return", "A")
    if is_land:
        clerk.press("Down", "G")
        assert intake.form().papers[1].keeps_original
    if is_posted:
        clerk.press("Return", "Return", "Right")
        clerk.look("1-reception-by-post")
    clerk.press("F12")
    clerk.until(lambda: intake.is_reading_back, "the citizen may read back")
    clerk.press("Return")
    clerk.until(lambda: newest(clerk) != before, "the dossier is stored")
    story.take(clerk)
    story.codes.append(newest(clerk))


def newest(clerk: Clerk) -> str:
    assert clerk.counter.desk is not None
    return newest_code(clerk.counter.desk)


def hand_over_ten(clerk: Clerk, story: Story) -> None:
    """Two lists: a red book scanned into the list of the police is refused, and one key leads to its own."""
    clerk.press("F4")
    clerk.look("2-handover-empty")
    for code in story.police[:7]:
        clerk.hands.scan(story.receipt(code))
    heard = clerk.ears.refused
    clerk.hands.scan(story.receipt(story.land[0]))
    assert clerk.ears.refused == heard + 1
    clerk.look("2-handover-wrong-agency")
    story.manifests.append(make_list(clerk, story, "2-handover-police"))
    for code in story.land[:3]:
        clerk.hands.scan(story.receipt(code))
    story.manifests.append(make_list(clerk, story, "2-handover-land"))


def make_list(clerk: Clerk, story: Story, name: str) -> str:
    """F12 and Enter; the number is read from the paper."""
    clerk.press("F12")
    clerk.look(f"{name}-asked")
    clerk.press("Return")
    fresh = story.take(clerk)
    clerk.look(f"{name}-made")
    (paper,) = [file for stem, file in fresh.items() if "handover_list" in stem]
    (number,) = {text for text in read_codes(paper) if text.startswith("BG-")}
    return number


def answer_the_police(clerk: Clerk, story: Story) -> None:
    """Tuesday: their messenger checks each cover at the counter and refuses one."""
    clerk.clock.set(TUESDAY)
    clerk.hands.scan(story.manifests[0])
    clerk.until(lambda: isinstance(clerk.page, HandoverPage), "the number opens its list from the start screen")
    for code in story.police[:6]:
        clerk.hands.scan(story.receipt(code))
    clerk.press("Down", "X")
    clerk.look("3-refusing-a-line")
    clerk.hands.type("thiếu chữ ký ở trang 2")
    clerk.press("Return")
    clerk.look("3-marked")
    clerk.press("F12")
    clerk.hands.type("Võ Văn Nhận")
    clerk.look("3-storing")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("3-stored")


def hear_the_alarm(clerk: Clerk, story: Story) -> None:
    """Wednesday: the land registry has not said a word; one key shows the list, one more what to write to them."""
    clerk.clock.set(WEDNESDAY)
    clerk.press("F2", "Home")
    home = clerk.page
    assert isinstance(home, HomePage)
    first = home.tiles.findChildren(CountTile)[0]
    story.alarm = (first.accessibleName(), str(first.property("tone")))
    clerk.look("4-alarm")
    clerk.press("1")
    clerk.until(lambda: isinstance(clerk.page, HandoverPage), "the late list is in front")
    clerk.look("4-late-list")
    clerk.press("N")
    clerk.look("4-reminder")
    clerk.press("C")
    story.reminder = QApplication.clipboard().text()
    clerk.press("Return")
    clerk.rest()
    clerk.look("4-reminded")
    clerk.press("P")
    clerk.look("4-signed-paper")
    clerk.hands.type("Hồ Văn Ký")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("4-stored")


def ask_for_supplements(clerk: Clerk, story: Story) -> None:
    """What the police refused lacks a signature; the land registry wrote that a map is missing."""
    refused, lacking = story.police[6], story.land[2]
    open_dossier(clerk, story, refused)
    clerk.look("5-refused-line")
    clerk.press("T")
    clerk.look("5-supplement")
    clerk.press("Space")
    clerk.tab_to("Tờ khai yêu cầu cấp Phiếu Lý lịch tư pháp (cá nhân tự yêu cầu), Thiếu gì, sai gì")
    clerk.hands.type("chưa ký ở trang 2")
    clerk.tab_to("Lý do, được in trên phiếu")
    clerk.hands.type("Tờ khai chưa có chữ ký")
    clerk.look("5-supplement-filled")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("5-supplement-asked")

    open_dossier(clerk, story, lacking)
    clerk.press("T")
    clerk.tab_to(MAP)
    clerk.press("Space")
    clerk.tab_to("Lý do, được in trên phiếu")
    clerk.hands.type("Ranh giới thửa đất chưa rõ")
    clerk.tab_to("Cơ quan giải quyết yêu cầu, theo văn bản")
    clerk.press("Space")
    for name, words in (
        ("Số, ký hiệu văn bản của cơ quan", "123/VPĐKĐĐ"), ("Ngày văn bản", "25/11/2026"),
        ("Người ký", "Phan Văn Duyệt"),
    ):
        clerk.tab_to(name)
        clerk.hands.type(words)
    clerk.look("5-supplement-by-agency")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("5-supplement-by-agency-asked")


def bring_a_supplement(clerk: Clerk, story: Story) -> None:
    clerk.clock.set(FRIDAY)
    open_dossier(clerk, story, story.police[6])
    clerk.press("T")
    clerk.look("6-brought")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("6-brought-stored")


def withdraw_one(clerk: Clerk, story: Story) -> None:
    """The citizen takes her dossier back, and her red book with it."""
    open_dossier(clerk, story, story.land[3])
    clerk.press("R")
    clerk.look("7-withdraw")
    clerk.hands.type("Gia đình chưa muốn cấp đổi")
    clerk.press("Return")
    story.take(clerk)
    clerk.look("7-withdrawn")


def open_dossier(clerk: Clerk, story: Story, code: str) -> None:
    """From wherever the clerk is: the start screen, then the citizen's paper."""
    clerk.press("Home")
    clerk.hands.scan(story.receipt(code))
    clerk.until(lambda: isinstance(clerk.page, DossierPage) and clerk.page.code == code, "the dossier is open")
