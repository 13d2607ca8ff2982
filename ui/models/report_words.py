"""Reports and their periods in the window's language. What is printed stays Vietnamese, as the law has it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.reports.ii06a import ID as II06A
from app.domain.reports.periods import Period, Preset
from app.services.reports import (
    beside,
    breakdown,
    durations,
    late_causes,
    my_day,
    online,
    outside,
    register,
    waiting,
)
from app.services.reports.money import COLLECTIONS, FEES
from app.services.till.usage import ID as RECEIPTS
from app.store.queries.reports.breakdown import By
from ui.translations import mark, tr

REPORTS: Mapping[str, tuple[str, str]] = {
    II06A: (mark("Biểu II.06a"), mark("Biểu II.06a: tình hình, kết quả giải quyết")),
    register.ID: (mark("Sổ theo dõi hồ sơ"), mark("Sổ theo dõi hồ sơ")),
    breakdown.ID[By.AGENCY]: (mark("Theo cơ quan"), mark("Tình hình giải quyết theo cơ quan")),
    breakdown.ID[By.FIELD]: (mark("Theo lĩnh vực"), mark("Tình hình giải quyết theo lĩnh vực")),
    breakdown.ID[By.PROCEDURE]: (mark("Theo thủ tục"), mark("Tình hình giải quyết theo thủ tục")),
    breakdown.ID[By.CLERK]: (mark("Theo người tiếp nhận"), mark("Tình hình giải quyết theo người tiếp nhận")),
    waiting.ID: (mark("Đang chờ"), mark("Hồ sơ đang chờ bàn giao, chờ xử lý, chờ trả")),
    online.ID: (mark("Trực tuyến, cách nộp"), mark("Hồ sơ trực tuyến và cách nộp")),
    outside.ID: (mark("Phi địa giới"), mark("Hồ sơ phi địa giới hành chính")),
    durations.ID: (mark("Thực tế và hẹn"), mark("Thời gian giải quyết thực tế so với thời hạn hẹn")),
    late_causes.ID: (mark("Quá hạn vì ai"), mark("Hồ sơ quá hạn: giấy tờ đang ở đâu khi hết hạn")),
    my_day.ID: (mark("Việc tôi đã làm"), mark("Việc tôi đã làm")),
    beside.POST_ITEMS: (mark("Bưu gửi"), mark("Bưu gửi trả kết quả")),
    beside.SATISFACTION: (mark("Mức hài lòng"), mark("Mức độ hài lòng của người dân")),
    beside.HANDOVERS: (mark("Bàn giao cơ quan"), mark("Bàn giao hồ sơ cho cơ quan giải quyết")),
    FEES: (mark("Thu phí, lệ phí"), mark("Thu phí, lệ phí theo nơi thụ hưởng")),
    COLLECTIONS: (mark("Danh sách thu phí"), mark("Danh sách thu phí, lệ phí")),
    RECEIPTS: (mark("Sử dụng biên lai"), mark("Tình hình sử dụng biên lai")),
}
"""Of each report what the list of reports calls it, and what stands above its table."""

_QUARTERS = {3: "I", 6: "II", 9: "III", 12: "IV"}


def short_name(report: str) -> str:
    return tr(REPORTS[report][0])


def full_name(report: str) -> str:
    return tr(REPORTS[report][1])


def period_words(preset: Preset | None, period: Period) -> str:
    """"quý I năm 2026"; "" for a kind whose days say enough, and for days that were typed."""
    ends = period.last
    match preset:
        case Preset.QUARTER:
            return tr("quý {quarter} năm {year}", quarter=_QUARTERS[ends.month], year=str(ends.year))
        case Preset.HALF_YEAR if ends.month == 6:
            return tr("6 tháng đầu năm {year}", year=str(ends.year))
        case Preset.HALF_YEAR:
            return tr("6 tháng cuối năm {year}", year=str(ends.year))
        case Preset.YEAR:
            return tr("năm báo cáo {year}", year=str(ends.year))
        case Preset.CALENDAR_YEAR:
            return tr("năm {year}", year=str(ends.year))
        case Preset.MONTH:
            return tr("tháng {month} năm {year}", month=str(ends.month), year=str(ends.year))
        case _:
            return ""
