"""Step 7, where each clerk signs in: she has a secret that only she knows."""

from __future__ import annotations

from datetime import datetime

from app.services.first_run import Standing
from ui.operations.desk import Desk
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr


class SecretPanel(StepPanel):
    """Chosen on the lock screen with her personal code; here it is only told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Mỗi người vào bằng mã bí mật của mình. Lần đầu dùng mã cá nhân tỉnh cấp, rồi tự đặt mã bí mật; "
            "bấm F10 để khóa màn hình hoặc đổi người."
        ))

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        if self.is_done:
            self.say("ok", tr("Bạn đã có mã bí mật"), tr("Đổi mã: bấm F10, chọn tên mình."))
        else:
            self.say("warn", tr("Bạn chưa đặt mã bí mật"), tr("Bấm F10 rồi chọn tên mình."))
