"""What lies in a bundle, part by part.

Counter → province: one `out`, then pushes in order of (epoch, seq) exactly as they go over the line, then chunks
of documents, each document whole and in order.
Province → counter: one `answer`, then pages of the feed from the cursor that the counter named, our own operations
where the counter's disk is older, the hashes of a chain that forked, and packages that it lacked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.contract.codec import Id
from sync.contract.limits import MB
from sync.contract.messages import EpochAnswer, Head, Hello, HelloAnswer, NewEpoch

FILE_CHUNK = 512 * 1024                            # as a gateway takes at most (`files.MAX_CHUNK`)
FEED_PAGES = 40
"""Of `limits.MAX_FEED_BYTES` at most each; what is behind comes with the next bundle."""
FILE_BYTES = 256 * MB
"""Of documents in one bundle, where nobody says otherwise."""


class PartKind:
    """`kind` of a part, and what it is about."""

    OUT = "out"                                    # Outgoing
    PUSH = "push"                                  # a push's body, gzip'd (`push.pack`)
    FILE = "file"                                  # sha256, size, offset; bytes
    ANSWER = "answer"                              # Acknowledged
    FEED = "feed"                                  # from, to; FeedPage
    OWN = "own"                                    # epoch, from, to; OperationsPage
    HASHES = "hashes"                              # epoch; 32 bytes for each seq from 1 on
    PACKAGE = "package"                            # of (its kind), version; JSON bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a counter would say to the province if there were a line."""

    hello: Hello                                   # with every lease it holds
    heads: Mapping[int, Head]                      # of every epoch in its book
    packages: tuple[Id, ...] = ()                  # SHA-256 of those in use
    new_epoch: NewEpoch | None = None              # asked for; the same request again gets the same epoch


@dataclass(frozen=True, slots=True)
class Left:
    """An operation that is not in custody for all that, and why: as in a push's answer."""

    epoch: int
    seq: int
    outcome: Id
    reason: Id = ""


@dataclass(frozen=True, slots=True)
class FileLeft:
    sha256: Id
    code: Id


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the province did with a bundle. `hello` is None for a counter whose place another machine has taken."""

    server_time: str
    current_epoch: int
    hello: HelloAnswer | None = None               # as it stands after the bundle was taken
    epoch: EpochAnswer | None = None               # to `new_epoch`; `hello` is then the new epoch's
    kept: Mapping[int, int] = field(default_factory=dict)      # of a forked epoch: its branch lies here up to …
    left: tuple[Left, ...] = ()
    files: tuple[Id, ...] = ()                     # of the bundle's: whole and checked
    files_left: tuple[FileLeft, ...] = ()
    more: bool = False                             # the feed goes on behind what is here
