"""Signed requests: HTTP Message Signatures (RFC 9421, Ed25519) over what a request means, one way to write it.

    Content-Digest:  sha-256=:…:                                    RFC 9530, also of an empty body
    Signature-Input: device=("@method" "@path" "@query" "authorization" "content-digest" …);created=…;nonce="…";
                     keyid="<device>/<epoch>";alg="ed25519"
    Signature:       device=:…:

Promises
- Every header of `MEANT` that a request carries is covered; more may be, and what is covered must be there.
- `created` is the time at the province as far as the counter knows it; more than WINDOW_SECONDS away from the
  province's clock is answered `clock_differs` {server_time}, and the counter signs again with that time: a PC
  whose clock is wrong is not locked out.
- A nonce is taken once by the province. Whoever signs again, also the same words, takes a new one.
- The name of the host is not covered: a proxy may stand under another. The token is, and belongs to one province.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.contract import files as tus
from sync.contract.messages import b64, unb64

SIGNATURE = "Signature"
SIGNATURE_INPUT = "Signature-Input"
CONTENT_DIGEST = "Content-Digest"

WINDOW_SECONDS = 300

MEANT = (
    "authorization", "content-digest", "content-encoding", "content-type", tus.TUS_RESUMABLE.lower(),
    tus.OFFSET.lower(), tus.LENGTH.lower(), tus.METADATA.lower(), tus.CHECKSUM.lower(),
)
"""Headers that change what a request does. The others (Host, Accept-Encoding, …) belong to the way."""


class SignatureCode:
    """`code` of a Problem about a signature; beside `problems.Code`, with what the client does."""

    MISSING = "signature_missing"                  # 401 this counter must sign: a program too old; call a person
    WRONG = "signature_wrong"                      # 401 {what} other key, or altered on the way; call a person
    CLOCK_DIFFERS = "clock_differs"                # 401 {server_time}: sign again at once with that time
    REPLAYED = "request_replayed"                  # 401 the line said it twice; ask again
    BODY_ALTERED = "body_altered"                  # 400 {where} other bytes than were signed arrived; ask again


_DERIVED = ("@method", "@path", "@query")
ALWAYS = (*_DERIVED, "authorization", "content-digest")

_INPUT = re.compile(
    r'device=(\((?P<covered>"[@a-z0-9-]+"(?: "[@a-z0-9-]+")*)\);created=(?P<created>0|[1-9][0-9]{0,11})'
    r';nonce="(?P<nonce>[A-Za-z0-9_-]{22,64})";keyid="(?P<device>[A-Za-z0-9_-]{1,64})/(?P<epoch>[0-9]{1,9})"'
    r';alg="ed25519")'
)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands on the line: path and query not decoded, header names in small letters.

    A header that comes in several lines is one value, joined by ", ".
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignatureNote:
    """What a Signature-Input says; `params` is its own text after the label, as it is signed."""

    covered: tuple[str, ...]
    created: int                                   # Unix seconds
    nonce: str
    device: str
    epoch: int
    params: str


def covered_of(asked: Asked) -> tuple[str, ...]:
    """What must be covered of this request, in the order in which we write it."""
    return (*_DERIVED, *(name for name in MEANT if name in asked.headers or name in ALWAYS))


def note_of(asked: Asked, device: str, epoch: int, created: int, nonce: str) -> SignatureNote:
    """The note for a request that is about to be signed. `nonce`: 22 to 64 letters of base64url."""
    covered = covered_of(asked)
    names = " ".join(f'"{name}"' for name in covered)
    params = f'({names});created={created};nonce="{nonce}";keyid="{device}/{epoch}";alg="ed25519"'
    return SignatureNote(covered, created, nonce, device, epoch, params)


def input_text(note: SignatureNote) -> str:
    """Value of Signature-Input."""
    return f"device={note.params}"


def read_input(text: str) -> SignatureNote:
    """The note in a Signature-Input. Raises ValueError for anything but our own way to write it."""
    found = _INPUT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueError("signature_input")
    covered = tuple(found["covered"].replace('"', "").split(" "))
    if len(set(covered)) != len(covered):
        raise ValueError("covered_twice")
    return SignatureNote(covered, int(found["created"]), found["nonce"], found["device"], int(found["epoch"]),
                         found[1])


def signed_text(asked: Asked, note: SignatureNote) -> bytes:
    """The signature base (RFC 9421, 2.5). Raises ValueError when something is covered that is not there."""
    return signature_base([(name, _value(asked, name)) for name in note.covered], note.params)


def signature_base(components: Sequence[tuple[str, str]], params: str) -> bytes:
    """Lines of name and value, the parameters last. Raises ValueError for a value that is not ASCII."""
    lines = [f'"{name}": {value}' for name, value in (*components, ("@signature-params", params))]
    return "\n".join(lines).encode("ascii")


def _value(asked: Asked, name: str) -> str:
    if name == "@method":
        return asked.method
    if name == "@path":
        return asked.path or "/"
    if name == "@query":
        return f"?{asked.query}"
    if name not in asked.headers:
        raise ValueError("covered_and_missing")
    return asked.headers[name].strip(" \t")


def digest_value(digest: bytes) -> str:
    """Value of Content-Digest for a body's SHA-256."""
    return f"sha-256=:{b64(digest)}:"


EMPTY_DIGEST = digest_value(hashlib.sha256(b"").digest())


def signature_value(signature: bytes) -> str:
    """Value of Signature."""
    return f"device=:{b64(signature)}:"


def read_signature(text: str) -> bytes:
    """The raw signature. Raises ValueError; a byte sequence has one spelling here, unused bits are zero."""
    raw = unb64(text.removeprefix("device=:").removesuffix(":")) if len(text) < 200 else b""
    if len(raw) != 64 or signature_value(raw) != text:
        raise ValueError("signature")
    return raw


def nonce_text(random: bytes) -> str:
    """A nonce of at least 16 random bytes."""
    return base64.urlsafe_b64encode(random).decode().rstrip("=")
