"""For what persons are usually searched for: kept in the journal as here, shown in the window's own language."""

from __future__ import annotations

from app.services.search_purpose import USUAL
from ui.translations import mark, tr

PURPOSES = (
    mark("Khách đang ở quầy hỏi"), mark("Khách hỏi qua điện thoại"), mark("Chuẩn bị trả kết quả"),
    mark("Đối chiếu với cơ quan giải quyết"), mark("Rà soát hồ sơ tồn"),
)
assert PURPOSES[0] == USUAL            # what stands until something is chosen is among them
_MOST = 32                             # letters beside the box


def purpose_words(purpose: str) -> str:
    """A purpose of ours in the window's language, any other as it was typed."""
    return tr(purpose) if purpose in PURPOSES else purpose


def shortened(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[:_MOST - 1].rstrip()}…"
