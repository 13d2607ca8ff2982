"""The line to the province in plain words: does it answer, since when not, why, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.errors import EnvironmentFault
from app.services.courier import Outbox
from app.services.mass_change import HeldPull
from app.services.outside_view import STOPPED
from ui.delegates.dates import lowered, near_moment, span_words
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.models.standing_words import stopped_short
from ui.pages.sync.reading import SyncView
from ui.theme import Tone
from ui.translations import tr


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in the way, the gravest: title and sentence for the banner, and what its key is called."""

    tone: Tone
    title: str
    detail: str
    action: str = ""


def line_words(box: Outbox, *, is_sending: bool, now: datetime, may_receive: bool = True) -> str:
    """The lead of the page. `may_receive`: numbers are given out."""
    if is_sending:
        return tr("Đang liên lạc với tỉnh")
    problem = box.last_problem
    if problem is not None and problem["code"] != "mass_change":           # that contact went through
        since = lowered(near_moment(datetime.fromisoformat(problem["since"]), now))
        if problem["code"] in STOPPED:
            return tr("Dừng gửi từ {since}, cần người xử lý; vẫn tiếp nhận bình thường", since=since) if (
                may_receive) else tr("Dừng gửi từ {since}, cần người xử lý", since=since)
        return tr("Mất kết nối từ {since}, vẫn tiếp nhận bình thường", since=since) if may_receive else (
            tr("Mất kết nối từ {since}", since=since))
    if box.last_contact_at is None:
        return tr("Chưa liên lạc với tỉnh lần nào")
    return tr("Có kết nối, liên lạc gần nhất {at}", at=lowered(near_moment(box.last_contact_at, now)))


def trouble(view: SyncView, now: datetime, language: str) -> Trouble | None:
    """The gravest thing that a person must know; None while nothing stands in the way."""
    if view.stopped is not None:
        since = lowered(near_moment(view.stopped.since, now))
        asked = tr("Đã yêu cầu dải số mới; bấm G để hỏi tỉnh ngay.") if view.is_epoch_asked else ""
        parts = [stopped_short(view.stopped.reason), tr("Từ {since}.", since=since), asked]
        return Trouble("bad", tr("Quầy đang tạm ngừng cấp số"), _joined(parts), tr("Xem cách xử lý"))
    if view.pull is not None:
        return _of_pull(view.pull, now, language)
    if view.box.last_problem is not None:
        return _of_problem(view, now, language)
    if view.went_on is not None:
        brought = tr("{n} việc đã được lấy lại vào sổ.", n=shown_count(view.went_on.brought))
        return Trouble("info", tr("Quầy đã đi tiếp với dải số mới"), brought if view.went_on.brought else "",
                       tr("Xem rồi đánh dấu đã xem"))
    return None


def _of_pull(pull: HeldPull, now: datetime, language: str) -> Trouble:
    """A landslide at once, or one in portions: then the day's sum is what is unusual."""
    changed, open_ = shown_count(pull.changed), shown_count(pull.open)
    said = sentence(EnvironmentFault("mass_change", changed=changed, open=open_), language)
    title, what = said.title, said.what
    if pull.earlier:
        title = tr("Tỉnh đổi dần nhiều hồ sơ trong một ngày")
        what = tr("24 giờ qua đã đổi {earlier} hồ sơ, nay muốn đổi thêm {n}; đang mở {open} hồ sơ. Máy chưa nhận "
                  "phần thêm.", earlier=shown_count(pull.earlier), n=changed, open=open_)
    since = tr("Từ {since}.", since=lowered(near_moment(pull.since, now)))
    safe = said.safe if not pull.earlier else tr("Việc gửi đi vẫn chạy bình thường.")
    return Trouble("warn", title, _joined([what, since, safe]), tr("Xem danh sách"))


def _of_problem(view: SyncView, now: datetime, language: str) -> Trouble:
    problem = view.box.last_problem
    assert problem is not None
    said = sentence(EnvironmentFault(str(problem["code"]), **problem["values"]), language)
    is_stopped = problem["code"] in STOPPED
    since = near_moment(datetime.fromisoformat(problem["since"]), now)
    tried = tr("Đã thử {n} lần từ {since}.", n=int(problem["attempts"]), since=lowered(since))
    detail = _joined([said.what, tried, said.safe, said.press if is_stopped else ""])
    action = tr("Nhập mã ghi danh") if view.needs_code else ""
    return Trouble("bad" if is_stopped else "warn", said.title, f"{detail} ({said.code})", action)


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


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
