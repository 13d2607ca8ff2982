"""What a new counter still lacks: each step of its preparation, done, not yet, or put off by somebody.

Only what was really seen counts as done: a page that came back through the scanner, a sheet that arrived, a mark
that outlived a restart, a key that the province gave back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.services.counter import Counter
from app.services.recovery_state import recovery_state
from app.services.second_copy import chosen
from app.store.boot import is_same_boot, read_mark
from app.store.settings import read_setting, write_setting

SETTING = "first_run"
PUT_OFF = "later"


class Step(StrEnum):
    """In the order in which they are offered."""

    PROVINCE = "province"
    PRINTER = "printer"
    SCANNER = "scanner"
    MEDIUM = "medium"
    RESTART = "restart"
    RECOVERY = "recovery"
    SECRET = "secret"              # where the office has personal sign-in


class State(StrEnum):
    DONE = "done"
    OPEN = "open"
    LATER = "later"                # put off by somebody; still to be done
    FAILED = "failed"              # tried, and it came out badly


@dataclass(frozen=True, slots=True)
class Standing:
    """How one step stands. `at`: when it was proved; `name`: of the device or place it was proved with."""

    step: Step
    state: State
    at: datetime | None = None
    name: str = ""
    why: str = ""


def read_standings(
    connection: Connection, counter: Counter, book_key: bytes, *, has_secret: bool,
) -> tuple[Standing, ...]:
    """Every step of this counter."""
    noted = read_setting(connection, SETTING, {})
    steps = [step for step in Step if step is not Step.SECRET or counter.has_sign_in]
    found = []
    for step in steps:
        one = _standing(connection, counter, book_key, step, noted, has_secret=has_secret)
        if one.state is State.OPEN and step in noted.get(PUT_OFF, ()):
            one = Standing(step, State.LATER, why=one.why)
        found.append(one)
    return tuple(found)


def left(standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """What is not done."""
    return tuple(each for each in standings if each.state is not State.DONE)


def note_proved(connection: Connection, step: Step, now: datetime, name: str = "") -> None:
    """This step was seen to work."""
    _note(connection, {step: {"at": now.isoformat(), "name": name}})


def put_off(connection: Connection, step: Step) -> None:
    """Somebody will do it later."""
    noted = read_setting(connection, SETTING, {})
    _note(connection, {PUT_OFF: sorted({*noted.get(PUT_OFF, ()), step.value})})


def begin_restart_test(connection: Connection, token: str, boot: str, now: datetime) -> None:
    """The mark was left; it is looked for at the first start after the machine's next one."""
    _note(connection, {Step.RESTART: {"token": token, "boot": boot, "at": now.isoformat()}})


def waits_for_restart(connection: Connection) -> bool:
    """Whether a mark was left that no start of the machine has judged yet."""
    test = read_setting(connection, SETTING, {}).get(Step.RESTART)
    return test is not None and "is_whole" not in test


def look_after_restart(connection: Connection, folder: Path, boot: str, now: datetime) -> bool | None:
    """Whether the mark outlived the restart; None where no test waits, or the machine has not been restarted."""
    if not boot or not waits_for_restart(connection):
        return None
    test = read_setting(connection, SETTING)[Step.RESTART]
    if is_same_boot(test["boot"], boot):
        return None
    is_whole = read_mark(folder) == str(test["token"])
    _note(connection, {Step.RESTART: {**test, "is_whole": is_whole, "at": now.isoformat()}})
    return is_whole


def _standing(
    connection: Connection, counter: Counter, book_key: bytes, step: Step, noted: Mapping[str, Any], *,
    has_secret: bool,
) -> Standing:
    held = noted.get(step)
    match step:
        case Step.PROVINCE:
            return Standing(step, State.DONE, name=counter.name)
        case Step.MEDIUM:
            place = chosen(connection)
            return Standing(step, State.OPEN) if place is None else Standing(
                step, State.DONE, name=str(place.place))
        case Step.RECOVERY:
            recovery = recovery_state(connection, counter, book_key)
            state = State.DONE if recovery.proved_at is not None else State.OPEN
            return Standing(step, state, recovery.proved_at, why=recovery.why)
        case Step.SECRET:
            return Standing(step, State.DONE if has_secret else State.OPEN)
        case Step.RESTART if held is not None and "is_whole" not in held:
            return Standing(step, State.OPEN, why="waits")
        case Step.RESTART if held is not None and not held["is_whole"]:
            return Standing(step, State.FAILED, datetime.fromisoformat(held["at"]))
    if held is None:
        return Standing(step, State.OPEN)
    return Standing(step, State.DONE, datetime.fromisoformat(held["at"]), str(held.get("name", "")))


def _note(connection: Connection, values: Mapping[str, Any]) -> None:
    write_setting(connection, SETTING, {**read_setting(connection, SETTING, {}), **values})
