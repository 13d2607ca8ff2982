"""The province's end: takes operations into custody, leases numbers, feeds each office.

Never part of a counter's installer.

    python -m sync.gateway --data DIR [--database URL] [--port N] [--workers N]     serve
    python -m sync.gateway add-office|enrol-code|post-status|report|…    operate (JSON on stdout)
    python -m sync.gateway take-bundle PATH         what came on a stick; the answer goes back on the same stick
    python -m sync.gateway support-code CODE        what a clerk read out over the telephone, in words
    python -m sync.gateway support-bundle FILE      what a counter wrote for support, opened

Shares `sync.contract` with the counters and nothing else of this project. It is stateless but for its database
(PostgreSQL; a SQLite file for a first try), one key file and the folder of files: several processes may serve one
database, on one machine (`--workers`) or on several with the same key file and a shared folder. Only quotas
(`doors`, `turnstile`) count in each process for itself.

    app ─┬─ doors (bodies, sessions, busy)            what is refused before anything is read
         ├─ enrolment · leases · packages             who may speak, with which numbers, by which rules
         ├─ custody ─ reading → plan → judge          operations in: one transaction a batch
         ├─ file_paths ─ files → file_store           scans in: one transaction a chunk, after the operations
         └─ feed                                      everything out, position by position

What holds, and what holds it
- An operation is stored once: UNIQUE (office, device, epoch, seq, branch), op_id UNIQUE in `operation_keys`
  (over all partitions), and a hash chain that must fit.
- A dossier number is given once: `leased_days` has one row for each (agency, day, slot), ever; a printed number
  is UNIQUE in `operation_keys`. A second operation that claims it is kept too (a citizen may hold that paper) and
  gets the verdict `refused: number_taken`: custody never depends on content.
- A temporary slip has one electronic receipt and a receipt one slip: `slips.py`, unique both ways.
- A feed position is never skipped: it comes from the office's own row, locked in the writing transaction.
- A file is whole or it is not said to be: chunks are synced before their offset is answered, the SHA-256 of the
  whole is checked before it gets its name, and only files that an operation in custody names are taken.
- Nothing is rewritten: triggers refuse UPDATE and DELETE on operations, branches, feed entries, leases; a
  serving role (`prepare-database`) has not even the right to try.

Decisions
- *No Alembic here.* Several processes may start at once on an empty or older database, on two kinds of database;
  a list of forward steps under one lock (`schema.py`) is smaller than the machinery, and steps are never undone.
- *Times are text*, ISO 8601 UTC of fixed width: they sort, compare and read the same on both databases.
- *A province restored from a backup* must be told so (`restored`): it takes a new incarnation, counters ask what
  it still holds and give back the rest, their own and their neighbours'. For 45 days it prolongs the slots that
  counters hold and leases others from a reserve only (`restores.py`): what the backup lost may be in use, at a
  counter that will never call again. Until `settle-leases` a counter that it lacks is believed its past.
- *SQLite runs with a rollback journal*, not WAL: Python's own SQLite may be older than the fix of the WAL-reset
  corruption, and a first try needs no readers beside a writer.

Backup, and back to a moment (drilled by tests/sync/gateway/test_backup.py)
 Once:     wal_level = replica, archive_mode = on, archive_timeout = 60,
           archive_command = 'test ! -f /backup/wal/%f && cp %p /backup/wal/%f.part && mv
           /backup/wal/%f.part /backup/wal/%f' in one line (half a copy must not bear the name); /backup on
           another machine.
 Nightly:  pg_basebackup -D /backup/base-$(date +%F) -X none -c fast; the folder given by --data (key and files)
           beside it. Keep the key file apart too: without it no lease, code or second copy can be read.
 Lost:     1. Stop every gateway. A standby that has all is promoted instead: nothing below is then needed.
           2. Copy the newest base into an empty data folder; create the file recovery.signal in it; set
              restore_command = 'cp /backup/wal/%f %p', recovery_target_time = '2026-09-21 08:30:00+07' (leave it
              out to go as far as the log goes), recovery_target_action = 'promote'. Start PostgreSQL and wait
              until SELECT pg_is_in_recovery() is false.
           3. python -m sync.gateway restored …: before any gateway starts, or counters trust what is gone.
           4. Start the gateways. Counters give back what is missing at their next contact. A counter that the
              backup does not know is refused (`not_enrolled`): give it an enrolment code; it brings its past.
           5. When every counter has called (`report`: last_contact): python -m sync.gateway settle-leases …
           Never put `province.restores` in the folder back to an older state: it says how often this was done.
"""
