"""Tables of the bridge: how far each office was read, what concerns which dossier, what is to be said."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData()

cursors = Table(
    "bridge_cursors", metadata,
    Column("office", String(64), primary_key=True),
    Column("position", BigInteger, nullable=False),                    # everything up to and with it was read
)

# Beside `mentions`, which is kept by office and of operations alone: this is by dossier over all offices, with
# entries of the feed and refusals, and with the incarnation, of which the names of events are made.
lines = Table(
    "bridge_lines", metadata,
    Column("number_key", String(64), nullable=False),                  # the dossier …
    Column("office", String(64), nullable=False),
    Column("position", BigInteger, nullable=False),                    # … and an entry that speaks of it
    Column("incarnation", String(64), nullable=False),                 # in which counters were told of it
    PrimaryKeyConstraint("number_key", "office", "position"),
)

dossiers = Table(
    "bridge_dossiers", metadata,
    Column("number_key", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("number", String(64), nullable=False),                      # as printed
    Column("device", String(64), nullable=False),                      # place of the reception
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("held", String(64)),                                        # why the province does not accept it yet
    Column("lacking", Integer, nullable=False),                        # files named and not here when last said
)
Index("bridge_dossiers_place", dossiers.c.device, dossiers.c.epoch, dossiers.c.seq)

queue = Table(
    "bridge_queue", metadata,
    Column("number_key", String(64), nullable=False),
    Column("service", String(32), nullable=False),                     # "dossier", "progress"
    Column("state", String(16), nullable=False),                       # `queue.State`
    Column("changes", Integer, nullable=False),                        # grows with everything that concerns it
    Column("since", String(32), nullable=False),                       # in this state
    Column("next_try", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),                       # since it last succeeded
    Column("is_unsure", Boolean, nullable=False),                      # sent, and the answer is not known
    Column("claim", String(64)),
    Column("claimed_until", String(32)),
    Column("reason", Text),                                            # of refused, held, or waiting again
    Column("answer", Text),                                            # the other side's words, cut
    Column("code", String(64)),                                        # MaHoSo under which it is known there
    Column("sent_at", String(32)),
    Column("sent_digest", String(64)),                                 # of the content that is there
    Column("sent_status", String(8)),                                  # TrangThaiHoSo as said
    Column("sent_rows", Text),                                         # of progress: digests of the rows there
    Column("cuts", Text),                                              # JSON: fields that were too long
    Column("heard_status", String(8)),                                 # TrangThaiHoSo as last heard from there
    Column("asked_at", String(32)),
    PrimaryKeyConstraint("number_key", "service"),
)
Index("bridge_queue_next", queue.c.state, queue.c.next_try)

exchanges = Table(
    "bridge_exchanges", metadata,
    Column("id", String(80), primary_key=True),                        # sorts in the order they were asked
    Column("number_key", String(64), nullable=False),
    Column("service", String(32), nullable=False),
    Column("ask", String(16), nullable=False),                         # `conversation.Ask`
    Column("at", String(32), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("code", String(64), nullable=False),                        # error_code, or what the line did
    Column("answer", Text, nullable=False),
    Column("digest", String(64), nullable=False),                      # of what was sent
)
Index("bridge_exchanges_dossier", exchanges.c.number_key, exchanges.c.at)

notes = Table(
    "bridge_notes", metadata,
    Column("name", String(32), primary_key=True),                      # "last_answer", "trouble"
    Column("at", String(32), nullable=False),
    Column("value", Text, nullable=False),
)

APPEND_ONLY = (exchanges,)
