"""Step 6: the province can give the key of this book back."""

from __future__ import annotations

from datetime import datetime

from app.services.first_run import Standing
from app.services.recovery_state import NOT_THERE, WRONG
from ui.background.alive import while_alive
from ui.delegates.dates import near_moment
from ui.operations import first_run as acts
from ui.operations.desk import Desk
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr


class RecoveryPanel(StepPanel):
    """Tried at each contact by itself; F12 tries now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Sổ hồ sơ được mã hóa, khóa cất ở máy này. Máy gửi tỉnh một bản khóa niêm phong và bắt "
            "tỉnh chứng tỏ mở "
            "được, để khi mất khóa (cài lại máy, hỏng tài khoản) sổ vẫn mở lại được. Máy tự thử mỗi lần liên lạc."
        ))

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        self.set_label("" if self.is_done else tr("Thử ngay"))
        if standing.at is not None:
            self.say("ok", tr("Tỉnh đã chứng tỏ mở được khóa"), near_moment(standing.at, now))
        elif standing.why == NOT_THERE:
            self.say("info", tr("Cổng của tỉnh chưa giữ khóa hộ quầy"),
                     tr("Tỉnh cập nhật cổng xong thì máy tự làm; bước này để sau được."))
        elif standing.why == WRONG:
            self.say("warn", tr("Tỉnh chưa mở được khóa"),
                     tr("Máy thử lại sau vài giờ; báo tỉnh nếu còn như vậy."))

    def act(self) -> None:
        if self.label and self.begin(tr("Đang hỏi tỉnh…")):
            acts.prove_recovery(self._desk, while_alive(self, self._on_proved), while_alive(self, self.fail))

    def _on_proved(self, _: object) -> None:
        self.finish()
        self.changed.emit()
