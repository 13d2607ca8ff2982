"""Receptions in a group, online dossiers and help with filing, with this office's clock and chance filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.intake import Intake
from app.services.assisted import Assisted, assist_filing
from app.services.groups import ask_annex
from app.services.papers.prints import paper_print
from app.services.rebuild import rebuild
from app.store import journal as book
from app.store.tables import aliases, assisted_filings, dossier_groups, online_claims
from tests.app.services.neighbour import Feed, Written
from tests.office import Office, sample_intake

NATIONAL = "H47.15-261120-0777"
TABLES = (dossier_groups, online_claims, aliases, assisted_filings)


def receive(office: Office, intake: Intake) -> str:
    return office.receive(intake).dossier.code


def online_intake(intent: str, code: str = NATIONAL) -> Intake:
    return replace(sample_intake(intent), channel=2, national_code=code)


def in_group(group: str, *intents: str, **how: Any) -> list[Intake]:
    return [replace(sample_intake(intent, **how), group=group) for intent in intents]


def assist(
    office: Office, code: str = NATIONAL, *, intent: str = "giúp", intake: Intake | None = None
) -> Assisted:
    intake = intake or sample_intake("biểu")
    with office.application.database.writing() as connection:
        return assist_filing(
            connection, office.application.enrolled, office.clerk, code, intake.procedure, intake.applicant,
            papers=intake.papers, intent=intent, now=office.clock.now(), randomness=office.noise.randbytes,
        )


def annex(office: Office, group: str) -> tuple[str, Any]:
    """The print job of the group's annex, and the paper."""
    counter = office.application.enrolled
    with office.application.database.writing() as connection:
        job = ask_annex(connection, counter, office.clerk, group, now=office.clock.now())
        return job, paper_print(connection, counter, job).values


def rows(connection: Connection) -> list[Sequence[Any]]:
    return [tuple(row) for table in TABLES for row in connection.execute(select(table)).all()]


def replayed(office: Office) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    """The tables as they stand, and as a replay of journal and feed makes them."""
    with office.application.database.writing() as connection:
        before = sorted(rows(connection), key=repr)
        rebuild(connection)
        return before, sorted(rows(connection), key=repr)


def tell(source: Office, target: Office, incarnation: str = "nhà-1") -> None:
    """All that `source` did comes to `target` as one page of the feed."""
    device = source.application.enrolled.device
    feed = Feed(target, incarnation)
    with source.application.database.reading() as connection:
        written = book.after(connection, device, 1, 0, 1000)
    for row in written:
        feed.add_operation(Written(row.payload, row.signature), device)
    feed.give()
