"""`python -m app reconcile`: compare days with the province now, and list every difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.domain.day_comparison import Figures
from app.services import reconcile as kept
from app.services.days import today_at_counter
from ui.command_line.answer import Said
from ui.command_line.folder import opened


def reconcile(said: Said) -> Mapping[str, Any]:
    """One contact that compares; the days and differences as they stand afterwards, also without a line."""
    from sync.engine import run_once  # requests is only paid for where a line is spoken to
    from ui.demo_office import line_to_demo_gateway

    with opened(said) as office:
        with office.database.writing() as connection:
            today = today_at_counter(connection, office.clock.now())
            back = said.back if said.day is None else (today - said.day).days
            kept.ask_comparison(connection, max(0, back))
        with line_to_demo_gateway(office):
            report = run_once(office.database, office.clock, blobs=office.blobs)
        with office.database.reading() as connection:
            last = kept.last_comparison(connection)
            days = [said.day] if said.day else [today - timedelta(days=n) for n in range(back, -1, -1)]
            wanted = {day.isoformat() for day in days}
            compared = [each for each in kept.compared_days(connection) if each.day in wanted]
            found = [each for each in kept.standing_differences(connection) if each.difference.day in wanted]
    problem = report.problem or (last.problem if last else "") or ""
    return {
        "ok": not problem and not found,
        **({"reason": problem or "days_differ"} if problem or found else {}),
        "compared_at": last.at.isoformat() if last and not last.problem else None,
        "days": [
            {"day": each.day, "at": each.at.isoformat(), "differences": each.differences,
             "here": _total(each.ours), "there": _total(each.theirs)} for each in reversed(compared)
        ],
        "differences": [
            {"day": each.difference.day, "kind": each.difference.kind, "code": each.difference.code,
             "turn": each.difference.turn, "reason": each.difference.reason, "since": each.since.isoformat(),
             **({"values": dict(each.difference.values)} if each.difference.values else {})}
            for each in found
        ],
    }


def _total(figures: Figures) -> dict[str, int]:
    return {
        name: sum(of.get(name, 0) for of in figures.values()) for name in ("received", "fee", "charge", "before")
    }
