"""What of a dossier needs a person now: one sentence with its key, the gravest first."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.vietnam_time import local
from ui.models.state_words import reason_words, verdict_words
from ui.pages.dossier.reading import Shown
from ui.theme import Tone
from ui.translations import tr


class Trouble(NamedTuple):
    """`kind` names what its key does: "settle", "double", "correct", "recount", "came_out"."""

    kind: str
    tone: Tone
    title: str
    detail: str
    action: str
    key: str


def trouble_of(shown: Shown) -> Trouble | None:
    """What two counters did, what the province sent back, a date to be counted, a print to be answered for."""
    if shown.conflicts:
        return Trouble(
            "settle", "bad", tr("Hai việc của hồ sơ này không thể cùng đúng"),
            tr("Không có gì bị mất: cả hai đều nằm trong diễn biến. Hỏi lại rồi quyết định việc nào đúng."),
            tr("Xem và quyết định"), "M",
        )
    if shown.doubles:
        return Trouble(
            "double", "bad", tr("Cùng mã trên Cổng DVCQG còn có hồ sơ {codes}", codes=", ".join(shown.doubles)),
            tr("Hai quầy nhận trùng khi mất mạng. Giữ một hồ sơ; hồ sơ kia thì bấm R để rút, ghi rõ lý do."),
            tr("Mở hồ sơ kia"), "K",
        )
    if shown.judged:
        line = shown.judged[0]
        why = reason_words(line.field, line.reason)
        is_own = shown.dossier.is_own
        return Trouble(
            "correct", "bad", f"{verdict_words(line.verdict)[0]}: {why}",
            tr("Hồ sơ vẫn nằm trên máy và vẫn được tính. Sửa xong thì ghi cách xử lý ở trang Đồng bộ."),
            tr("Sửa hồ sơ") if is_own else "", "E" if is_own else "",
        )
    if shown.is_pause_uncounted:
        return Trouble(
            "recount", "warn", tr("Ngày hẹn chưa trừ thời gian chờ công dân"),
            tr("Cơ quan báo đã nhận bổ sung mà không ghi ngày hẹn mới."), tr("Tính lại ngày hẹn"), "L",
        )
    if shown.open_prints:
        at = f"{local(shown.open_prints[0].asked_at):%H:%M}"
        return Trouble(
            "came_out", "warn", tr("Giấy gửi in lúc {at} đã ra chưa?", at=at),
            tr("Đã ra thì bấm Y. Chưa ra thì bấm P để in tiếp."), tr("Đã ra"), "Y",
        )
    return None
