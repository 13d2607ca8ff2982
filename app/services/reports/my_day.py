"""What a clerk did herself, in the order of a dossier's life; each line opens what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.operation import Type
from app.domain.reports.table import Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.services.reports.asking import Asking, as_table
from app.services.reports.things import GROUP, Things, of_row, tally
from app.store.queries.reports import beside

ID = "my-day"
ACTS: Mapping[str, str] = {
    Type.DOSSIER_RECEIVED: "Tiếp nhận hồ sơ", Type.DOSSIER_CORRECTED: "Sửa hồ sơ",
    Type.PAPER_DIGITISED: "Số hóa giấy tờ", Type.PAPER_CHECKED: "Kiểm tra bản số hóa",
    Type.SUPPLEMENT_ASKED: "Yêu cầu bổ sung", Type.SUPPLEMENT_RECEIVED: "Nhận bổ sung",
    Type.DOSSIER_WITHDRAWN: "Công dân rút hồ sơ", Type.HANDOVER_MADE: "Bàn giao cho cơ quan",
    Type.RESULTS_TAKEN_IN: "Nhận kết quả về", Type.RESULT_SHELVED: "Xếp kết quả lên kệ",
    Type.RESULT_POSTED: "Gửi kết quả qua bưu chính", Type.RESULT_RETURNED: "Trả kết quả",
    Type.PAPERS_RETURNED: "Trả lại giấy tờ", Type.REFUSAL_MADE: "Từ chối tiếp nhận",
    Type.PICKUP_MADE: "Hẹn nhận hồ sơ tại nhà", Type.ONLINE_ASSISTED: "Hỗ trợ nộp trực tuyến",
    Type.OBSTACLE_NOTED: "Ghi khó khăn, vướng mắc", Type.MONEY_COLLECTED: "Thu phí, lệ phí",
    Type.MONEY_REFUNDED: "Hoàn trả tiền", Type.MONEY_VOIDED: "Hủy biên lai",
}
"""Acts that are a clerk's work; what the program writes beside them is not counted."""


def table(connection: Connection, asked: Asking) -> ReportTable:
    """Of the asking clerk, on this counter, in the period."""
    columns = numbered((Column("name", "Việc", width=46), Column("amount", "Số hồ sơ, lượt", ColumnKind.COUNT)))
    done = tally(connection, beside.acts_of(asked.made_by, asked.counted))
    return as_table(asked, ID, f"Việc đã làm của {asked.made_by}", columns, (
        Row((name, done.of(act)), 0, GROUP + act) for act, name in ACTS.items() if done.of(act)
    ))


def things_behind(asked: Asking, drill: Drill) -> Things | None:
    """What was done, one line for each dossier of a list that was done in one go."""
    return Things(beside.acts_of(asked.made_by, asked.counted), of_row(drill.row), None, ACTS)
