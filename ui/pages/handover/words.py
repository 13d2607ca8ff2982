"""Sentences of the page that depend on more than one thing."""

from __future__ import annotations

from datetime import datetime

from app.domain.manifest import Route
from app.domain.manifest_run import Run
from app.services.handover.acknowledging import Acknowledgement
from app.services.handover.making import Made
from ui.delegates.dates import full_moment, near_moment
from ui.models.manifest_words import ROUTES
from ui.translations import tr


def run_words(run: Run, now: datetime) -> str:
    """With which run it goes and by when it is to be acknowledged."""
    expected = full_moment(run.expected_at)
    if run.cutoff_at is None:
        return tr("Hạn xác nhận: {expected}.", expected=expected)
    cutoff = near_moment(run.cutoff_at, now)
    if run.is_next:
        return tr("Đã quá giờ chốt: đi chuyến kế tiếp, chốt {cutoff}. Hạn xác nhận: {expected}.",
                  cutoff=cutoff, expected=expected)
    return tr("Đi chuyến chốt {cutoff}. Hạn xác nhận: {expected}.", cutoff=cutoff, expected=expected)


def made_words(made: Made) -> str:
    """Where the list that was just made goes."""
    return tr(
        "{n} hồ sơ, {originals} bản gốc → {agency} · {route}. Hạn xác nhận: {expected}.", n=len(made.codes),
        originals=made.originals, agency=made.agency_name, route=tr(ROUTES[Route(made.route)]),
        expected=full_moment(made.expected_at),
    )


def answered_words(said: Acknowledgement) -> str:
    """What was stored, in one line."""
    parts = [tr("nhận {n}", n=said.accepted)]
    if said.refused:
        parts.append(tr("từ chối {n}", n=said.refused))
    if said.missing:
        parts.append(tr("thiếu {n}", n=said.missing))
    if said.extras:
        parts.append(tr("ngoài danh sách {n}", n=len(said.extras)))
    if said.already:
        parts.append(tr("đã xác nhận từ trước {n}", n=len(said.already)))
    if said.open_lines:
        parts.append(tr("còn chờ {n}", n=said.open_lines))
    return ", ".join(parts)
