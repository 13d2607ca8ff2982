"""Scans on their way: tus 1.0 with `creation` and `checksum`; a file is named by its content's SHA-256.

    POST  /v1/files           Upload-Length, Upload-Metadata `sha256 <base64 of hex>`   201 Upload-Offset, Location
    HEAD  /v1/files/{sha256}                                                             200 Upload-Offset, -Length
    PATCH /v1/files/{sha256}  Upload-Offset, Upload-Checksum `sha256 <base64>`, bytes    204 Upload-Offset
    POST  /v1/files/have      Have                                                       HaveAnswer

Promises
- An offset that is answered is on the province's disk; what lies before it is never asked for again.
- `Upload-Complete: ?1` (IETF draft), with the content's Repr-Digest, and State.COMPLETE are only said once the
  whole content has the named SHA-256.
- A file is taken only from an office that has an operation in custody that names it, in the size named there.
- Wrong place: 409 {offset}. Damaged on the way: 460. The whole has another SHA-256: 422, and it begins anew at 0.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sync.contract.codec import Id
from sync.contract.limits import KB, MB

FILES = "/v1/files"
FILE = "/v1/files/{sha256}"
HAVE = "/v1/files/have"

TUS = "1.0.0"
TUS_RESUMABLE = "Tus-Resumable"
TUS_VERSION = "Tus-Version"
TUS_EXTENSION = "Tus-Extension"
TUS_MAX_SIZE = "Tus-Max-Size"
TUS_CHECKSUM_ALGORITHM = "Tus-Checksum-Algorithm"
OFFSET = "Upload-Offset"
LENGTH = "Upload-Length"
METADATA = "Upload-Metadata"
CHECKSUM = "Upload-Checksum"
COMPLETE = "Upload-Complete"
DIGEST = "Repr-Digest"             # RFC 9530; with Upload-Complete: the content that was checked
CHUNK_TYPE = "application/offset+octet-stream"

LARGEST_CHUNK = 256 * KB           # what a client sends on a fast line; on a slow one less (`sync.core.pace`)
MAX_CHUNK = 512 * KB               # what the gateway takes at most
MAX_FILE = 60 * MB
MAX_HAVE = 1_000
MAX_NAMED = 10_000                 # attachments that are read from one operation

CHECKSUM_STATUS = 460              # of tus; no registered status says it


class State:
    """What the province has of a file."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ABSENT = "absent"
    UNNAMED = "unnamed"                            # no operation of this office that it can read names it


@dataclass(frozen=True, slots=True)
class Have:
    """Which of these does the province have? At most MAX_HAVE."""

    files: tuple[Id, ...]                          # SHA-256, lower-case hex


@dataclass(frozen=True, slots=True)
class FileState:
    """`offset` bytes are on the province's disk; the next chunk begins there."""

    sha256: Id
    state: Id
    offset: int = 0


@dataclass(frozen=True, slots=True)
class HaveAnswer:
    """One state a file, in the order asked."""

    incarnation: str
    files: tuple[FileState, ...]


class Attachment(NamedTuple):
    """A file as an operation names it."""

    sha256: str
    size: int


def is_sha256(text: object) -> bool:
    """Lower-case hex of 32 bytes, and nothing that could be a path."""
    return isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef")


def attachments_of(fields: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The files that an operation's fields name, each once; what is misshapen is passed over, custody stands."""
    body = fields.get("body")
    found: dict[str, Attachment] = {}
    for listed in (body.get("attachments") if isinstance(body, Mapping) else None, fields.get("attachments")):
        for each in listed[:MAX_NAMED] if isinstance(listed, list) else ():
            if isinstance(each, Mapping) and is_sha256(each.get("sha256")) and _is_size(each.get("size")):
                found.setdefault(each["sha256"], Attachment(each["sha256"], each["size"]))
    return tuple(found.values())


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def checksum_text(digest: bytes) -> str:
    """Value of Upload-Checksum for a chunk's SHA-256."""
    return f"sha256 {base64.b64encode(digest).decode()}"


def read_checksum(text: str) -> bytes:
    """The digest in an Upload-Checksum. Raises ValueError."""
    return _named_value(text, "sha256")


def digest_text(sha256: str) -> str:
    """Value of Repr-Digest for a whole file."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"


def metadata_text(sha256: str) -> str:
    """Value of Upload-Metadata that names a file."""
    return f"sha256 {base64.b64encode(sha256.encode()).decode()}"


def read_metadata(text: str) -> str:
    """The SHA-256 in an Upload-Metadata; other keys are passed over. Raises ValueError."""
    for pair in text.split(","):
        if pair.strip().split(" ")[0] == "sha256":
            named = _named_value(pair.strip(), "sha256").decode("ascii")
            if is_sha256(named):
                return named
    raise ValueError("sha256_missing")


def _named_value(text: str, name: str) -> bytes:
    key, _, value = text.partition(" ")
    if key != name:
        raise ValueError("unknown_algorithm")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("not_base64") from error
