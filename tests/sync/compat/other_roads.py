"""What goes round the line: the records of a second copy and the bundles of the courier, as files of a golden set.

Releases before 0.2.0 know neither; their sets have none of these files.
"""

from __future__ import annotations

import base64
import gzip
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.services import second_copy as known
from app.services.epochs import OwnOperation
from sync.bundle.make import make_bundle
from sync.contract.bundle import BundleReader, Part
from sync.contract.bundle_content import PartKind
from sync.contract.push import PlainItem, unpack
from sync.gateway.bundle_answer import write_answer
from sync.gateway.bundles import Desk, TakenBundle, take_bundle
from sync.gateway.opening import open_gateway
from sync.gateway.province import Seal
from sync.second_copy.disk import MediumDisk
from sync.second_copy.forward import Forwarded, forward_to_province
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import make_medium
from tests.sync.client.trial import Counter
from tests.sync.compat.golden_set import GOLDEN, KEY_FILE, SQLITE_FILE, Story

BUNDLE, ANSWER, MEDIUM = "bundle.qmcb", "answer.qmcb", "medium"


@dataclass(frozen=True, slots=True)
class Roads:
    """The folder of a medium, a bundle and the province's answer to it, as they lie on a stick."""

    medium: Path
    bundle: Path
    answer: Path

    def keep(self, golden: Path) -> None:
        shutil.copytree(self.medium, golden / MEDIUM)
        shutil.copyfile(self.bundle, golden / BUNDLE)
        shutil.copyfile(self.answer, golden / ANSWER)


def sets_with_roads() -> list[Path]:
    return sorted(each.parent for each in GOLDEN.glob(f"*/{BUNDLE}"))


def go(counter: Counter, folder: Path, key: bytes, database: str) -> Roads:
    """What this counter wrote, kept on a medium, made a bundle and answered by a province that has this database:
    not by the one of the story, which hears of it by another road."""
    application = counter.office.application
    stick, carried = folder / "stick", folder / "carried"
    stick.mkdir(parents=True)
    carried.mkdir()
    medium = make_medium(stick, application.enrolled.device, application.clock.now(), MediumDisk())
    with application.database.writing() as connection:
        known.choose(connection, stick, medium.id)
    Keeper(application.database, application.book_key, application.clock).keep()
    made = make_bundle(
        application.database, application.blobs, application.clock, counter.office.noise.randbytes, carried
    )
    province = folder / "province"
    province.mkdir()
    (province / KEY_FILE).write_bytes(key)
    with closing(sqlite3.connect(province / SQLITE_FILE)) as connection:
        connection.executescript(database)
    _, answer = take_at(province, made.file, carried)
    return Roads(stick, made.file, answer)


def hand_in(counter: Counter, stick: Path) -> Forwarded:
    """Another counter brings the medium to the province, over its line."""
    application = counter.office.application
    return forward_to_province(application.database, application.clock, stick)


def take_at(province: Path, bundle: Path, answers: Path) -> tuple[TakenBundle, Path]:
    """The operator takes it."""
    opened = open_gateway(province, None, datetime.now(UTC))
    try:
        desk = Desk(opened.database, opened.seal, opened.files, datetime.now(UTC))
        found = take_bundle(desk, bundle)
        return found, write_answer(desk, found, answers)
    finally:
        opened.files.close()
        opened.database.close()


def parts_of(file: Path, key: X25519PrivateKey) -> list[Part]:
    with file.open("rb") as handle:
        return list(BundleReader(handle).parts(key))


def operations_in(golden: Path, story: Story) -> list[OwnOperation]:
    """What lies in the bundle of a set, opened as its province opens it."""
    seal = Seal(Ed25519PrivateKey.from_private_bytes(base64.b64decode(story.province_key)))
    return [
        OwnOperation(item.payload, item.signature)
        for part in parts_of(golden / BUNDLE, seal.opening_key) if part.kind == PartKind.PUSH
        for item in unpack(gzip.decompress(part.body))[1]
        if isinstance(item, PlainItem)
    ]
