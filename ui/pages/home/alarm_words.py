"""Alarms as sentences: what is wrong, and what to do about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.procedure import Catalogue
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault
from app.services.outside_view import Alarm
from ui.delegates.dates import day_text, span_words
from ui.messages import sentence
from ui.models.standing_words import stopped_short
from ui.translations import tr


def alarm_words(alarm: Alarm, catalogue: Catalogue, language: str) -> tuple[str, str]:
    """(what is wrong, what to do)."""
    values = alarm.values
    match alarm.code:
        case "clock_fast" | "clock_slow" | "clock_behind_book":
            return _clock_words(alarm)
        case "calendar_missing":
            year = values["year"]
            return (
                tr("Chưa có lịch nghỉ năm {year}", year=year),
                tr("Ngày hẹn trong năm đó chỉ trừ thứ Bảy, Chủ nhật. Nối mạng để nhận lịch, hoặc báo tỉnh."),
            )
        case "calendar_estimated":
            year = values["year"]
            return (
                tr("Lịch nghỉ năm {year} còn là ước tính", year=year),
                tr("Ngày hẹn rơi vào năm đó được đánh dấu. Lịch chính thức sẽ về khi tỉnh công bố."),
            )
        case "numbers_none":
            return (
                tr("Quầy chưa có số hồ sơ nào"),
                tr("Chưa tiếp nhận được. Nối mạng một lần để nhận số."),
            )
        case "numbers_gone":
            return (
                tr("Hết số hôm nay: {agency}", agency=_agency(values["agency"], catalogue)),
                tr("Chưa tiếp nhận được cho cơ quan này. Nối mạng một lần để nhận thêm số."),
            )
        case "numbers_few":
            return (
                tr("Còn {left} số hôm nay: {agency}", left=values["left"],
                   agency=_agency(values["agency"], catalogue)),
                tr("Nối mạng để nhận thêm trước khi hết."),
            )
        case "lease_ends":
            return (
                tr("Số đã cấp chỉ đến {day}: {agency}", day=_day(values["to"]),
                   agency=_agency(values["agency"], catalogue)),
                tr("Nối mạng trước ngày đó để nhận số mới."),
            )
        case "shift_unmanned":
            return (
                tr("{name} không còn trong danh sách của tỉnh", name=values["name"] or tr("Người trực quầy")),
                tr("Chưa làm được việc nào ở quầy này. Bấm C để người khác nhận ca."),
            )
        case "key_in_file":
            return (
                tr("Khóa mở sổ nằm trong tệp"),
                tr("Máy này không có kho khóa. Người phụ trách máy nên bật kho khóa của hệ điều hành."),
            )
        case "scans_missing" | "scans_damaged" | "scans_orphaned" | "scans_unchecked":
            return _scan_words(alarm)
        case "book_damaged":
            return (
                tr("Sổ trên máy này có chỗ hỏng"),
                tr("Không có gì bị xóa. Bấm F9 rồi K để khôi phục từ bản sao lưu, và gọi người phụ trách máy."),
            )
        case "book_edited":
            return (
                tr("Sổ trên máy này bị sửa ngoài chương trình"),
                tr("Đừng khôi phục vội. Gọi người phụ trách máy: lệnh verify nói rõ từng bảng, từng tệp."),
            )
        case "numbers_stopped":
            return (
                tr("Quầy đang tạm ngừng cấp số"),
                stopped_short(str(values.get("code", ""))) + " " + tr("Mở Đồng bộ (F7), bấm X để xem cách xử lý."),
            )
        case "went_on":
            return (
                tr("Quầy đã đi tiếp với dải số mới"),
                tr("Mở Đồng bộ (F7), bấm X để xem điều gì đã xảy ra."),
            )
        case "contact_old":
            return (
                tr("Chưa liên lạc được với tỉnh từ {day}", day=_day(values["since"])),
                tr("Danh mục, lịch nghỉ và phí có thể đã cũ. Vẫn tiếp nhận được."),
            )
        case _:
            said = sentence(EnvironmentFault(str(values.get("code", alarm.code)), **values_of(alarm)), language)
            return said.title, said.detail()


def values_of(alarm: Alarm) -> dict[str, object]:
    return {name: value for name, value in alarm.values.items() if name != "code"}


def _clock_words(alarm: Alarm) -> tuple[str, str]:
    span = span_words(timedelta(seconds=alarm.values["seconds"]))
    right = tr("Sổ vẫn đúng thứ tự. Nhờ người phụ trách máy chỉnh lại đồng hồ.")
    if alarm.code == "clock_behind_book":
        return tr("Đồng hồ máy lùi {span} so với sổ", span=span), right
    at = f"{local(alarm.values['should_be']):%H:%M}"
    if alarm.code == "clock_fast":
        return tr("Đồng hồ máy nhanh {span} so với tỉnh, giờ đúng là {at}", span=span, at=at), right
    return tr("Đồng hồ máy chậm {span} so với tỉnh, giờ đúng là {at}", span=span, at=at), right


def _scan_words(alarm: Alarm) -> tuple[str, str]:
    """What the nightly check of the scans found."""
    values = alarm.values
    if alarm.code == "scans_unchecked":
        since = values["since"]
        return (
            tr("Kho bản quét chưa được kiểm tra từ {day}", day=_day(since)) if since
            else tr("Kho bản quét chưa được kiểm tra lần nào"),
            tr("Để máy mở qua đêm, hoặc bấm K để kiểm tra ngay; vẫn làm việc được trong lúc đó."),
        )
    amount, day = values["amount"], _day(values["at"])
    if alarm.code == "scans_missing":
        return (
            tr("Thiếu {n} tệp bản quét (kiểm tra {day})", n=amount, day=day),
            tr("Đừng xóa gì. Giữ giấy tờ gốc, báo người phụ trách máy; quét lại giấy còn ở quầy."),
        )
    if alarm.code == "scans_damaged":
        return (
            tr("Hỏng {n} tệp bản quét (kiểm tra {day})", n=amount, day=day),
            tr("Đừng xóa gì. Báo người phụ trách máy xem ổ đĩa; quét lại giấy còn ở quầy."),
        )
    return (
        tr("Còn {n} tệp quét không thuộc hồ sơ nào (kiểm tra {day})", n=amount, day=day),
        tr("Không mất gì. Máy chưa dọn được các tệp này; báo người phụ trách máy."),
    )


def _agency(agency: str, catalogue: Catalogue) -> str:
    return next((each.name for each in catalogue.agencies if each.id == agency), agency)


def _day(moment: date | datetime) -> str:
    return day_text(local(moment).date() if isinstance(moment, datetime) else moment)
