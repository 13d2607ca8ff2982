"""What a release left on the line: its requests and answers, the province they were said to, its operations."""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
FIRST = GOLDEN / "0.1.0"
KEY_FILE, SQLITE_FILE = "province.key", "gateway.sqlite"
OPERATIONS = "operations.jsonl"
KEPT_REQUEST = frozenset((
    "authorization", "accept-encoding", "content-type", "content-encoding", "tus-resumable", "upload-offset",
    "upload-length", "upload-metadata", "upload-checksum", "signature", "signature-input", "content-digest",
    "push-follows",
))
KEPT_ANSWER = frozenset((
    "content-type", "content-encoding", "tus-resumable", "upload-offset", "upload-length", "upload-complete",
    "repr-digest", "location", "retry-after",
))


@dataclass(frozen=True, slots=True)
class Message:
    """A request's or an answer's own headers (small letters) and its bytes."""

    headers: Mapping[str, str]
    body: bytes

    def to_json(self) -> dict[str, Any]:
        try:
            return {"headers": dict(self.headers), "text": self.body.decode()}
        except UnicodeDecodeError:
            return {"headers": dict(self.headers), "base64": base64.b64encode(self.body).decode()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Message:
        body = value["text"].encode() if "text" in value else base64.b64decode(value["base64"])
        return cls(value["headers"], body)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `stage` names the part of the story that it belongs to."""

    stage: str
    method: str
    path: str                                      # with its query
    asked: Message
    status: int
    answer: Message

    @property
    def plain_path(self) -> str:
        return self.path.partition("?")[0]

    @property
    def name(self) -> str:
        return f"{self.stage}: {self.method} {self.plain_path}"

    @property
    def values(self) -> Any:
        """The answer's JSON."""
        is_zipped = self.answer.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.answer.body) if is_zipped else self.answer.body)


@dataclass(frozen=True, slots=True)
class Machine:
    """An enrolled machine of the story; its key and its token were invented with it and open nothing."""

    counter: str
    device: str
    epoch: int
    key: str                                       # hex of the 32 raw Ed25519 bytes
    token: str
    code: str                                      # that it was enrolled with
    book_key: str = ""                             # hex of what opens its own second copy


@dataclass(frozen=True, slots=True)
class Posted:
    """What the province's operators did: a function of `sync.gateway.posts` and its words, before a stage."""

    before: str
    what: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    release: str
    recorded_at: str                               # ISO 8601, UTC
    office: str
    province_key: str                              # base64 of the gateway's key file
    scan: str                                      # base64 of the scanned document
    machines: Mapping[str, Machine]
    posted: tuple[Posted, ...]
    exchanges: tuple[Exchange, ...] = field(default=())

    @property
    def is_signed(self) -> bool:
        """Whether that release signed its requests."""
        return any("signature" in each.asked.headers for each in self.exchanges)

    def of(self, *stages: str) -> list[Exchange]:
        return [each for each in self.exchanges if each.stage in stages]


def save(folder: Path, story: Story, database: str) -> None:
    """Write a set; `database` is the province's SQLite file as SQL, as it was before stage "first"."""
    folder.mkdir(parents=True)
    about = asdict(story) | {"exchanges": None}
    (folder / "story.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = [
        json.dumps(
            {"stage": each.stage, "method": each.method, "path": each.path, "asked": each.asked.to_json(),
             "status": each.status, "answer": each.answer.to_json()}, ensure_ascii=False,
        )
        for each in story.exchanges
    ]
    (folder / "exchanges.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "gateway.sql").write_text(database, encoding="utf-8")


def load(folder: Path) -> Story:
    about = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    exchanges = []
    for line in (folder / "exchanges.jsonl").read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        exchanges.append(Exchange(
            each["stage"], each["method"], each["path"], Message.from_json(each["asked"]), each["status"],
            Message.from_json(each["answer"]),
        ))
    return Story(**about | {
        "machines": {name: Machine(**each) for name, each in about["machines"].items()},
        "posted": tuple(Posted(each["before"], each["what"], tuple(each["words"])) for each in about["posted"]),
        "exchanges": tuple(exchanges),
    })


def as_sql(database: Path) -> str:
    """All of a SQLite file."""
    with sqlite3.connect(database) as connection:
        found = "\n".join(connection.iterdump()) + "\n"
    connection.close()
    return found


def build_province(folder: Path, golden: Path, story: Story) -> None:
    """The gateway's data folder as that release left it."""
    folder.mkdir(parents=True)
    (folder / KEY_FILE).write_bytes(base64.b64decode(story.province_key))
    connection = sqlite3.connect(folder / SQLITE_FILE)
    connection.executescript((golden / "gateway.sql").read_text(encoding="utf-8"))
    connection.close()


def sets() -> list[Path]:
    """Every kept release, the oldest first."""
    return sorted(each for each in GOLDEN.iterdir() if (each / "story.json").exists())
