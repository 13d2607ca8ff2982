"""Hello: the first word of every contact, answered with everything a counter must know before it acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from sync.contract.messages import Head, Hello, HelloAnswer, Revocation
from sync.contract.problems import Code
from sync.gateway.grants import fresh_grants, off_word
from sync.gateway.held_leases import take_back_leases
from sync.gateway.known_problems import fresh_problems
from sync.gateway.leases import add_extra_blocks, leases_of, renew_leases
from sync.gateway.logs import say
from sync.gateway.offices import office_of
from sync.gateway.operator.contacts import note_contact
from sync.gateway.packages import package_notes
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.restores import window_of
from sync.gateway.sessions import Session
from sync.gateway.tables import devices, epochs, offices, province, revocations
from sync.gateway.times import business_day, stamp


def greet(
    connection: Connection, seal: Seal, session: Session, hello: Hello, now: datetime,
) -> tuple[HelloAnswer, list[str]]:
    """Note the contact, take back and renew leases, say what is held. Also returns agencies without a free slot.

    Raises ProblemRaised `stale_epoch`, `malformed` when the hello is not the session's.
    """
    session.refuse_stale()
    if (hello.device, hello.epoch) != (session.device, session.epoch):
        raise ProblemRaised(Code.MALFORMED, 400, where="device", what="not_the_session")
    connection.execute(select(devices.c.id).where(devices.c.id == session.device).with_for_update())
    holder = (session.device, session.epoch)
    connection.execute(
        update(epochs).where(epochs.c.device == session.device, epochs.c.epoch == session.epoch)
        .values(last_contact=stamp(now), app=hello.app[:64])
    )
    note_contact(connection, hello, now)
    office, _ = office_of(connection, session.office)
    today = business_day(now)
    of_province = connection.execute(select(province)).one()
    window = window_of(connection)
    # Before anything is renewed: a slot that the backup had as free may be this counter's own.
    _, doubled = take_back_leases(connection, seal, session.device, hello.held_leases)
    if doubled:
        say("leases_doubled", device=session.device, leases=doubled)
    exhausted = renew_leases(connection, seal, holder, office.agencies, today, window)
    exhausted += add_extra_blocks(connection, seal, holder, office.agencies, hello.lease_usage, today, window)
    answer = HelloAnswer(
        server_time=stamp(now), incarnation=of_province.incarnation, have=heads_of(connection, session.device),
        current_epoch=session.current_epoch, leases=leases_of(connection, holder, today),
        min_app=of_province.min_app, revocations=_revocations(connection), packages=package_notes(connection),
        feed_head=connection.execute(
            select(offices.c.feed_head).where(offices.c.id == session.office)
        ).scalar_one(),
        office_heads=office_heads(connection, session.office, but=session.device), seal_key=seal.seal_key,
        grants=fresh_grants(connection, seal, office, today, hello.grants),
        sign_in_off=off_word(seal, office, today),
        known_problems=fresh_problems(connection, seal, hello.problems),
    )
    return answer, exhausted


def backlog_of(hello: Hello, answer: HelloAnswer) -> int:
    """Operations that the counter has signed and the province does not hold; 0 where the province has more."""
    if hello.head is None:
        return 0
    held = answer.have.get(hello.epoch)
    return max(0, hello.head.seq - (held.seq if held else 0))


def heads_of(connection: Connection, device: str) -> dict[int, Head]:
    """What the province holds of every epoch of a device."""
    rows = connection.execute(
        select(epochs.c.epoch, epochs.c.head_seq, epochs.c.head_hash).where(epochs.c.device == device)
    )
    return {row.epoch: Head(row.head_seq, row.head_hash) for row in rows}


def office_heads(connection: Connection, office: str, *, but: str = "") -> dict[str, dict[int, Head]]:
    """What the province holds of every epoch of each counter of the office, `but` that one: a neighbour who has
    more (the province came from a backup) can offer it back."""
    rows = connection.execute(
        select(epochs.c.device, epochs.c.epoch, epochs.c.head_seq, epochs.c.head_hash)
        .join(devices, devices.c.id == epochs.c.device)
        .where(devices.c.office == office, devices.c.id != but)
    )
    heads: dict[str, dict[int, Head]] = {}
    for row in rows:
        heads.setdefault(row.device, {})[row.epoch] = Head(row.head_seq, row.head_hash)
    return heads


def _revocations(connection: Connection) -> tuple[Revocation, ...]:
    rows = connection.execute(select(revocations).order_by(revocations.c.kind, revocations.c.id))
    return tuple(Revocation(row.kind, row.id, row.since) for row in rows)
