"""Step 5: what this machine writes is still there after it was switched off and on."""

from __future__ import annotations

from datetime import datetime

from app.services.first_run import Standing, State
from ui.background.alive import while_alive
from ui.delegates.dates import near_moment
from ui.operations import first_run as acts
from ui.operations.desk import Desk
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr


class RestartPanel(StepPanel):
    """F12 leaves a mark; the next start of the machine finds it, or does not."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Có máy được cài để mỗi lần khởi động lại thì trở về như cũ (“đóng băng ổ đĩa”): mọi thứ "
            "vừa làm sẽ mất. "
            "Bấm F12 để ghi một dấu thử. Cuối giờ tắt máy như mọi ngày; lần mở sau chương trình tự tìm dấu đó."
        ))
        self.set_label(tr("Ghi dấu thử"))

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        if standing.why == "waits":
            self.say("info", tr("Đã ghi dấu thử"), tr("Khởi động lại máy lúc nào tiện; chương trình tự xem lại."))
        elif standing.state is State.FAILED:
            self.say("bad", tr("Ổ đĩa này tự xoá khi khởi động lại"), frozen_words())
        elif standing.at is not None:
            self.say("ok", tr("Dữ liệu còn nguyên sau khi khởi động lại"), near_moment(standing.at, now))
        self.set_label("" if standing.why == "waits" else tr("Ghi dấu thử"))

    def act(self) -> None:
        if self.label and self.begin(tr("Đang ghi dấu thử…")):
            acts.begin_restart_test(
                self._desk, while_alive(self, lambda _: self._on_begun()), while_alive(self, self.fail)
            )

    def _on_begun(self) -> None:
        self.finish()
        self.changed.emit()


def say_frozen(desk: Desk) -> None:
    """A disk that forgets is said before anything is received on it."""
    if acts.look_after_restart(desk.office) is False:
        desk.frame.warn("bad", tr("Ổ đĩa này tự xoá khi khởi động lại"), frozen_words())


def frozen_words() -> str:
    """What to do with a disk that forgets."""
    return tr(
        "Đừng tiếp nhận trên máy này cho tới khi sửa xong. Nhờ người phụ trách máy bỏ đóng băng thư "
        "mục dữ liệu của "
        "chương trình, hoặc đặt thư mục đó sang ổ không bị đóng băng, rồi làm lại bước này."
    )
