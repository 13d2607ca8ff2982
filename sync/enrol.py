"""Join the province: a one-time code and a fresh device key become an enrolled counter."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import Clock
from app.services import counter as counters
from app.services.feed import Cursor, start_feed
from app.services.numbers import store_lease
from app.store.database import Database
from sync import __version__
from sync.client import GatewayClient
from sync.contract.messages import EnrolRequest, b64, enrol_text, unb64
from sync.pull import fetch_packages


def enrol_counter(
    database: Database, client: GatewayClient, url: str, code: str, *, device_name: str, clock: Clock,
    machine_hint: str = "",
) -> counters.Counter:
    """Enrol this book with the gateway at `url`; its leases, clerks and packages are here when this returns.

    The device key is made here and never leaves. Raises what the gateway says (`code_wrong`, `code_expired`,
    `code_used`, `code_locked`) or what the line says; the book is then as it was.
    """
    key = Ed25519PrivateKey.from_private_bytes(secrets.token_bytes(32))
    public = b64(key.public_key().public_bytes_raw())
    answer = client.enrol(
        EnrolRequest(
            code=code, device_name=device_name, public_key=public,
            proof=b64(key.sign(enrol_text(code, public).encode())), app_version=__version__,
            machine_hint=machine_hint,
        )
    )
    enrolment = counters.Enrolment(
        device=answer.device,
        epoch=answer.epoch,
        token=answer.token,
        office=answer.office,
        counter_name=answer.counter.name,
        clerks=tuple(
            {"id": clerk.id, "name": clerk.name, "accounts": dict(clerk.accounts)} for clerk in answer.clerks
        ),
        province_key=unb64(answer.province_public_key),
        gateway_url=url,
    )
    with database.writing() as connection:
        counters.enrol(connection, key, enrolment)
        counter = counters.load_counter(connection)
        assert counter is not None
        for lease in answer.leases:
            store_lease(connection, counter, lease.payload, lease.signature_bytes)
        start_feed(connection, Cursor(answer.cursor.incarnation, answer.cursor.position))
    with GatewayClient(url, answer.token) as enrolled:
        fetch_packages(database, enrolled, counter, answer.packages, clock.now())
    return counter
