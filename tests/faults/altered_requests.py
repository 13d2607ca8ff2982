"""Requests that were bent on the way, said twice, or signed by somebody else: the gateway takes none of them.

Every kind of request is signed anew, bent at random and sent over a socket to a real server; now and then the same
kind goes out unbent and must be taken, or nothing would be proved.

    python -m tests.faults.altered_requests [--mutations 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter as Amounts
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.contract import codec, paths
from sync.contract import signatures as rfc
from sync.contract.files import CHUNK_TYPE, FILE, FILES, HAVE, checksum_text, metadata_text
from sync.contract.messages import Hello
from sync.contract.push import CONTENT_TYPE, pack
from sync.gateway.app import create_app
from sync.gateway.codes import mint_code
from sync.gateway.doors import Quota
from sync.gateway.offices import keep_office
from sync.gateway.opening import Opened, open_gateway
from sync.signing import ProvinceTime, SignedBearer, Signer
from tests.faults.raw_requests import BENDS, Raw, bent, raw_of, status_of
from tests.gateway_process import office
from tests.sync.gateway.conftest import HttpLine, served
from tests.sync.gateway.counterpart import FakeCounter
from tests.sync.gateway.files import TUS, digitise, scan, sha
from tests.sync.gateway.signed import prepared

CONTROL_EVERY = 20
NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
CONTENT = scan(3_000)

Question = tuple[str, str, dict[str, Any]]
"""Method, path and what `requests` needs besides."""


@dataclass(slots=True)
class Found:
    mutations: int = 0
    accepted: list[str] = field(default_factory=list)
    controls: int = 0
    refused_controls: list[str] = field(default_factory=list)
    statuses: Amounts[int] = field(default_factory=Amounts)

    @property
    def is_clean(self) -> bool:
        return not self.accepted and not self.refused_controls and self.controls > 0


@dataclass
class Stage:
    """A gateway with two counters that have signed, and what the machine of an earlier epoch still has."""

    url: str
    one: FakeCounter
    other: FakeCounter
    old: FakeCounter
    rng: random.Random

    def questions(self) -> list[Question]:
        feed = {"incarnation": self.one.incarnation, "position": 0}
        hello = Hello(self.one.device, self.one.epoch, None, None, None, "0", {}, "2026-09-21T01:00:00.000Z")
        file = {**TUS, "Upload-Length": str(len(CONTENT)), "Upload-Metadata": metadata_text(sha(CONTENT))}
        chunk = {**TUS, "Upload-Offset": "0", "Content-Type": CHUNK_TYPE,
                 "Upload-Checksum": checksum_text(bytes.fromhex(sha(CONTENT)))}
        return [
            ("POST", paths.HELLO, {"data": codec.dumps(hello), "headers": {"Content-Type": "application/json"}}),
            ("POST", paths.PUSH, {"data": pack(self.one.head(0), []), "headers": {
                "Content-Type": CONTENT_TYPE, "Content-Encoding": "gzip"}}),
            ("GET", paths.FEED, {"params": feed}),
            ("GET", paths.OPERATIONS, {"params": {"epoch": 1, "after": 0, "limit": 9}}),
            ("POST", HAVE, {"json": {"files": [sha(CONTENT)]}}),
            ("POST", FILES, {"headers": file}),
            ("PATCH", FILE.format(sha256=sha(CONTENT)), {"data": CONTENT, "headers": chunk}),
        ]

    def signed(self, asked: Question, *, token_of: FakeCounter | None = None, key: Ed25519PrivateKey | None = None,
               names: FakeCounter | None = None, late: float = 0.0, nonce: bytes | None = None) -> Raw:
        """The question as this counter sends it; the other values make it somebody else's."""
        named = names or self.one
        random_bytes = self.rng.randbytes
        signer = Signer(named.device, named.epoch, key or self.one.key,
                        ProvinceTime(NOW + timedelta(seconds=late), lambda: 0.0),
                        random_bytes if nonce is None else lambda size: nonce)
        auth = SignedBearer((token_of or self.one).token, signer)
        method, path, more = asked
        return raw_of(prepared(self.url, auth, method, path, **more))


Trick = Callable[[Stage, Question], Iterator[Raw]]
"""Requests of which the last must not be taken."""


def _replay(stage: Stage, asked: Question) -> Iterator[Raw]:
    raw = stage.signed(asked)
    yield raw
    yield raw


def _used_nonce(stage: Stage, asked: Question) -> Iterator[Raw]:
    nonce = stage.rng.randbytes(24)
    yield stage.signed(("GET", paths.FEED, {"params": {"incarnation": stage.one.incarnation, "position": 0}}),
                       nonce=nonce)
    yield stage.signed(asked, nonce=nonce)


def _foreign_key(stage: Stage, asked: Question) -> Iterator[Raw]:
    yield stage.signed(asked, key=stage.other.key)


def _foreign_name(stage: Stage, asked: Question) -> Iterator[Raw]:
    yield stage.signed(asked, names=stage.other)


def _foreign_token(stage: Stage, asked: Question) -> Iterator[Raw]:
    yield stage.signed(asked, token_of=stage.other)


def _old_epoch_key(stage: Stage, asked: Question) -> Iterator[Raw]:
    yield stage.signed(asked, key=stage.old.key)


def _old_epoch(stage: Stage, asked: Question) -> Iterator[Raw]:
    """All of it as it was right before the counter went on elsewhere: only what a stale epoch may still do."""
    asked = stage.questions()[0]
    yield stage.signed(asked, key=stage.old.key, names=stage.old, token_of=stage.old)


def _too_late(stage: Stage, asked: Question) -> Iterator[Raw]:
    away = rfc.WINDOW_SECONDS + 2 + stage.rng.randrange(10**6)
    yield stage.signed(asked, late=stage.rng.choice([away, -away]))


def _unsigned(stage: Stage, asked: Question) -> Iterator[Raw]:
    yield stage.signed(asked).with_header("signature", None).with_header("signature-input", None)


def _of_another(stage: Stage, asked: Question) -> Iterator[Raw]:
    other = stage.signed(next(each for each in stage.questions() if each[1] != asked[1]))
    raw = stage.signed(asked)
    for name in ("signature", "signature-input"):
        raw = raw.with_header(name, other.header(name))
    yield raw


def _covers_less(stage: Stage, asked: Question) -> Iterator[Raw]:
    """Rightly signed by the right key, but one thing that the request means is left open."""
    raw = stage.signed(asked)
    head = {name.decode().lower(): value.decode() for name, value in raw.headers}
    path, _, query = raw.target.decode().partition("?")
    plain = rfc.Asked(raw.method.decode(), path, query, head)
    note = rfc.read_input(head["signature-input"])
    left = stage.rng.choice(note.covered)
    covered = tuple(each for each in note.covered if each != left)
    params = note.params.replace(f'"{left}"', "").replace("  ", " ").replace("( ", "(").replace(" )", ")")
    less = rfc.SignatureNote(covered, note.created, note.nonce, note.device, note.epoch, params)
    value = rfc.signature_value(stage.one.key.sign(rfc.signed_text(plain, less)))
    yield raw.with_header("signature-input", rfc.input_text(less).encode()).with_header(
        "signature", value.encode())


TRICKS: dict[str, Trick] = {
    "replay": _replay, "used_nonce": _used_nonce, "foreign_key": _foreign_key, "foreign_name": _foreign_name,
    "foreign_token": _foreign_token, "old_epoch_key": _old_epoch_key, "old_epoch": _old_epoch,
    "too_late": _too_late, "unsigned": _unsigned, "of_another": _of_another, "covers_less": _covers_less,
}


def run(stage: Stage, mutations: int, *, kinds: tuple[str, ...] = ()) -> Found:
    """`kinds` of BENDS and TRICKS, all of them unless some are named, in turn over all questions."""
    found = Found()
    names = kinds or (*BENDS, *TRICKS)
    for turn in range(mutations):
        name = names[turn % len(names)]
        asked = stage.rng.choice(stage.questions())
        if name in TRICKS:
            *before, last = TRICKS[name](stage, asked)
            for raw in before:
                status_of(stage.url, raw)
        else:
            last = bent(stage.signed(asked), BENDS[name], stage.rng)
        status = status_of(stage.url, last)
        found.mutations += 1
        found.statuses[status] += 1
        if status // 100 == 2:
            found.accepted.append(f"{name} {asked[0]} {asked[1]}: {last.line[:600]!r}")
        if turn % CONTROL_EVERY == 0:
            found.controls += 1
            asked = stage.questions()[found.controls % 6]
            if (said := status_of(stage.url, stage.signed(asked))) // 100 != 2:
                found.refused_controls.append(f"{asked[0]} {asked[1]}: {said}")
    return found


@contextmanager
def stage_on(folder: Path, database_url: str | None, seed: int) -> Iterator[Stage]:
    opened = open_gateway(folder / "gateway", database_url, NOW)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: NOW,
                     quota=Quota(per_device=16, body_seconds=2.0))
    with served(app) as url:
        line = HttpLine(url)
        with opened.database.writing() as connection:
            keep_office(connection, office())
        old = _enrolled(opened, line, "Quầy 1")
        one, other = _enrolled(opened, line, "Quầy 1"), _enrolled(opened, line, "Quầy 2")
        digitise(one, CONTENT)
        stage = Stage(url, one, other, old, random.Random(seed))
        begun = [stage.signed(stage.questions()[at]) for at in (0, 5)]
        assert [status_of(url, raw) for raw in begun] == [200, 201]
        yield stage
        line.close()


def _enrolled(opened: Opened, line: HttpLine, counter: str) -> FakeCounter:
    with opened.database.writing() as connection:
        code = mint_code(connection, opened.seal, "bc-mau", counter, NOW, random.choice)
    fresh = FakeCounter(line)
    fresh.enrol(code)
    return fresh


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.altered_requests")
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args(argv)
    logging.getLogger("sync.gateway").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder, stage_on(Path(folder), None, said.seed) as stage:
        found = run(stage, said.mutations)
    print(f"{found.mutations} mutations, accepted {len(found.accepted)}; {found.controls} unbent, refused "
          f"{len(found.refused_controls)}; statuses {dict(sorted(found.statuses.items()))}")
    for each in (*found.accepted[:10], *found.refused_controls[:10]):
        print(" ", each)
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
