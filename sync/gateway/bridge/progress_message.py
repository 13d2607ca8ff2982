"""A dossier's steps as CapNhatTienDoHoSoMC tells them: first "2 tiếp nhận", last "9 kết thúc" once it is finished.

Pure. A row says what happened and never changes afterwards, so what was sent is known by its digest. There is no
last row before there is an end: a dossier that is still worked on is never told as finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.gateway.bridge.configuration import Configuration, Progress
from sync.gateway.bridge.dossier import Dossier
from sync.gateway.bridge.life import Step
from sync.gateway.bridge.states import State
from sync.gateway.bridge.values import digest, fit, text, when

CHUNK = 10
"""Rows of one request, as a provincial system was seen to send them."""

NAMES: Mapping[State, str] = {
    State.REGISTERED: "Mới đăng ký",
    State.RECEIVED: "Được tiếp nhận",
    State.NOT_RECEIVED: "Không được tiếp nhận",
    State.IN_PROCESS: "Đang xử lý",
    State.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.DONE: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}
"""TrangThaiHoSo in the words of the national list."""

Row = Mapping[str, str]


def progress_rows(dossier: Dossier, configuration: Configuration) -> tuple[Row, ...]:
    """All rows so far, in order; none while the configuration wants none. Raises Unsayable."""
    if configuration.progress == Progress.OFF or dossier.refused_at is not None:
        return ()
    if configuration.progress == Progress.WHEN_FINISHED and not dossier.is_finished:
        return ()
    code = dossier.code_there(configuration)
    steps = [step for step in dossier.life.story if step.state is not State.RETURNED]
    # Handing the result over is no processing; a result that came without the agency's word ends it all the same.
    if dossier.life.business is State.RETURNED and steps[-1].state is not State.DONE:
        last = dossier.life.story[-1]
        steps.append(Step(last.at, State.DONE, last.by_name, last.unit, last.due_at))
    return tuple(_row(code, step, configuration) for step in steps)


def unsent(rows: Sequence[Row], sent: frozenset[str]) -> tuple[tuple[Row, ...], ...]:
    """What is still to be sent, ten rows at a time."""
    left = [row for row in rows if digest(row) not in sent]
    return tuple(tuple(left[first:first + CHUNK]) for first in range(0, len(left), CHUNK))


def _row(code: str, step: Step, configuration: Configuration) -> Row:
    row = {
        "MaHoSo": code,
        "NguoiXuLy": text(step.by_name),
        "ChucDanh": "",
        "ThoiDiemXuLy": when(step.at),
        "PhongBanXuLy": text(step.unit),
        "NoiDungXuLy": ": ".join(part for part in (NAMES[step.state], text(step.note)) if part),
        "TrangThai": configuration.folded(step.state),
        "NgayBatDau": when(step.at),
        "NgayKetThucTheoQuyDinh": when(step.due_at),
    }
    fitted, _ = fit(row, configuration.limits)
    return fitted
