"""Files as a tus client sends them, word for word; nothing of our own client."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.contract import codec
from sync.contract.files import HaveAnswer, checksum_text, metadata_text
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import Answer, FakeCounter, Op, SaidNo, ask

TUS = {"Tus-Resumable": "1.0.0"}

CHUNK = 65_536


def scan(size: int, seed: int = 1) -> bytes:
    """Bytes that nobody can guess or squeeze."""
    return random.Random(seed).randbytes(size)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def naming(*contents: bytes, code: str = "", **more: Any) -> dict[str, Any]:
    """The body of an operation that names these files."""
    named = [{"sha256": sha(each), "size": len(each), "mime": "application/pdf"} for each in contents]
    return {"code": code, "attachments": named, **more}


def digitise(counter: FakeCounter, *contents: bytes, code: str = "") -> Op:
    """An operation in custody that names these files."""
    op = counter.write(type="paper.digitised", body=naming(*contents, code=code))
    counter.push([op])
    return op


def create(counter: FakeCounter, content: bytes, *, length: int | None = None, **headers: str) -> Answer:
    said = {**counter.headers, **TUS, "Upload-Length": str(len(content) if length is None else length),
            "Upload-Metadata": metadata_text(sha(content)), **headers}
    return ask(counter.line, "POST", "/v1/files", headers=said)


def offset_of(counter: FakeCounter, content: bytes) -> int:
    answer: Any = ask(counter.line, "HEAD", f"/v1/files/{sha(content)}", headers={**counter.headers, **TUS})
    return int(answer.headers["Upload-Offset"])


def patch(
    counter: FakeCounter, content: bytes, offset: int, size: int, *, chunk: bytes | None = None, **headers: str
) -> Answer:
    """The next `size` bytes of `content`; `chunk` sends others in their place."""
    sent = content[offset:offset + size] if chunk is None else chunk
    said = {**counter.headers, **TUS, "Upload-Offset": str(offset),
            "Upload-Checksum": checksum_text(hashlib.sha256(sent).digest()),
            "Content-Type": "application/offset+octet-stream", **headers}
    return ask(counter.line, "PATCH", f"/v1/files/{sha(content)}", data=sent, headers=said)


def send(counter: FakeCounter, content: bytes, chunk: int = 65_536) -> Answer:
    """All of it; the last answer."""
    answer: Any = create(counter, content)
    while "Upload-Complete" not in answer.headers:
        answer = patch(counter, content, int(answer.headers["Upload-Offset"]), chunk)
    return answer  # type: ignore[no-any-return]


def have(counter: FakeCounter, *contents: bytes | str) -> list[tuple[str, int]]:
    asked = {"files": [each if isinstance(each, str) else sha(each) for each in contents]}
    answer = ask(counter.line, "POST", "/v1/files/have", json=asked, headers=counter.headers)
    return [(each.state, each.offset) for each in codec.loads(HaveAnswer, answer.content).files]


def whole(gateway: InProcess, content: bytes) -> Path:
    return gateway.opened.files.folder / sha(content)[:2] / sha(content)


def said_no(work: Callable[[], Any]) -> SaidNo:
    with pytest.raises(SaidNo) as said:
        work()
    return said.value
