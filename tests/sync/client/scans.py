"""Documents of a counter as filing leaves them: an encrypted file, its row, an operation that names it."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from app.bootstrap import Application
from app.domain.blob import Blob
from app.domain.identifiers import uuid7
from app.domain.operation import Type
from app.domain.vietnam_time import local
from app.store import journal
from app.store.tables import files
from tests.sync.client.fault_proxy import Asked
from tests.sync.client.trial import Counter, Trial

NOISE = random.Random(5)


def scan(size: int, seed: int = 1) -> bytes:
    """Bytes that nobody can guess or squeeze."""
    return random.Random(seed).randbytes(size)


def file_scans(
    application: Application, *contents: bytes, code: str = "", after: timedelta = timedelta()
) -> list[Blob]:
    """One operation of a dossier that names these documents; nothing is sent here."""
    blobs = [application.blobs.put(content, "application/pdf") for content in contents]
    now = application.clock.now() + after
    body = {"code": code, "requirement": "1",
            "attachments": [{"sha256": each.sha256, "size": each.size, "mime": each.mime} for each in blobs]}
    with application.database.writing() as connection:
        journal.append(
            connection, application.enrolled.author(application.enrolled.clerks[0], "cong-an"),
            journal.Event(op_id=uuid7(now, NOISE.randbytes), type=Type.PAPER_DIGITISED,
                          intent=f"scan-{NOISE.randrange(10**12)}", body=body, now=now,
                          business_date=local(now).date()),
        )
        known = set(connection.execute(select(files.c.sha256)).scalars())
        for each in {each.sha256: each for each in blobs}.values():
            if each.sha256 not in known:
                connection.execute(insert(files).values(
                    sha256=each.sha256, size=each.size, mime=each.mime, kept_at=now, send_since=now, sent_bytes=0,
                    confirmed_at=None,
                ))
    return blobs


def file_at(counter: Counter, *contents: bytes, code: str = "", after: timedelta = timedelta()) -> list[Blob]:
    return file_scans(counter.office.application, *contents, code=code, after=after)


class LineTime:
    """A clock for waits on which nothing but the line takes time: so many seconds for each chunk of a document."""

    def __init__(self, chunk_seconds: float = 2.0) -> None:
        self._chunk_seconds, self._now, self._lock = chunk_seconds, 0.0, threading.Lock()

    def __call__(self) -> float:
        with self._lock:
            return self._now

    def carry(self, asked: Asked) -> None:
        if is_chunk(asked):
            with self._lock:
                self._now += self._chunk_seconds


def at_province(trial: Trial, blob: Blob) -> Path:
    return trial.process.data / "files" / blob.sha256[:2] / blob.sha256


def holds(trial: Trial, blob: Blob, content: bytes) -> bool:
    """Whether the province has exactly this."""
    path = at_province(trial, blob)
    return path.is_file() and path.read_bytes() == content


def is_chunk(asked: Asked) -> bool:
    return asked.method == "PATCH"


def sent_bytes(asked: list[Asked]) -> int:
    return sum(len(each.body) for each in asked if is_chunk(each))


def waiting(counter: Counter) -> tuple[int, int]:
    box = counter.outbox()
    return box.files_waiting, box.file_bytes_waiting
