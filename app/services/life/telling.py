"""One dossier as `python -m app dossier CODE` tells it: states, dates, pauses, story, papers, originals.

What is stored and what follows from it; nobody's number or address. Moments are of the counter's clock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.event_words import describe_event
from app.domain.intake import PaperGiven
from app.domain.life.event import Event
from app.domain.life.life import DueChange, Handover, Life, Original, Pause
from app.domain.vietnam_time import VIETNAM
from app.services.life.checklist import papers_now
from app.services.life.conflicts import conflicts_of
from app.services.life.promises import due_now, time_left, uncounted_pause
from app.services.life.reading import KnownLife, read_life
from app.services.papers.derivation import parts_of
from app.services.rules import Rules
from app.services.stored_dossier import StoredDossier, read_dossier


def tell_dossier(connection: Connection, rules: Rules, code: str, now: datetime) -> dict[str, Any]:
    """Raises `dossier_unknown` or the code's own refusals."""
    held = read_life(connection, code)
    stored = read_dossier(connection, held.code)
    body, life = held.body, held.life
    procedure = body.intake.procedure
    assert procedure is not None
    return {
        "ok": True,
        "code": held.code,
        "aliases": list(stored.aliases),
        "version": body.version,
        "is_own": held.is_own,
        "received_at": _at(body.received_at),
        "procedure": {"code": procedure.code, "name": procedure.name, "case": procedure.case_name,
                      "agency": procedure.agency, "agency_name": procedure.agency_name},
        "state": _state(life, stored),
        "due": _due(held, rules, now),
        "pauses": [_pause(each) for each in life.pauses],
        "supplement": {"requests": life.requests, "counts_as_late": life.counts_as_late,
                       "gaps": to_body(life.gaps)},
        "timeline": [*_versions(stored), *(_event(each, life) for each in held.events)],
        "papers": [_paper(each) for each in papers_now(body, held.events)],
        "originals": [_original(each, held) for each in life.originals],
        "custody": {"now": _name(life.custody), "since": _at(life.custody_since), "parcel": _name(life.parcel),
                    "handovers": [_handover(each) for each in life.handovers], "sent_back": life.sent_back},
        "result": {"paper": to_body(life.result), "shelf": life.shelf, "item_code": life.item_code,
                   "post": to_body(life.post)},
        "conflicts": [
            {"event": each.event.id, "against": each.against.id if each.against else None, "code": each.code}
            for each in conflicts_of(held)
        ],
    }


def _state(life: Life, stored: StoredDossier) -> dict[str, Any]:
    """The four states, which move apart."""
    return {
        "business": int(life.business), "business_name": _name(life.business),
        "business_since": _at(life.business_since),
        "money": _name(life.money), "custody": _name(life.custody), "delivery": _name(life.delivery),
        "sync": {"confirmed_at": _at(stored.confirmed_at)},
    }


def _due(held: KnownLife, rules: Rules, now: datetime) -> dict[str, Any]:
    life = held.life
    due = due_now(held.body, life, held.events)
    left = time_left(held.body, life, rules, now)
    return {
        "original": _at(life.original_due_at),
        "current": _at(life.due_at),
        "left": {"days": left.days, "minutes": left.minutes, "unit": str(left.unit), "is_over": left.is_over,
                 "is_standing": life.paused_since is not None} if left.is_promised else None,
        "is_pause_uncounted": uncounted_pause(life, held.events) is not None,
        "history": [_change(each) for each in life.due_changes],
        "parts": [{"title": part.title, "steps": list(part.sentences)}
                  for part in parts_of(held.body.due, life.due_changes, held.events)],
        "legs": [{"agency_name": leg.name, "is_own": leg.is_own, "at": _at(leg.at)} for leg in due.legs],
        "warnings": list(due.warnings),
        "calendar": due.calendar_version,
        "policy": due.policy_version,
    }


def _change(change: DueChange) -> dict[str, Any]:
    return {
        "at": _at(change.at), "before": _at(change.before), "after": _at(change.after), "reason": change.reason,
        "by": change.by_name, "source": str(change.source), "paper": to_body(change.paper), "event": change.event,
    }


def _pause(pause: Pause) -> dict[str, Any]:
    return {"cause": str(pause.cause), "since": _at(pause.since), "until": _at(pause.until),
            "resumes": _name(pause.resumes)}


def _versions(stored: StoredDossier) -> list[dict[str, Any]]:
    return [
        {"kind": "dossier.received" if line.version == 1 else "dossier.corrected", "at": _at(line.at),
         "by": line.clerk_name, "source": "counter", "version": line.version, "note": line.reason}
        for line in stored.versions
    ]


def _event(event: Event, life: Life) -> dict[str, Any]:
    title, note = describe_event(event.facts)
    return {
        "kind": str(event.kind), "id": event.id, "at": _at(event.at), "by": event.name,
        "source": str(event.source), "device": event.device, "title": title, "note": note,
        "is_in_conflict": any(conflict.event == event.id for conflict in life.conflicts),
    }


def _paper(paper: PaperGiven) -> dict[str, Any]:
    return {
        "requirement": paper.requirement, "name": paper.name, "status": str(paper.status),
        "originals": paper.originals, "certified": paper.certified, "copies": paper.copies,
        "keeps_original": paper.keeps_original,
    }


def _original(one: Original, held: KnownLife) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "holder": _name(one.holder),
            "since": _at(one.since or held.body.received_at), "event": one.event}


def _handover(trip: Handover) -> dict[str, Any]:
    return {
        "manifest": trip.manifest, "at": _at(trip.at), "verdict": str(trip.verdict) if trip.verdict else None,
        "reason": trip.reason, "acknowledged_at": _at(trip.acknowledged_at),
    }


def _name(state: Any) -> str:
    return str(state.name).lower()


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds") if moment else None
