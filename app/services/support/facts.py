"""What of the book goes into a support bundle: figures, moments, heads and codes, named one by one.

Whatever else the book holds is never read here; what is read is asked once more by `support_shape`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Table, func, select

from app.errors import EnvironmentFault
from app.services.backup.known import last_rehearsal, on_medium, troubles
from app.services.byte_window import read_window
from app.services.counter import Counter
from app.services.courier import confirmed_seq, gateway_of, outbox
from app.services.days import OFFSET, today_at_counter
from app.services.machine_settings import PRINTERS
from app.services.numbers import leases_left
from app.services.packages import packages
from app.services.recovery_state import recovery_state
from app.services.second_copy import at_risk, chosen, kept_so_far, own_heads, problem
from app.services.standing import numbers_stopped
from app.services.upgrade.take_over import upgrades
from app.store import journal as book
from app.store.database import Database
from app.store.migrate import HEAD
from app.store.settings import read_setting, read_sync
from app.store.tables import metadata

Look = Callable[[Connection], Any]


def book_facts(
    database: Database, counter: Counter | None, book_key: bytes, now: datetime
) -> tuple[dict[str, Any], EnvironmentFault | None]:
    """The places of `support_shape` that the book fills, fewer where the counter is not enrolled; and the first
    fault that kept one of them from being read: a book with a damaged page still tells the others."""
    looks: dict[str, Look] = {
        "book": _book,
        "packages": lambda connection: [
            {"kind": each.kind, "version": each.version, "is_active": each.is_active}
            for each in packages(connection)],
        "settings": lambda connection: _settings(connection, counter, book_key),
        "backups": _backups,
    }
    if counter is not None:
        looks |= {
            "counter": lambda _: {
                "device": counter.device, "office": counter.office_id, "epoch": counter.epoch,
                "clerks": len(counter.clerks), "has_sign_in": counter.has_sign_in},
            "heads": lambda connection: _heads(connection, counter),
            "sync": lambda connection: _sync(connection, counter),
            "leases": lambda connection: _leases(connection, counter, now),
            "second_copy": lambda connection: _second_copy(connection, counter),
        }
    facts, fault = _had(database, looks)
    rows, of_rows = _had(database, {table.name: partial(_amount, table) for table in metadata.sorted_tables})
    return {**facts, "rows": rows}, fault or of_rows


def _had(database: Database, looks: Mapping[str, Look]) -> tuple[dict[str, Any], EnvironmentFault | None]:
    """What each look found, in a view of its own; where one meets a fault of disk or book, without it."""
    found: dict[str, Any] = {}
    first: EnvironmentFault | None = None
    for name, look in looks.items():
        try:
            with database.reading() as connection:
                found[name] = look(connection)
        except EnvironmentFault as fault:
            first = first or fault
    return found, first


def _amount(table: Table, connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _book(connection: Connection) -> Mapping[str, Any]:
    return {"schema": HEAD, "upgrades": [
        {"at": each["at"], "from": each["from"], "to": each["to"]} for each in upgrades(connection)[-5:]]}


def _leases(connection: Connection, counter: Counter, now: datetime) -> list[Mapping[str, Any]]:
    return [
        {"left_today": each.left_today, "size": each.size_today, "covered_to": each.covered_to.isoformat()}
        for each in leases_left(connection, counter, today_at_counter(connection, now))
    ]


def _settings(connection: Connection, counter: Counter | None, book_key: bytes) -> Mapping[str, Any]:
    proved = recovery_state(connection, counter, book_key).proved_at if counter is not None else None
    return {
        "printing_way": read_setting(connection, PRINTERS, {}).get("way"),
        "has_byte_window": read_window(connection) is not None,
        "recovery_proved_at": proved.isoformat() if proved is not None else None,
    }


def _backups(connection: Connection) -> Mapping[str, Any]:
    medium, drill = on_medium(connection), last_rehearsal(connection)
    return {
        "medium_at": medium.at.isoformat() if medium else None,
        "drill_at": drill.at.isoformat() if drill else None, "is_drill_good": drill.is_good if drill else None,
        "troubles": [each.code for each in troubles(connection)],
    }


def _heads(connection: Connection, counter: Counter) -> list[Mapping[str, Any]]:
    return [
        {"epoch": epoch, "seq": seq, "hash": book.head(connection, counter.device, epoch).hash,
         "confirmed": confirmed_seq(connection, counter.device, epoch)}
        for epoch, seq in own_heads(connection, counter).items()
    ]


def _sync(connection: Connection, counter: Counter) -> Mapping[str, Any]:
    box, gateway, stopped = outbox(connection, counter), gateway_of(connection), numbers_stopped(connection)
    trouble = box.last_problem or {}
    return {
        "last_contact": box.last_contact_at.isoformat() if box.last_contact_at else None,
        "problem": trouble.get("code"), "problem_since": trouble.get("since"), "attempts": trouble.get("attempts"),
        "unsent": box.unsent,
        "oldest_unsent": box.oldest_unsent_at.isoformat() if box.oldest_unsent_at else None,
        "needs_person": box.needs_person, "set_aside": box.parked, "files_waiting": box.files_waiting,
        "files_aside": box.files_aside, "clock_offset_ms": read_sync(connection, OFFSET),
        "numbers_stopped": str(stopped.reason) if stopped else None,
        "is_encrypted": urlsplit(gateway.url).scheme == "https" if gateway else None,
    }


def _second_copy(connection: Connection, counter: Counter) -> Mapping[str, Any]:
    kept, trouble = kept_so_far(connection), problem(connection)
    return {
        "is_chosen": chosen(connection) is not None, "problem": trouble.code if trouble else None,
        "kept_at": kept.at.isoformat() if kept else None,
        "is_for_province": kept.is_for_province if kept else None, "damaged": kept.damaged if kept else None,
        "operations_at_risk": at_risk(connection, counter).operations,
    }
