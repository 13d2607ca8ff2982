"""The book: one encrypted SQLite file, its guarded journal, the tables worked out from it, and its migrations.

`database` opens it (WAL, synchronous=FULL, BEGIN IMMEDIATE), `journal` appends, `projection` applies operations
to tables, `queries` gives frozen rows to lists, `migrate` brings older books forward after a backup, `keys`
finds the key, `blobs` keeps what is too large for it (scans and their PDFs) in encrypted files of its own.
SQLAlchemy Core on Connections, not the ORM: no object of the store can leak into another room, and the save path
costs half.

Decision: Python's own SQLite is refused. Its WAL-reset bug can corrupt a book that two processes share, and the
window and the courier do; sqlcipher3 brings a newer SQLite and the encryption.
"""
