"""Words of this place: who holds an original, why a result cannot go out, what is odd about one that came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.domain.life.facts import Returned
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.result_arrival import Doubt
from app.services.life.reading import KnownLife
from ui.delegates.dates import day_text, full_moment
from ui.models.state_words import state_words
from ui.theme import Tone
from ui.translations import mark, tr

HOLDERS: Mapping[Holder, tuple[str, Tone]] = {
    Holder.COUNTER: (mark("Ở quầy"), "ok"),
    Holder.ON_THE_WAY: (mark("Đang trên đường"), "warn"),
    Holder.AGENCY: (mark("Ở cơ quan giải quyết"), "info"),
    Holder.POST: (mark("Ở bưu gửi"), "info"),
    Holder.CITIZEN: (mark("Người dân đã nhận lại"), "neutral"),
    Holder.MISSING: (mark("Không thấy"), "bad"),
}

DOUBTS: Mapping[Doubt, str] = {
    Doubt.NEVER_HANDED_OVER: mark("Theo sổ, hồ sơ giấy còn ở quầy, chưa bàn giao"),
    Doubt.SUPPLEMENT_OPEN: mark("Đang chờ người dân bổ sung giấy tờ"),
    Doubt.PAYMENT_OPEN: mark("Đang chờ người dân nộp nghĩa vụ tài chính"),
}


def holder_words(holder: Holder) -> tuple[str, Tone]:
    words, tone = HOLDERS[holder]
    return tr(words), tone


def doubt_words(doubts: tuple[Doubt, ...]) -> str:
    return "; ".join(tr(DOUBTS[doubt]) for doubt in doubts)


def money_words(money: MoneyState) -> tuple[str, Tone]:
    return (tr("Còn phải thu"), "warn") if money is MoneyState.DUE else ("", "neutral")


def not_here_words(held: KnownLife) -> tuple[Tone, str, str]:
    """Why nothing can be given out now: tone, title, what to do. Only for a result that is not on the shelf."""
    life, code = held.life, held.code
    match life.delivery:
        case Delivery.RETURNED:
            event = held.event(life.out)
            facts = event.facts if event is not None else None
            to = facts.collector.name if isinstance(facts, Returned) else ""
            title = tr("Kết quả {code} đã trả lúc {at}", code=code, at=_at(event.at if event else None))
            return "bad", title, tr("Người nhận: {name}. Nếu trả nhầm người, bấm Alt U để ghi thu hồi.", name=to)
        case Delivery.DELIVERED:
            return "bad", tr("Bưu chính đã phát kết quả {code}", code=code), tr(
                "Nếu phát nhầm người, bấm Alt U để ghi thu hồi.")
        case Delivery.ELSEWHERE:
            return "bad", tr("Tỉnh báo kết quả {code} đã trả ở nơi khác", code=code), tr(
                "Hỏi cơ quan giải quyết trước khi trả.")
        case Delivery.POSTED:
            return "warn", tr("Kết quả {code} đang gửi bưu chính", code=code), tr(
                "Mã bưu gửi {item}. Bưu chính hoàn lại thì xếp lên kệ rồi trả.", item=life.item_code)
        case Delivery.RECALLED:
            return "warn", tr("Kết quả {code} đang được thu hồi", code=code), tr(
                "Mang về quầy rồi bấm Alt L để xếp lại lên kệ, sau đó trả đúng người.")
        case _:
            due = day_text(life.due_at.date()) if life.due_at else tr("không hẹn ngày")
            return "warn", tr("Chưa có kết quả {code} ở quầy", code=code), tr(
                "Trạng thái: {state}; hẹn trả: {due}. Kết quả đã về thì bấm Alt 2 để nhận trước.",
                state=state_words(life.business)[0].lower(), due=due)


def heard_words(heard: datetime | None) -> str:
    """How old the news of the other counters are."""
    if heard is None:
        return tr("Máy này chưa liên lạc với tỉnh lần nào: việc của quầy khác chưa thấy được.")
    return tr("Tin từ tỉnh và quầy khác: đến {at}", at=full_moment(heard))


def _at(moment: datetime | None) -> str:
    return full_moment(moment) if moment else "…"
