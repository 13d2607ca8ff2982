"""Invented reports as a province reads them: II.06a with three groups of columns, and lists of any length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered

MADE_AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


def _counts(group: str, *names: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, title, ColumnKind.COUNT, group, 0, number) for key, title, number in names)


II_06A = ReportTable(
    "II.06a", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH MẪU",
    "Quý I năm 2026 (từ ngày 15/12/2025 đến ngày 14/03/2026)", "Số hồ sơ TTHC",
    ("Đơn vị báo cáo: Trung tâm Phục vụ hành chính công tỉnh Mẫu", "Đơn vị nhận báo cáo: Văn phòng UBND tỉnh Mẫu"),
    (Column("row", "TT", width=5, number="(1)"),
     Column("name", "Lĩnh vực, công việc giải quyết theo cấp", width=34, number="(2)"),
     *_counts("Tiếp nhận", ("total", "Tổng số", "(3)=(4)+(5)+(6)"), ("online", "Trực tuyến", "(4)"),
              ("direct", "Trực tiếp, dịch vụ bưu chính", "(5)"), ("before", "Từ kỳ trước", "(6)")),
     *_counts("Đã giải quyết", ("done", "Tổng số", "(7)=(8)+(9)+(10)"), ("early", "Trước hạn", "(8)"),
              ("on_time", "Đúng hạn", "(9)"), ("late", "Quá hạn", "(10)")),
     *_counts("Đang giải quyết", ("open", "Tổng số", "(11)=(12)+(13)"), ("in_time", "Trong hạn", "(12)"),
              ("overdue", "Quá hạn", "(13)"))),
    (Row(("A", "Cấp tỉnh", 814, 764, 0, 50, 782, 717, 55, 10, 32, 30, 2), drill="level:1"),
     *(Row((str(at), name, 163, 153, 0, 10, 156, 143, 11, 2, 7, 6, 1), 1, f"field:{at}") for at, name in enumerate(
         ("Đất đai", "Hộ tịch", "Bảo trợ xã hội và người có công với cách mạng"), 1)),
     Row((None, "Tổng cộng", 1_144_056, 764, 0, 50, 782, 717, 55, 10, 32, 30, 2), drill="all", is_total=True)),
    ("Cột (9) gồm hồ sơ trả lại; cột (12) gồm hồ sơ chờ bổ sung.",), MADE_AT, "Trần Thị Thử")

LIST_COLUMNS = numbered((
    Column("row", "TT", ColumnKind.COUNT), Column("code", "Mã hồ sơ"), Column("name", "Chủ hồ sơ"),
    Column("fee", "Phí (đồng)", ColumnKind.MONEY), Column("day", "Ngày thu", ColumnKind.DATE),
    Column("at", "Lúc", ColumnKind.TIME), Column("share", "Tỷ lệ", ColumnKind.PERCENT)))


def list_rows(count: int) -> Iterator[Row]:
    for at in range(1, count + 1):
        name = "Nguyễn Thị Mẫu" if at % 9 else "Công ty trách nhiệm hữu hạn một thành viên Thử nghiệm Mẫu"
        yield Row((at, f"H47.15-260102-{at:04d}", name, 30_000 * at, date(2026, 1, 2) + timedelta(days=at % 60),
                   MADE_AT + timedelta(minutes=at), 9872))


def list_table(*rows: Row) -> ReportTable:
    return ReportTable("fees", "DANH SÁCH THU PHÍ, LỆ PHÍ", "Tháng 01 năm 2026", "", ("Bưu điện tỉnh Mẫu",),
                       LIST_COLUMNS, rows, (), MADE_AT, "Trần Thị Thử")
