"""What is stuck in the words of the counter: what and why, whose turn, what to press."""

from __future__ import annotations

from datetime import date

from app.domain.day_comparison import WITH_DOSSIER, Difference
from app.errors import EnvironmentFault
from app.services.standing import NEEDS_CODE
from app.services.stuck import Kind, Stuck
from ui.delegates.dates import day_text
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.models.day_words import common_words
from ui.models.day_words import what_words as day_words
from ui.models.standing_words import stopped_short
from ui.models.state_words import reason_words, type_words, verdict_words
from ui.translations import tr


def what_words(line: Stuck, language: str) -> str:
    """What is stuck and why; two lines of a table."""
    n = shown_count(line.amount)
    match line.kind:
        case Kind.NUMBERS:
            return f"{tr('Tạm ngừng cấp số')}: {stopped_short(line.reason)}"
        case Kind.PULL if line.values.get("earlier"):
            return tr("Tỉnh muốn đổi thêm {n} hồ sơ, trong ngày đã đổi {earlier}; chưa nhận về", n=n,
                      earlier=shown_count(line.values["earlier"]))
        case Kind.PULL:
            return tr("Tỉnh muốn đổi {n} hồ sơ cùng lúc; chưa nhận về", n=n)
        case Kind.BRANCH if line.values["kept"]:
            return tr("{n} việc của nhánh rẽ giữ riêng ở tỉnh, chờ tỉnh nhập vào sổ", n=n)
        case Kind.BRANCH:
            return tr("{n} việc của nhánh rẽ còn ở máy này, chờ gửi để tỉnh giữ riêng", n=n)
        case Kind.VERDICT:
            about = line.code or type_words(str(line.values["type"]))
            why = reason_words(line.values["field"], line.values["why"])
            return f"{verdict_words(line.reason)[0]} · {about}: {why}"
        case Kind.PARKED:
            about = line.code or type_words(str(line.values["type"]))
            why = reason_words("", line.reason)
            return tr("Để riêng sau {n} lần thử", n=line.values["attempts"]) + f" · {about}: {why}"
        case Kind.FILES:
            return tr("{n} tệp để riêng", n=n) + f": {_title(line, language)}"
        case Kind.SECOND_COPY:
            return tr("Bản thứ hai") + f": {_title(line, language)}"
        case Kind.CONTACT:
            return tr("Đã nhiều ngày chưa liên lạc được với tỉnh")
        case Kind.BUNDLE:
            return tr("Gói dữ liệu trên USB số {number} chưa có trả lời của tỉnh", number=line.values["number"])
        case Kind.DAY:
            return _day_words(line)
        case Kind.SENDING:
            return tr("Dừng gửi") + f": {_title(line, language)}"


def press_words(line: Stuck) -> str:
    """What to press, standing on the row."""
    match line.kind:
        case Kind.NUMBERS | Kind.PULL:
            return tr("Enter xem và xử lý")
        case Kind.BRANCH:
            return tr("Enter xem mã đọc cho tỉnh")
        case Kind.VERDICT:
            return tr("Enter mở, K đóng việc") if line.code else tr("K ghi cách xử lý")
        case Kind.PARKED:
            return tr("Enter mở hồ sơ") if line.code else tr("Máy tự thử lại")
        case Kind.FILES:
            return tr("T gửi lại, Enter mở")
        case Kind.SECOND_COPY:
            return tr("Cắm ổ, Enter xem")
        case Kind.CONTACT:
            return tr("G gửi ngay")
        case Kind.BUNDLE:
            return tr("Enter xem gói")
        case Kind.DAY:
            return tr("Enter xem bảng đối chiếu")
        case Kind.SENDING:
            return tr("Enter nhập mã mới") if line.reason in NEEDS_CODE else tr("Đọc mã lỗi ở khung đỏ")


def _day_words(line: Stuck) -> str:
    """One difference with its figures; of many what they have in common."""
    found: Difference = line.values["difference"]
    if line.amount > 1:
        return tr("Đối chiếu với tỉnh lệch {n} chỗ", n=shown_count(line.amount)) + f": {common_words(found)}"
    about = f"{found.code}: " if found.kind in WITH_DOSSIER else ""
    day = day_text(date.fromisoformat(found.day))
    return tr("Đối chiếu ngày {day}", day=day) + f" · {about}{day_words(found)}"


def _title(line: Stuck, language: str) -> str:
    said = sentence(EnvironmentFault(line.reason, **line.values), language)
    return said.title
