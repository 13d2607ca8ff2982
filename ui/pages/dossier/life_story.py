"""The life of a dossier as timeline entries: each says whose word it is, and its dot says it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.domain.life.event import Event
from app.domain.life.states import Source
from app.domain.vietnam_time import local
from app.services.feed import Notice
from app.services.life.reading import KnownLife
from ui.models.event_words import event_words
from ui.translations import tr
from ui.widgets.timeline import Lane, TimelineEntry


def life_story(
    held: KnownLife, device: str, notices: Iterable[Notice]
) -> list[tuple[datetime, TimelineEntry]]:
    """Entries with their moments. What the province announced already is not told a second time."""
    told = {f"feed:{notice.incarnation}:{notice.position:012}" for notice in notices if notice.kind == "status"}
    in_conflict = {conflict.event for conflict in held.life.conflicts}
    return [
        (event.at, _entry(event, device, is_in_conflict=event.id in in_conflict))
        for event in held.events if event.id not in told
    ]


def _entry(event: Event, device: str, *, is_in_conflict: bool) -> TimelineEntry:
    title, note = event_words(event.facts)
    lane, whose = _whose(event, device)
    said = (f"{local(event.at):%d/%m %H:%M}", event.name if event.source is not Source.AGENCY else "", whose, note,
            tr("chưa khớp, chờ người quyết định") if is_in_conflict else "")
    detail = " · ".join(part for part in said if part)
    return TimelineEntry(title, detail, lane, "bad" if is_in_conflict else "neutral")


def _whose(event: Event, device: str) -> tuple[Lane, str]:
    if event.source is Source.AGENCY:
        return "outside", tr("cơ quan báo qua tỉnh")
    if event.source is Source.PAPER:
        return "paper", tr("ghi từ văn bản của cơ quan")
    if event.device and event.device != device:
        return "other", tr("quầy khác")
    return "here", ""
