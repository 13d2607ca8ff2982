"""One use case per function, inside the caller's transaction: (connection, …) → frozen result.

A service never opens or commits a transaction and never asks a clock; `with database.writing() as connection`
around one call is one user action, and either all of it is in the book or nothing.

Receive `receive`, `numbers`, `drafts` · after the print `correct`, `receipts`, `reveal`, `stored_dossier` ·
the courier's side `courier`, `feed`, `packages`, `outside_view` · who we are `counter`, `rules`, `days` ·
digitise `scan_tray`, `tray_notes`, `digitise`, `stored_papers`, `reuse`, `scan_check`, `disk_room` ·
`rebuild` works the tables out again from the journal and the feed.
"""
