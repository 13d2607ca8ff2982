"""The messages, in the order of a counter's life. JSON names are the field names (`codec`).

Base64 is the standard alphabet with padding. Times are ISO 8601 UTC with `Z` or an offset, days yyyy-mm-dd.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.contract.codec import Id, JsonObject, Name
from sync.contract.key_letters import plain_letters


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def unb64(value: str) -> bytes:
    """Raises ValueError when it is not base64."""
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("not_base64") from error


@dataclass(frozen=True, slots=True)
class Signed:
    """A text and the Ed25519 signature of its UTF-8 bytes."""

    payload: str
    signature: str                                 # base64

    @property
    def signature_bytes(self) -> bytes:
        return unb64(self.signature)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest operation of one (device, epoch)."""

    seq: int                                       # 0: none yet
    hash: str                                      # hex; GENESIS when seq is 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a feed was applied: everything up to and with `position`, of that incarnation of the province."""

    incarnation: str
    position: int                                  # 0: nothing yet


@dataclass(frozen=True, slots=True)
class PackageNote:
    """A catalogue or calendar that may be fetched; `signature` covers `package_text` of it."""

    kind: str
    version: str
    sha256: str                                    # hex, of the JSON bytes before compression
    valid_from: str
    size: int
    signature: str                                 # base64, province's key


def package_text(kind: str, version: str, sha256: str, valid_from: str) -> str:
    """What the province signs for a package."""
    return "\n".join(("package", kind, version, sha256, valid_from))


@dataclass(frozen=True, slots=True)
class Clerk:
    id: str
    name: str
    accounts: Mapping[str, str]                    # agency id → the clerk's account there


@dataclass(frozen=True, slots=True)
class Counter:
    name: str


@dataclass(frozen=True, slots=True)
class PastEpoch:
    """An epoch that this machine's book has lived through, for a province that came back without it."""

    epoch: int
    public_key: Id                                 # base64 of the 32 raw Ed25519 bytes


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """`proof` is the device key's signature of `enrol_text(code, public_key)`, base64.

    A book that was enrolled before says as what: a province restored from a backup may not know the device any
    more, and then takes its name, its epochs and the leases it signed itself back into its tables.
    """

    code: Id
    device_name: Name
    public_key: Id                                 # base64 of the 32 raw Ed25519 bytes
    proof: Name
    app_version: Id
    machine_hint: Name
    device: Id = ""                                # "" for a book that is enrolled for the first time
    past: tuple[PastEpoch, ...] = ()
    held_leases: tuple[Signed, ...] = ()


def enrol_text(code: str, public_key: str) -> str:
    """What a device signs to show that it holds the key it enrols."""
    return "\n".join(("enrol", plain_code(code), public_key))


def plain_code(code: str) -> str:
    """An enrolment code as it is compared: capitals, no dashes or blanks; O, I, L mean 0, 1, 1 (Crockford 32)."""
    return "".join(letter for letter in plain_letters(code) if letter.isascii())


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    device: str
    epoch: int
    token: str                                     # bearer of every later request; keep it secret
    office: JsonObject                             # id, name, superior, unit, place, agencies, … (`office_file`)
    counter: Counter
    clerks: tuple[Clerk, ...]
    province_public_key: str                       # base64 of 32 bytes: checks leases and packages for ever after
    incarnation: str
    cursor: Cursor                                 # where this device's feed begins
    leases: tuple[Signed, ...]
    packages: tuple[PackageNote, ...]
    seal_key: Signed | None = None                 # `seal_key_text`, for what only the province may open
    grants: tuple[Signed, ...] | None = None       # `GrantText`; None: this office knows no personal sign-in


def seal_key_text(public_key: str) -> str:
    """What the province signs for its sealing key, base64 of the 32 raw X25519 bytes."""
    return "\n".join(("seal-key", public_key))


@dataclass(frozen=True, slots=True)
class LeaseUsage:
    """How many numbers of one agency and day are used up, over all leases of this (device, epoch)."""

    agency: str
    day: str
    used: int


@dataclass(frozen=True, slots=True)
class Hello:
    device: str
    epoch: int
    head: Head | None                              # None: nothing written in this epoch yet
    cursor: Cursor | None
    incarnation: str | None                        # None: before the first contact
    app: str
    schemas: Mapping[str, int]                     # what this client can read: {"operation": 1, "store": 7, …}
    t_wall: str
    lease_usage: tuple[LeaseUsage, ...] = ()
    # Said once the province is another than the one we knew: it takes back what its backup did not have.
    held_leases: tuple[Signed, ...] = ()
    grants: Id | None = None                       # `grants_digest` of those held; None: none are
    problems: Id | None = None                     # `problems_digest` of those held; None: not asked for


@dataclass(frozen=True, slots=True)
class Revocation:
    kind: str                                      # "clerk" or "device"
    id: str
    since: str


@dataclass(frozen=True, slots=True)
class HelloAnswer:
    """`leases`: every lease of this (device, epoch) that has not run out, so a lost answer costs nothing."""

    server_time: str
    incarnation: str
    have: Mapping[int, Head]                       # every epoch of this device
    current_epoch: int
    leases: tuple[Signed, ...]
    min_app: str
    revocations: tuple[Revocation, ...]
    packages: tuple[PackageNote, ...]
    feed_head: int                                 # newest position of the office's feed
    # What is held of every other counter of the office: whoever has more offers it back.
    office_heads: Mapping[str, Mapping[int, Head]] = field(default_factory=dict)
    seal_key: Signed | None = None
    # All of the office's clerks. None: as the hello said, or this office knows no personal sign-in.
    grants: tuple[Signed, ...] | None = None
    sign_in_off: Signed | None = None              # the province's word that nobody signs in here (`grant_text`)
    known_problems: tuple[Signed, ...] | None = None           # the whole list; None: as the hello said


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """Asks for a new epoch for this device. The same `request` again gets the same epoch (and a new token)."""

    request: Id                                    # random, kept until answered
    epoch: int                                     # the epoch that is to end
    reason: Id                     # "behind" (restored disk), "fork", "copied"
    public_key: Id                                 # base64; may be a new key
    proof: Name                                    # signature of `epoch_text`, by that key, base64


def epoch_text(request: str, epoch: int, public_key: str) -> str:
    return "\n".join(("epoch", request, str(epoch), public_key))


@dataclass(frozen=True, slots=True)
class EpochAnswer:
    device: str
    epoch: int
    token: str
    leases: tuple[Signed, ...]
