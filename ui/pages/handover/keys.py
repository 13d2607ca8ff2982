"""The keys of the page, each with what it does in the view in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ui.shortcuts import Key
from ui.translations import mark

if TYPE_CHECKING:
    from ui.pages.handover.lists import Lists
    from ui.pages.handover.page import HandoverPage

TOLD = (
    Key("Return", mark("Ở danh sách chưa quét: thêm hồ sơ; ở các dòng: mở hồ sơ")),
)
"""What the page's tables take themselves."""


def page_keys(page: HandoverPage) -> Mapping[Key, Callable[[], object]]:
    """Letters are commands while no field has the focus."""

    def making(work: Callable[[], object]) -> Callable[[], object]:
        return lambda: work() if page.lists is None else None

    def lists(work: Callable[[Lists], object]) -> Callable[[], object]:
        return lambda: work(page.lists) if page.lists is not None else None

    return {
        Key("F12", mark("Lập danh sách; ở danh sách chờ xác nhận: lưu các dòng đã đánh dấu")): page.main_act,
        Key("G", mark("Gõ mã hồ sơ")): page.type_code,
        Key("C", mark("Chuyển sang cơ quan hoặc danh sách mà hồ sơ vừa quét thuộc về")): page.way_out,
        Key("Left", mark("Cơ quan trước")): making(lambda: page.making.step_agency(-1)),
        Key("Right", mark("Cơ quan sau")): making(lambda: page.making.step_agency(1)),
        Key("W", mark("Xem hồ sơ chưa quét, hoặc về danh sách")): making(page.making.toggle_waiting),
        Key("A", mark("Thêm tất cả hồ sơ đang chờ của cơ quan")): making(page.making.add_all),
        Key("O", mark("Bản gốc nào đi cùng, bản nào ở lại")): making(page.making.choose_originals),
        Key("Delete", mark("Bỏ hồ sơ khỏi danh sách đang lập; bỏ đánh dấu một dòng")): page.take_off,
        Key("Ctrl+Z", mark("Hoàn tác danh sách vừa lập")): page.undo_last,
        Key("Space", mark("Dòng này đã nhận")): lists(lambda shown: shown.accept()),
        Key("X", mark("Dòng này bị từ chối, ghi lý do")): lists(lambda shown: shown.ask_refusal()),
        Key("T", mark("Dòng này thiếu trong túi")): lists(lambda shown: shown.miss()),
        Key("P", mark("Các dòng còn lại đã nhận theo danh sách giấy đã ký")): lists(
            lambda shown: shown.accept_by_paper()),
        Key("F", mark("Đã tìm thấy hồ sơ thiếu")): page.ask_found,
        Key("N", mark("Nhắc cơ quan: lời nhắn để gửi")): page.remind,
        Key("D", mark("Tổng hợp trong ngày của cơ quan, để in hoặc gửi")): page.show_digest,
        Key("I", mark("In lại danh sách")): page.print_again,
        Key("U", mark("Hủy danh sách, khi chưa dòng nào được xác nhận")): page.ask_undo,
        Key("Escape", mark("Về bảng, tắt thông báo")): page.escape,
    }
