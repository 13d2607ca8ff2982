"""How much may be said at once. The client keeps to the first group, the gateway refuses beyond the second."""

from __future__ import annotations

KB = 1024
MB = 1024 * KB

# What a client asks for; how much it sends at once, the line tells (`sync.core.pace`).
FEED_ENTRIES = 500

# What the gateway takes at most.
MAX_BATCH_OPERATIONS = 2_000       # performance.md, lesson 9
MAX_BODY = 8 * MB                  # of a push as sent, compressed or not
MAX_UNPACKED = 32 * MB             # of a push once decompressed: ends a gzip bomb
MAX_OPERATION = 16 * MB            # one payload; a foolishly long note must still find custody
MAX_MESSAGE = 256 * KB             # every other request body
MAX_FEED_ENTRIES = 2_000
MAX_FEED_BYTES = 4 * MB            # a page ends early rather than exceed this, but holds at least one entry

MAX_NAME = 200
MAX_TEXT = 4_000
MAX_ID = 64

# Numbers (sync.md, "Numbers").
LEASE_DAYS = 45
RENEW_BELOW_DAYS = 30
EXTRA_AT = 0.7
HIGHEST_NUMBER = 9_999
DEFAULT_SLOTS = 20

# Enrolment codes (reliability.md, threat 13).
CODE_MINUTES = 10
CODE_TRIES = 5
