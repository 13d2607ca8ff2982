"""The keys of the page: letters are acts, for no field stands here; Alt and a digit choose the period."""

from __future__ import annotations

from app.domain.reports.periods import Preset
from ui.shortcuts import Key
from ui.translations import mark

PERIODS: dict[Preset, Key] = {
    Preset.DAY: Key("Alt+1", mark("Báo cáo một ngày")),
    Preset.WEEK: Key("Alt+2", mark("Báo cáo một tuần, từ thứ Hai")),
    Preset.MONTH: Key("Alt+3", mark("Báo cáo một tháng")),
    Preset.QUARTER: Key("Alt+4", mark("Quý báo cáo: từ ngày 15 đến ngày 14")),
    Preset.HALF_YEAR: Key("Alt+5", mark("6 tháng báo cáo: từ ngày 15 đến ngày 14")),
    Preset.YEAR: Key("Alt+6", mark("Năm báo cáo: từ 15/12 đến 14/12")),
    Preset.CALENDAR_YEAR: Key("Alt+7", mark("Năm dương lịch")),
}
FREE = Key("Alt+8", mark("Kỳ khác: gõ ngày đầu và ngày cuối"))
BEFORE = Key("Alt+Left", mark("Kỳ liền trước"))
AFTER = Key("Alt+Right", mark("Kỳ liền sau"))
ENTER = Key("Return", mark("Danh sách của con số đang chọn; ở danh sách: mở hồ sơ"))
SHEET = Key("X", mark("Lưu thành tệp Excel"))
PAPER = Key("P", mark("Lưu thành tệp PDF"))
CHART = Key("D", mark("Xem biểu đồ, hoặc về lại bảng"))
AGAIN = Key("R", mark("Lập lại báo cáo từ sổ lúc này"))
REPORTS = Key("B", mark("Về danh sách báo cáo"))
BACK = Key("Escape", mark("Dừng việc đang chạy; từ danh sách về lại bảng"))
