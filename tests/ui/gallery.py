"""The window with the values of the design's pictures, and every widget once: what eyes judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.vietnam_time import VIETNAM
from ui.delegates.cells import CodeDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.main_window import MainWindow
from ui.shortcuts import Key, Place
from ui.widgets.action_button import ActionButton, LinkButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.columns import Columns
from ui.widgets.count_spin import CountSpin
from ui.widgets.count_tile import CountTile
from ui.widgets.counter_state import CounterName, CounterState, LineState
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_row import FactRow
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField
from ui.widgets.page import Page
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.parked_strip import Parked, ParkedStrip
from ui.widgets.phone_field import PhoneField
from ui.widgets.row_table import RowTable
from ui.widgets.step_card import StepCard, StepStack, StepState
from ui.widgets.text import Text
from ui.widgets.tick import Tick
from ui.widgets.timeline import Timeline, TimelineEntry

NOW = datetime(2026, 11, 21, 11, 2, tzinfo=VIETNAM)


class Row(NamedTuple):
    code: str
    person: str
    procedure: str
    where: str
    due: datetime


ROWS = (
    Row("H47.07-261106-0011", "Phạm Quốc Mẫu", "Cấp giấy phép xây dựng nhà ở riêng lẻ đô thị", "Sở Xây dựng",
        NOW - timedelta(days=1)),
    Row("H47.15-261116-0003", "Trần Thị Mẫu Một", "Đổi giấy phép lái xe", "Công an tỉnh",
        NOW.replace(hour=15, minute=30)),
    Row("H47.15-261113-0020", "Huỳnh Gia Thử", "Phiếu lý lịch tư pháp", "Kệ B2, đã có kết quả",
        NOW.replace(hour=16, minute=0)),
    Row("H47.21-261120-0008", "Công ty TNHH Mẫu Thử", "Xác nhận quảng cáo mỹ phẩm", "Tạm dừng, chờ bổ sung",
        NOW + timedelta(days=3)),
    Row("H47.02-261117-0001", "Lê Thị Ví Dụ", "Tặng Bằng khen thành tích đột xuất", "Sở Nội vụ",
        NOW + timedelta(days=1)),
)


def due_table(rows: tuple[Row, ...] = ROWS) -> RowTable:
    table = RowTable("Đến hạn và quá hạn", lines=2)
    columns = (
        Column[Row]("Mã hồ sơ", lambda row: row.code, sort="code"),
        Column[Row]("Người nộp", lambda row: row.person),
        Column[Row]("Thủ tục", lambda row: row.procedure),
        Column[Row]("Đang ở", lambda row: row.where),
        Column[Row]("Hẹn trả", lambda row: "", value=lambda row: row.due),
    )
    table.set_delegate(0, CodeDelegate())
    table.set_delegate(4, RelativeDateDelegate(lambda: NOW, is_due=True))
    model = PagedTableModel(columns, ListSource(rows), lambda row: row.code, parent=table)
    model.reload()
    table.setModel(model)
    table.set_widths(0, -3, -5, -4, 0)
    table.set_spare(3)
    table.set_empty(EmptyState("Chưa có hồ sơ đến hạn", "Hồ sơ sắp đến hạn sẽ hiện ở đây.", icon="calendar"))
    return table


class HomeLike(Page):
    def __init__(self) -> None:
        super().__init__("Việc hôm nay", "Ca sáng, mở lúc 07:02 · đã tiếp nhận 35, trả 12")
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for count, words, tone in (
            (2, "Bàn giao chưa được nhận", "bad"), (1, "Tỉnh từ chối, cần sửa", "bad"),
            (5, "Đến hạn hôm nay", "warn"), (12, "Chờ trả cho dân", "neutral"),
            (18, "Chờ bàn giao chuyến 15:00", "neutral"), (4, "Còn giấy chưa quét", "neutral"),
        ):
            tile = CountTile(words, tone)  # type: ignore[arg-type]
            tile.set_count(count)
            tiles.addWidget(tile)
        self.body.addLayout(tiles)
        card = Card("Đến hạn và quá hạn", note="5 hồ sơ · cùng danh sách với con số ở trên", is_flush=True)
        self.table = due_table()
        card.body.addWidget(self.table)
        side = QVBoxLayout()
        side.setSpacing(12)
        outside = Card("Từ bên ngoài", note="chưa xem 2")
        for who, said in (
            ("Tỉnh", "Hẹn trả H47.12-261110-0004 đổi sang 25/11 vì 24/11 là ngày nghỉ."),
            ("Quầy 1", "Đã trả kết quả H47.15-261112-0009 lúc 10:41."),
        ):
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Chip(who, "info"))
            line.addWidget(Text(said, is_wrapped=True), 1)
            outside.body.addLayout(line)
        outside.body.addWidget(LinkButton("Đã xem"))
        side.addWidget(outside)
        side.addWidget(Card("Bàn giao chưa được nhận", note="quá 4 giờ làm việc"))
        side.addStretch(1)
        beside = QWidget()
        side.setContentsMargins(0, 0, 0, 0)
        beside.setLayout(side)
        card.setMinimumHeight(200)
        self.body.addWidget(Columns(card, beside, side_width=372), 1)
        self.bind_keys({Key("C", "Chép lời nhắn"): lambda: None, Key("R", "Đọc lại danh sách"): lambda: None})

    def arrive(self) -> None:
        self.table.setFocus()


class IntakeLike(Page):
    def __init__(self) -> None:
        super().__init__("Tiếp nhận hồ sơ")
        strip = ParkedStrip()
        strip.set_drafts((
            Parked("a", "Lê Văn Mẫu · 6 phút · thiếu 1 giấy"), Parked("b", "Hộ kinh doanh Thử · 21 phút"),
        ))
        self.head.addWidget(strip, 3)
        stack = StepStack()
        done = StepCard(1, "Thủ tục")
        done.set_title("3.000333 · Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam")
        done.set_summary("Trường hợp: cá nhân tự nộp · Cơ quan giải quyết: Công an tỉnh")
        done.set_aside(Chip("Bản 12/2026", "info"))
        done.set_state(StepState.DONE)
        person = StepCard(2, "Người nộp")
        person.set_title("Nguyễn Thị Mẫu Ánh · nữ · 07/03/1990")
        person.set_summary("CCCD 049*******17 · 0905 *** 123 · Tổ 3, thôn Giả Định · tự nộp")
        person.set_aside(Chip("Đã quét thẻ", "ok", has_icon=True))
        person.set_state(StepState.DONE)
        papers = StepCard(3, "Thành phần hồ sơ")
        papers.set_hint("Dấu cách: có/thiếu · 1 2 3: số bản · Đ: đã đối chiếu")
        grid = QGridLayout()
        for column, words in enumerate(("", "Giấy tờ", "Chính", "Chứng thực", "Photo", "Đối chiếu")):
            grid.addWidget(Text(words, "secondary"), 0, column)
        for number, name in enumerate(("Tờ khai yêu cầu cấp Phiếu", "Bản sao căn cước hoặc hộ chiếu"), start=1):
            tick = Tick(name=name)
            tick.setChecked(True)
            grid.addWidget(tick, number, 0)
            grid.addWidget(Text(name), number, 1)
            for column, value in enumerate((1, 0, 0), start=2):
                grid.addWidget(CountSpin(f"{name}, {column}", value), number, column)
            grid.addWidget(Chip("Đã đối chiếu", "ok", has_icon=True), number, 5)
        self.cell = grid.itemAtPosition(2, 4).widget()  # type: ignore[union-attr]
        grid.setColumnStretch(1, 1)
        papers.body.addLayout(grid)
        papers.set_state(StepState.PRESENT)
        fee = StepCard(4, "Phí, lệ phí")
        fee.set_summary("Thu trước · tiền mặt hoặc VietQR · miễn giảm: không")
        fee.set_aside(Text("200.000 đ", "code"))
        way = StepCard(5, "Trả kết quả")
        way.set_summary("Hoặc bưu chính về địa chỉ của người nộp")
        way.set_aside(Text("Tại quầy"))
        for step in (done, person, papers, fee, way):
            stack.add_step(step)
        left = QVBoxLayout()
        left.addWidget(stack)
        left.addStretch(1)
        receipt = Card()
        receipt.body.setContentsMargins(18, 14, 18, 14)
        receipt.body.setSpacing(14)
        receipt.body.addWidget(FactRow("Mã hồ sơ sẽ cấp", "H47.15-261121-0042", is_large=True))
        due = FactRow("Hẹn trả kết quả", "Thứ Ba 01/12/2026, 11:00", is_large=True)
        due.set_note("10 ngày, tính từ 22/11.")
        due.add_aside(LinkButton("Vì sao ngày này?"))
        receipt.body.addWidget(due)
        receipt.body.addWidget(FactRow("Giấy tờ giữ lại", "1 tờ khai · 1 bản chứng thực · không giữ bản gốc"))
        receipt.body.addWidget(FactRow("Phải thu", "200.000 đ", is_large=True))
        banner = Banner()
        banner.say("warn", "Cùng người này còn 1 hồ sơ đang mở", "H47.15-261118-0007 (đổi giấy phép lái xe)")
        receipt.body.addWidget(banner)
        receipt.body.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(receipt, 1)
        right.addWidget(ActionButton("Đọc lại, lưu và in", "F12", kind="primary"))
        few = QHBoxLayout()
        few.setSpacing(8)
        for words, key in (("Để tạm", "Esc"), ("Bổ sung", "F10"), ("Hướng dẫn", "F11")):
            few.addWidget(ActionButton(words, key))
        right.addLayout(few)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left, 3)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def arrive(self) -> None:
        self.cell.setFocus()


class WidgetsLike(Page):
    def __init__(self) -> None:
        super().__init__("Các phần nhỏ")
        fields = Card("Ô nhập")
        name = LineField("Họ và tên", hint="Như trên thẻ")
        phone = PhoneField("Điện thoại")
        phone.set_number("0905123123")
        phone.set_message("Số này thiếu một chữ số", "warn")
        money = MoneyField("Số tiền")
        money.set_amount(1350000)
        choice = Choice("Cách trả")
        choice.addItems(["Tại quầy", "Qua bưu chính"])
        ticked = Tick("Nhận tin nhắn")
        ticked.setChecked(True)
        for widget in (name, phone, money, choice, ticked, Tick("Miễn phí")):
            fields.body.addWidget(widget)
        fields.body.addStretch(1)
        story = Card("Diễn biến", note="4 mục")
        timeline = Timeline("Diễn biến")
        timeline.set_entries((
            TimelineEntry("Tiếp nhận, in giấy hẹn bản 1", "13/11 09:12 · Trần Thị Thử · quầy 3"),
            TimelineEntry("Đang xử lý", "14/11 08:05 · từ tỉnh", "outside"),
            TimelineEntry("Tỉnh từ chối", "14/11 09:00 · thiếu chữ ký", "outside", "bad"),
            TimelineEntry("Trả cho công dân", "quét giấy hẹn, rồi quét kết quả", "next"),
        ))
        story.body.addWidget(timeline)
        states = Card("Trạng thái")
        for tone, words in (("ok", "Tỉnh đã nhận"), ("warn", "Còn 4 giờ"), ("bad", "Quá 1 ngày"),
                            ("info", "Kệ B2"), ("neutral", "Chưa gửi")):
            line = QHBoxLayout()
            line.addWidget(Chip(words, tone))  # type: ignore[arg-type]
            line.addWidget(Chip(words, tone, has_icon=True))  # type: ignore[arg-type]
            line.addStretch(1)
            states.body.addLayout(line)
        for tone in ("ok", "info", "warn", "bad"):
            banner = Banner()
            banner.say(tone, "Một điều cần biết", "và một câu nói rõ hơn.", "Xem", "X")  # type: ignore[arg-type]
            states.body.addWidget(banner)
        states.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in (fields, story, states):
            row.addWidget(card, 1)
        self.body.addLayout(row, 1)
        empty = due_table(())
        empty.setMinimumHeight(150)
        self.body.addWidget(empty)


def window(width: int, height: int) -> MainWindow:
    frame = MainWindow(lambda: NOW)
    frame.show_name(CounterName("Điểm tiếp nhận Mẫu 02", "Quầy 3", "Trần Thị Thử", "Sở Tư pháp"))
    frame.show_state(CounterState(
        35, 35, 6, 29, timedelta(hours=1, minutes=52), 0, LineState.DOWN, NOW.replace(hour=9, minute=10),
        {Place.HANDOVER: 3, Place.RETURN: 12, Place.SYNC: 1},
    ))
    frame.register_place(Place.HOME, HomeLike)
    frame.register_place(Place.INTAKE, IntakeLike)
    frame.register_place(Place.SEARCH, WidgetsLike)
    frame.resize(width, height)
    frame.show()
    return frame


def at(place: Place) -> Callable[[int, int], QWidget]:
    def scene(width: int, height: int) -> QWidget:
        frame = window(width, height)
        frame.go(place)
        return frame

    return scene


def keys_open(width: int, height: int) -> QWidget:
    frame = window(width, height)
    frame.go(Place.HOME)
    frame.show_keys()
    return frame


def told(width: int, height: int) -> QWidget:
    frame = window(width, height)
    frame.go(Place.HOME)
    frame.warn("warn", "Máy in không trả lời", "Hồ sơ đã lưu trên máy, giấy hẹn nằm ở danh sách in lại.", "In lại",
               "Ctrl P")
    frame.say("Đã lưu H47.15-261121-0042")
    return frame


SCENES: dict[str, Callable[[int, int], QWidget]] = {
    "home": at(Place.HOME),
    "intake": at(Place.INTAKE),
    "widgets": at(Place.SEARCH),
    "coming": at(Place.SETTINGS),
    "keys": keys_open,
    "told": told,
}
