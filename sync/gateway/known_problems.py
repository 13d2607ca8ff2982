"""What is known to be wrong with the program, said to every counter whose program asks: a whole list at a time."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, func, insert, select

from sync.contract.known_problem import KnownProblemText, problems_digest, read_list
from sync.contract.messages import Signed, b64
from sync.gateway.province import Seal
from sync.gateway.times import stamp

metadata = MetaData()
problem_lists = Table(
    "known_problem_lists", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 …; the newest counts
    Column("content", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
APPEND_ONLY = (problem_lists,)


def keep_problems(connection: Connection, content: Any, now: datetime) -> tuple[KnownProblemText, ...]:
    """This list and no other from now on. Raises MalformedMessage."""
    found = read_list(content)
    newest = connection.execute(select(func.max(problem_lists.c.number))).scalar() or 0
    connection.execute(insert(problem_lists).values(
        number=newest + 1, content=json.dumps(content, ensure_ascii=False, sort_keys=True), at=stamp(now)))
    return found


def problems_in_force(connection: Connection) -> tuple[KnownProblemText, ...]:
    text = connection.execute(
        select(problem_lists.c.content).order_by(problem_lists.c.number.desc()).limit(1)).scalar()
    return read_list(json.loads(text)) if text is not None else ()


def fresh_problems(connection: Connection, seal: Seal, held: str | None) -> tuple[Signed, ...] | None:
    """Each signed; None when the counter has these very ones, and for a program that does not ask."""
    if held is None:
        return None
    payloads = [each.to_payload() for each in problems_in_force(connection)]
    if held == problems_digest(payloads):
        return None
    return tuple(Signed(each, b64(seal.key.sign(each.encode()))) for each in payloads)
