"""What keeps this counter able to work without a line: numbers, packages, clock, key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.bootstrap import Application
from app.domain.business_day import TOLERANCE
from app.domain.vietnam_time import local
from app.services.byte_window import ByteWindow
from app.services.numbers import LeaseLeft
from app.services.outside_view import FEW_NUMBERS, LEASE_NEAR_END
from ui.delegates.dates import day_text, lowered, near_moment, span_words
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.pages.sync.reading import SyncView
from ui.translations import tr
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: what, how it stands, a word more; `tone` warn or bad asks for an eye."""

    what: str
    value: str
    note: str = ""
    tone: str = ""


class FactsCard(Card):
    """Facts one under another; what needs an eye has its icon."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.facts: tuple[Fact, ...] | None = None

    def show_facts(self, facts: Iterable[Fact]) -> None:
        wanted = tuple(facts)
        if wanted == self.facts:
            return
        self.facts = wanted
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()                      # until Qt deletes it, it would stand under the new lines
                widget.deleteLater()
        for number, fact in enumerate(wanted):
            row = 3 * number
            self._grid.setRowMinimumHeight(row + 2, 7)
            if fact.tone:
                glyph = Glyph("stop" if fact.tone == "bad" else "warn", f"{fact.tone}-ink", 16)
                self._grid.addWidget(glyph, row, 0)
            self._grid.addWidget(Text(fact.what, is_wrapped=True), row, 1)
            value = Text(fact.value, "code")
            value.set_tone(fact.tone)
            value.setAccessibleName(f"{fact.what}: {fact.value}. {fact.note}")
            self._grid.addWidget(value, row, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            if fact.note:
                self._grid.addWidget(Text(fact.note, "secondary", is_wrapped=True), row + 1, 1, 1, 2)


def lease_facts(leases: Sequence[LeaseLeft], office: Application, view: SyncView) -> tuple[Fact, ...]:
    """Numbers left today for each agency, the scarcest first."""
    names = {agency.id: agency.name for agency in office.catalogue.agencies}
    ordered = sorted(leases, key=lambda lease: lease.left_today / max(1, lease.size_today))
    return tuple(
        Fact(
            names.get(lease.agency, lease.agency),
            tr("còn {left} / {size}", left=shown_count(lease.left_today), size=shown_count(lease.size_today)),
            tr("có số đến hết {day}", day=day_text(lease.covered_to)), _lease_tone(lease, view),
        )
        for lease in ordered
    )


def package_facts(view: SyncView, office: Application, now: datetime) -> tuple[Fact, ...]:
    """Catalogue and calendar in use, and how old they are; the shipped ones until the province sent its own."""
    received = {line.kind: line.received_at for line in view.packages}
    return (
        Fact(tr("Danh mục thủ tục"), office.catalogue.version, _age(received.get("catalogue"), now)),
        Fact(tr("Lịch nghỉ"), office.rules.calendar.version, _age(received.get("calendar"), now)),
    )


def line_facts(view: SyncView, now: datetime) -> tuple[Fact, ...]:
    """The line as it was measured, and when documents may use it."""
    rate = view.pace.rate
    measured = Fact(tr("Đường truyền đo được"), tr("{size}/giây", size=shown_size(int(rate)))) if rate else (
        Fact(tr("Đường truyền đo được"), tr("chưa đo"), tr("đo khi gửi về tỉnh")))
    return (measured, *(() if view.window is None else (_window_fact(view, view.window, now),)))


def _window_fact(view: SyncView, window: ByteWindow, now: datetime) -> Fact:
    """Records always go; only documents wait for their hours and their bytes."""
    is_all_day = window.begins == window.ends
    hours = tr("cả ngày") if is_all_day else f"{window.begins:%H:%M} – {window.ends:%H:%M}"
    allowed, parts = view.allowed, []
    if window.most is not None:
        used = tr("đã dùng {used} / {most}", used=shown_size(allowed.used), most=shown_size(window.most))
        parts.append(used)
    if allowed.opens_at is not None:
        parts.append(tr("gửi tiếp {at}", at=lowered(near_moment(allowed.opens_at, now))))
    return Fact(tr("Giờ gửi tệp"), hours, " · ".join(parts), "" if allowed.is_open else "warn")


def machine_facts(view: SyncView, office: Application) -> tuple[Fact, ...]:
    key = office.key_place == "file"
    return (
        _clock_fact(view.clock_offset_ms),
        Fact(tr("Khóa mở sổ"), tr("trong tệp") if key else tr("kho khóa của máy"), tone="warn" if key else ""),
    )


def _clock_fact(offset_ms: int | None) -> Fact:
    name = tr("Đồng hồ máy")
    if offset_ms is None:
        return Fact(name, tr("chưa so"), tr("sẽ so với tỉnh ở lần liên lạc đầu tiên"))
    offset = timedelta(milliseconds=offset_ms)
    seconds = abs(offset_ms) // 1000
    if abs(offset) <= TOLERANCE:
        return Fact(name, tr("đúng") if seconds < 2 else tr("lệch {n} giây", n=seconds))
    span = span_words(abs(offset))
    words = tr("chậm {span}", span=span) if offset > timedelta(0) else tr("nhanh {span}", span=span)
    return Fact(name, words, tr("nhờ người phụ trách máy chỉnh lại đồng hồ"), "bad")


def _lease_tone(lease: LeaseLeft, view: SyncView) -> str:
    if lease.left_today == 0:
        return "bad"
    is_low = lease.left_today <= lease.size_today * FEW_NUMBERS
    return "warn" if is_low or lease.covered_to - view.day < LEASE_NEAR_END else ""


def _age(received: datetime | None, now: datetime) -> str:
    if received is None:
        return tr("bản kèm phần mềm")
    day = day_text(local(received).date())
    return tr("nhận {day}, {age} trước", day=day, age=span_words(now - received))
