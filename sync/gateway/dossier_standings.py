"""What is held of a few dossiers: their operations, newest word, verdict, cost and missing files.

Bounded by a position of the office's feed; files have none, so what lacks is as of now.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, select

from sync.contract.dossier_text import CORRECTED, Charged, charged, hash_of_all
from sync.contract.feed import Kind
from sync.contract.json_text import read_json
from sync.contract.problems import Verdict
from sync.gateway.database import is_one_of
from sync.gateway.file_tables import attachments, stored_files
from sync.gateway.mentions import mentions
from sync.gateway.tables import feed_entries, operations

Place = tuple[str, int, int, int]
"""(device, epoch, seq, branch)."""


def operations_of(
    connection: Connection, office: str, keys: Sequence[str], head: int,
) -> Mapping[str, tuple[int, str]]:
    """How many operations name each dossier, and the hash of them all."""
    hashes: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(mentions.c.number_key, operations.c.hash)
        .join(operations, and_(operations.c.office == mentions.c.office,
                               operations.c.position == mentions.c.position))
        .where(mentions.c.office == office, is_one_of(connection, mentions.c.number_key, keys),
               mentions.c.position <= head)
    ):
        hashes[row.number_key].append(row.hash)
    return {key: (len(found), hash_of_all(found)) for key, found in hashes.items()}


def newest_charges(
    connection: Connection, office: str, keys: Sequence[str], head: int,
) -> Mapping[str, Charged]:
    """What each dossier costs by its newest correction; those that were never corrected are missing."""
    found: dict[str, Charged] = {}
    for row in connection.execute(
        select(mentions.c.number_key, operations.c.payload)
        .join(operations, and_(operations.c.office == mentions.c.office,
                               operations.c.position == mentions.c.position))
        .where(mentions.c.office == office, is_one_of(connection, mentions.c.number_key, keys),
               mentions.c.type == CORRECTED, mentions.c.position <= head)
        .order_by(mentions.c.position)
    ):
        cost = charged(read_json(bytes(row.payload)))
        if cost is not None:
            found[row.number_key] = cost
    return found


def newest_words(
    connection: Connection, office: str, numbers: Sequence[str], head: int,
) -> Mapping[str, str]:
    """The newest status that province or agency said of each number."""
    rows = connection.execute(
        select(feed_entries.c.number, feed_entries.c.body).where(
            feed_entries.c.office == office, feed_entries.c.kind == Kind.STATUS,
            is_one_of(connection, feed_entries.c.number, numbers), feed_entries.c.position <= head)
        .order_by(feed_entries.c.position))
    return {row.number: str(json.loads(row.body)["status"]) for row in rows}


def verdicts_of(
    connection: Connection, office: str, numbers: Sequence[str], head: int,
) -> Mapping[Place, str]:
    """Verdicts other than accepted, by place of the operation."""
    rows = connection.execute(
        select(feed_entries.c.body).where(
            feed_entries.c.office == office, feed_entries.c.kind == Kind.VERDICT,
            is_one_of(connection, feed_entries.c.number, numbers), feed_entries.c.position <= head)
        .order_by(feed_entries.c.position)).scalars()
    bodies = map(json.loads, rows)
    found = {(each["device"], each["epoch"], each["seq_from"], each.get("branch", 0)): str(each["verdict"])
             for each in bodies}
    return {place: verdict for place, verdict in found.items() if verdict != Verdict.ACCEPTED}


def missing_files(connection: Connection, office: str, keys: Sequence[str]) -> Mapping[str, int]:
    """How many contents each dossier names that are not here; complete ones are missing from the answer."""
    rows = connection.execute(
        select(attachments.c.number_key, attachments.c.sha256)
        .outerjoin(stored_files, stored_files.c.sha256 == attachments.c.sha256)
        .where(attachments.c.office == office, is_one_of(connection, attachments.c.number_key, keys),
               stored_files.c.sha256.is_(None)).distinct())
    return Counter(row.number_key for row in rows)
