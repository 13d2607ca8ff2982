"""`python -m app second-copy …`: set it up, see how it stands, read all of it, bring things back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.errors import Refusal
from app.services import second_copy as known
from app.services.days import today_at_counter
from app.services.machine_settings import SECOND_COPY
from app.services.standing import numbers_stopped
from sync.second_copy.disk import MediumDisk
from sync.second_copy.forward import forward_to_province
from sync.second_copy.in_time import try_to_keep
from sync.second_copy.keeper import Keeper
from sync.second_copy.machine_mark import leave_machine_mark
from sync.second_copy.medium import make_medium
from sync.second_copy.restore import restore_from_medium
from sync.second_copy.serve import serve
from ui.command_line.acting import require_here
from ui.command_line.answer import Said
from ui.command_line.folder import opened

ACTIONS = ("state", "set", "off", "keep", "check", "restore", "forward")


def second_copy(said: Said) -> Mapping[str, Any]:
    """One action on the second copy of the book in the data folder."""
    with opened(said) as office:
        if said.serve:
            keeper = keeper_of(office)
            serve(lambda: try_to_keep(keeper, office.database), sys.stdin, sys.stdout)
            return {"ok": True}
        return _ACTIONS[said.action](office, said)


def keeper_of(office: Application) -> Keeper:
    """The keeper of this office's book."""
    return Keeper(office.database, office.book_key, office.clock)


def _state(office: Application, said: Said) -> Mapping[str, Any]:
    counter = office.enrolled
    with office.database.reading() as connection:
        today = today_at_counter(connection, office.clock.now()).isoformat()
        state = known.second_copy_state(connection, counter, today)
        stopped = numbers_stopped(connection)
    kept, trouble = state.kept, state.problem
    return {
        "ok": True,
        "place": str(state.chosen.place) if state.chosen else None,
        "medium": state.chosen.medium if state.chosen else None,
        "reached": dict(kept.reached) if kept else {},
        "is_for_province": kept.is_for_province if kept else False,
        "kept_at": kept.at.isoformat() if kept else None,
        "checked_at": kept.checked_at.isoformat() if kept else None,
        "damaged": kept.damaged if kept else 0,
        "problem": trouble.code if trouble else None,
        "problem_since": trouble.since.isoformat() if trouble else None,
        "unkept": state.unkept.operations,
        "at_risk": state.risk.operations,
        "at_risk_dossiers": state.risk.dossiers,
        "at_risk_files": state.files,
        "numbers_stopped": stopped.reason if stopped else None,
    }


def _set(office: Application, said: Said) -> Mapping[str, Any]:
    counter = office.enrolled
    place = _place(said)
    require_here(office, SECOND_COPY)
    medium = make_medium(
        place, counter.device, office.clock.now(), MediumDisk(),
        data=None if said.same_disk else office.folder.root,
    )
    with office.database.writing() as connection:
        known.choose(connection, place, medium.id)
    leave_machine_mark(place, counter.device, MediumDisk())
    return {"ok": True, "medium": medium.id, "written": keeper_of(office).keep().written}


def _off(office: Application, said: Said) -> Mapping[str, Any]:
    require_here(office, SECOND_COPY)
    with office.database.writing() as connection:
        known.give_up(connection)
    return {"ok": True}


def _keep(office: Application, said: Said) -> Mapping[str, Any]:
    return {"ok": True, "written": keeper_of(office).keep().written}


def _check(office: Application, said: Said) -> Mapping[str, Any]:
    kept = keeper_of(office).keep(is_thorough=True)
    return {"ok": True, "written": kept.written, "damaged": kept.damaged}


def _restore(office: Application, said: Said) -> Mapping[str, Any]:
    with office.database.reading() as connection:
        chosen = known.chosen(connection)
    place = said.place.absolute() if said.place else chosen.place if chosen else None
    if place is None:
        raise Refusal("second_copy_not_set")
    restored = restore_from_medium(office.database, office.book_key, place)
    return {"ok": True, "brought": restored.brought, "unopened": restored.unopened}


def _forward(office: Application, said: Said) -> Mapping[str, Any]:
    found = forward_to_province(office.database, office.clock, _place(said))
    refused = dict(found.refused)
    return {"ok": not refused, "taken": found.taken, "already": found.already, "refused": refused}


def _place(said: Said) -> Path:
    if said.place is None:
        raise Refusal("second_copy_not_set")
    place: Path = said.place.absolute()
    return place


_ACTIONS: Mapping[str, Callable[[Application, Said], Mapping[str, Any]]] = dict(
    zip(ACTIONS, (_state, _set, _off, _keep, _check, _restore, _forward), strict=True)
)
