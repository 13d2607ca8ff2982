"""What the province holds, in numbers and dossier codes; no citizen's data."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, select

from sync.contract.feed import Kind
from sync.contract.problems import Verdict
from sync.gateway.file_report import files_report
from sync.gateway.tables import branches, devices, epochs, feed_entries, offices, operations, province


def report(connection: Connection, office: str | None = None) -> dict[str, Any]:
    """Counts by day, agency and status, the codes, the counters, and what waits for a person."""
    of_operations = operations.c.office == office if office else operations.c.office.is_not(None)
    of_entries = feed_entries.c.office == office if office else feed_entries.c.office.is_not(None)
    of_devices = devices.c.office == office if office else devices.c.office.is_not(None)
    dossiers = connection.execute(
        select(operations.c.number, operations.c.business_date, operations.c.agency, operations.c.office)
        .where(of_operations, operations.c.number_key.is_not(None))
        .order_by(operations.c.business_date, operations.c.number)
    ).all()
    newest: dict[str, str] = {}
    unsettled = []
    for entry in connection.execute(
        select(feed_entries).where(of_entries, feed_entries.c.kind.in_((Kind.STATUS, Kind.VERDICT)))
        .order_by(feed_entries.c.office, feed_entries.c.position)
    ):
        body = json.loads(entry.body)
        if entry.kind == Kind.STATUS:
            newest[body["number"]] = body["status"]
        elif body["verdict"] != Verdict.ACCEPTED:
            unsettled.append({"office": entry.office, "position": entry.position, **body})
    types = connection.execute(
        # Once each: one that was adopted and found its place in the chain later has two rows.
        select(operations.c.type, func.count(operations.c.hash.distinct())).where(of_operations)
        .group_by(operations.c.type)
    ).all()
    return {
        "incarnation": connection.execute(select(province.c.incarnation)).scalar(),
        "operations": sum(count for _, count in types),
        "by_type": {name or "unreadable": count for name, count in sorted(types, key=lambda row: row[0] or "")},
        "dossiers": len(dossiers),
        "by_day": _counted(row.business_date for row in dossiers),
        "by_agency": _counted(row.agency for row in dossiers),
        "by_office": _counted(row.office for row in dossiers),
        "by_status": _counted(newest.get(row.number, "received") for row in dossiers),
        "codes": [row.number for row in dossiers],
        "statuses": {row.number: newest[row.number] for row in dossiers if row.number in newest},
        "files": files_report(connection, office),
        "unsettled": unsettled,
        "branches": connection.execute(
            select(func.count()).select_from(branches.join(devices, devices.c.id == branches.c.device))
            .where(of_devices)).scalar_one(),
        "feeds": {row.id: row.feed_head for row in connection.execute(
            select(offices.c.id, offices.c.feed_head).order_by(offices.c.id))},
        "counters": [dict(row._mapping) for row in connection.execute(
            select(devices.c.office, devices.c.counter, devices.c.id.label("device"), epochs.c.epoch,
                   epochs.c.head_seq, epochs.c.last_contact, devices.c.current_epoch)
            .join(epochs, epochs.c.device == devices.c.id)
            .order_by(devices.c.office, devices.c.counter, epochs.c.epoch))],
    }


def _counted(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(value or "unknown" for value in values).items()))
