"""Luyện tập: from real work into the practice room; inside it, everything from the beginning again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.practice import is_practice
from ui.operations.desk import Desk
from ui.operations.practice import open_practice_room
from ui.pages.admin.card import AdminCard, Stand
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

PRACTISE = Key("L", mark("Mở phòng luyện tập"))
AGAIN = Key("L", mark("Làm lại phòng luyện tập từ đầu"))


class PracticeCard(AdminCard):
    """One key: what it does depends on which side of the door the clerk stands."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Luyện tập"), desk, host)
        self._is_practice = is_practice()
        if self._is_practice:
            self.again = self.add_act(AGAIN, tr("Làm lại từ đầu…"), self.begin_again)
        else:
            self.open_ = self.add_act(PRACTISE, tr("Mở phòng luyện tập"), self.open_room)
        self.end_acts()

    def refresh(self) -> None:
        if self._is_practice:
            folder = str(self._desk.office.folder.root)
            self.tell((Fact(tr("Thư mục luyện tập"), "", folder),), tr(
                "Bạn đang ở phòng luyện tập. Không có hồ sơ thật, không gửi đi đâu ngoài tỉnh mẫu trên máy này."),
                Stand(tr("Bạn đang luyện tập")))
        else:
            self.tell((), tr(
                "Một cửa sổ riêng có đủ quầy, tỉnh mẫu và người dân không có thật; bài hướng dẫn dẫn bạn qua hồ "
                "sơ đầu tiên, có cả lúc mất mạng. Sổ thật không bị mở; giấy in ra mang dấu chìm."),
                Stand(tr("Cửa sổ riêng, không có hồ sơ thật")))

    def open_room(self) -> None:
        if open_practice_room():
            self.say(tr("Cửa sổ luyện tập đang mở, có dải màu tím ở trên cùng."), "ok")
        else:
            self.say(tr("Chưa mở được cửa sổ luyện tập. Báo người phụ trách máy."), "bad")

    def begin_again(self) -> None:
        from ui.practice.room import room_of  # only the practice room has one

        room = room_of(self._host.window())
        if room is not None:
            room.ask_again()
