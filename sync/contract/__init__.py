"""What a counter and its province say to each other: exact shapes, exact bytes, nothing that acts.

Both ends import this room and it imports neither (standard library only), so that client and gateway can be
of different age. What is signed is the text that is stored and sent, never a re-serialisation of it.

    counter → province                                answer
    POST /v1/enrol       EnrolRequest                 EnrolAnswer      once, with a one-time code
    POST /v1/hello       Hello                        HelloAnswer      first word of every contact
    POST /v1/push        gzip'd lines (`push.py`)     PushAnswer       one answer an item
    GET  /v1/feed        ?incarnation=&position=      FeedPage
    GET  /v1/operations  ?epoch=&after=               OperationsPage   our own, after a restored disk
    POST /v1/epoch       NewEpoch                     EpochAnswer      restored disk or fork: new slot, new token
    POST /v1/sealed      ?incarnation=, records of a   SealedAnswer     a dead machine's second copy (`sealed.py`)
                         second copy as they are
    GET  /v1/reconcile   ?from=&to=                    ReconcileAnswer  the daily comparison (`reconcile.py`)
    GET  /v1/reconcile/{day}                           DayList          … and each dossier of a day
    GET  /v1/packages/{kind}/{version}                JSON bytes whose sha256 the PackageNote signs
    POST /v1/files/have  Have                         HaveAnswer       files by SHA-256, after the operations
    …    /v1/files       tus 1.0 (`files.py`)         offsets
    GET  /health         —                            {"ok": true, …}

Every answer that is not 2xx is a `Problem` (`problems.py`): `{"code": …, "status": …, …values}`.

Promises
- Unknown fields never fail a message (a newer end may say more); a missing or misshapen known field always does.
- An operation is taken into custody or answered item by item; its content is judged later, in the feed.
- A feed position is never skipped: the client applies `position + 1` next or says that something is missing.
- Own operations come back in the feed without their text (`own`): they keep the positions whole. What "own" means
  is (device, epoch) of the session; the same counter's operations of an earlier epoch come whole.
"""

from __future__ import annotations

PROTOCOL = 1
"""Raised only when an older end could not carry on; a new field or kind does not raise it."""
