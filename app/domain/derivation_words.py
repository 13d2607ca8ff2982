"""The derivation in Vietnamese sentences: for the printed paper, the command line and the window.

Official wording, so it never passes through a translation; another language is made from the steps' kinds
and values.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.calendar import CalendarWarning
from app.domain.derivation import (
    AfterCutoff,
    CalendarDays,
    CountedDays,
    CountedHours,
    CountedOn,
    Ends,
    FirstDayNotCounted,
    LeftIn,
    LegBegins,
    LegEnds,
    MovedIntoHours,
    MovedToOpening,
    NoTime,
    Outside,
    Paused,
    Received,
    RolledOver,
    RoundedUp,
    SameDay,
    Skipped,
    StartsNextDay,
    Step,
    TimeLeft,
    WholeDays,
)
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.vietnamese_dates import clock_words, short_date, weekday_and_date, weekday_name

_WEEKLY_REST = "nghỉ hằng tuần"
_UNITS = {TimeUnit.WORKING_DAY: "ngày làm việc", TimeUnit.DAY: "ngày", TimeUnit.HOUR: "giờ làm việc"}
_OUTSIDE = {
    Outside.BEFORE_OPENING: "Nhận trước giờ làm việc",
    Outside.BREAK: "Nhận trong giờ nghỉ trưa",
    Outside.AFTER_CLOSING: "Nhận sau giờ làm việc",
}
_ENDS = {
    "same_time": "cùng giờ với lúc bắt đầu tính",
    "end_of_day": "cuối giờ làm việc của ngày cuối",
    "fixed": "giờ trả kết quả cố định",
    "hours": "đủ số giờ làm việc",
    "same_day": "trong ngày, đến cuối giờ làm việc",
    "left": "hết phần thời gian còn lại",
    "still_over": "số ngày, giờ đã quá hạn không đổi",
    "unmoved": "không có giờ làm việc nào trong lúc tạm dừng: giữ nguyên",
}
_AFTER_PAUSE = {"left": "Hạn trả mới:", "still_over": "Hạn trả mới:", "unmoved": "Hạn trả vẫn là"}
_LEFT_IN = {LeftIn.WORKING_DAYS: "ngày làm việc", LeftIn.DAYS: "ngày", LeftIn.OFFICE_HOURS: "ngày"}


def describe_time(processing: ProcessingTime) -> str:
    """The time as the receipt states it: '10 ngày làm việc', 'Trong ngày làm việc', 'Không quy định'."""
    if processing.value is None or not processing.is_computable:
        return processing.note or "Không quy định"
    if processing.value == 0:
        return "Ngay khi nhận" if processing.unit is TimeUnit.HOUR else "Trong ngày làm việc"
    return f"{processing.value} {_UNITS[processing.unit]}"


def describe_calendar_warning(warning: CalendarWarning) -> str:
    """The doubt behind a due date, to be printed beside it."""
    if warning.code == "calendar_missing":
        return f"Chưa có lịch nghỉ năm {warning.year}: ngày hẹn chỉ trừ ngày nghỉ hằng tuần và có thể thay đổi."
    return f"Lịch nghỉ năm {warning.year} là ước tính: ngày hẹn có thể thay đổi khi có thông báo chính thức."


def describe_step(step: Step) -> str:
    """One sentence for one step."""
    match step:
        case Received(moment):
            return f"Nhận hồ sơ lúc {clock_words(moment.time())}, {weekday_and_date(moment)}."
        case MovedToOpening(reason, name, starts):
            why = f"Ngày nhận là {_rest(name)}" if reason is Outside.DAY_OFF else _OUTSIDE[reason]
            return f"{why}: tính như nhận lúc {clock_words(starts.time())}, {weekday_and_date(starts)}."
        case AfterCutoff(cutoff, starts):
            return f"Nhận sau {clock_words(cutoff)}: tính từ đầu giờ {weekday_and_date(starts)}."
        case StartsNextDay(starts):
            return f"Tính từ đầu giờ ngày làm việc tiếp theo, {weekday_and_date(starts)}."
        case FirstDayNotCounted(day):
            return f"Không tính ngày bắt đầu, {weekday_and_date(day)}."
        case Skipped(first, last, name):
            return f"Không tính {_span(first, last)}: {name or _WEEKLY_REST}."
        case CalendarDays(first, last, days):
            return f"Đếm {days} ngày liên tục: {_span(first, last)}."
        case RolledOver(day, name, to):
            return (
                f"Ngày cuối, {weekday_and_date(day)}, là {_rest(name)}: "
                f"chuyển sang ngày làm việc tiếp theo, {weekday_and_date(to)}."
            )
        case CountedDays():
            return _describe_days(step)
        case CountedHours():
            return _describe_hours(step)
        case WholeDays(days, moment):
            return (
                f"Số giờ bằng {days} ngày làm việc trọn: hẹn vào đầu giờ làm việc tiếp theo, "
                f"{clock_words(moment.time())}, {weekday_and_date(moment)}."
            )
        case SameDay(day):
            return f"Giải quyết trong ngày: {weekday_and_date(day)}."
        case MovedIntoHours(clock, used):
            return f"Lúc {clock_words(clock)} ngày cuối không làm việc: lấy {clock_words(used)}."
        case RoundedUp(minutes, moment):
            return f"Làm tròn lên {minutes} phút: {clock_words(moment.time())}."
        case Ends(rule, moment):
            said = _AFTER_PAUSE.get(rule, "Hẹn trả lúc")
            return f"{said} {clock_words(moment.time())}, {weekday_and_date(moment)} ({_ENDS[rule]})."
        case NoTime(note):
            return f"Không có ngày hẹn trả cụ thể theo quy định{f' ({note})' if note else ''}."
        case LegBegins(name, starts):
            return f"{name}: tính từ {clock_words(starts.time())}, {weekday_and_date(starts)}."
        case LegEnds(name, moment):
            return f"Hạn của {name}: {clock_words(moment.time())}, {weekday_and_date(moment)}."
        case Paused(moment, starts):
            return f"Tạm dừng tính thời hạn {_from(moment, starts)}."
        case CountedOn(moment, starts):
            return f"Tính tiếp thời hạn {_from(moment, starts)}."
        case TimeLeft():
            due = f"hạn {clock_words(step.due.time())}, {weekday_and_date(step.due)}"
            amount = left_words(step.days, step.minutes, step.unit)
            return f"Lúc đó đã quá {due} được {amount}." if step.is_over else f"Lúc đó còn lại {amount} ({due})."


def left_words(days: int, minutes: int, unit: LeftIn) -> str:
    """'2 ngày làm việc 3 giờ 30 phút', '5 giờ làm việc'; nothing left is '0 giờ' or '0 ngày'."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{days} {_LEFT_IN[unit]}" * bool(days), f"{hours} giờ" * bool(hours), f"{rest} phút" * bool(rest)]
    if unit is LeftIn.OFFICE_HOURS and minutes:
        parts.append("làm việc")
    return " ".join(part for part in parts if part) or ("0 ngày" if unit is LeftIn.DAYS else "0 giờ")


def _from(moment: datetime, starts: datetime) -> str:
    said = f"từ {clock_words(starts.time())}, {weekday_and_date(starts)}"
    if starts == moment:
        return said
    return f"{said} (lúc {clock_words(moment.time())}, {weekday_and_date(moment)} không phải giờ làm việc)"


def _describe_days(step: CountedDays) -> str:
    if step.number != step.last_number:
        rest = f" (đã trừ {step.rest_days} ngày {_WEEKLY_REST})" if step.rest_days else ""
        return f"Ngày {step.number} đến ngày {step.last_number}: {_span(step.first, step.last)}{rest}."
    made_up = f", làm bù cho {weekday_and_date(step.instead_of)}" if step.instead_of else ""
    return f"Ngày {step.number}: {weekday_and_date(step.first)}{made_up}."


def _describe_hours(step: CountedHours) -> str:
    hours, minutes = divmod(step.minutes, 60)
    amount = " ".join(part for part in (f"{hours} giờ" * bool(hours), f"{minutes} phút" * bool(minutes)) if part)
    span = f"từ {step.opens:%H:%M} đến {step.closes:%H:%M}"
    if step.first != step.last:
        rest = f", đã trừ {step.rest_days} ngày {_WEEKLY_REST}" if step.rest_days else ""
        days = _span(step.first, step.last)
        return f"{days[0].upper()}{days[1:]}: mỗi ngày {span}, được {amount}{rest}."
    made_up = f", làm bù cho {weekday_and_date(step.instead_of)}" if step.instead_of else ""
    return f"{weekday_and_date(step.first)}{made_up}: {span}, được {amount}."


def _rest(name: str) -> str:
    return f"ngày nghỉ ({name})" if name else f"ngày {_WEEKLY_REST}"


def _span(first: date, last: date) -> str:
    if first == last:
        return weekday_and_date(first)
    if last - first == timedelta(days=1):
        return f"{weekday_name(first)} {short_date(first)} và {weekday_name(last)} {short_date(last)}"
    return f"từ {weekday_and_date(first)} đến {weekday_and_date(last)}"
