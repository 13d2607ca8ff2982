"""Whether who works here may do what no line of the journal tells: checks of the book, settings of the machine."""

from __future__ import annotations

from app.domain.people.roles import Act
from app.errors import KnownError
from app.services import machine_settings
from app.services.people import rights
from ui.operations.desk import Desk, clerk_at, warn_of


def require_act(desk: Desk, act: Act) -> None:
    """Raises `act_not_allowed`, `grant_…`, `clerk_unknown`."""
    office = desk.office
    with office.database.reading() as connection:
        rights.require(connection, office.enrolled, clerk_at(desk), act, desk.clock())


def require_setting(desk: Desk, name: str) -> None:
    """Raises `setting_locked`, and as `require_act`."""
    office = desk.office
    with office.database.reading() as connection:
        machine_settings.require_setting(connection, office.enrolled, clerk_at(desk), name, desk.clock())


def may_act(desk: Desk, act: Act) -> bool:
    """`require_act` as a question; what speaks against it is said over the page."""
    try:
        require_act(desk, act)
    except KnownError as error:
        warn_of(desk, error)
        return False
    return True
