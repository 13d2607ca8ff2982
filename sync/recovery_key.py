"""At the end of a contact: bring the province the key of this book, sealed, and see that it can open it.

Tried until it is proved, and again when the book's key, its epoch or the province's key is another, or the
province came back from a backup. A contact never fails for it, and a province of before, which knows no such path,
is asked again some hours later.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from contextlib import suppress

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import KnownError, Refusal
from app.services.counter import Counter
from app.services.courier import gateway_of
from app.services.recovery_state import NOT_THERE, WRONG, is_proof_due, note_not_proved, note_proved
from app.services.second_copy import province_seal_key
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.messages import b64
from sync.contract.problems import Code
from sync.contract.recovery import RecoveryKey, recovery_bound, recovery_proof
from sync.contract.sealing import seal
from sync.errors import ItemRefused
from sync.pinning import pinned_ca
from sync.signing import signer_of

_LOG = logging.getLogger(__name__)
_NONCE_BYTES = 24


def prove_recovery_when_due(
    database: Database, client: Callable[[], GatewayClient], counter: Counter, book_key: bytes, clock: Clock,
    randomness: Randomness,
) -> bool:
    """Whether it was proved just now. Raises nothing: a line that breaks means the next contact."""
    try:
        return _prove_when_due(database, client, counter, book_key, clock, randomness)
    except KnownError:
        return False
    except Exception:                              # a contact never fails for what can wait for the next
        _LOG.exception("recovery key")
        return False


def prove_recovery_now(
    database: Database, counter: Counter, book_key: bytes, clock: Clock, randomness: Randomness
) -> None:
    """A line of its own for nothing but this: somebody at the counter asked. Raises what the line says, and
    `recovery_not_proved` {why} when the province did not prove it."""
    with database.reading() as connection:
        gateway = gateway_of(connection)
    if gateway is None:
        raise Refusal("not_enrolled")
    signer = signer_of(counter, clock.now())
    with GatewayClient(gateway.url, gateway.token, ca_file=pinned_ca(database), signer=signer) as client:
        why = _prove(database, client, counter, book_key, clock, randomness)
    if why:
        raise Refusal("recovery_not_proved", why=why)


def _prove_when_due(
    database: Database, client: Callable[[], GatewayClient], counter: Counter, book_key: bytes, clock: Clock,
    randomness: Randomness,
) -> bool:
    with database.reading() as connection:
        if not is_proof_due(connection, counter, book_key, clock.now()):
            return False
    return not _prove(database, client(), counter, book_key, clock, randomness)


def _prove(
    database: Database, client: GatewayClient, counter: Counter, book_key: bytes, clock: Clock,
    randomness: Randomness,
) -> str:
    """Why it was not proved; "" when it was. Both are in the book then."""
    with database.reading() as connection:
        sealing = province_seal_key(connection)
    if sealing is None:                            # a province of before: no contact brought its key
        return NOT_THERE
    nonce = randomness(_NONCE_BYTES).hex()
    sealed = seal(book_key, [sealing], recovery_bound(counter.device, counter.epoch))
    why = ""
    try:
        answer = client.recovery_key(RecoveryKey(b64(sealed), nonce))
        if not hmac.compare_digest(answer.proof, recovery_proof(book_key, counter.device, nonce)):
            why = WRONG
    except ItemRefused as error:                   # `malformed`: sealed to a key that it does not have any more
        why = NOT_THERE if error.code == Code.UNKNOWN_PATH else WRONG
    with suppress(KnownError), database.writing() as connection:
        if why:
            note_not_proved(connection, counter, book_key, why, clock.now())
        else:
            note_proved(connection, counter, book_key, clock.now())
    return why
