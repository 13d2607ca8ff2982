"""What is said when nothing was found, by what was looked for: why it may be, and what to try."""

from __future__ import annotations

from ui.models.typed_search import Looking, Typed
from ui.translations import tr


def nothing_found(typed: Typed) -> tuple[str, str]:
    """A title and one sentence."""
    advice = {
        Looking.CODE: tr("Mã đúng dạng, nhưng hồ sơ này không có trên máy: có thể của điểm tiếp nhận khác."),
        Looking.CODE_START: tr("Không mã hồ sơ nào bắt đầu như vậy."),
        Looking.DAY_NUMBER: tr("Hôm nay chưa có hồ sơ mang số này. Gõ từ 5 chữ số để tìm theo điện thoại."),
        Looking.DIGITS: tr("Không có số giấy tờ này, và không điện thoại nào kết thúc như vậy."),
        Looking.IDENTIFIER: tr("Không có hồ sơ nào mang số giấy tờ này."),
        Looking.GROUP: tr("Không có nhóm nào: hồ sơ này nhận riêng, hoặc biên bản in ở quầy khác."),
    }
    said = advice.get(typed.looking, tr("Thử gõ ít chữ hơn: mỗi từ chỉ cần vài chữ đầu, không cần dấu."))
    return tr("Không tìm thấy “{text}”", text=typed.text), said
