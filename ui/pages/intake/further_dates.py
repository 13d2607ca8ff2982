"""The further dates of a promise in words: each agency of an inter-agency procedure, and the second stage."""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier import Due, LegDue, StageDue
from app.domain.vietnam_time import local
from ui.delegates.dates import full_moment
from ui.dialogs.derivation import derivation
from ui.dialogs.why_date import Part
from ui.pages.intake.words import time_words
from ui.translations import tr


def date_parts(due: Due, language: str) -> tuple[Part, ...]:
    """What "vì sao?" tells below the promised date; empty for an ordinary procedure."""
    parts = [Part(_leg(leg), derivation(leg.steps, language)) for leg in due.legs]
    if due.second_stage is not None:
        parts.append(Part(second_stage_words(due.second_stage), derivation(due.second_stage.steps, language)))
    return tuple(parts)


def legs_words(due: Due) -> tuple[str, ...]:
    """"Sở Mẫu: 24/09/2026, 09:05" and "Cả 2 cơ quan: 05/10/2026, 15:30"; () when only one agency settles."""
    own = due.own_leg
    if own is None or due.at is None:
        return ()
    total = tr("Cả {n} cơ quan: {moment}", n=len(due.legs), moment=_short(due.at))
    if own.at is None:
        return (total,)
    return tr("{agency}: {moment}", agency=own.name, moment=_short(own.at)), total


def second_stage_words(stage: StageDue) -> str:
    """"Giai đoạn 2: 5 ngày làm việc, tính từ khi nhận hồ sơ giai đoạn 2"; once begun, its promised moment."""
    given = time_words(stage.time)
    if stage.received_at is None:
        return tr("Giai đoạn 2: {time}, tính từ khi nhận hồ sơ giai đoạn 2", time=given)
    if stage.at is None:
        return tr("Giai đoạn 2: {time}", time=given)
    return tr("Giai đoạn 2: {time}, hẹn trả {moment}", time=given, moment=full_moment(stage.at))


def _leg(leg: LegDue) -> str:
    name = tr("{agency} (cơ quan chủ trì)", agency=leg.name) if leg.is_own else leg.name
    if leg.at is None:
        return tr("{agency}: không có ngày riêng", agency=name)
    return tr("{agency}: {moment}", agency=name, moment=full_moment(leg.at))


def _short(moment: datetime) -> str:
    """Without the weekday, which would break the line of a narrow card."""
    return f"{local(moment):%d/%m/%Y, %H:%M}"
