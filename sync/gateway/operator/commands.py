"""What an operator may do without a page: commands of `admin.py`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from sync.gateway.adoption import adopt_branch
from sync.gateway.opening import Opened
from sync.gateway.operator.people import Act, end_operator, mint_operator, note_act
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


COMMANDS: dict[str, tuple[Command, str, tuple[tuple[str, dict[str, Any]], ...]]] = {
    "operator-token": (_operator_token, "a fresh token for the operator's page, shown once", (
        ("--name", {"required": True}),)),
    "end-operator": (_end_operator, "let nobody in under this name", (("--name", {"required": True}),)),
    "adopt-branch": (_adopt_branch, "give the kept operations of a fork their place in the feed", (
        ("device", {}), ("epoch", {"type": int}))),
}
