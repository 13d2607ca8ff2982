"""The figures of the bottom line, read from the book: counts of rows, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.services import courier
from app.services.days import today_at_counter
from app.services.drafts import list_drafts
from app.services.known_problems import read_problems
from app.services.outside_view import STOPPED
from app.services.receipts import open_prints
from app.services.second_copy import second_copy_state
from app.services.standing import numbers_stopped
from app.services.stuck import stuck
from app.store.queries.dossiers import own_today, reach
from app.store.queries.manifests import count_open
from sync import __version__
from ui.operations.desk import Desk
from ui.operations.upgrade import own_version
from ui.shortcuts import Place
from ui.widgets.counter_state import CounterState, LineState


def counter_state(desk: Desk, said: Mapping[str, Any]) -> CounterState:
    """`said` is the courier's latest line, {} before the first."""
    office = desk.office
    counter, now = office.enrolled, desk.clock()
    with office.database.reading() as connection:
        today = today_at_counter(connection, now).isoformat()
        known = reach(connection, counter.device, counter.epoch, today)
        box = courier.outbox(connection, counter)
        copy = second_copy_state(connection, counter, today)
        stored, received = own_today(connection, known)
        prints = len(open_prints(connection))
        parked = len(list_drafts(connection, is_parked=True))
        _, unanswered = count_open(connection, now)
        held_up = len(stuck(connection, counter, now))
        is_stopped = numbers_stopped(connection) is not None
        problems = read_problems(connection, counter.province_key, own_version() or __version__)
    return CounterState(
        stored=stored,
        second_copy=copy.kept_today if copy.chosen is not None else None,
        is_copy_behind=copy.chosen is not None and (copy.unkept.operations > 0 or copy.problem is not None),
        received=received,
        pending=box.unsent,
        oldest_pending=max(now - box.oldest_unsent_at, type(now - now)(0)) if box.oldest_unsent_at else None,
        at_risk=copy.risk.dossiers if copy.chosen is not None else box.unsent_dossiers,
        files=box.files_waiting,
        line=line_state(box, said),
        line_since=_since(box),
        badges={
            Place.HOME: prints, Place.INTAKE: parked, Place.HANDOVER: unanswered, Place.SYNC: held_up,
            Place.SETTINGS: sum(each.is_new for each in problems),
        },
        known_problems=problems,
        may_receive=not is_stopped,
    )


def line_state(box: courier.Outbox, said: Mapping[str, Any]) -> LineState:
    """The line as the last contact left it; green only while the last contact went through."""
    begun, carrying = said.get("event") == "contact_started", said.get("event") == "files"
    if (begun and box.unsent) or (carrying and box.files_waiting):
        return LineState.SENDING
    if box.last_problem is not None and box.last_problem["code"] != "mass_change":    # that contact went through
        return LineState.REFUSED if box.last_problem["code"] in STOPPED else LineState.DOWN
    return LineState.UP if box.last_contact_at is not None else LineState.UNKNOWN


def _since(box: courier.Outbox) -> datetime | None:
    if box.last_problem is not None:
        return datetime.fromisoformat(box.last_problem["since"])
    return box.last_contact_at
