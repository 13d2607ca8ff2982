"""Who acts by a command: where each clerk signs in as herself, her secret is asked for here too."""

from __future__ import annotations

import getpass
import sys

from app.bootstrap import Application
from app.domain.people.roles import Act
from app.services.counter import Clerk
from app.services.machine_settings import require_setting


def acting_clerk(office: Application, clerk: str, act: Act) -> Clerk:
    """The clerk of that id, or who works this counter; her secret is typed unseen, or is the first line of a pipe.

    Raises `clerk_unknown`, and what `SignIns.confirm` does.
    """
    counter = office.enrolled
    found = counter.clerk(clerk or counter.shift_clerk)
    if counter.has_sign_in:
        office.sign_ins.confirm(counter, found.id, _secret_of(found), act)
    return found


def require_here(office: Application, name: str) -> None:
    """That this setting of the machine may be changed by who works this counter; before enrolment nobody is asked.

    Raises `setting_locked`, and as `acting_clerk`.
    """
    if office.counter is None:
        return
    clerk = acting_clerk(office, "", Act.DEVICES)
    with office.database.reading() as connection:
        require_setting(connection, office.enrolled, clerk, name, office.clock.now())


def _secret_of(clerk: Clerk) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{clerk.name}: ")
    return sys.stdin.buffer.readline().decode("utf-8", "replace").rstrip("\r\n")
