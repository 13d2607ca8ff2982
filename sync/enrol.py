"""Join the province: a one-time code and a fresh device key become an enrolled counter."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import Clock
from app.errors import KnownError, Refusal
from app.practice import OFFICE as PRACTICE_OFFICE
from app.practice import is_practice, refuse_outside
from app.services import counter as counters
from app.services import courier, epochs
from app.services.feed import Cursor, start_feed
from app.services.numbers import store_lease
from app.store.database import Database
from app.store.settings import forget_setting, read_setting, write_setting
from sync import __version__
from sync.book import keep_grants, keep_seal_key
from sync.client import GatewayClient
from sync.contract.messages import EnrolRequest, PastEpoch, Signed, b64, enrol_text, unb64
from sync.packages import fetch_packages
from sync.pinning import pinned_ca
from sync.signing import signer_of

PENDING_KEY = "enrolling_key"
"""Setting that holds the device key from the first try until a gateway has answered it."""


def enrol_counter(
    database: Database, client: GatewayClient, url: str, code: str, *, device_name: str, clock: Clock,
    machine_hint: str = "", vouch: Callable[[bytes], object] = bool,
) -> counters.Counter:
    """Enrol this book with the gateway at `url`; its leases, clerks and packages are here when this returns.

    The device key is made here and never leaves; where a CA is pinned, no other is believed. Raises what the
    gateway says (`code_wrong`, `code_expired`, `code_used`, `code_locked`) or what the line says; the book is then
    not enrolled, and the same code may be tried again: the key is kept, so that the gateway knows the machine
    whose answer was lost. Once enrolled, a line that breaks costs nothing: packages come with the next contact. A
    book that was enrolled before goes on under a new epoch, and says as what: a restored province may have
    forgotten it. Practice and real work never enrol with each other: Refusal `practice_stays_here`. `vouch` is
    given the province's key before anything of its answer is kept, and refuses by raising.
    """
    with database.reading() as connection:
        before = counters.load_counter(connection)
    if before is not None:
        refuse_outside()                           # a practice book has its own province, and never another
    ca = pinned_ca(database)
    if ca is not None:
        client.trust(ca)
    key = _key_for_enrolment(database)
    public = b64(key.public_key().public_bytes_raw())
    with database.reading() as connection:
        past = epochs.lived_through(connection, before) if before else ()
        held = courier.held_leases(connection, before) if before else ()
    answer = client.enrol(
        EnrolRequest(
            code=code, device_name=device_name, public_key=public,
            proof=b64(key.sign(enrol_text(code, public).encode())), app_version=__version__,
            machine_hint=machine_hint, device=before.device if before else "",
            past=tuple(PastEpoch(epoch, b64(public_key)) for epoch, public_key in past),
            held_leases=tuple(Signed(payload, b64(signature)) for payload, signature in held),
        )
    )
    if (answer.office.get("id") == PRACTICE_OFFICE) != is_practice():
        raise Refusal("practice_stays_here")
    vouch(unb64(answer.province_public_key))
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
        if before is None:                         # a book that goes on has its place in the feed
            start_feed(connection, Cursor(answer.cursor.incarnation, answer.cursor.position))
        keep_seal_key(connection, counter, answer.seal_key)
        keep_grants(connection, counter, answer)
        forget_setting(connection, PENDING_KEY)
        counter = counters.load_counter(connection)
        assert counter is not None                 # as above, with its grants
    signer = signer_of(counter, clock.now())
    with GatewayClient(url, answer.token, ca_file=ca, signer=signer) as enrolled, suppress(KnownError):
        fetch_packages(database, enrolled, counter, answer.packages, clock.now(), [])
    return counter


def _key_for_enrolment(database: Database) -> Ed25519PrivateKey:
    with database.writing() as connection:
        held = read_setting(connection, PENDING_KEY) or secrets.token_bytes(32).hex()
        write_setting(connection, PENDING_KEY, held)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(held))
