"""A result went to the wrong person: what was given to whom, and why it is fetched back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.life.facts import Returned
from app.domain.reason_library import Act
from app.services.life.reading import KnownLife
from app.services.life.reasons import reasons_for
from ui.delegates.dates import full_moment
from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text


class RecallSheet(Sheet):
    """`confirmed` with `reason.text()`; without a reason nothing is fetched back."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Thu hồi kết quả đã trả"), tr("Ghi thu hồi"))
        self.code = ""
        self._what = Text("", is_wrapped=True)
        self.reason = ReasonField(tr("Lý do thu hồi"))
        self.reason.submitted.connect(self.confirm)
        self._then = Text(tr(
            "Lần trả này vẫn nằm trong sổ. Khi kết quả về quầy: Alt L để xếp lại lên kệ, rồi trả đúng người."
        ), "secondary", is_wrapped=True)
        for widget in (self._what, self.reason, self._then):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def ask(self, held: KnownLife) -> None:
        event = held.event(held.life.out)
        facts = event.facts if event is not None else None
        name = facts.collector.name if isinstance(facts, Returned) else "…"
        self.code = held.code
        self._what.setText(tr(
            "Hồ sơ {code}, đã trả cho {name} lúc {at}.", code=held.code, name=name,
            at=full_moment(event.at) if event is not None else "…",
        ))
        self.reason.set_library(partial(reasons_for, held.body.intake, Act.RECALL))
        self.open(self.reason.line)

    def may_confirm(self) -> bool:
        return self.reason.is_finished()
