"""Why scans stay on this machine, in the words of the counter."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.retention import Hold
from ui.models.counts import shown_count
from ui.translations import mark, tr

HOLDS: Mapping[Hold, str] = {
    Hold.FILES: mark("{count} chờ tỉnh nhận đủ tệp"),
    Hold.UNSENT: mark("{count} còn việc chưa gửi"),
    Hold.SENT_BACK: mark("{count} có việc tỉnh trả lại"),
    Hold.TRAY: mark("{count} còn trang quét chưa xếp vào giấy nào"),
    Hold.WORK: mark("{count} còn việc dở: bản gốc, vướng mắc, đối chiếu"),
    Hold.PAPERS: mark("{count} giấy chưa trả hoặc chưa tới nơi"),
    Hold.UNPAID: mark("{count} chưa thu đủ tiền"),
}


def hold_words(held: Mapping[Hold, int]) -> str:
    """"3 chờ tỉnh nhận đủ tệp · 1 chưa thu đủ tiền", what the clerk can do least about first."""
    return " · ".join(tr(words, count=shown_count(held[hold])) for hold, words in HOLDS.items() if held.get(hold))
