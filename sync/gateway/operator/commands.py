"""What an operator may do without a page: commands of `admin.py`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from sync.gateway.adoption import adopt_branch
from sync.gateway.opening import Opened
from sync.gateway.operator.people import Act, end_operator, mint_operator, note_act
from sync.gateway.recovery import give_back
from sync.gateway.squares import write_square
from sync.gateway.times import stamp

Command = Callable[[Connection, Opened, argparse.Namespace, datetime], dict[str, Any]]
BY_COMMAND = "command"
"""Who stands in `operator_acts` for what was done without a page."""


def _operator_token(
    connection: Connection, _: Opened, said: argparse.Namespace, now: datetime,
) -> dict[str, Any]:
    return {"name": said.name, "token": mint_operator(connection, said.name, now, os.urandom)}


def _end_operator(connection: Connection, _: Opened, said: argparse.Namespace, now: datetime) -> dict[str, Any]:
    end_operator(connection, said.name, now)
    return {"name": said.name}


def _adopt_branch(connection: Connection, _: Opened, said: argparse.Namespace, now: datetime) -> dict[str, Any]:
    taken = adopt_branch(connection, said.device, said.epoch, stamp(now))
    about = {"device": said.device, "epoch": said.epoch, "operations": taken}
    note_act(connection, BY_COMMAND, Act.BRANCH_ADOPTED, about, now)
    return about


def _recovery_key(
    connection: Connection, opened: Opened, said: argparse.Namespace, now: datetime,
) -> dict[str, Any]:
    given = give_back(connection, opened.seal, said.device, (said.by, said.witness), now, said.number)
    if said.qr is not None:
        write_square(said.qr, given.digits)
    return {"device": said.device, "groups": list(given.groups), "line": "-".join(given.groups),
            "number": given.number, "of": given.of, "epoch": given.epoch, "brought_at": given.at}


COMMANDS: dict[str, tuple[Command, str, tuple[tuple[str, dict[str, Any]], ...]]] = {
    "operator-token": (_operator_token, "a fresh token for the operator's page, shown once", (
        ("--name", {"required": True}),)),
    "end-operator": (_end_operator, "let nobody in under this name", (("--name", {"required": True}),)),
    "adopt-branch": (_adopt_branch, "give the kept operations of a fork their place in the feed", (
        ("device", {}), ("epoch", {"type": int}))),
    "recovery-key": (_recovery_key, "the key of a counter's book in letters, for two people together", (
        ("device", {}), ("--by", {"required": True, "help": "who asks"}),
        ("--witness", {"required": True, "help": "who stands beside"}),
        ("--qr", {"type": Path, "metavar": "FILE.svg", "help": "also as a square code, to be scanned"}),
        ("--number", {"type": int, "help": "not the newest: the n-th that the counter brought"}))),
}
