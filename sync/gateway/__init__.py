"""The province's end: takes operations into custody, leases numbers, feeds each office.

Never part of a counter's installer.

    python -m sync.gateway --data DIR [--database URL] [--port N]        serve
    python -m sync.gateway add-office|enrol-code|post-status|report|…    operate (JSON on stdout)

Shares `sync.contract` with the counters and nothing else of this project. It is stateless but for its database
(PostgreSQL; a SQLite file for a first try), one key file and the folder of files: several processes may serve one
database, on one machine or with a shared folder.

    app ─┬─ doors (bodies, sessions, busy)            what is refused before anything is read
         ├─ enrolment · leases · packages             who may speak, with which numbers, by which rules
         ├─ custody ─ reading → plan → judge          operations in: one transaction a batch
         ├─ file_paths ─ files → file_store           scans in: one transaction a chunk, after the operations
         └─ feed                                      everything out, position by position

What holds, and what holds it
- An operation is stored once: UNIQUE (device, epoch, seq), UNIQUE op_id, and a hash chain that must fit.
- A dossier number is given once: `leased_days` has one row for each (agency, day, slot), ever; a printed number
  is UNIQUE in `operations`. A second operation that claims it is kept too (a citizen may hold that paper) and
  gets the verdict `refused: number_taken`: custody never depends on content.
- A feed position is never skipped: it comes from the office's own row, locked in the writing transaction.
- A file is whole or it is not said to be: chunks are synced before their offset is answered, the SHA-256 of the
  whole is checked before it gets its name, and only files that an operation in custody names are taken.
- Nothing is rewritten: triggers refuse UPDATE and DELETE on operations, branches, feed entries, leases.

Decisions
- *No Alembic here.* Several processes may start at once on an empty or older database, on two kinds of database;
  a list of forward steps under one lock (`schema.py`) is smaller than the machinery, and steps are never undone.
- *Times are text*, ISO 8601 UTC of fixed width: they sort, compare and read the same on both databases.
- *A province restored from a backup* must be told so (`restored`): it takes a new incarnation, counters ask what
  it still holds and give back the rest, their own and their neighbours'.
- *SQLite runs with a rollback journal*, not WAL: Python's own SQLite may be older than the fix of the WAL-reset
  corruption, and a first try needs no readers beside a writer.
"""
