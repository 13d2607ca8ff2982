"""Dossiers that were filed on the national portal: known by their code, received once, never a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.dossier import State
from app.domain.dossier_code import DossierCode, find_codes_in, parse_code
from app.errors import Refusal
from app.store import projection
from app.store.tables import assisted_filings, dossiers, online_claims, refusals

_TAKEN_OUT = (int(State.NOT_RECEIVED), int(State.WITHDRAWN), int(State.STOPPED))


@dataclass(frozen=True, slots=True)
class Helped:
    """That a clerk helped to file under this code, and when."""

    at: datetime
    clerk_name: str
    procedure_name: str


@dataclass(frozen=True, slots=True)
class OnlineCode:
    """What this counter knows of a national code; `dossier` is our number, "" when it is not here."""

    code: str
    dossier: str
    refused_at: datetime | None
    helped: Helped | None


def read_national_code(text: str) -> DossierCode:
    """The code as typed or scanned, bare or inside the portal's address. Raises what `parse_code` raises."""
    try:
        return parse_code(text)
    except Refusal:
        found = find_codes_in(text)
        if len(found) != 1:            # none, or several: nobody can say which is meant
            raise
        return found[0]


def look_up_online(connection: Connection, text: str) -> OnlineCode:
    """Raises what `read_national_code` raises."""
    code = read_national_code(text)
    refused = [
        row.at for row in connection.execute(
            select(refusals.c.at, refusals.c.national_code).where(refusals.c.national_code != "")
            .order_by(refusals.c.at.desc())
        )
        if parse_code(row.national_code).key == code.key
    ]
    return OnlineCode(
        code.text, holder_of(connection, code.text), refused[0] if refused else None,
        _helped(connection, code.key),
    )


def holder_of(connection: Connection, national_code: str) -> str:
    """Our number of the dossier that this code opens, "" when there is none."""
    row_id = projection.find_dossier(connection, national_code)
    if row_id is None:
        return ""
    return str(connection.execute(select(dossiers.c.code).where(dossiers.c.id == row_id)).scalar_one())


def refuse_second(connection: Connection, national_code: str, *, apart_from: str = "") -> None:
    """Raises `online_already_here` (national_code, code) when another dossier than `apart_from` has the code."""
    held = holder_of(connection, national_code)
    if held and held != apart_from:
        raise Refusal("online_already_here", national_code=parse_code(national_code).text, code=held)


def doubles_of(connection: Connection, code: str) -> tuple[str, ...]:
    """Our numbers of the other dossiers with the same national code: two counters received it apart.

    () once only one of them is left that was not withdrawn, refused or stopped.
    """
    row_id = projection.find_dossier(connection, code)
    own = online_claims.alias("own")
    standing = connection.execute(
        select(dossiers.c.id, dossiers.c.code)
        .join(online_claims, online_claims.c.dossier == dossiers.c.id)
        .join(own, own.c.national_key == online_claims.c.national_key)
        .where(own.c.dossier == row_id, dossiers.c.state.not_in(_TAKEN_OUT)).order_by(dossiers.c.received_at)
    ).all()
    return tuple(row.code for row in standing if row.id != row_id) if len(standing) > 1 else ()


def _helped(connection: Connection, key: str) -> Helped | None:
    row = connection.execute(
        select(assisted_filings).where(assisted_filings.c.national_key == key)
    ).first()
    return Helped(row.at, row.clerk_name, row.procedure_name) if row is not None else None
