"""Step 1: this machine stands at its counter."""

from __future__ import annotations

from datetime import datetime

from app.services.days import today_at_counter
from app.services.first_run import Standing
from app.services.numbers import leases_left
from ui.delegates.dates import day_text
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.pages.first_run.panel import StepPanel
from ui.translations import tr


class ProvincePanel(StepPanel):
    """Done before the page can be opened; it tells what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr(
            "Tỉnh đã biết máy này và cấp sẵn dải số, nên quầy tiếp nhận được cả khi mất mạng."
        ))

    def show_standing(self, standing: Standing, now: datetime) -> None:
        super().show_standing(standing, now)
        office = self._desk.office
        counter = office.enrolled
        with office.database.reading() as connection:
            left = leases_left(connection, counter, today_at_counter(connection, now))
        numbers = sum(each.left_today for each in left)
        until = min((each.covered_to for each in left), default=None)
        self.say("ok", f"{counter.name} · {counter.office_name}", tr(
            "Hôm nay còn {n} số ở {m} cơ quan, có số đến hết {day}.", n=shown_count(numbers),
            m=shown_count(len(left)), day=day_text(until),
        ) if until is not None else tr("Chưa có dải số; chờ lần liên lạc tới với tỉnh."))
