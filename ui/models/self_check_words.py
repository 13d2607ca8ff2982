"""The machine's own test in words: the name of each part, how it stands, what that means and what to press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault
from ui.delegates.dates import lowered, near_moment, span_words
from ui.messages import wording
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.theme import Tone
from ui.translations import mark, tr

MEGABYTE = 1 << 20

NAMES: Mapping[Part, str] = {
    Part.BOOK: mark("Sổ hồ sơ"), Part.BACKUP: mark("Sao lưu"), Part.DISK: mark("Ổ đĩa"),
    Part.CLOCK: mark("Đồng hồ"), Part.PRINTER: mark("Máy in"), Part.LOOP: mark("In rồi quét lại"),
    Part.SCANNER: mark("Máy quét tài liệu"), Part.GATEWAY: mark("Đường về tỉnh"), Part.MEDIUM: mark("Ổ thứ hai"),
    Part.RECOVERY: mark("Khóa khôi phục"),
}
STATES: Mapping[State, tuple[str, Tone]] = {
    State.GOOD: (mark("Tốt"), "ok"), State.WARN: (mark("Cần xem"), "warn"), State.BAD: (mark("Có lỗi"), "bad"),
    State.OPEN: (mark("Chưa thử"), "info"),
}
CALL = mark("Gọi người phụ trách máy.")


@dataclass(frozen=True, slots=True)
class Told:
    """`press` is "" where there is nothing to do."""

    meaning: str
    press: str = ""


Say = Callable[[Mapping[str, Any]], Told]


def told(checked: Checked, now: datetime, language: str) -> Told:
    """The sentences of a part. What this program does not know is said by the error's own words."""
    values: dict[str, Any] = {**checked.values, "now": now}
    if (code := str(checked.values.get("code", ""))):
        said = wording(EnvironmentFault(code, **checked.values), language)
        values |= {"title": lowered(said.title), "press": said.press}
    say = _WORDS.get((checked.part, checked.found))
    if say is None:
        why = values.get("title", checked.found)
        return Told(tr("Không xem được: {title}.", title=why), values.get("press", ""))
    return say(values)


def summary(found: tuple[Checked, ...]) -> tuple[str, Tone]:
    """All of it in one line; what was not tried, or not looked at, is not called good."""
    bad = sum(each.state is State.BAD for each in found)
    look = sum(each.state is State.WARN for each in found)
    if bad:
        return tr("{n} phần có lỗi, {m} phần cần xem", n=bad, m=look), "bad"
    if look:
        return tr("{n} phần cần xem", n=look), "warn"
    good = sum(each.state is State.GOOD for each in found)
    if not good:
        return tr("chưa thử phần nào"), "info"
    if good < len(Part):
        return tr("{n} phần chưa thử, các phần khác tốt", n=len(Part) - good), "info"
    return tr("mọi phần đều tốt"), "ok"


def _at(values: Mapping[str, Any], name: str = "at") -> str:
    return lowered(near_moment(datetime.fromisoformat(str(values[name])), values["now"]))


def _room(values: Mapping[str, Any]) -> str:
    return shown_size(int(values["free_mb"]) * MEGABYTE)


def _span(values: Mapping[str, Any]) -> str:
    return span_words(timedelta(seconds=int(values["seconds"])))


def _clock(words: str) -> Say:
    return lambda values: Told(tr(words, span=_span(values)), tr("Nhờ người phụ trách máy chỉnh đồng hồ."))


def _fixed(meaning: str, press: str = "") -> Say:
    return lambda values: Told(tr(meaning), tr(press) if press else "")


def _trouble(values: Mapping[str, Any]) -> Told:
    return Told(tr("Không dùng được: {title}.", title=values["title"]), values["press"])


def _contact(values: Mapping[str, Any]) -> str:
    return tr("liên lạc gần nhất {at}", at=_at(values)) if "at" in values else tr("chưa liên lạc lần nào")


_WORDS: Mapping[tuple[Part, str], Say] = {
    (Part.BOOK, "whole"): lambda v: Told(
        tr("Các trang lành. Cả sổ được đọc hết {at}, mọi chữ ký đúng.", at=_at(v))),
    (Part.BOOK, "unread"): _fixed(mark("Sổ mở được, các trang lành. Cả sổ sẽ được đọc hết khi quầy nghỉ.")),
    (Part.BOOK, "damaged"): lambda v: Told(
        tr("Sổ có chỗ hỏng: {title}.", title=v["title"]), tr("Ở Quản trị, bấm K để xem cách khôi phục.")),
    (Part.BOOK, "stopped"): _fixed(mark("Quầy đang dừng cấp số."), mark("Mở Đồng bộ (F7) để xem cách gỡ.")),
    (Part.BACKUP, "good"): lambda v: Told(
        tr("Bản mới nhất {at}; đã mở thử {drill}.", at=_at(v), drill=_at(v, "drill"))),
    (Part.BACKUP, "none"): _fixed(
        mark("Chưa có bản sao lưu nào trên máy."), mark("Ở Quản trị, bấm S để sao lưu.")),
    (Part.BACKUP, "old"): lambda v: Told(
        tr("Bản mới nhất đã cũ: {at}.", at=_at(v)), tr("Ở Quản trị, bấm S để sao lưu.")),
    (Part.BACKUP, "no_drill"): lambda v: Told(
        tr("Có bản {at}, nhưng lâu rồi chưa ai mở thử.", at=_at(v)), tr("Ở Quản trị, bấm D để diễn tập.")),
    (Part.BACKUP, "drill_failed"): _fixed(
        mark("Lần mở thử gần nhất, bản sao lưu không dùng được."), mark("Ở Quản trị, bấm S rồi bấm D.")),
    (Part.DISK, "good"): lambda v: Told(tr("Còn trống {room}, ghi nhanh.", room=_room(v))),
    (Part.DISK, "slow"): lambda v: Told(tr(
        "Còn trống {room}. Ghi hơi chậm ({n} phần nghìn giây): mỗi lần lưu phải chờ một chút.",
        room=_room(v), n=shown_count(int(v["ms"])))),
    (Part.DISK, "too_slow"): lambda v: Told(tr(
        "Còn trống {room}. Ghi rất chậm ({n} phần nghìn giây): ổ đĩa có thể sắp hỏng.",
        room=_room(v), n=shown_count(int(v["ms"]))), tr(CALL)),
    (Part.DISK, "tight"): lambda v: Told(tr("Còn trống {room}: đủ cho ít ngày quét.", room=_room(v)), tr(CALL)),
    (Part.DISK, "low"): lambda v: Told(
        tr("Chỉ còn trống {room}: chưa nhận hồ sơ mới được.", room=_room(v)), tr(CALL)),
    (Part.DISK, "refuses"): _fixed(mark("Ổ đĩa không cho ghi."), CALL),
    (Part.CLOCK, "good"): lambda v: Told(tr("Đúng với đồng hồ của tỉnh.") if int(v["seconds"]) < 2 else tr(
        "Lệch {n} giây so với tỉnh, trong mức cho phép.", n=v["seconds"])),
    (Part.CLOCK, "never_compared"): _fixed(mark("Chưa so với tỉnh; sẽ so ở lần liên lạc đầu tiên.")),
    (Part.CLOCK, "clock_slow"): _clock(mark("Chậm {span} so với tỉnh.")),
    (Part.CLOCK, "clock_fast"): _clock(mark("Nhanh {span} so với tỉnh.")),
    (Part.CLOCK, "clock_jumped_back"): _clock(mark("Lùi {span} so với lần xem trước.")),
    (Part.CLOCK, "clock_behind_book"): _clock(mark("Đứng trước ngày mới nhất trong sổ {span}.")),
    (Part.PRINTER, "ready"): _fixed(mark("Máy in sẵn sàng."), mark("Bấm T để in trang thử.")),
    (Part.PRINTER, "files"): _fixed(
        mark("Chưa có máy in: giấy thành tệp PDF, xóa khi đóng chương trình."),
        mark("Cắm và bật máy in, rồi bấm R.")),
    (Part.PRINTER, "no_default"): _fixed(mark("Máy chưa có máy in mặc định."), CALL),
    (Part.PRINTER, "unknown"): _fixed(mark("Không thấy máy in đã chọn cho giấy tiếp nhận."), CALL),
    (Part.PRINTER, "trouble"): _trouble,
    (Part.LOOP, "open"): _fixed(
        mark("Chưa in trang thử lần nào."), mark("Bấm T, rồi quét mã vạch trên trang vừa ra.")),
    (Part.LOOP, "waiting"): _fixed(
        mark("Trang thử đã gửi ra máy in."), mark("Quét mã vạch trên trang đó bằng máy quét của quầy.")),
    (Part.LOOP, "failed"): _trouble,
    (Part.LOOP, "whole"): _fixed(mark("In ra rồi quét vào, không sai một chữ.")),
    (Part.LOOP, "telex"): _fixed(
        mark("Bộ gõ kiểu Telex đã đổi chữ của máy quét."), mark("Tắt bộ gõ (Unikey, EVKey), rồi quét lại.")),
    (Part.LOOP, "vni"): _fixed(
        mark("Bộ gõ kiểu VNI đã đổi chữ của máy quét."), mark("Tắt bộ gõ (Unikey, EVKey), rồi quét lại.")),
    (Part.LOOP, "layout"): _fixed(
        mark("Bàn phím tiếng Việt của Windows đã đổi chữ của máy quét."),
        mark("Chuyển bàn phím sang tiếng Anh (Mỹ), rồi quét lại.")),
    (Part.LOOP, "caps"): _fixed(
        mark("Chữ hoa và chữ thường bị đổi."), mark("Tắt Caps Lock, rồi quét lại.")),
    (Part.LOOP, "older"): _fixed(mark("Đây là một trang thử khác."), mark("Quét trang vừa ra khỏi máy in.")),
    (Part.LOOP, "around"): _fixed(
        mark("Máy quét thêm dấu vào trước hoặc sau mã."),
        mark("Nhờ người phụ trách máy đặt máy quét về mặc định.")),
    (Part.LOOP, "cut"): _fixed(
        mark("Chỉ đọc được một phần mã."), mark("Lau đầu đọc rồi quét lại; vẫn vậy thì thay mực máy in.")),
    (Part.LOOP, "rewritten"): _fixed(
        mark("Có bộ gõ đổi chữ của máy quét."),
        mark("Tắt bộ gõ, chuyển bàn phím sang tiếng Anh (Mỹ), rồi quét lại.")),
    (Part.LOOP, "other"): _fixed(mark("Đây là mã khác."), mark("Quét mã vạch trên trang thử.")),
    (Part.SCANNER, "there"): lambda v: Told(tr("Thấy {n} máy quét.", n=int(v["count"]))),
    (Part.SCANNER, "page"): _fixed(mark("Quét được một trang thử; trang đó không được lưu.")),
    (Part.SCANNER, "none"): _fixed(
        mark("Không thấy máy quét nào."), mark("Nếu quầy có máy quét: bật máy, cắm cáp, rồi bấm R.")),
    (Part.SCANNER, "trouble"): _trouble,
    (Part.GATEWAY, "good"): lambda v: Told(
        tr("Gặp được tỉnh, đường truyền có mã hóa; {contact}.", contact=_contact(v))),
    (Part.GATEWAY, "good_here"): lambda v: Told(
        tr("Gặp được cổng thử trên máy này; {contact}.", contact=_contact(v))),
    (Part.GATEWAY, "never"): _fixed(
        mark("Gặp được tỉnh nhưng chưa liên lạc lần nào."), mark("Mở Đồng bộ (F7), bấm G.")),
    (Part.GATEWAY, "refused"): lambda v: Told(
        tr("Gặp được tỉnh, nhưng lần gửi gần nhất chưa xong: {title}.", title=v["title"]), v["press"]),
    (Part.GATEWAY, "unreachable"): lambda v: Told(
        tr("Chưa gặp được tỉnh: {title}. {n} việc chờ gửi.", title=v["title"], n=shown_count(int(v["unsent"]))),
        tr("Cứ làm việc như thường; kiểm tra cáp mạng.")),
    (Part.GATEWAY, "open_line"): _fixed(mark("Đường truyền về tỉnh không mã hóa."), CALL),
    (Part.GATEWAY, "none"): _fixed(mark("Quầy chưa ghi danh với tỉnh."), CALL),
    (Part.MEDIUM, "good"): lambda v: Told(tr("Ổ có mặt, đã chép đến {at}.", at=_at(v))),
    (Part.MEDIUM, "none"): lambda v: Told(
        tr("Chưa đặt ổ thứ hai: máy hỏng là mất {n} việc chưa gửi.", n=shown_count(int(v["operations"]))),
        tr("Mở Đồng bộ (F7), bấm B.")),
    (Part.MEDIUM, "empty"): _fixed(mark("Ổ có mặt nhưng chưa chép gì."), mark("Mở Đồng bộ (F7), bấm B.")),
    (Part.MEDIUM, "not_for_province"): _fixed(
        mark("Ổ có mặt; tỉnh chưa mở được bản trên đó."), mark("Mở Đồng bộ (F7), bấm G để liên lạc với tỉnh.")),
    (Part.MEDIUM, "trouble"): _trouble,
    (Part.RECOVERY, "proved"): lambda v: Told(tr("Tỉnh giữ khóa khôi phục, đã thử mở {at}.", at=_at(v))),
    (Part.RECOVERY, "not_proved"): _fixed(
        mark("Tỉnh chưa giữ khóa khôi phục: máy mất khóa là không mở được sổ."),
        mark("Mở Đồng bộ (F7), bấm G để liên lạc với tỉnh.")),
}
"""Every sentence that a check may end with; a test holds the list against the checks."""
