"""Books that wait for a person, made as the courier leaves them: for tests and pictures of the sync page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.domain.day_comparison import Difference, Kind
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import courier, forks, mass_change, reconcile, second_copy, standing, went_on
from app.services.mass_change import Change
from app.store.settings import write_setting
from tests.office import Office
from tests.ui.dossier.stories import NAMES, receive

VALUES = {
    standing.Reason.FORK: {"epoch": 1, "seq": 14},
    standing.Reason.OLDER_THAN_PROVINCE: {"ours": 18, "theirs": 42},
    standing.Reason.OLDER_THAN_WITNESS: {"why": "behind", "ours": 18, "theirs": 42, "epoch": 1},
    standing.Reason.STALE_EPOCH: {"current": 2},
}


def received(office: Office, amount: int) -> list[str]:
    return [receive(office, f"đứng-{turn}", NAMES[turn % 10], 300 + turn) for turn in range(amount)]


def stop(office: Office, reason: str) -> None:
    """Numbers stop, and the last contact ended with the same reason."""
    now = office.clock.now()
    with office.application.database.writing() as connection:
        courier.note_contact(connection, now, 300)
        standing.stop_numbers(connection, reason, VALUES[reason], now)
        courier.note_problem(connection, reason, VALUES[reason], now, now + timedelta(minutes=5))


def hold(office: Office, codes: list[str], changed: int | None = None) -> None:
    """A pull that would end these dossiers; `changed`: how many all in all."""
    now = office.clock.now()
    found = tuple(Change(code, 2, 10) for code in codes)
    with office.application.database.writing() as connection:
        courier.note_contact(connection, now, 300)
        mass_change.hold_pull(connection, "nhà-1", 80, (found * (1 + (changed or 0) // len(found)))[:changed], now)
        values = {"changed": changed or len(found), "open": mass_change.open_dossiers(connection)}
        courier.note_problem(connection, "mass_change", values, now, now + timedelta(minutes=5))


def hold_more(office: Office, codes: list[str], earlier: int) -> None:
    """A pull that goes on with what earlier ones of the day began."""
    with office.application.database.writing() as connection:
        found = [Change(f"H47.15-261123-{n:04}", 2, 10) for n in range(earlier)]
        mass_change.note_changed(connection, found, office.clock.now())
    hold(office, codes)


def went(office: Office, brought: int) -> None:
    with office.application.database.writing() as connection:
        courier.note_contact(connection, office.clock.now(), 300)
        went_on.note_brought_back(connection, brought)
        went_on.note_went_on(connection, "behind", 2, office.clock.now())


def branch(office: Office, seq: int, kept: int) -> None:
    """This epoch forked at `seq`, and lies beside up to `kept`; numbers go (as after a new epoch)."""
    with office.application.database.writing() as connection:
        forks.note_fork(connection, 1, seq, office.clock.now())
        forks.note_kept(connection, 1, kept)


def differ(office: Office, amount: int) -> None:
    """The last two days as a comparison leaves them: so many dossiers that the province has lost, and a number
    that no dossier bears; 0 for days that are equal."""
    now = office.clock.now()
    today = local(now).date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(2)]
    found = [
        Difference(days[0], Kind.MISSING_THERE, f"H47.15-{today:%y%m%d}-{n:04}", Turn.PROVINCE, "lost")
        for n in range(1, amount + 1)
    ]
    if amount:
        found.append(Difference(days[0], Kind.FILES, f"H47.15-{today:%y%m%d}-0009", Turn.COUNTER, "waiting",
                                {"missing": 2, "waiting": 2}))
        found.append(Difference(days[1], Kind.NUMBER, "cong-an 7", Turn.MACHINE, "no_fate",
                                {"agency": "cong-an", "number": 7}))
    with office.application.database.writing() as connection:
        reconcile.note_comparison(connection, days, {}, {}, found, now, today)


def everything(office: Office) -> None:
    """As many kinds of stuck work as there are, on top of the day that went wrong."""
    now = office.clock.now()
    with office.application.database.writing() as connection:
        standing.stop_numbers(connection, standing.Reason.FORK, VALUES["fork"], now - timedelta(minutes=9))
        for place, op in enumerate(courier.waiting(connection, office.application.enrolled, epoch=1, after=20,
                                                   limit=2)):
            courier.set_aside(connection, op.seq, op.op_id, "unread", now - timedelta(hours=3 + place))
        second_copy.choose(connection, Path("/media/usb-ban-hai"), "ổ-1")
        second_copy.note_problem(connection, "second_copy_missing", {"place": "/media/usb-ban-hai"},
                                 now - timedelta(hours=2))
        write_setting(connection, "byte_window", {"from": "18:00", "to": "06:00", "bytes": 200_000_000})
        courier.note_pace(connection, {"rate": 96_000.0, "latency": 0.2, "breaks": 0, "packed": 4.0})


MAKERS: dict[str, Callable[[Office], None]] = {
    reason: (lambda office, reason=reason: stop(office, reason)) for reason in VALUES  # type: ignore[misc]
}
