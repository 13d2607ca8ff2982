"""The bridge to the national message: what offices did, said to the national database in its own words.

    python -m sync.gateway bridge --once|--serve|--figures|--retry CODE --config FILE [--data DIR] [--database URL]

    reading      every office's positions, in order → which dossiers changed (`bridge_lines`), row by row to say
    material     all that is known of one dossier, from the operations in custody
    life ← moves its true state: the same fold as the counters', held against theirs in tests
    dossier_message · progress_message     pure: the dossier → DongBoHoSoMC · CapNhatTienDoHoSoMC
    conversation pure: which question follows which answer, for one dossier
    line         HTTP and nothing else
    queue · worker                         who is next, and what became of it

What holds, and what holds it
- Nothing is skipped: the cursor of each office moves in the transaction that queues what it passed.
- Nothing is said twice as new: before a dossier is added, the row says so (`is_unsure`) in a committed
  transaction; whoever finds it there asks TraCuuHoSo first. "đã tồn tại" becomes an update, unless what is there
  is another dossier.
- The true state stays inside. A province that folds states (its configuration says which) folds them in
  `dossier_message` and `progress_message` and nowhere else.
- Nothing is cut silently: a text over a limit ends with "…", and the row names the field.
- Queue, answers and reasons are in the database; a log line names a code and a reason, never a citizen.

The province's file, paths relative to it (`configuration.py` has every name and default):

    {"login_url": "https://…/login", "service_url": "https://…/service", "unit": "000.00.00.H47",
     "username": "…", "password_file": "bridge.password", "folds": {"5": "9"}, "progress": "when_finished",
     "field_codes": {"Lý lịch tư pháp": "G05-TP02"}, "file_link": "https://…/{sha256}",
     "returns": {"states": ["4", "5", "6", "8", "9"], "hours": 6}}

Several workers may run on one database: a row is claimed for as long as a conversation can last.

Source of fields, lists and behaviour: the published forms of the national adapter as two provincial systems use
them; what no source states (LoaiPhiLePhi, HinhThucThu, error codes …) is configuration with a default.
"""
