"""Everything that reads bytes from the other end, with samples of what it reads and what it may say no with."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain.operation import parse
from sync.contract import codec, files, sealed, signatures
from sync.contract.bundle import BundleFault, BundleHead, BundleKind, BundleReader, BundleWriter
from sync.contract.bundle_content import Acknowledged, Outgoing
from sync.contract.codec import MalformedMessage
from sync.contract.dossier_text import charged, dossiers_named, money_taken
from sync.contract.feed import FeedPage, Kind, OperationsPage, operation_of
from sync.contract.files import Have, HaveAnswer
from sync.contract.lease_text import LeaseText
from sync.contract.messages import EnrolAnswer, EnrolRequest, EpochAnswer, Hello, HelloAnswer, NewEpoch
from sync.contract.number_text import read_number
from sync.contract.operation_text import read
from sync.contract.problems import read_problem
from sync.contract.push import PushAnswer, unpack
from sync.contract.reconcile import DayList, ReconcileAnswer
from sync.contract.sealing import BrokenSeal, NotForUs, seal, unseal
from sync.gateway.problem import ProblemRaised
from sync.gateway.reading import read_push, unzip
from tests.sync.compat.golden_set import OPERATIONS, load, sets

READER = X25519PrivateKey.from_private_bytes(bytes(range(32)))
AUTHOR = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@dataclass(frozen=True, slots=True)
class Target:
    """`read` raises nothing but `says_no`, whatever the bytes are."""

    read: Callable[[bytes], object]
    samples: tuple[bytes, ...]
    says_no: tuple[type[Exception], ...]


def targets() -> Mapping[str, Target]:
    """By name."""
    said = _messages()
    texts = tuple(
        json.loads(line)["p"].encode() for folder in sets()
        for line in (folder / OPERATIONS).read_text(encoding="utf-8").splitlines()
    )
    found = {
        kind.__name__: Target(partial(codec.loads, kind), said.get(path, (b"{}",)), (MalformedMessage,))
        for kind, path in _KINDS.items()
    }
    pushes = said["asked /v1/push"]
    plain = tuple(unzip(each, "gzip" if each[:2] == b"\x1f\x8b" else "") for each in pushes)
    record = sealed.seal_operation(
        "quay-1", 1, 1, "0" * 64, b'{"a":1}', b"s" * 64, (READER.public_key().public_bytes_raw(),)
    ).to_bytes()
    leases = tuple(lease["payload"].encode() for each in said["/v1/enrol"] for lease in json.loads(each)["leases"])
    return found | {
        "problem": Target(
            lambda raw: read_problem(json.loads(raw)), said["problems"], (ValueError, RecursionError)),
        "push, unpacked": Target(lambda raw: list(unpack(raw)[1]), plain, (MalformedMessage,)),
        "push, at the gateway": Target(
            lambda raw: read_push(unzip(raw, "gzip")), pushes, (MalformedMessage, ProblemRaised)),
        "operation, at the gateway": Target(_read_operation, texts, (ValueError,)),
        "operation, at the counter": Target(_parse, texts, (ValueError,)),
        "feed entry": Target(_read_entries, said["/v1/feed"], (MalformedMessage,)),
        "lease": Target(lambda raw: LeaseText.from_payload(raw.decode("utf-8", "replace")), leases, (ValueError,)),
        "sealed records": Target(_scan, (record, record * 3), ()),
        "sealed records, posted": Target(sealed.read_records, (record, record * 3), (ValueError,)),
        "envelope": Target(
            lambda raw: unseal(raw, READER, b"head"),
            (seal(b"body", (READER.public_key().public_bytes_raw(),), b"head"),), (NotForUs, BrokenSeal)),
        "bundle": Target(_read_bundle, (_bundle(),), (BundleFault,)),
        "signature input": Target(
            lambda raw: signatures.read_input(raw.decode("latin-1")),
            (b'device=("@method" "@path" "@query" "authorization" "content-digest");created=1;'
             b'nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="quay-1/1";alg="ed25519"',), (ValueError,)),
        "signature": Target(lambda raw: signatures.read_signature(raw.decode("latin-1")),
                            (signatures.signature_value(b"s" * 64).encode(),), (ValueError,)),
        "upload checksum": Target(lambda raw: files.read_checksum(raw.decode("latin-1")),
                                  (files.checksum_text(b"s" * 32).encode(),), (ValueError,)),
        "upload metadata": Target(lambda raw: files.read_metadata(raw.decode("latin-1")),
                                  (files.metadata_text("a" * 64).encode(),), (ValueError,)),
        "number": Target(lambda raw: read_number(raw.decode("utf-8", "replace")),
                         (b"H47.15-261122-0001", b"000.00.15.H47-261122-0001/BPMC"), ()),
    }


_KINDS: dict[type[Any], str] = {
    EnrolRequest: "asked /v1/enrol", Hello: "asked /v1/hello", NewEpoch: "asked /v1/epoch",
    Have: "asked /v1/files/have", EnrolAnswer: "/v1/enrol", HelloAnswer: "/v1/hello", PushAnswer: "/v1/push",
    FeedPage: "/v1/feed", OperationsPage: "/v1/operations", EpochAnswer: "/v1/epoch", HaveAnswer: "/v1/files/have",
    ReconcileAnswer: "/v1/reconcile", DayList: "days", Outgoing: "bundles", Acknowledged: "bundles",
    BundleHead: "bundles", sealed.SealedAnswer: "sealed answers",
}


def _messages() -> dict[str, tuple[bytes, ...]]:
    """Recorded bodies by path, those of requests under "asked …"."""
    found: dict[str, list[bytes]] = {}
    for folder in sets():
        for each in load(folder).exchanges:
            if each.status == 200 and each.asked.body:
                found.setdefault(f"asked {each.plain_path}", []).append(each.asked.body)
            if each.answer.body:
                path = each.plain_path if each.status == 200 else "problems"
                found.setdefault(path, []).append(json.dumps(each.values, ensure_ascii=False).encode())
    return {path: tuple(bodies) for path, bodies in found.items()}


def _read_operation(raw: bytes) -> None:
    place = read(raw)
    fields = place.fields
    for _ in (files.attachments_of(fields), dossiers_named(fields), charged(fields), list(money_taken(fields))):
        pass


def _parse(raw: bytes) -> None:
    parse(raw.decode("utf-8", "surrogateescape"), b"")


def _read_entries(raw: bytes) -> None:
    for entry in codec.loads(FeedPage, raw).entries:
        if entry.kind == Kind.OPERATION:
            operation_of(entry.body)


def _scan(raw: bytes) -> None:
    """Whole records and what lies between; nothing is said twice or left out."""
    at = 0
    for start, found in sealed.scan(raw):
        assert start == at
        at = found.end if isinstance(found, sealed.Unreadable) else at + len(found.to_bytes())
    assert at == len(raw)


def _bundle() -> bytes:
    file = io.BytesIO()
    head = BundleHead(BundleKind.OUTGOING, "quay-1", 1, 1, "2026-11-22T05:00:00Z")
    writer = BundleWriter(file, head, READER.public_key().public_bytes_raw())
    writer.add("out", {"a": 1}, b"{}")
    writer.add("file", {"sha256": "x", "offset": 0}, b"bytes", is_packed=True)
    writer.finish(AUTHOR.sign)
    return file.getvalue()


def _read_bundle(raw: bytes) -> None:
    """Also by somebody who does not check who made it."""
    reader = BundleReader(io.BytesIO(raw))
    with suppress(BundleFault):
        reader.check(AUTHOR.public_key().public_bytes_raw())
    list(reader.parts(READER))
