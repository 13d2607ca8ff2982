"""Days near by in words, as a clerk would say them; the full date is one hover away.

Moments are aware; words are in local time (Asia/Ho_Chi_Minh). `now` is always an argument.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.vietnam_time import VIETNAM
from ui.theme import Tone
from ui.translations import mark, tr

WEEKDAYS = (
    mark("Thứ Hai"), mark("Thứ Ba"), mark("Thứ Tư"), mark("Thứ Năm"), mark("Thứ Sáu"), mark("Thứ Bảy"),
    mark("Chủ nhật"),
)


def day_text(day: date) -> str:
    """dd/MM/yyyy."""
    return f"{day:%d/%m/%Y}"


def full_moment(moment: datetime) -> str:
    """"Thứ Bảy 21/11/2026, 15:30"."""
    local = moment.astimezone(VIETNAM)
    return f"{tr(WEEKDAYS[local.weekday()])} {local:%d/%m/%Y, %H:%M}"


def near_moment(moment: datetime, now: datetime) -> str:
    """"Hôm nay 15:30", "Hôm qua 09:12", "Thứ Ba 24/11", "01/12/2026": exact where it matters, short elsewhere."""
    local, today = moment.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    distance = (local.date() - today).days
    if distance == 0:
        return tr("Hôm nay {time}", time=f"{local:%H:%M}")
    if distance == 1:
        return tr("Ngày mai {time}", time=f"{local:%H:%M}")
    if distance == -1:
        return tr("Hôm qua {time}", time=f"{local:%H:%M}")
    if 1 < distance < 7:
        return f"{tr(WEEKDAYS[local.weekday()])} {local:%d/%m}"
    return f"{local:%d/%m}" if local.year == today.year and distance < 0 else day_text(local.date())


def lowered(words: str) -> str:
    """Such words in the middle of a sentence."""
    return words[:1].lower() + words[1:]


def due_words(due: datetime, now: datetime) -> tuple[str, Tone]:
    """How a promised moment stands: overdue is bad, today and tomorrow need an eye, later is neutral."""
    local, here = due.astimezone(VIETNAM), now.astimezone(VIETNAM)
    distance = (local.date() - here.date()).days
    if local < here:
        if distance == 0:
            return tr("Quá hạn từ {time}", time=f"{local:%H:%M}"), "bad"
        return tr("Quá {n} ngày", n=-distance), "bad"
    if distance == 0:
        return tr("Hôm nay {time}", time=f"{local:%H:%M}"), "warn"
    if distance == 1:
        return tr("Ngày mai {time}", time=f"{local:%H:%M}"), "warn"
    if distance < 7:
        return tr("Còn {n} ngày", n=distance), "neutral"
    return day_text(local.date()), "neutral"


def span_words(span: timedelta) -> str:
    """A length of time in its two largest units: "1 giờ 52 phút", "3 ngày 2 giờ", "dưới 1 phút"."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes == 0:
        return tr("dưới 1 phút")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        first, second = tr("{n} ngày", n=days), tr("{n} giờ", n=hours) if hours else ""
    elif hours:
        first, second = tr("{n} giờ", n=hours), tr("{n} phút", n=minutes) if minutes else ""
    else:
        first, second = tr("{n} phút", n=minutes), ""
    return f"{first} {second}".strip()
