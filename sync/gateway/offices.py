"""Offices, their counters, clerks and agencies, as the operator's office file states them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.contract.codec import JsonObject
from sync.contract.office_file import OfficeAgency, OfficeFile, read_office
from sync.contract.practice import is_of_practice, practises
from sync.gateway.problem import ProblemRaised
from sync.gateway.tables import agencies, leases, offices


def keep_office(connection: Connection, content: JsonObject) -> OfficeFile:
    """Add an office or bring it up to date. Raises MalformedMessage, or ProblemRaised `agency_differs`,
    `practice_only` where a real province would take what belongs to practice, or practice what is real.

    An agency that several offices receive for must be described alike in all their files; its slots stay what
    they were once a number was leased.
    """
    office, _ = read_office(content)
    if is_of_practice(office.id, tuple(each.key for each in office.agencies)) != practises():
        raise ProblemRaised("practice_only", 409, office=office.id)
    for agency in sorted(office.agencies, key=lambda each: each.id):
        _keep_agency(connection, agency)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    known = connection.execute(select(offices.c.id).where(offices.c.id == office.id).with_for_update()).scalar()
    if known is None:
        connection.execute(insert(offices).values(id=office.id, content=text, feed_head=0))
    else:
        connection.execute(update(offices).where(offices.c.id == office.id).values(content=text))
    return office


def _keep_agency(connection: Connection, agency: OfficeAgency) -> None:
    row = connection.execute(select(agencies).where(agencies.c.id == agency.id).with_for_update()).one_or_none()
    if row is None:
        connection.execute(insert(agencies).values(id=agency.id, key=agency.key, slots=agency.slots))
        return
    if (row.key, row.slots) == (agency.key, agency.slots):
        return
    if connection.execute(select(leases.c.lease_id).where(leases.c.agency == agency.id).limit(1)).scalar():
        raise ProblemRaised("agency_differs", 409, agency=agency.id)
    connection.execute(
        update(agencies).where(agencies.c.id == agency.id).values(key=agency.key, slots=agency.slots)
    )


def office_of(connection: Connection, office: str) -> tuple[OfficeFile, JsonObject]:
    """The office file, checked, and the part for counters. Raises ProblemRaised `unknown_office`."""
    content = connection.execute(select(offices.c.content).where(offices.c.id == office)).scalar()
    if content is None:
        raise ProblemRaised("unknown_office", 404, office=office)
    return read_office(json.loads(content))


def offices_in_order(connection: Connection) -> tuple[OfficeFile, ...]:
    """Every office, by its identifier."""
    contents = connection.execute(select(offices.c.content).order_by(offices.c.id)).scalars()
    return tuple(read_office(json.loads(content))[0] for content in contents)


def agencies_by_key(connection: Connection, keys: Sequence[str]) -> Mapping[str, OfficeAgency]:
    """Agencies by the identifier in their dossier codes."""
    rows: Sequence[Any] = connection.execute(select(agencies).where(agencies.c.key.in_(keys))).all()
    return {row.key: OfficeAgency(row.id, "", row.key, row.slots) for row in rows}
