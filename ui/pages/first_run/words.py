"""The steps in words."""

from __future__ import annotations

from app.services.first_run import Standing, State, Step
from ui.theme import Tone
from ui.translations import mark, tr

NAMES = {
    Step.PROVINCE: mark("Ghi danh với tỉnh"),
    Step.PRINTER: mark("Máy in"),
    Step.SCANNER: mark("Máy quét tài liệu"),
    Step.MEDIUM: mark("Ổ lưu bản thứ hai"),
    Step.RESTART: mark("Khởi động lại"),
    Step.RECOVERY: mark("Khóa khôi phục"),
    Step.SECRET: mark("Mã bí mật của bạn"),
}
STATES = {
    State.DONE: mark("xong"), State.OPEN: mark("chưa"), State.LATER: mark("để sau"),
    State.FAILED: mark("không qua"),
}
LOOKS: dict[State, Tone] = {
    State.DONE: "ok", State.OPEN: "neutral", State.LATER: "warn", State.FAILED: "bad",
}
"""In the list of steps; what was never tried is no trouble there. `TONES` is for Quản trị, where it is left."""
TONES: dict[State, Tone | str] = {State.DONE: "", State.OPEN: "warn", State.LATER: "warn", State.FAILED: "bad"}


def name_of(step: Step) -> str:
    return tr(NAMES[step])


def state_of(standing: Standing) -> str:
    """"xong", "chưa", "để sau", or that a restart is waited for."""
    if standing.why == "waits":
        return tr("chờ khởi động lại")
    return tr(STATES[standing.state])
