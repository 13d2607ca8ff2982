"""The other parts of a page: what they show, what they say aloud, what they let out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.columns import Columns
from ui.widgets.count_tile import CountTile
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_row import FactRow
from ui.widgets.parked_strip import Parked, ParkedStrip
from ui.widgets.progress_line import ProgressLine
from ui.widgets.step_card import StepCard, StepStack, StepState
from ui.widgets.text import ElidedText, Sentence, Strong, Text
from ui.widgets.timeline import Timeline, TimelineEntry
from ui.widgets.toast import Toast


def test_data_never_becomes_markup(qtbot: QtBot) -> None:
    text, sentence = Text("<b>Mẫu</b>"), Sentence()
    for widget in (text, sentence):
        qtbot.addWidget(widget)
    sentence.set_parts("Công ty ", Strong("<i>Mẫu & Thử</i>"))
    assert text.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;i&gt;Mẫu &amp; Thử&lt;/i&gt;" in sentence.text()
    assert sentence.accessibleName() == "Công ty <i>Mẫu & Thử</i>"


def test_a_cut_text_says_all_of_itself_on_hover(qtbot: QtBot) -> None:
    text = ElidedText("Cấp giấy phép xây dựng nhà ở riêng lẻ tại khu vực đô thị")
    qtbot.addWidget(text)
    text.show()
    text.resize(80, 20)
    assert text.toolTip() == text.text()
    text.resize(900, 20)
    assert text.toolTip() == ""


def test_a_strong_part_follows_the_theme(qtbot: QtBot, look: Theme) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.set_parts("mất ", Strong("2 hồ sơ", "bad"))
    assert look.color("bad-ink").name() in sentence.text()
    look.use("contrast")
    assert look.color("bad-ink").name() in sentence.text()


@pytest.mark.parametrize(("count", "shown", "tone"), [
    (None, "–", "neutral"), (0, "0", "neutral"), (5, "5", "bad"), (1144056, "1.144.056", "bad"),
])
def test_a_tile_speaks_up_only_when_something_is_there(
    qtbot: QtBot, count: int | None, shown: str, tone: str
) -> None:
    tile = CountTile("Tỉnh từ chối, cần sửa", "bad")
    qtbot.addWidget(tile)
    tile.set_count(count)
    assert tile.accessibleName() == f"{shown} Tỉnh từ chối, cần sửa"
    assert tile.property("tone") == tone


@pytest.mark.parametrize("width", [118, 168, 240])
def test_a_tile_is_high_enough_for_its_words(qtbot: QtBot, width: int) -> None:
    tile = CountTile("Chờ bàn giao chuyến 15:00")
    qtbot.addWidget(tile)
    assert tile.heightForWidth(width) >= 80


def test_a_step_opens_folds_and_is_asked_for_by_click_or_enter(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stack = StepStack()
    QVBoxLayout(window).addWidget(stack)
    steps = [StepCard(number, f"Bước {number}") for number in (1, 2)]
    field = QLineEdit()
    steps[0].body.addWidget(field)
    for step in steps:
        stack.add_step(step)
    steps[0].set_summary("đã chọn")
    steps[0].set_state(StepState.PRESENT)
    window.show()
    assert field.isVisible()
    steps[0].set_title("3.000333 · Phiếu lý lịch tư pháp")
    steps[0].set_state(StepState.DONE)
    assert not field.isVisible()
    assert steps[0].accessibleName() == "1. 3.000333 · Phiếu lý lịch tư pháp"
    assert steps[0].accessibleDescription() == "đã chọn"
    with qtbot.waitSignal(steps[0].asked):
        QTest.mouseClick(steps[0], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(steps[0].asked):
        QTest.keyClick(steps[0], Qt.Key.Key_Return)
    steps[0].set_state(StepState.PRESENT)
    with qtbot.assertNotEmitted(steps[0].asked):
        QTest.mouseClick(steps[0], Qt.MouseButton.LeftButton)


def test_only_answered_steps_are_stops_of_the_tab_key(qtbot: QtBot) -> None:
    step = StepCard(1, "Thủ tục")
    qtbot.addWidget(step)
    stops = {}
    for state in StepState:
        step.set_state(state)
        stops[state] = step.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert stops == {StepState.WAITING: False, StepState.PRESENT: False, StepState.DONE: True,
                     StepState.ATTENTION: True}


def test_parked_dossiers_that_have_no_room_are_counted(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    strip = ParkedStrip()
    QHBoxLayout(window).addWidget(strip)
    drafts = tuple(Parked(f"d{number}", f"Người Thử {number} · 6 phút") for number in range(1, 11))
    strip.set_drafts(drafts)
    window.resize(620, 60)
    window.show()
    buttons = [button for button in strip.findChildren(ActionButton) if button.isVisible()]
    shown = [button for button in buttons if not button.label().startswith("+")]
    rest = [button for button in buttons if button.label().startswith("+")]
    assert rest[0].label() == f"+{10 - len(shown)}"
    assert strip.width() <= window.width()
    with qtbot.waitSignal(strip.resumed, check_params_cb=lambda draft: draft == "d1"):
        shown[0].click()
    with qtbot.waitSignal(strip.asked_all):
        rest[0].click()
    assert (strip.draft_at(2), strip.draft_at(11)) == ("d2", None)
    strip.set_drafts(())
    assert not strip.isVisible()


def test_the_banner_says_and_asks(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner.framed())
    banner.say("warn", "Máy in không trả lời", "Hồ sơ đã lưu.", "In lại", "Ctrl P")
    assert banner.accessibleName() == "Máy in không trả lời Hồ sơ đã lưu."
    with qtbot.waitSignal(banner.asked):
        banner.findChild(ActionButton).click()
    banner.say("info", "Xong")
    assert banner.title() == "Xong"
    banner.silence()
    assert not banner.isVisibleTo(banner.parentWidget())


def test_a_word_in_passing_takes_no_focus_and_goes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    toast = Toast(window, shown_ms=30)
    toast.say("Đã lưu H47.15-261121-0042")
    assert toast.isVisible()
    assert field.hasFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_second_word_in_passing_leaves_the_first_in_sight(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    toast.say("Đã nhận bổ sung, hẹn trả 03/12/2026")
    assert toast.text_before() == ""
    for _ in range(2):
        toast.say("Đã in giấy hẹn")
        assert (toast.text_before(), toast.text()) == ("Đã nhận bổ sung, hẹn trả 03/12/2026", "Đã in giấy hẹn")
    toast.hide()
    toast.say("Đã lưu")
    assert (toast.text_before(), toast.text()) == ("", "Đã lưu")


def test_a_wrapped_text_grows_and_shrinks_with_its_words(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    text = Text("ngắn", is_wrapped=True)
    column.addWidget(text)
    column.addStretch(1)
    window.resize(300, 400)
    window.show()
    short = text.minimumHeight()
    text.setText("Giấy hẹn là hồ sơ khác, chưa ghi gì vào sổ. " * 6)
    assert text.minimumHeight() > 3 * short
    text.setText("ngắn")
    assert text.minimumHeight() == short


def test_short_work_shows_no_progress(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = ProgressLine(window)
    window.show()
    line.start("Đang nạp danh mục")
    assert not line.isVisible()
    line.finish()
    assert not line.isVisible()


def test_long_work_shows_itself_and_can_be_stopped(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = ProgressLine(window)
    window.show()
    line.start("Đang nạp danh mục", total=10)
    qtbot.waitUntil(line.isVisible, timeout=2000)
    line.set_done(3)
    with qtbot.waitSignal(line.cancelled):
        line.findChild(ActionButton).click()
    line.finish()
    assert not line.isVisible()


def test_facts_keep_their_place_when_empty(qtbot: QtBot) -> None:
    fact = FactRow("Mã hồ sơ sẽ cấp", is_large=True)
    qtbot.addWidget(fact)
    before = fact.sizeHint().height()
    assert fact.accessibleName() == "Mã hồ sơ sẽ cấp: –"
    fact.set_value("H47.15-261121-0042")
    assert fact.sizeHint().height() == before
    assert fact.accessibleName() == "Mã hồ sơ sẽ cấp: H47.15-261121-0042"


def test_the_timeline_reads_aloud_entry_by_entry(qtbot: QtBot) -> None:
    timeline = Timeline("Diễn biến")
    qtbot.addWidget(timeline)
    timeline.resize(300, 300)
    timeline.show()
    timeline.set_entries((TimelineEntry("Tiếp nhận", "13/11 09:12"), TimelineEntry("Đang xử lý", lane="outside")))
    names = [child.accessibleName() for child in timeline.widget().findChildren(QWidget) if child.accessibleName()]
    assert names == ["Tiếp nhận. 13/11 09:12", "Đang xử lý."]


def test_an_empty_place_offers_its_key(qtbot: QtBot) -> None:
    empty = EmptyState("Chưa có hồ sơ", "Hồ sơ sẽ hiện ở đây.", action="Tiếp nhận", key="F2")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.asked):
        empty.findChild(ActionButton).click()
    empty.set_words("Không thấy gì")
    assert empty.accessibleName() == "Không thấy gì."


@pytest.mark.parametrize(("width", "is_wide"), [(1270, True), (780, False)])
def test_columns_stack_when_narrow_and_nothing_is_cut(qtbot: QtBot, width: int, is_wide: bool) -> None:
    main, side = Card("Danh sách"), Card("Bên cạnh")
    columns = Columns(main, side)
    qtbot.addWidget(columns)
    columns.resize(width, 500)
    columns.show()
    qtbot.waitUntil(lambda: columns.is_wide() is is_wide)
    qtbot.waitUntil(lambda: max(main.geometry().right(), side.geometry().right()) < columns.width())
    qtbot.waitUntil(lambda: (side.y() > main.y()) is not is_wide)


def test_a_chip_is_named_by_its_word(qtbot: QtBot) -> None:
    chip = Chip("Đã đối chiếu", "ok", has_icon=True)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Đã đối chiếu"
    small = chip.sizeHint().width()
    chip.set_state("Chưa đối chiếu với bản chính", "warn")
    assert chip.sizeHint().width() > small


def test_a_button_tells_its_key(qtbot: QtBot) -> None:
    button = ActionButton("Đọc lại, lưu và in", "F12", kind="primary")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.accessibleDescription()) == ("Đọc lại, lưu và in", "F12")
    button.show()
    assert button.height() >= 48
    assert ActionButton("Để tạm", "Esc").minimumHeight() >= 34


def test_a_card_is_named_by_its_title(qtbot: QtBot) -> None:
    card = Card("Đến hạn", note="5 hồ sơ")
    qtbot.addWidget(card)
    card.set_title("Quá hạn")
    card.set_note("1 hồ sơ")
    assert card.accessibleName() == "Quá hạn"
    assert {"Quá hạn", "1 hồ sơ"} <= {label.text() for label in card.findChildren(QLabel)}
