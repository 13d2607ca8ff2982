"""The checklist of a dossier after everything that was brought later."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.dossier import DossierBody
from app.domain.gaps import papers_after
from app.domain.intake import PaperGiven
from app.domain.life.event import Event
from app.domain.life.facts import StageBegun, SupplementReceived


def papers_now(body: DossierBody, events: Iterable[Event]) -> tuple[PaperGiven, ...]:
    """As handed in, with the papers of every supplement and of a second stage added to their lines."""
    brought = [
        paper for event in events if isinstance(event.facts, SupplementReceived | StageBegun)
        for paper in event.facts.papers
    ]
    return papers_after(body.intake.papers, brought)
