"""The line to the province in plain words: does it answer, since when not, why, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.errors import EnvironmentFault
from app.services.courier import Outbox
from app.services.outside_view import STOPPED
from ui.delegates.dates import near_moment, span_words
from ui.messages import sentence
from ui.theme import Tone
from ui.translations import tr


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing goes out: one title and one sentence for the banner."""

    tone: Tone
    title: str
    detail: str


def line_words(box: Outbox, *, is_sending: bool, now: datetime) -> str:
    """The lead of the page."""
    if is_sending:
        return tr("Đang liên lạc với tỉnh")
    if box.last_problem is not None:
        since = near_moment(datetime.fromisoformat(box.last_problem["since"]), now)
        if box.last_problem["code"] in STOPPED:
            return tr("Dừng gửi từ {since}, cần người xử lý; vẫn tiếp nhận bình thường", since=lowered(since))
        return tr("Mất kết nối từ {since}, vẫn tiếp nhận bình thường", since=lowered(since))
    if box.last_contact_at is None:
        return tr("Chưa liên lạc với tỉnh lần nào")
    return tr("Có kết nối, liên lạc gần nhất {at}", at=lowered(near_moment(box.last_contact_at, now)))


def trouble(box: Outbox, now: datetime, language: str) -> Trouble | None:
    """None while nothing stands in the way."""
    problem = box.last_problem
    if problem is None:
        return None
    said = sentence(EnvironmentFault(str(problem["code"]), **problem["values"]), language)
    is_stopped = problem["code"] in STOPPED
    since = near_moment(datetime.fromisoformat(problem["since"]), now)
    tried = tr("Đã thử {n} lần từ {since}.", n=int(problem["attempts"]), since=lowered(since))
    parts = [said.what, tried, said.safe, said.press if is_stopped else ""]
    detail = " ".join(part for part in parts if part)
    return Trouble("bad" if is_stopped else "warn", said.title, f"{detail} ({said.code})")


def next_try(box: Outbox, now: datetime) -> str:
    """"Thử lại sau 1 phút 40 giây": counts down; silent when no next try is planned."""
    planned = box.last_problem.get("next_try_at") if box.last_problem else None
    if not planned:
        return ""
    seconds = int((datetime.fromisoformat(planned) - now).total_seconds())
    if seconds <= 0:
        return tr("Sắp thử lại.")
    minutes, rest = divmod(seconds, 60)
    if minutes:
        return tr("Thử lại sau {minutes} phút {seconds} giây.", minutes=minutes, seconds=rest)
    return tr("Thử lại sau {n} giây.", n=rest)


def age_words(since: datetime | None, now: datetime) -> str:
    return span_words(now - since) if since else ""


def lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
