"""Dossiers of the national portal: what is known of a code, and help with filing one."""

from __future__ import annotations

from app.domain.intake import Intake
from app.services.assisted import Assisted, assist_filing, assisted_on
from app.services.online import OnlineCode, look_up_online
from ui.operations.desk import Desk, clerk_at


def known_of(desk: Desk, text: str) -> OnlineCode:
    """Raises what `read_national_code` raises."""
    with desk.office.database.reading() as connection:
        return look_up_online(connection, text)


def note_help(desk: Desk, national_code: str, intake: Intake) -> tuple[Assisted, int]:
    """Write down that this was filed with our help; how many there were today. Raises what `assist_filing` raises.

    The form's own intent: the form that was helped with becomes no dossier.
    """
    office, now = desk.office, desk.clock()
    with office.database.writing() as connection:
        done = assist_filing(
            connection, office.enrolled, clerk_at(desk), national_code, intake.procedure, intake.applicant,
            papers=intake.papers, note=intake.note, intent=intake.intent, now=now, randomness=office.randomness,
        )
        return done, assisted_on(connection, now)
