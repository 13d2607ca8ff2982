"""Every change of a promised date and every pause of its clock, in words for the card and for "vì sao?"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.domain.life.life import DueChange, Life, Pause
from app.domain.vietnam_time import local
from app.services.life.promises import new_due_of
from app.services.life.reading import KnownLife
from ui.dialogs.derivation import derivation
from ui.dialogs.why_date import Part
from ui.models.event_words import paper_words
from ui.models.life_words import CAUSES, change_words
from ui.translations import tr


def due_lines(life: Life) -> tuple[str, ...]:
    """What the card says below the time: the date promised first, each later one, each pause; () for none."""
    found = []
    if life.due_changes and life.original_due_at is not None:
        found.append(tr("Hẹn lúc tiếp nhận: {due}", due=short(life.original_due_at)))
    found += [_change(change) for change in life.due_changes]
    found += [_pause(pause) for pause in life.pauses]
    return tuple(found)


def change_parts(held: KnownLife, language: str) -> Iterator[Part]:
    """One part for each change, with the steps that were stored with it."""
    brought = {event.id: new_due_of(event.facts) for event in held.events}
    for change in held.life.due_changes:
        new = brought.get(change.event)
        steps = derivation(new.steps, language) if new is not None else ()
        yield Part(_change(change), steps or (_by_paper(change),))


def short(moment: datetime | None) -> str:
    return f"{local(moment):%d/%m/%Y, %H:%M}" if moment else tr("không hẹn ngày")


def _change(change: DueChange) -> str:
    reason = change_words(change.reason)
    day = f"{local(change.at):%d/%m}"
    return tr("{day}: {reason}, hẹn {due}", day=day, reason=reason, due=short(change.after))


def _pause(pause: Pause) -> str:
    cause, since = tr(CAUSES[pause.cause]), short(pause.since)
    if pause.until is None:
        return tr("Đang dừng từ {since}: {cause}", since=since, cause=cause)
    return tr("Đã dừng {since} đến {until}: {cause}", since=since, until=short(pause.until), cause=cause)


def _by_paper(change: DueChange) -> str:
    said = paper_words(change.paper)
    if said:
        return tr("Theo văn bản của cơ quan giải quyết: {paper}.", paper=said)
    return tr("Cơ quan giải quyết báo ngày này.")
