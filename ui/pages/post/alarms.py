"""What needs a person at the post: a code on two covers, codes that run low, a new range to be taken in."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.item_code import read_item_code
from app.services.post.pool import PoolState
from app.store.queries.item_codes import RangeClash
from app.store.queries.post import CodeClash
from ui.models.counts import shown_count
from ui.pages.post.keys import NEW
from ui.translations import tr
from ui.widgets.banner import Banner


def say_clash(banner: Banner, codes: Sequence[CodeClash], ranges: Sequence[RangeClash]) -> None:
    """The first clash with its way out; silence where there is none."""
    if codes:
        first = codes[0]
        banner.say(
            "bad", tr("Mã {item} nằm trên {n} bì", item=read_item_code(first.item_code).shown, n=len(first.codes)),
            tr("Hồ sơ {codes}. Rút lại bì còn ở quầy (Alt R) rồi gửi với mã khác.", codes=", ".join(first.codes)),
        )
    elif ranges:
        one = ranges[0]
        banner.say(
            "bad", tr("Hai quầy nhận trùng dải mã bưu gửi"),
            tr("{first} – {last} và {other} – {end}. Hỏi người phụ trách xem cuộn nhãn của ai, "
               "hủy các mã không phải của quầy mình.", first=one.first.first.shown, last=one.first.last.shown,
               other=one.second.first.shown, end=one.second.last.shown),
        )
    else:
        banner.silence()


def say_pool(banner: Banner, state: PoolState) -> None:
    """A range to be taken in comes first: it is what ends the other alarms."""
    if state.offered:
        first, last = (read_item_code(code).shown for code in state.offered[0])
        banner.say(
            "info", tr("Có dải mã bưu gửi mới cho quầy này"), f"{first} – {last}", tr("Nhận dải mã"), NEW.cap
        )
    elif state.ranges and not state.total.left:
        banner.say(
            "bad", tr("Quầy đã hết mã bưu gửi"),
            tr("Chưa gửi được kết quả nào qua bưu chính. Quét cuộn nhãn mới để nhận dải mã."), tr("Nhận dải mã"),
            NEW.cap,
        )
    elif state.is_low:
        banner.say(
            "warn", tr("Sắp hết mã bưu gửi: còn {count} mã", n=state.total.left,
                       count=shown_count(state.total.left)),
            tr("Xin thêm cuộn nhãn trước khi hết."), tr("Nhận dải mã"), NEW.cap,
        )
    else:
        banner.silence()
